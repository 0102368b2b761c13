package docstore

import (
	"time"

	"corkboard/doc"
)

// savesAfter so many changes the cache gets a new save of the engine document.
const savesAfter = 64

// engineRests so many idle times an engine document is kept for a document that nobody
// uses: what others write there comes in pieces.
const engineRests = 10

// sweeper looks, once things have come to rest, for caches to write and
// documents to let go.
type sweeper struct {
	s    *Store
	kick chan struct{}
	done chan struct{}
}

func newSweeper(s *Store) *sweeper {
	return &sweeper{s: s, kick: make(chan struct{}, 1), done: make(chan struct{})}
}

// arm asks for a sweep after the idle time. Safe on any goroutine.
func (w *sweeper) arm() { signal(w.kick) }

func (w *sweeper) run() {
	defer close(w.done)
	for {
		select {
		case <-w.kick:
		case <-w.s.quit:
			return
		}
		select {
		case <-time.After(w.s.opt.Idle):
		case <-w.s.quit:
			return
		}
		w.sweep()
	}
}

func (w *sweeper) sweep() {
	w.s.mu.Lock()
	free := map[*document]bool{}
	for _, d := range w.s.docs {
		free[d] = d.refs == 0
	}
	w.s.mu.Unlock()
	now := time.Now()
	since, before := now.Add(-w.s.opt.Idle).UnixMilli(), now.Add(-engineRests*w.s.opt.Idle).UnixMilli()
	for d, unused := range free {
		if unused && d.used.Load() > before && w.s.engines.has(d) {
			w.arm()
			unused = false
		}
		if !unused && !d.stale.Load() {
			continue
		}
		if d.used.Load() > since || d.expects() {
			w.arm()
			continue
		}
		if unused {
			w.arm() // look again: it may have found work
		}
		d.post(func() { d.rest(unused) })
	}
	w.s.engines.shrink()
	w.s.engines.collect()
}

// rest writes the cache, once all is on disk, and lets go of a document that nobody uses.
func (d *document) rest(unused bool) {
	if len(d.onTheirWay()) > 0 {
		d.s.sweeper.arm()
		return
	}
	d.cacheTree()
	if unused && d.forget() {
		d.dropEngine()
	}
}

// cacheTree puts the present state into the cache if it is not there. The document counts as
// stale until that is done: whoever closes the store meanwhile waits.
func (d *document) cacheTree() {
	if !d.stale.Load() {
		return
	}
	if d.state != doc.Ready || d.damage != nil {
		d.stale.Store(false)
		d.s.feed.tell(Changes{Documents: []doc.ID{d.id}, Rested: true})
		return
	}
	body, err := doc.EncodeValue(d.tree.Root())
	if err != nil {
		d.stale.Store(false)
		d.s.opt.Log.Warn("a document cannot be cached", "document", string(d.id), "err", err)
		return
	}
	row := cacheRow{id: d.id, heads: d.heads, tree: body}
	if d.eng != nil && d.sinceRow >= savesAfter {
		if row.save = d.eng.Save(); row.save != nil { // nil: its engine is gone
			d.sinceRow = 0
		}
		d.mu.Lock()
		row.upto = d.lastRow
		d.mu.Unlock()
	}
	d.s.cache.put(row)
	d.stale.Store(false)
}

// forget takes the document out of the store if nobody holds it.
func (d *document) forget() bool {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refs > 0 || len(d.queue) > 0 || d.s.docs[d.id] != d {
		return false
	}
	delete(d.s.docs, d.id)
	return true
}
