package docstore

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"corkboard/doc"
)

// heard collects what a store tells of changes.
type heard struct {
	mu   sync.Mutex
	list []Changes
	wake chan struct{}
}

func listen(t *testing.T, s *Store) *heard {
	h := &heard{wake: make(chan struct{}, 1)}
	t.Cleanup(s.SubscribeChanges(func(c Changes) {
		h.mu.Lock()
		h.list = append(h.list, c)
		h.mu.Unlock()
		signal(h.wake)
	}))
	return h
}

// await waits until it was told of a document.
func (h *heard) await(t *testing.T, id doc.ID, rested bool) {
	t.Helper()
	for ctx := testContext(t); ; {
		h.mu.Lock()
		for _, c := range h.list {
			for _, one := range c.Documents {
				if one == id && c.Rested == rested {
					h.list = nil
					h.mu.Unlock()
					return
				}
			}
		}
		h.mu.Unlock()
		select {
		case <-h.wake:
		case <-ctx.Done():
			t.Fatal("nobody told")
		}
	}
}

func textIn(t *testing.T, src doc.Source) string {
	t.Helper()
	if src == nil {
		t.Fatal("there is no state")
	}
	v, _ := src.Value(doc.At("text"))
	s, _ := v.(doc.Text)
	return string(s)
}

func presentOf(t *testing.T, s *Store, id doc.ID) Present {
	t.Helper()
	list, err := s.Present(testContext(t), []doc.ID{id, doc.NewID([32]byte{99})})
	must(t, err)
	if len(list) != 1 || list[0].ID != id {
		t.Fatalf("%+v", list)
	}
	return list[0]
}

func TestPresentFollowsWithoutOpening(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, Options{})
	h := listen(t, s)
	id := doc.NewID([32]byte{1})
	must(t, s.Create(id, []doc.Edit{doc.Put{Path: doc.At("text"), Value: doc.Text("one")}}).Wait(testContext(t)))
	h.await(t, id, false)
	h.await(t, id, true)
	p := presentOf(t, s, id)
	if textIn(t, p.Source) != "one" || p.Soon || p.Collection != s.HomeCollection() || len(p.Heads) != 1 {
		t.Errorf("%+v", p)
	}
	view := doc.View{Name: "none", Decode: func(doc.Source) any { return nil }, Update: func(any, []doc.Path, doc.Source) any { return nil }}
	live := s.Open(id, view)
	must(t, live.Do(func(any) (doc.Plan, error) {
		return doc.Plan{Edits: []doc.Edit{doc.Splice{Path: doc.At("text"), Insert: "twenty-"}}}, nil
	}).Wait(testContext(t)))
	if p := presentOf(t, s, id); p.Source == nil && !p.Soon {
		t.Errorf("nobody would wait for %+v", p)
	}
	h.await(t, id, true)
	if p := presentOf(t, s, id); textIn(t, p.Source) != "twenty-one" {
		t.Errorf("%+v", p)
	}
	live.Close()
	must(t, s.Close(testContext(t)))

	s = openTest(t, dir, Options{})
	if p := presentOf(t, s, id); textIn(t, p.Source) != "twenty-one" || s.Loaded() != 0 {
		t.Errorf("after a restart %+v, with %d documents loaded", p, s.Loaded())
	}
}

func TestExamineReadsWhatTheCacheHasNot(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, Options{})
	id := doc.NewID([32]byte{1})
	must(t, s.Create(id, []doc.Edit{doc.Put{Path: doc.At("text"), Value: doc.Text("one")}}).Wait(testContext(t)))
	must(t, s.Close(testContext(t)))
	must(t, os.Remove(filepath.Join(dir, cacheName)))
	s = openTest(t, dir, Options{})
	h := listen(t, s)
	p := presentOf(t, s, id)
	if p.Source != nil || p.Soon {
		t.Fatalf("%+v", p)
	}
	said := ""
	heads, err := s.Examine(testContext(t), id, func(src doc.Source) { said = textIn(t, src) })
	if err != nil || said != "one" || headsText(heads) != headsText(p.Heads) {
		t.Errorf("%q at %v: %v", said, heads, err)
	}
	h.await(t, id, true)
	if p := presentOf(t, s, id); textIn(t, p.Source) != "one" {
		t.Errorf("it is not kept: %+v", p)
	}
	if _, err := s.Examine(testContext(t), doc.NewID([32]byte{2}), func(doc.Source) {}); !errors.Is(err, ErrAbsent) {
		t.Errorf("of nothing: %v", err)
	}
}
