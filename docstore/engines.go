package docstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/member"
	"corkboard/sqlite"
)

// loaded is an engine document fresh from the files.
type loaded struct {
	eng  engine.Doc
	last int64 // newest row of chunks in it
	rows int   // changes in it that no save in the cache covers
	bad  int   // damaged rows that are not in it
}

// loadEngine loads a document from the cache's save and the rows since, or
// from all rows if that does not lead to the heads that are wanted. What is on
// its way to the disk is in it too.
func (s *Store) loadEngine(d *document, want doc.Heads) (loaded, error) {
	s.engines.enter()
	defer s.engines.leave()
	if save, ok := s.cache.save(d.id); ok {
		l, err := s.loadRows(d, save.body, save.upto)
		if err == nil && (want == nil || slices.Equal(l.eng.Heads(), want)) {
			return l, nil
		}
		if err == nil {
			l.eng.Close()
		}
		s.opt.Log.Warn("a cached document does not match the log", "document", string(d.id))
	}
	return s.loadRows(d, nil, 0)
}

func (s *Store) loadRows(d *document, save []byte, after int64) (loaded, error) {
	m, genesis, err := d.member()
	if err != nil {
		return loaded{}, err
	}
	onTheirWay := d.onTheirWay() // before reading: seen twice does no harm
	bodies, h, err := d.col.Load().readChanges(m, d.id, genesis, after)
	if err != nil {
		return loaded{}, fmt.Errorf("reading changes: %w", err)
	}
	s.quarantine(d.id, h.bad)
	for _, i := range onTheirWay {
		if c := i.came; c != nil {
			if c.remade { // what the log has is not all true any more
				save, bodies = nil, nil
			}
			for _, a := range c.applied {
				bodies = append(bodies, a.Change.Chunk)
			}
		}
		for _, r := range i.rows {
			if r.written.Kind == chunk.KindChange {
				bodies = append(bodies, r.change.Body)
			}
		}
	}
	l := loaded{last: h.last, rows: len(bodies), bad: len(h.bad)}
	actor := m.Actor(genesis)
	e := s.engineOf(d)
	l.eng, err = e.Load(save, bodies, actor[:])
	if errors.Is(err, engine.ErrTrap) { // perhaps of a neighbour in its VM
		l.eng, err = e.Load(save, bodies, actor[:])
	}
	if err != nil {
		return l, fmt.Errorf("loading document: %w: %w", ErrDamaged, err)
	}
	return l, nil
}

// readChanges reads the changes of a document after a row, as an engine takes them.
func (c *collection) readChanges(m *member.Member, id doc.ID, genesis chunk.DocumentID, after int64) (bodies [][]byte, h past, err error) {
	_, err = c.s.readMended(context.Background(), func(tx *sqlite.Tx) (bad []badRow, err error) {
		h, err = readHistory(tx, id, after)
		return h.bad, err
	})
	if err != nil {
		return nil, h, err
	}
	unhurt := h
	if bodies = h.open(m, genesis); len(h.bad) == len(unhurt.bad) {
		return bodies, h, nil
	}
	err = c.s.read(context.Background(), func(tx *sqlite.Tx) error { return c.mendRuns(tx, m, genesis) })
	if err != nil {
		return nil, h, err
	}
	h = unhurt
	return h.open(m, genesis), h, nil
}

// chooseEngine gives the store its engine, if the options have none.
func (s *Store) chooseEngine() {
	switch {
	case s.opt.Engine != nil:
	case engine.HasNative && !s.opt.Sandbox:
		s.opt.Engine = engine.Native()
	default:
		s.opt.Engine = s.sandbox()
	}
}

// sandbox is the engine for what others have written; made when it is needed.
func (s *Store) sandbox() *engine.Sandbox {
	s.boxOnce.Do(func() {
		o := engine.Options{}
		if s.readOnly == nil {
			o.Cache = cmp.Or(s.opt.Code, s.profile.path(codeName))
		}
		s.box.Store(engine.Sandboxed(o))
	})
	return s.box.Load()
}

// ExpectOthers begins to compile the engine for what others write, which takes seconds
// the first time: a document that meets it first would stand still so long. At once.
func (s *Store) ExpectOthers() {
	if _, boxed := s.opt.Engine.(*engine.Sandbox); !boxed {
		s.sandbox()
	}
}

// engineOf is where a document runs: no byte of another person reaches a core
// that can end the program.
func (s *Store) engineOf(d *document) engine.Engine {
	if _, boxed := s.opt.Engine.(*engine.Sandbox); d.shared.Load() && !boxed {
		return s.sandbox()
	}
	return s.opt.Engine
}

// engines keeps the number of loaded engine documents small: the one that was
// used longest ago goes first.
type engines struct {
	s     *Store
	limit int
	gates chan struct{} // so many may be loading at a time

	mu      sync.Mutex
	clock   uint64
	loaded  map[*document]uint64
	garbage int // dropped since the collector last ran
}

func newEngines(s *Store, limit int) *engines {
	return &engines{s: s, limit: limit, gates: make(chan struct{}, runtime.GOMAXPROCS(0)), loaded: map[*document]uint64{}}
}

func (e *engines) enter() { e.gates <- struct{}{} }
func (e *engines) leave() { <-e.gates }

// used notes that a document's engine is wanted, and asks the one that was
// used longest ago to rest if there are too many.
func (e *engines) used(d *document) {
	e.mu.Lock()
	e.clock++
	e.loaded[d] = e.clock
	var oldest *document
	if len(e.loaded) > e.limit {
		for x, at := range e.loaded {
			if x != d && (oldest == nil || at < e.loaded[oldest]) {
				oldest = x
			}
		}
		if oldest != nil {
			e.loaded[oldest] = e.clock // ask another one next time: this one may be busy
		}
	}
	e.mu.Unlock()
	if oldest != nil {
		oldest.post(oldest.restEngine)
	}
}

// shrink asks as many documents to rest as there are too many.
func (e *engines) shrink() {
	e.mu.Lock()
	var list []*document
	for d := range e.loaded {
		if len(e.loaded)-len(list) <= e.limit {
			break
		}
		list = append(list, d)
	}
	e.mu.Unlock()
	for _, d := range list {
		d.post(d.restEngine)
	}
}

func (e *engines) has(d *document) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, has := e.loaded[d]
	return has
}

func (e *engines) count() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.loaded)
}

// restEngine gives the engine document back unless its work is not on disk.
func (d *document) restEngine() {
	if d.eng == nil {
		return
	}
	if len(d.onTheirWay()) > 0 {
		d.s.sweeper.arm()
		return
	}
	d.cacheTree()
	d.dropEngine()
}

func (d *document) dropEngine() {
	if d.eng == nil {
		return
	}
	d.eng.Close()
	d.eng = nil
	e := d.s.engines
	e.mu.Lock()
	delete(e.loaded, d)
	e.mu.Unlock()
	e.dropped()
}

func (e *engines) dropped() {
	e.mu.Lock()
	e.garbage++
	e.mu.Unlock()
	e.s.sweeper.arm()
}

// collect runs the collector when enough has been dropped: it does not see
// the memory of native documents, so it would not run by itself.
func (e *engines) collect() {
	e.mu.Lock()
	enough := e.garbage >= 16
	if enough {
		e.garbage = 0
	}
	e.mu.Unlock()
	if enough {
		runtime.GC()
	}
}
