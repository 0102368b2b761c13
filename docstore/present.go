package docstore

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/sqlite"
)

// Changes names documents of which there is a new state.
type Changes struct {
	Documents []doc.ID
	// Rested says that Present has the new states now; else they were saved, and will
	// rest soon.
	Rested bool
	Others []Written // what other persons have written in them that has just come
}

// Written is a change of another person.
type Written struct {
	Document   doc.ID
	Collection access.RecordID
	Person     identity.PersonID
	Time       int64 // ms since 1970 UTC, as they claim
}

// feed is who wants to know of changes.
type feed struct {
	mu   sync.Mutex
	subs map[int]func(Changes)
	next int
}

// SubscribeChanges calls heard after documents were saved, whoever wrote in them, and
// again when they rest, on any goroutine; heard must return at once. It does not open
// any.
func (s *Store) SubscribeChanges(heard func(Changes)) (cancel func()) {
	f := &s.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subs == nil {
		f.subs = map[int]func(Changes){}
	}
	n := f.next
	f.next++
	f.subs[n] = heard
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.subs, n)
	}
}

func (f *feed) tell(c Changes) {
	f.mu.Lock()
	list := make([]func(Changes), 0, len(f.subs))
	for _, heard := range f.subs {
		list = append(list, heard)
	}
	f.mu.Unlock()
	if len(c.Documents) == 0 {
		return
	}
	for _, heard := range list {
		heard(c)
	}
}

// tellSaved tells of what a batch has changed.
func (s *Store) tellSaved(batch []*item) {
	var c Changes
	for _, i := range batch {
		if i.doc == nil || len(i.rows) == 0 && i.came == nil {
			continue
		}
		c.Documents = append(c.Documents, i.doc.id)
		if i.came == nil || i.came.remade { // that others wrote was told when it came
			continue
		}
		for _, a := range i.came.applied {
			if a.Run.Person != s.Person() {
				c.Others = append(c.Others, Written{i.doc.id, i.doc.col.Load().id, a.Run.Person, a.Change.Time})
			}
		}
	}
	s.feed.tell(c)
}

// Present is the newest saved state of a document that was not opened for it.
type Present struct {
	Info
	Source doc.Source // nil if the cache does not have this state
	// Soon says that the document is being worked on: SubscribeChanges tells when it
	// rests, and it can be read then.
	Soon bool
}

// Present reads documents from the log and its cache: none is opened, no engine runs.
// What is not in the log is left out. It blocks on the disk.
func (s *Store) Present(ctx context.Context, ids []doc.ID) ([]Present, error) {
	list, err := s.infos(ctx, " WHERE document IN (SELECT value FROM json_each(?))", idList(ids))
	if err != nil {
		return nil, err
	}
	trees := s.cache.trees(ids)
	out := make([]Present, len(list))
	for n, i := range list {
		out[n] = Present{Info: i}
		if t, ok := trees[i.ID]; ok && slices.Equal(t.heads, i.Heads) {
			out[n].Source = sourceOf(t.body)
		}
		out[n].Soon = out[n].Source == nil && s.restless(i.ID)
	}
	return out, nil
}

func sourceOf(body []byte) doc.Source {
	v, err := doc.DecodeValue(body)
	if root, isMap := v.(doc.Map); err == nil && isMap {
		return doc.NewTree(root)
	}
	return nil
}

// restless reports whether a document's state is on its way to the cache.
func (s *Store) restless(id doc.ID) bool {
	s.mu.Lock()
	d := s.docs[id]
	s.mu.Unlock()
	if d != nil && d.stale.Load() {
		return true
	}
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	_, waits := s.cache.rows[id]
	return waits
}

// Examine opens a document and shows its present state with the heads that name it; f
// runs on the document's goroutine. It is for documents that Present has no state of,
// and may load an engine. Errors: ErrAbsent, ErrLocked, ErrDamaged and others that keep a
// document from being read. If only a part can be read, f gets that, and the heads
// that the log has.
func (s *Store) Examine(ctx context.Context, id doc.ID, f func(doc.Source)) (doc.Heads, error) {
	d, err := s.holdAs(id)
	if err != nil {
		return nil, fmt.Errorf("reading a document: %w", err)
	}
	defer d.release()
	type result struct {
		heads   doc.Heads
		damaged bool
		err     error
	}
	done := make(chan result, 1)
	d.post(func() {
		if d.state != doc.Ready {
			done <- result{err: d.unavailable()}
			return
		}
		f(d.tree)
		done <- result{heads: d.heads, damaged: d.damage != nil}
	})
	var r result
	select {
	case r = <-done:
	case <-ctx.Done():
		r.err = ctx.Err()
	case <-s.quit:
		r.err = doc.ErrClosed
	}
	if r.err == nil && r.damaged {
		list, err := s.infos(ctx, " WHERE document = ?", string(id))
		if r.err = err; len(list) == 1 {
			r.heads = list[0].Heads
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("reading a document: %w", r.err)
	}
	return r.heads, nil
}

// Info is what the log knows of a document without opening it.
type Info struct {
	ID         doc.ID
	Collection access.RecordID
	Created    time.Time
	Changed    time.Time
	Heads      doc.Heads
	Changes    int
}

// Documents lists all documents, oldest first. It blocks on the disk.
func (s *Store) Documents(ctx context.Context) ([]Info, error) {
	return s.infos(ctx, " ORDER BY created, document")
}

func (s *Store) infos(ctx context.Context, which string, args ...any) ([]Info, error) {
	var out []Info
	err := s.read(ctx, func(tx *sqlite.Tx) error {
		out = nil
		return tx.Each(func(scan func(...any) error) error {
			var i Info
			var heads string
			var row, created, changed int64
			if err := scan(&i.ID, &row, &heads, &created, &changed, &i.Changes); err != nil {
				return err
			}
			i.Heads, i.Created, i.Changed = headsOf(heads), time.UnixMilli(created), time.UnixMilli(changed)
			if c := s.collections.at(row); c != nil {
				i.Collection = c.id
			}
			out = append(out, i)
			return nil
		}, "SELECT document, collection, heads, created, changed, changes FROM documents"+which, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("listing documents: %w", err)
	}
	return out, nil
}

// Loaded is how many documents are in memory. At once.
func (s *Store) Loaded() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.docs)
}
