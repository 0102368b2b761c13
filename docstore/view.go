package docstore

import (
	"slices"
	"sync/atomic"

	"corkboard/doc"
)

// view is a document seen through one codec; handles of the same name share it.
type view struct {
	view doc.View
	snap atomic.Pointer[doc.Snapshot[any]]

	subs doc.Listeners

	value   any  // the document's goroutine's
	decoded bool // likewise
}

// viewOf finds the view of a name or begins to decode it.
func (d *document) viewOf(v doc.View) *view {
	d.mu.Lock()
	for _, have := range d.views {
		if have.view.Name == v.Name {
			d.mu.Unlock()
			return have
		}
	}
	made := &view{view: v}
	made.snap.Store(&doc.Snapshot[any]{ID: d.id, State: doc.Loading})
	d.views = append(slices.Clip(d.views), made)
	loaded := d.loaded
	d.mu.Unlock()
	if loaded {
		d.post(func() {
			if !made.decoded {
				d.decode(made)
				made.subs.Wake()
			}
		})
	}
	return made
}

func (d *document) allViews() []*view {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.views
}

func (d *document) decode(v *view) {
	if d.state == doc.Ready {
		v.value = v.view.Decode(d.tree)
	} else {
		v.value = v.view.Decode(doc.NewTree(nil))
	}
	v.decoded = true
	d.show(v)
}

func (d *document) show(v *view) {
	v.snap.Store(&doc.Snapshot[any]{
		ID: d.id, Revision: d.revision, Heads: d.heads, Origin: d.origin,
		State: d.state, Err: d.err, Value: v.value,
	})
}

// publish shows everybody the new state after touched changed.
func (d *document) publish(touched []doc.Path, from doc.Origin) {
	d.revision++
	d.origin = from
	d.showTops()
	views := d.allViews()
	for _, v := range views {
		if v.decoded {
			v.value = v.view.Update(v.value, touched, d.tree)
			d.show(v)
		} else {
			d.decode(v)
		}
	}
	for _, v := range views {
		v.subs.Wake()
	}
}

// republish decodes everything afresh: after a load, or where anything may have
// changed.
func (d *document) republish(from doc.Origin) {
	d.revision++
	d.origin = from
	views := d.allViews()
	for _, v := range views {
		d.decode(v)
	}
	for _, v := range views {
		v.subs.Wake()
	}
}

// showHeads brings the snapshots' heads up to date once the engine knows
// them; values and revision are the same, so nobody is woken.
func (d *document) showHeads() {
	for _, v := range d.allViews() {
		if v.decoded {
			d.show(v)
		}
	}
}

func (d *document) showTops() {
	if d.history == nil {
		return
	}
	t := &tops{}
	t.undo, t.canUndo = d.history.Top(false)
	t.redo, t.canRedo = d.history.Top(true)
	d.tops.Store(t)
}
