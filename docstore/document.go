package docstore

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/member"
)

// document is one open document. At most one goroutine at a time works on it:
// it is started when the queue fills and ends when the queue is empty.
type document struct {
	s    *Store
	id   doc.ID
	refs int // users; under Store.mu

	mu      sync.Mutex
	queue   []func()
	running bool
	loaded  bool // before that, what is queued waits
	views   []*view
	coming  []news  // from elsewhere, not taken in yet
	due     func()  // takes it in; nil if that has been asked for
	unsaved []*item // on their way to the disk, oldest first
	lastRow int64   // newest row of chunks that the engine document holds

	used   atomic.Int64 // when it last worked, Unix milliseconds
	tops   atomic.Pointer[tops]
	known  atomic.Pointer[chunk.DocumentID]
	col    atomic.Pointer[collection] // known when known is
	shared atomic.Bool                // others have written in it
	stale  atomic.Bool                // the cache does not have the present state

	// What follows belongs to the document's goroutine.
	state    doc.Availability
	err      error
	revision uint64
	origin   doc.Origin
	heads    doc.Heads
	tree     *doc.Tree
	history  *doc.History // nil until the first Do or Undo
	eng      engine.Doc   // nil until the first change
	sinceRow int          // changes that no engine save in the cache covers
	damage   error        // ErrDamaged if some of it could not be read
	moved    bool         // another has taken its place, or is about to
}

// tops is what Undo and Redo would take.
type tops struct {
	undo, redo       doc.Step
	canUndo, canRedo bool
}

func newDocument(s *Store, id doc.ID) *document {
	d := &document{s: s, id: id}
	d.tops.Store(&tops{})
	d.used.Store(time.Now().UnixMilli())
	return d
}

// post queues work. Safe on any goroutine, returns at once.
func (d *document) post(f func()) {
	d.mu.Lock()
	d.queue = append(d.queue, f)
	start := d.loaded && !d.running
	if start {
		d.running = true
	}
	d.mu.Unlock()
	if start {
		go d.work()
	}
}

// begin puts the first work before everything that waited for it.
func (d *document) begin(install func()) {
	d.mu.Lock()
	d.queue = append([]func(){install}, d.queue...)
	d.loaded, d.running = true, true
	d.mu.Unlock()
	go d.work()
}

func (d *document) work() {
	var spare []func()
	for {
		d.mu.Lock()
		if len(d.queue) == 0 {
			d.running = false
			d.mu.Unlock()
			return
		}
		list := d.queue
		d.queue = spare[:0]
		d.mu.Unlock()
		d.used.Store(time.Now().UnixMilli())
		for i, f := range list {
			f()
			list[i] = nil
		}
		spare = list
	}
}

// release counts one user less; the sweeper lets go of documents without any.
func (d *document) release() {
	d.s.mu.Lock()
	d.refs--
	last := d.refs == 0
	d.s.mu.Unlock()
	if last {
		d.s.sweeper.arm()
	}
}

// saved takes an item off the list of what is on its way. Called by the writer.
func (d *document) saved(i *item) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := slices.Index(d.unsaved, i); n == 0 { // as ever: they are saved in order
		d.unsaved = d.unsaved[1:]
	} else if n > 0 {
		d.unsaved = slices.Delete(slices.Clone(d.unsaved), n, n+1)
	}
	if n := len(i.rows); n > 0 {
		d.lastRow = max(d.lastRow, i.rows[n-1].id)
	}
}

func (d *document) onTheirWay() []*item {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]*item(nil), d.unsaved...)
}

// genesis is what the document is called outside: the hash of how it began. Safe
// on any goroutine; it may ask the disk.
func (d *document) genesis() (chunk.DocumentID, error) {
	if id := d.known.Load(); id != nil {
		return *id, nil
	}
	all, err := d.s.find([]doc.ID{d.id})
	if err != nil {
		return chunk.DocumentID{}, err
	}
	f := all[d.id]
	if !f.exists {
		return chunk.DocumentID{}, ErrAbsent
	}
	if f.err != nil {
		return chunk.DocumentID{}, f.err
	}
	d.col.CompareAndSwap(nil, f.in)
	d.known.CompareAndSwap(nil, &f.genesis)
	return *d.known.Load(), nil
}

// member is who writes here, and what the document is called outside.
func (d *document) member() (*member.Member, chunk.DocumentID, error) {
	genesis, err := d.genesis()
	if err != nil {
		return nil, genesis, err
	}
	m, err := d.col.Load().wait()
	return m, genesis, err
}
