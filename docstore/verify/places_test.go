package verify_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
)

// decode is for changes that a test has made well.
func decode(t testing.TB, f *forged) *verify.Decoded {
	t.Helper()
	d, err := verify.Change(f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// small is a document of three changes: mine, then yours and mine at once.
func small(t testing.TB) (p *verify.Places, list []*verify.Decoded) {
	first := decode(t, &forged{Actor: me, Seq: 1, Start: 1, Ops: []forgedOp{
		{Key: "map", Action: 0},
		{Key: "list", Action: 2},
		{Obj: ref(2, me), List: true, Insert: true, Action: 1, Kind: 4, Value: []byte{7}},
		{Key: "text", Action: 4},
		{Obj: ref(4, me), List: true, Insert: true, Action: 1, Kind: 6, Value: []byte("a")},
		{Key: "count", Action: 1, Kind: 8, Value: []byte{0}},
		{Obj: ref(1, me), Key: "x", Action: 1},
	}})
	yours := decode(t, &forged{Actor: you, Seq: 1, Start: 8, Deps: [][32]byte{first.Hash}, Ops: []forgedOp{
		{Obj: ref(1, me), Key: "y", Action: 1},
	}})
	mine := decode(t, &forged{Actor: me, Seq: 2, Start: 8, Deps: [][32]byte{first.Hash}, Ops: []forgedOp{
		{Key: "map", Action: 0, Preds: preds(ref(1, me))},
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
}{
	"an unknown dependency":      {func(f *forged, _ *verify.Decoded) { f.Deps = [][32]byte{{1}} }, verify.ErrMissing, "dependencies"},
	"a number twice":             {func(f *forged, _ *verify.Decoded) { f.Seq = 2 }, verify.ErrMisplaced, "sequence number"},
	"a number too far":           {func(f *forged, _ *verify.Decoded) { f.Seq = 4 }, verify.ErrMisplaced, "sequence number"},
	"not after my own":           {func(f *forged, yours *verify.Decoded) { f.Deps[0] = yours.Hash }, verify.ErrMisplaced, "sequence number"},
	"after nothing":              {func(f *forged, _ *verify.Decoded) { f.Deps = nil; f.Start = 1; f.Ops[0].Obj = mutant.Ref{} }, verify.ErrMisplaced, "sequence number"},
	"a counter too low":          {func(f *forged, _ *verify.Decoded) { f.Start = 8; f.Ops[0].Obj.Counter = 1 }, verify.ErrMisplaced, "first counter"},
	"a counter too high":         {func(f *forged, _ *verify.Decoded) { f.Start = 10 }, verify.ErrMisplaced, "first counter"},
	"nobody's object":            {func(f *forged, _ *verify.Decoded) { f.Ops[0].Obj.Actor = strings.Repeat("\x07", 16) }, verify.ErrMisplaced, "table of writers"},
	"yours, which I do not know": {func(f *forged, _ *verify.Decoded) { f.Ops[0].Preds = preds(ref(8, you)) }, verify.ErrMisplaced, "table of writers"},
	"no object":                  {func(f *forged, _ *verify.Decoded) { f.Ops[0].Obj.Counter = 7 }, verify.ErrMisplaced, "operations"},
	"a list for a map":           {func(f *forged, _ *verify.Decoded) { f.Ops[0].Obj.Counter = 2 }, verify.ErrMisplaced, "operations"},
	"a map for a list": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Obj: ref(8, me), List: true, Insert: true, Action: 1}
	}, verify.ErrMisplaced, "operations"},
	"no element": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Obj: ref(2, me), List: true, Insert: true, Elem: ref(4, me), Action: 1}
	}, verify.ErrMisplaced, "operations"},
	"another list's element": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Obj: ref(2, me), List: true, Insert: true, Elem: ref(5, me), Action: 1}
	}, verify.ErrMisplaced, "operations"},
	"a number in a text": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Obj: ref(4, me), List: true, Insert: true, Action: 1, Kind: 4, Value: []byte{1}}
	}, verify.ErrMisplaced, "operations"},
	"two characters at once": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Obj: ref(4, me), List: true, Insert: true, Action: 1, Kind: 6, Value: []byte("ab")}
	}, verify.ErrMisplaced, "operations"},
	"a character overwritten": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Obj: ref(4, me), List: true, Elem: ref(5, me), Action: 1, Kind: 6, Value: []byte("b"), Preds: preds(ref(5, me))}
	}, verify.ErrMisplaced, "operations"},
	"nothing overwritten": {func(f *forged, _ *verify.Decoded) { f.Ops[0] = forgedOp{Key: "x", Action: 1, Preds: preds(ref(3, me))} }, verify.ErrMisplaced, "operations"},
	"another slot overwritten": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Key: "text", Action: 1, Preds: preds(ref(2, me))}
	}, verify.ErrMisplaced, "operations"},
	"another map's slot": {func(f *forged, _ *verify.Decoded) { f.Ops[0] = forgedOp{Key: "x", Action: 1, Preds: preds(ref(7, me))} }, verify.ErrMisplaced, "operations"},
	"adding to a map": {func(f *forged, _ *verify.Decoded) {
		f.Ops[0] = forgedOp{Key: "map", Action: 5, Kind: 4, Value: []byte{1}, Preds: preds(ref(8, me))}
	}, verify.ErrMisplaced, "operations"},
	"too deep": {func(f *forged, _ *verify.Decoded) {
		deepen(f)
		f.Ops = append(f.Ops, forgedOp{Obj: ref(8+verify.MaxNesting-2, me), Key: "in", Action: 2})
	}, verify.ErrTooLarge, "operations"},
}

// deepen puts maps into each other, as deep as may be.
func deepen(f *forged) {
	f.Ops = nil
	in := ref(8, me)
	for i := range verify.MaxNesting - 2 {
		f.Ops = append(f.Ops, forgedOp{Obj: in, Key: "in", Action: 0})
		in = ref(uint64(9+i), me)
	}
}

func TestMisfitsAreRefused(t *testing.T) {
	p, list := small(t)
	next := func() *forged {
		return &forged{Actor: me, Seq: 3, Start: 9, Deps: [][32]byte{list[2].Hash}, Ops: []forgedOp{
			{Obj: ref(8, me), Key: "z", Action: 1},
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
	deepen(f)
	if err := p.Check(decode(t, f)); err != nil {
		t.Errorf("just deep enough: %v", err)
	}
}

func TestFittingChangesFit(t *testing.T) {
	p, list := small(t)
	f := &forged{Actor: you, Seq: 2, Start: 9, Deps: [][32]byte{list[1].Hash}, Ops: []forgedOp{
		{Key: "map", Action: 5, Kind: 4, Value: []byte{1}, Preds: preds(ref(1, me))},
	}}
	if err := p.Check(decode(t, f)); !errors.Is(err, verify.ErrMisplaced) {
		t.Errorf("adding to a map alone: %v", err)
	}
	f.Deps = append(f.Deps, list[2].Hash)
	if string(f.Deps[0][:]) > string(f.Deps[1][:]) {
		f.Deps[0], f.Deps[1] = f.Deps[1], f.Deps[0]
	}
	f.Ops = []forgedOp{
		{Key: "count", Action: 5, Kind: 4, Value: []byte{1}, Preds: preds(ref(6, me))},
		{Obj: ref(2, me), List: true, Elem: ref(3, me), Action: 0, Preds: preds(ref(3, me))},
		{Obj: ref(2, me), List: true, Insert: true, Elem: ref(3, me), Action: 1},
		{Obj: ref(4, me), List: true, Elem: ref(5, me), Action: 3, Preds: preds(ref(5, me))},
		{Key: "map", Action: 3, Preds: preds(ref(8, me))},
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
	last := decode(b, &forged{Actor: me, Seq: 1, Start: 1, Ops: []forgedOp{{Key: "cards", Action: 0}}})
	add := func(f *forged) {
		f.Actor, f.Seq, f.Deps, f.Start = me, last.Seq+1, [][32]byte{last.Hash}, uint64(last.StartOp)+uint64(len(last.Ops))
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
		in := ref(id, me)
		add(&forged{Ops: []forgedOp{{Obj: ref(1, me), Key: fmt.Sprint("card-", i), Action: 0}, {Obj: in, Key: "at", Action: 1}, {Obj: in, Key: "size", Action: 1}, {Obj: in, Key: "url", Action: 1}, {Obj: in, Key: "z", Action: 1}}})
	}
	ops := []forgedOp{{Obj: ref(2, me), Key: "at", Action: 1, Kind: 6, Value: []byte("12 34"), Preds: preds(ref(3, me))}}
	moved := decode(b, &forged{Actor: me, Seq: last.Seq + 1, Deps: [][32]byte{last.Hash}, Start: uint64(last.StartOp) + 5, Ops: ops})
	b.Run("Check", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := p.Check(moved); err != nil {
				b.Fatal(err)
			}
		}
	})
	old := decode(b, &forged{Actor: you, Seq: 1, Deps: [][32]byte{moved.Deps[0]}, Start: uint64(moved.StartOp), Ops: ops})
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
