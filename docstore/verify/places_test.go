package verify_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"corkboard/docstore/verify"
)

// decode is for changes that a test has made well.
func decode(t testing.TB, f *forged) *verify.Decoded {
	t.Helper()
	d, err := verify.Change(f.bytes())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// small is a document of three changes: mine, then yours and mine at once.
func small(t testing.TB) (p *verify.Places, list []*verify.Decoded) {
	first := decode(t, &forged{actor: me, seq: 1, start: 1, ops: []forgedOp{
		{key: "map", action: 0},
		{key: "list", action: 2},
		{obj: ref{2, me}, list: true, insert: true, action: 1, kind: 4, value: []byte{7}},
		{key: "text", action: 4},
		{obj: ref{4, me}, list: true, insert: true, action: 1, kind: 6, value: []byte("a")},
		{key: "count", action: 1, kind: 8, value: []byte{0}},
		{obj: ref{1, me}, key: "x", action: 1},
	}})
	yours := decode(t, &forged{actor: you, seq: 1, start: 8, deps: [][32]byte{first.Hash}, ops: []forgedOp{
		{obj: ref{1, me}, key: "y", action: 1},
	}})
	mine := decode(t, &forged{actor: me, seq: 2, start: 8, deps: [][32]byte{first.Hash}, ops: []forgedOp{
		{key: "map", action: 0, preds: []ref{{1, me}}},
	}})
	p, list = verify.NewPlaces(), []*verify.Decoded{first, yours, mine}
	for _, d := range list {
		if _, err := p.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	return p, list
}

// misfits are made of a change of mine that fits; yours is the change at once
// with it.
var misfits = map[string]struct {
	do   func(f *forged, yours *verify.Decoded)
	kind error
	part string
}{}

// deepen puts maps into each other, as deep as may be.
func (f *forged) deepen() {
	f.ops = nil
	in := ref{8, me}
	for i := range verify.MaxNesting - 2 {
		f.ops = append(f.ops, forgedOp{obj: in, key: "in", action: 0})
		in = ref{uint64(9 + i), me}
	}
}

func TestMisfitsAreRefused(t *testing.T) {
	p, list := small(t)
	next := func() *forged {
		return &forged{actor: me, seq: 3, start: 9, deps: [][32]byte{list[2].Hash}, ops: []forgedOp{
			{obj: ref{8, me}, key: "z", action: 1},
		}}
	}
	if err := p.Check(decode(t, next())); err != nil {
		t.Fatal(err)
	}
	for name, c := range misfits {
		f := next()
		c.do(f, list[1])
		d := decode(t, f)
		touched, err := p.Add(d)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), ": "+c.part+": ") || touched != nil || p.Has(d.Hash) {
			t.Errorf("%s: got %v, %v, want %v in %s", name, touched, err, c.kind, c.part)
		}
	}
	f := next()
	f.deepen()
	if err := p.Check(decode(t, f)); err != nil {
		t.Errorf("just deep enough: %v", err)
	}
}

func TestFittingChangesFit(t *testing.T) {
	p, list := small(t)
	f := &forged{actor: you, seq: 2, start: 9, deps: [][32]byte{list[1].Hash}, ops: []forgedOp{
		{key: "map", action: 5, kind: 4, value: []byte{1}, preds: []ref{{1, me}}},
	}}
	if err := p.Check(decode(t, f)); !errors.Is(err, verify.ErrMisplaced) {
		t.Errorf("adding to a map alone: %v", err)
	}
	f.deps = append(f.deps, list[2].Hash)
	if string(f.deps[0][:]) > string(f.deps[1][:]) {
		f.deps[0], f.deps[1] = f.deps[1], f.deps[0]
	}
	f.ops = []forgedOp{
		{key: "count", action: 5, kind: 4, value: []byte{1}, preds: []ref{{6, me}}},
		{obj: ref{2, me}, list: true, elem: ref{3, me}, action: 0, preds: []ref{{3, me}}},
		{obj: ref{2, me}, list: true, insert: true, elem: ref{3, me}, action: 1},
		{obj: ref{4, me}, list: true, elem: ref{5, me}, action: 3, preds: []ref{{5, me}}},
		{key: "map", action: 3, preds: []ref{{8, me}}},
	}
	if touched, err := p.Add(decode(t, f)); err != nil || fmt.Sprint(touched) != "[/count /list /map /text]" {
		t.Errorf("touches %v, %v", touched, err)
	}
}

// BenchmarkPlaces moves cards of a board of 10,000 cards, on top of a history
// of as many changes.
func BenchmarkPlaces(b *testing.B) {
	const cards = 10_000
	p := verify.NewPlaces()
	last := decode(b, &forged{actor: me, seq: 1, start: 1, ops: []forgedOp{{key: "cards", action: 0}}})
	add := func(f *forged) {
		f.actor, f.seq, f.deps, f.start = me, last.Seq+1, [][32]byte{last.Hash}, uint64(last.StartOp)+uint64(len(last.Ops))
		last = decode(b, f)
		if _, err := p.Add(last); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := p.Add(last); err != nil {
		b.Fatal(err)
	}
	for i := range cards {
		id := uint64(last.StartOp) + uint64(len(last.Ops))
		in := ref{id, me}
		add(&forged{ops: []forgedOp{{obj: ref{1, me}, key: fmt.Sprint("card-", i), action: 0}, {obj: in, key: "at", action: 1}, {obj: in, key: "size", action: 1}, {obj: in, key: "url", action: 1}, {obj: in, key: "z", action: 1}}})
	}
	ops := []forgedOp{{obj: ref{2, me}, key: "at", action: 1, kind: 6, value: []byte("12 34"), preds: []ref{{3, me}}}}
	moved := decode(b, &forged{actor: me, seq: last.Seq + 1, deps: [][32]byte{last.Hash}, start: uint64(last.StartOp) + 5, ops: ops})
	b.Run("Check", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := p.Check(moved); err != nil {
				b.Fatal(err)
			}
		}
	})
	old := decode(b, &forged{actor: you, seq: 1, deps: [][32]byte{moved.Deps[0]}, start: uint64(moved.StartOp), ops: ops})
	if _, err := p.Add(moved); err != nil {
		b.Fatal(err)
	}
	b.Run("CheckFromTheBeginning", func(b *testing.B) { // it follows what is not the newest
		b.ReportAllocs()
		for b.Loop() {
			if err := p.Check(old); err != nil {
				b.Fatal(err)
			}
		}
	})
}
