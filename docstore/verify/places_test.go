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

func TestMisfitsAreRefused(t *testing.T) {
	p, list := small(t)
	// next is a change of mine that fits.
	next := func() *forged {
		return &forged{actor: me, seq: 3, start: 9, deps: [][32]byte{list[2].Hash}, ops: []forgedOp{
			{obj: ref{8, me}, key: "z", action: 1},
		}}
	}
	if err := p.Check(decode(t, next())); err != nil {
		t.Fatal(err)
	}
	deep := func(f *forged) {
		f.ops = nil
		in := ref{8, me}
		for i := range verify.MaxNesting - 2 {
			f.ops = append(f.ops, forgedOp{obj: in, key: "in", action: 0})
			in = ref{uint64(9 + i), me}
		}
	}
	for name, c := range map[string]struct {
		do   func(*forged)
		kind error
		part string
	}{
		"an unknown dependency":      {func(f *forged) { f.deps = [][32]byte{{1}} }, verify.ErrMissing, "dependencies"},
		"a number twice":             {func(f *forged) { f.seq = 2 }, verify.ErrMisplaced, "sequence number"},
		"a number too far":           {func(f *forged) { f.seq = 4 }, verify.ErrMisplaced, "sequence number"},
		"not after my own":           {func(f *forged) { f.deps[0] = list[1].Hash }, verify.ErrMisplaced, "sequence number"},
		"after nothing":              {func(f *forged) { f.deps = nil; f.start = 1; f.ops[0].obj = ref{} }, verify.ErrMisplaced, "sequence number"},
		"a counter too low":          {func(f *forged) { f.start = 8; f.ops[0].obj.counter = 1 }, verify.ErrMisplaced, "first counter"},
		"a counter too high":         {func(f *forged) { f.start = 10 }, verify.ErrMisplaced, "first counter"},
		"nobody's object":            {func(f *forged) { f.ops[0].obj.actor = strings.Repeat("\x07", 16) }, verify.ErrMisplaced, "table of writers"},
		"yours, which I do not know": {func(f *forged) { f.ops[0].preds = []ref{{8, you}} }, verify.ErrMisplaced, "table of writers"},
		"no object":                  {func(f *forged) { f.ops[0].obj.counter = 7 }, verify.ErrMisplaced, "operations"},
		"a list for a map":           {func(f *forged) { f.ops[0].obj.counter = 2 }, verify.ErrMisplaced, "operations"},
		"a map for a list":           {func(f *forged) { f.ops[0] = forgedOp{obj: ref{8, me}, list: true, insert: true, action: 1} }, verify.ErrMisplaced, "operations"},
		"no element": {func(f *forged) {
			f.ops[0] = forgedOp{obj: ref{2, me}, list: true, insert: true, elem: ref{4, me}, action: 1}
		}, verify.ErrMisplaced, "operations"},
		"another list's element": {func(f *forged) {
			f.ops[0] = forgedOp{obj: ref{2, me}, list: true, insert: true, elem: ref{5, me}, action: 1}
		}, verify.ErrMisplaced, "operations"},
		"a number in a text": {func(f *forged) {
			f.ops[0] = forgedOp{obj: ref{4, me}, list: true, insert: true, action: 1, kind: 4, value: []byte{1}}
		}, verify.ErrMisplaced, "operations"},
		"two characters at once": {func(f *forged) {
			f.ops[0] = forgedOp{obj: ref{4, me}, list: true, insert: true, action: 1, kind: 6, value: []byte("ab")}
		}, verify.ErrMisplaced, "operations"},
		"a character overwritten": {func(f *forged) {
			f.ops[0] = forgedOp{obj: ref{4, me}, list: true, elem: ref{5, me}, action: 1, kind: 6, value: []byte("b"), preds: []ref{{5, me}}}
		}, verify.ErrMisplaced, "operations"},
		"nothing overwritten":      {func(f *forged) { f.ops[0] = forgedOp{key: "x", action: 1, preds: []ref{{3, me}}} }, verify.ErrMisplaced, "operations"},
		"another slot overwritten": {func(f *forged) { f.ops[0] = forgedOp{key: "text", action: 1, preds: []ref{{2, me}}} }, verify.ErrMisplaced, "operations"},
		"another map's slot":       {func(f *forged) { f.ops[0] = forgedOp{key: "x", action: 1, preds: []ref{{7, me}}} }, verify.ErrMisplaced, "operations"},
		"adding to a map": {func(f *forged) {
			f.ops[0] = forgedOp{key: "map", action: 5, kind: 4, value: []byte{1}, preds: []ref{{8, me}}}
		}, verify.ErrMisplaced, "operations"},
		"too deep": {func(f *forged) {
			deep(f)
			f.ops = append(f.ops, forgedOp{obj: ref{8 + verify.MaxNesting - 2, me}, key: "in", action: 2})
		}, verify.ErrTooLarge, "operations"},
	} {
		f := next()
		c.do(f)
		d := decode(t, f)
		touched, err := p.Add(d)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), ": "+c.part+": ") || touched != nil || p.Has(d.Hash) {
			t.Errorf("%s: got %v, %v, want %v in %s", name, touched, err, c.kind, c.part)
		}
	}
	f := next()
	deep(f)
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
