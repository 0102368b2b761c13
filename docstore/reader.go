package docstore

import (
	"fmt"
	"slices"
	"sync"

	"corkboard/doc"
	"corkboard/docstore/engine"
)

// maxReadings is how many documents a Reader keeps loaded.
const maxReadings = 4

// Reader reads older versions of documents and keeps those loaded that were read last:
// the next version of the same document then costs no loading. Present versions come
// from the cache. Safe on any goroutine; it blocks on the disk and on the engine.
type Reader struct {
	s *Store

	mu     sync.Mutex
	list   []*reading // the one that was used last is the last
	closed bool
}

// reading is a loaded document; its lock is held while it is read.
type reading struct {
	id   doc.ID
	mu   sync.Mutex
	eng  engine.Doc // nil until it is needed
	gone bool       // nobody may load it any more
}

// Reader makes a Reader. Close it before the Store.
func (s *Store) Reader() *Reader { return &Reader{s: s} }

// At is a version of a document by the document's own id (Version.Of); nobody else has
// the map. Errors: ErrAbsent, engine.ErrUnknownHeads, doc.ErrClosed, those of keys and
// damage.
func (r *Reader) At(id doc.ID, heads doc.Heads) (doc.Map, error) {
	if len(heads) == 0 {
		return doc.Map{}, nil
	}
	if m, ok := r.present(id, heads); ok {
		return m, nil
	}
	for {
		d, err := r.reading(id)
		if err != nil {
			return nil, err
		}
		m, ok, err := d.at(r.s, heads)
		if err != nil {
			return nil, fmt.Errorf("reading an older version: %w", err)
		}
		if ok {
			return m, nil
		}
	}
}

// at is a version; ok is false if the document was given up meanwhile.
func (d *reading) at(s *Store, heads doc.Heads) (m doc.Map, ok bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for range 2 {
		if d.gone {
			return nil, false, nil
		}
		if d.eng == nil {
			if err := d.load(s); err != nil {
				return nil, false, err
			}
		}
		if m, err = d.eng.At(heads); err == nil {
			return m, true, nil
		}
		d.close(s) // the version may be newer than what was loaded, or the VM has ended
	}
	return nil, false, err
}

// present is a version that the cache has, because it is the newest.
func (r *Reader) present(id doc.ID, heads doc.Heads) (doc.Map, bool) {
	found, err := r.s.find([]doc.ID{id})
	f := found[id]
	if err != nil || f.tree == nil || !slices.Equal(f.heads, heads) {
		return nil, false
	}
	v, err := doc.DecodeValue(f.tree)
	m, ok := v.(doc.Map)
	return m, err == nil && ok
}

// reading finds a document among those that are kept, or makes room for it.
func (r *Reader) reading(id doc.ID) (*reading, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, doc.ErrClosed
	}
	i := slices.IndexFunc(r.list, func(d *reading) bool { return d.id == id })
	d := &reading{id: id}
	if i >= 0 {
		d = r.list[i]
		r.list = slices.Delete(r.list, i, i+1)
	}
	r.list = append(r.list, d)
	if len(r.list) > maxReadings {
		oldest := r.list[0]
		r.list = slices.Delete(r.list, 0, 1)
		go oldest.end(r.s)
	}
	return d, nil
}

// Close gives everything back; what is being read is read to its end.
func (r *Reader) Close() {
	r.mu.Lock()
	list := r.list
	r.list, r.closed = nil, true
	r.mu.Unlock()
	for _, d := range list {
		d.end(r.s)
	}
}

func (d *reading) load(s *Store) error {
	held, err := s.holdAs(d.id)
	if err != nil {
		return err
	}
	defer held.release()
	if _, err := held.genesis(); err != nil {
		return err
	}
	if err := s.awaitLoaded(held); err != nil {
		return err
	}
	l, err := s.loadEngine(held, nil)
	if err != nil {
		return err
	}
	d.eng = l.eng
	return nil
}

func (d *reading) end(s *Store) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.close(s)
	d.gone = true
}

func (d *reading) close(s *Store) {
	if d.eng != nil {
		d.eng.Close()
		d.eng = nil
		s.engines.dropped()
	}
}

// awaitLoaded waits until it is known whether others have written in a document: no
// byte of theirs may reach a core that can end the program.
func (s *Store) awaitLoaded(d *document) error {
	loaded := make(chan struct{})
	d.post(func() { close(loaded) })
	select {
	case <-loaded:
		return nil
	case <-s.quit:
		return doc.ErrClosed
	}
}
