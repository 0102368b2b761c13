package access

import (
	"errors"
	"math/rand"
	"slices"
	"testing"
)

func TestLogsTakeRecordsInAnyOrder(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(A, &SetPolicy{Name: "x"})
	other.says(B, &SetPolicy{Name: "y"})
	w.merge(other)
	w.says(C, &SetPolicy{Name: "z"})
	random := rand.New(rand.NewSource(1))
	for range 20 {
		l := NewLog(w.log.Collection())
		for _, raw := range raws(w.log, random.Intn) {
			if _, err := l.Add(raw); err != nil {
				t.Fatal(err)
			}
			for _, id := range l.Missing() {
				if _, here := l.Get(id); here || l.waiting.has(id) {
					t.Fatal("something here is missing")
				}
			}
		}
		if !slices.Equal(l.Heads(), w.log.Heads()) || len(l.Missing()) != 0 || l.Len() != w.log.Len() {
			t.Fatal("another log")
		}
		for i, r := range l.All() {
			if r.ID != w.log.All()[i].ID {
				t.Fatal("another order")
			}
		}
	}
}

func TestSince(t *testing.T) {
	w := founded(t)
	heads, n := w.log.Heads(), w.log.Len()
	if got := w.log.Since(heads); len(got) != 0 {
		t.Errorf("%d records since now", len(got))
	}
	a := w.says(A, &SetPolicy{Name: "x"})
	b := w.says(B, &SetPolicy{Name: "y"})
	got := w.log.Since(append(heads, RecordID{7}))
	if len(got) != 2 || got[0].ID != a.ID || got[1].ID != b.ID {
		t.Errorf("since: %v", got)
	}
	if len(w.log.All()) != n+2 {
		t.Error("not all")
	}
}

func TestTheGenesisOfAnotherCollectionIsRefused(t *testing.T) {
	w := newWorld(t)
	g, err := B.author(0).Sign(1, nil, &Genesis{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.log.Take(g); !errors.Is(err, ErrOtherCollection) {
		t.Error(err)
	}
	// What builds on it waits for ever.
	r, err := B.author(0).Sign(1, []RecordID{g.ID}, &Leave{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.log.Take(r); err != nil || w.log.Len() != 1 || w.log.Missing()[0] != g.ID {
		t.Error(err)
	}
}

// Whoever sends orphans without end fills no memory, and keeps nobody else out.
func TestWhatWaitsIsBounded(t *testing.T) {
	w := newWorld(t)
	first := w.log.Heads()
	a := w.says(A, &SetPolicy{Name: "a"})
	b := w.says(A, &SetPolicy{Name: "b"})
	l := NewLog(w.log.Collection())
	g, _ := w.log.Get(first[0])
	if err := l.Take(g); err != nil {
		t.Fatal(err)
	}
	for i := range MaxWaiting + 100 {
		r, err := B.author(0).Sign(int64(i), []RecordID{{byte(i), byte(i >> 8), 1}}, &Leave{})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Take(r); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(l.waiting.all); n != MaxWaiting {
		t.Errorf("%d wait", n)
	}
	if err := errors.Join(l.Take(b), l.Take(a)); err != nil || !slices.Equal(l.Heads(), []RecordID{b.ID}) {
		t.Errorf("%v, heads %v", err, l.Heads())
	}
	big := &SetPolicy{Name: "x", Value: make([]byte, MaxValue)}
	for i := range 5000 {
		r := &Record{ID: RecordID{byte(i), byte(i >> 8), 2}, Parents: []RecordID{{9}}, Payload: big, Raw: make([]byte, 1<<16)}
		if err := l.Take(r); err != nil {
			t.Fatal(err)
		}
	}
	if l.waiting.bytes > MaxWaitingBytes || l.waiting.bytes < MaxWaitingBytes/2 {
		t.Errorf("%d bytes wait", l.waiting.bytes)
	}
}
