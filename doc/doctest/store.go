package doctest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"

	"corkboard/doc"
)

// ErrAbsent is the Snapshot.Err of a document that was never created.
var ErrAbsent = errors.New("no such document")

// Store keeps documents in memory and is done with a plan before Do returns.
// Safe on any goroutine.
type Store struct {
	*documents
	person int
}

// documents is what all who share them see.
type documents struct {
	mu      sync.Mutex
	docs    map[doc.ID]*document
	turn    int64
	persons int
}

// NewStore is an empty store.
func NewStore() *Store {
	return &Store{documents: &documents{docs: map[doc.ID]*document{}, persons: 1}}
}

// Beside is another person's store of the same documents, who sees all at once what
// others write and takes back what they wrote themselves. It is for documents that were not
// open yet; Reopen gives the first person's.
func (s *Store) Beside() *Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.persons++
	return &Store{documents: s.documents, person: s.persons - 1}
}

type version struct {
	edits []doc.Edit
	heads doc.Heads
}

type document struct {
	id       doc.ID
	versions []version // all that happened; nil if it was never created
	tree     *doc.Tree
	steps    map[int]*doc.History // by person
	revision uint64
	origin   doc.Origin
	views    map[string]*view
}

type view struct {
	view  doc.View
	value any
	snap  doc.Snapshot[any]
	wakes map[int]func()
	next  int
}

// Reopen gives a store that has what this one has on its imaginary disk, as
// after a restart: read back from the encoded form.
func (s *Store) Reopen() *Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	again := NewStore()
	again.turn = s.turn
	for id, d := range s.docs {
		if d.versions == nil {
			continue
		}
		b, err := doc.EncodeValue(d.tree.Root())
		var root doc.Value
		if err == nil {
			root, err = doc.DecodeValue(b)
		}
		if err != nil {
			panic(fmt.Sprintf("a legal document cannot be encoded: %v", err))
		}
		n := again.at(id)
		n.versions, n.tree = slices.Clone(d.versions), doc.NewTree(root.(doc.Map))
		n.steps[0] = doc.NewHistory(reread(d.history(0).All()))
	}
	return again
}

func reread(steps []doc.Step) []doc.Step {
	for i := range steps {
		b, err := doc.EncodeSteps(steps[i].Inverse)
		if err == nil {
			steps[i].Inverse, err = doc.DecodeSteps(b)
		}
		if err != nil {
			panic(fmt.Sprintf("a legal step cannot be encoded: %v", err))
		}
	}
	return steps
}

// at finds or makes the entry of an id.
func (s *Store) at(id doc.ID) *document {
	d := s.docs[id]
	if d == nil {
		d = &document{id: id, tree: doc.NewTree(nil), steps: map[int]*doc.History{}, views: map[string]*view{}}
		s.docs[id] = d
	}
	return d
}

// history is a person's own steps.
func (d *document) history(person int) *doc.History {
	if d.steps[person] == nil {
		d.steps[person] = doc.NewHistory(nil)
	}
	return d.steps[person]
}

func (d *document) heads() doc.Heads {
	if len(d.versions) == 0 {
		return nil
	}
	return d.versions[len(d.versions)-1].heads
}

func (d *document) log(edits []doc.Edit) {
	h := sha256.Sum256(fmt.Append(nil, d.id, d.heads(), len(d.versions)))
	d.versions = append(d.versions, version{slices.Clone(edits), doc.Heads{hex.EncodeToString(h[:])}})
}

// Create implements doc.Store.
func (s *Store) Create(id doc.ID, edits []doc.Edit) doc.Receipt {
	s.mu.Lock()
	d := s.at(id)
	if d.versions != nil {
		s.mu.Unlock()
		return receipt{doc.ErrExists}
	}
	if _, err := d.tree.Apply(edits); err != nil {
		s.mu.Unlock()
		return receipt{fmt.Errorf("creating document: %w", err)}
	}
	d.log(edits)
	wakes := d.show(nil, true)
	s.mu.Unlock()
	wakeAll(wakes)
	return receipt{}
}

// Open implements doc.Store.
func (s *Store) Open(id doc.ID, v doc.View) doc.Handle {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.at(id)
	w := d.views[v.Name]
	if w == nil {
		w = &view{view: v, value: v.Decode(d.tree), wakes: map[int]func(){}}
		d.views[v.Name] = w
		w.snap = d.snapshot(w)
	}
	return &handle{s: s, d: d, v: w}
}

func (d *document) snapshot(v *view) doc.Snapshot[any] {
	s := doc.Snapshot[any]{ID: d.id, Revision: d.revision, Heads: d.heads(), Origin: d.origin, State: doc.Ready, Value: v.value}
	if d.versions == nil {
		s.State, s.Err = doc.Unavailable, ErrAbsent
	}
	return s
}

// show brings all views up to date; whole decodes them afresh.
func (d *document) show(touched []doc.Path, whole bool) (wakes []func()) {
	d.revision++
	d.origin = doc.Local
	for _, v := range d.views {
		if whole {
			v.value = v.view.Decode(d.tree)
		} else {
			v.value = v.view.Update(v.value, touched, d.tree)
		}
		v.snap = d.snapshot(v)
		for _, w := range v.wakes {
			wakes = append(wakes, w)
		}
	}
	return wakes
}

func wakeAll(list []func()) {
	for _, w := range list {
		w()
	}
}

// receipt of a plan that is settled already.
type receipt struct{ err error }

func (r receipt) Applied(context.Context) error { return r.err }
func (r receipt) Wait(context.Context) error    { return r.err }
