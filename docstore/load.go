package docstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/sqlite"
)

// loadBatch bounds one query for many documents.
const loadBatch = 500

// found is what the files tell of a document without its engine document.
type found struct {
	exists  bool
	genesis chunk.DocumentID
	in      *collection
	shared  bool
	heads   doc.Heads
	tops    tops
	tree    []byte // from the cache, checked; nil if it has none for these heads
	err     error
}

// loader reads documents that were opened, many with one query.
type loader struct {
	s    *Store
	mu   sync.Mutex
	list []*document
	busy bool
}

func newLoader(s *Store) *loader { return &loader{s: s} }

func (l *loader) put(d *document) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, d)
	if !l.busy {
		l.busy = true
		go l.run()
	}
}

func (l *loader) take() []*document {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := min(len(l.list), loadBatch)
	out := l.list[:n:n]
	l.list = l.list[n:]
	l.busy = n > 0
	return out
}

func (l *loader) run() {
	for {
		list := l.take()
		if len(list) == 0 {
			return
		}
		ids := make([]doc.ID, len(list))
		for i, d := range list {
			ids[i] = d.id
		}
		all, err := l.s.find(ids)
		for _, d := range list {
			f := all[d.id]
			if err != nil {
				f = found{err: err}
			}
			d.begin(func() { d.install(f) })
		}
	}
}

// find reads heads, undo labels and cached trees.
func (s *Store) find(ids []doc.ID) (map[doc.ID]found, error) {
	out := make(map[doc.ID]found, len(ids))
	steps := map[doc.ID][]doc.Step{}
	err := s.read(context.Background(), func(tx *sqlite.Tx) error {
		err := tx.Each(func(scan func(...any) error) error {
			var id doc.ID
			var heads string
			var genesis []byte
			var row int64
			f := found{exists: true}
			if err := scan(&id, &heads, &genesis, &row, &f.shared); err != nil {
				return err
			}
			if f.in = s.collections.at(row); f.in == nil {
				f.err = fmt.Errorf("%w: it is in no collection", ErrDamaged)
			}
			f.heads = headsOf(heads)
			copy(f.genesis[:], genesis)
			out[id] = f
			return nil
		}, "SELECT document, heads, genesis, collection, shared FROM documents WHERE document IN (SELECT value FROM json_each(?))", idList(ids))
		if err != nil {
			return err
		}
		return tx.Each(func(scan func(...any) error) error {
			var id doc.ID
			var s doc.Step
			if err := scan(&id, &s.ID, &s.Turn, &s.Undone, &s.Label, &s.Gesture); err != nil {
				return err
			}
			steps[id] = append(steps[id], s)
			return nil
		}, "SELECT document, id, turn, undone, label, gesture FROM steps WHERE document IN (SELECT value FROM json_each(?)) ORDER BY id", idList(ids))
	})
	if err != nil {
		return nil, fmt.Errorf("loading documents: %w", err)
	}
	trees := s.cache.trees(ids)
	for id, f := range out {
		h := doc.NewHistory(steps[id])
		f.tops.undo, f.tops.canUndo = h.Top(false)
		f.tops.redo, f.tops.canRedo = h.Top(true)
		if t, ok := trees[id]; ok && slices.Equal(t.heads, f.heads) {
			f.tree = t.body
		}
		out[id] = f
	}
	return out, nil
}

// install makes the document ready from what was found.
func (d *document) install(f found) {
	switch {
	case f.err != nil:
		d.state, d.err = doc.Unavailable, f.err
	case !f.exists:
		d.state, d.err = doc.Unavailable, ErrAbsent
	default:
		d.heads = f.heads
		d.col.Store(f.in)
		f.in.rouse()
		d.known.Store(&f.genesis)
		d.shared.Store(f.shared)
		d.tops.Store(&f.tops)
		if d.fromCache(f.tree) {
			break
		}
		if err := d.reload(); err != nil {
			d.state, d.err = doc.Unavailable, err
			d.s.opt.Log.Error("a document cannot be read", "document", string(d.id), "err", err)
			break
		}
		d.stale.Store(true)
		d.s.sweeper.arm()
	}
	d.republish(doc.FromDisk)
}

func (d *document) fromCache(tree []byte) bool {
	if tree == nil {
		return false
	}
	v, err := doc.DecodeValue(tree)
	root, isMap := v.(doc.Map)
	if err != nil || !isMap {
		return false
	}
	d.tree, d.state = doc.NewTree(root), doc.Ready
	return true
}

// reload reads the document from the log, as much of it as can be read.
func (d *document) reload() error {
	l, err := d.s.loadEngine(d, d.heads)
	if err != nil {
		return err
	}
	root, err := l.eng.Tree()
	if err != nil {
		l.eng.Close()
		return fmt.Errorf("reading document: %w", err)
	}
	d.damage, d.err = nil, nil
	heads := l.eng.Heads()
	if l.bad > 0 || !slices.Equal(heads, d.heads) {
		d.damage = damaged(l.bad)
		d.err = d.damage
		d.s.opt.Log.Error("a document is damaged", "document", string(d.id), "changes", l.bad)
		if len(heads) == 0 {
			l.eng.Close()
			return d.damage
		}
	}
	d.tree, d.heads, d.state = doc.NewTree(root), heads, doc.Ready
	d.adopt(l)
	return nil
}

// needEngine loads the engine document if it is not there. If it does not say
// what the tree says, the tree is set aside and the error is ErrDamaged.
func (d *document) needEngine() error {
	if d.eng != nil {
		d.s.engines.used(d)
		return nil
	}
	l, err := d.s.loadEngine(d, d.heads)
	if err != nil {
		return err
	}
	if !slices.Equal(l.eng.Heads(), d.heads) {
		l.eng.Close()
		d.s.keepTree(d.id, d.tree.Root())
		return fmt.Errorf("%w: its history is incomplete", ErrDamaged)
	}
	d.adopt(l)
	return nil
}

func (d *document) adopt(l loaded) {
	d.eng, d.sinceRow = l.eng, l.rows
	d.mu.Lock()
	d.lastRow = max(d.lastRow, l.last)
	d.mu.Unlock()
	d.s.engines.used(d)
}

// at reads an older version in an engine document of its own.
func (d *document) at(heads doc.Heads) (doc.Map, error) {
	l, err := d.s.loadEngine(d, nil)
	if err != nil {
		return nil, err
	}
	defer func() { l.eng.Close(); d.s.engines.dropped() }()
	m, err := l.eng.At(heads)
	if err != nil && errors.Is(err, doc.ErrClosed) {
		return nil, doc.ErrClosed
	}
	return m, err
}
