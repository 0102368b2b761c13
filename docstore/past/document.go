package past

import (
	"fmt"
	"sync/atomic"
	"time"

	"corkboard/doc"
	"corkboard/docstore"
)

// unread says that nothing of a document has been shown yet.
const unread = -2

// document is one document at the Store's moment.
type document struct {
	s      *Store
	id     doc.ID
	number int // in the order of opening

	// Under the Store's lock.
	users       int
	busy, again bool
	views       map[string]*view

	// Of whoever has made it busy; Go reads them under the lock while it is not.
	list     []docstore.Version
	listed   bool
	shown    int // in list; -1 is before the first
	tree     doc.Map
	err      error // why there is none
	revision uint64
}

// view is a document seen through one codec.
type view struct {
	view doc.View
	snap atomic.Pointer[doc.Snapshot[any]]
	subs doc.Listeners

	value   any // of whoever has made the document busy
	decoded bool
}

// current reports whether a document need not be looked at. The Store's lock is held.
func (d *document) current(at time.Time) bool {
	return !d.busy && d.listed && d.shown != unread && docstore.VersionAt(d.list, at) == d.shown
}

// look brings a document to a moment and tells who is to be woken.
func (d *document) look(at time.Time) (wake []func()) {
	views := d.viewList()
	d.enlist()
	i := docstore.VersionAt(d.list, at)
	moved := i != d.shown
	var touched []doc.Path
	if moved {
		touched = d.turn(i)
	}
	for _, v := range views {
		if moved || !v.decoded {
			d.show(v, touched)
			wake = append(wake, v.subs.Wake)
		}
	}
	return wake
}

func (d *document) viewList() []*view {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	out := make([]*view, 0, len(d.views))
	for _, v := range d.views {
		out = append(out, v)
	}
	return out
}

// enlist lists the versions once.
func (d *document) enlist() {
	if d.listed {
		return
	}
	list, err := d.s.docs.History(d.s.ctx, d.id)
	if err == nil && len(list) == 0 {
		err = docstore.ErrAbsent
	}
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	d.list, d.listed, d.err = list, true, err
}

// turn makes a version the one that is shown and tells what differs.
func (d *document) turn(i int) []doc.Path {
	next, err := doc.Map{}, d.err
	switch {
	case len(d.list) == 0:
	case i < 0:
		err = ErrNotYet
	default:
		if next, err = d.s.read(d.list[i]); err != nil {
			next, err = doc.Map{}, fmt.Errorf("reading the past: %w", err)
		}
	}
	was := d.tree
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	d.shown, d.tree, d.err = i, next, err
	d.revision++
	return doc.Difference(was, next)
}

// show publishes what a view says now.
func (d *document) show(v *view, touched []doc.Path) {
	if src := doc.NewTree(d.tree); v.decoded {
		v.value = v.view.Update(v.value, touched, src)
	} else {
		v.value, v.decoded = v.view.Decode(src), true
	}
	s := &doc.Snapshot[any]{ID: d.id, Revision: d.revision, State: doc.Ready, Value: v.value}
	if d.err != nil {
		s.State, s.Err = doc.Unavailable, d.err
	} else {
		s.Heads = d.list[d.shown].Heads
	}
	v.snap.Store(s)
}

// read is a version, from memory if it was read lately.
func (s *Store) read(v docstore.Version) (doc.Map, error) {
	key := versionOf(v)
	s.mu.Lock()
	m, ok := s.trees.get(key)
	s.mu.Unlock()
	if ok {
		return m, nil
	}
	m, err := s.reader.At(v.Of, v.Heads)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trees.put(key, m)
	return m, nil
}
