package doc_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

func TestRefusedPlanLeavesTheTreeAsItWas(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 0))
		tree := doc.NewTree(nil)
		for range 10 {
			was := doc.Clone(tree.Root())
			edits := append(doctest.RandomEdits(r, tree.Root()), doc.Put{Path: doc.At("no", "such", "place"), Value: true})
			if _, err := tree.Apply(edits); !errors.Is(err, doc.ErrBadEdit) {
				t.Fatalf("got %v, want ErrBadEdit", err)
			}
			if !doc.Equal(tree.Root(), was) {
				t.Fatalf("seed %d: %v left\n%s\nof\n%s", seed, edits, doctest.Show(tree.Root()), doctest.Show(was))
			}
			if _, err := tree.Apply(doctest.RandomEdits(r, tree.Root())); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestInverseTakesBackAnything(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		tree, h := doc.NewTree(nil), doc.NewHistory(nil)
		states := []doc.Value{doc.Clone(tree.Root())}
		for turn := range int64(12) {
			edits := doctest.RandomEdits(r, tree.Root())
			undo, err := tree.Apply(edits)
			if err != nil {
				t.Fatal(err)
			}
			if !doc.Equal(tree.Root(), states[len(states)-1]) {
				h.Record(turn, doc.Plan{Edits: edits}, undo)
				states = append(states, doc.Clone(tree.Root()))
			}
		}
		turn := int64(100)
		for range 2 {
			for i := len(states) - 2; i >= 0; i-- {
				turn++
				take(t, h, turn, false, tree, states[i], seed)
			}
			for _, want := range states[1:] {
				turn++
				take(t, h, turn, true, tree, want, seed)
			}
		}
	}
}

func take(t *testing.T, h *doc.History, turn int64, redo bool, tree *doc.Tree, want doc.Value, seed uint64) {
	t.Helper()
	if _, _, _, err := h.Take(turn, redo, tree); err != nil {
		t.Fatalf("seed %d: redo %v: %v", seed, redo, err)
	}
	if !doc.Equal(tree.Root(), want) {
		t.Fatalf("seed %d: redo %v gives\n%s\nwant\n%s", seed, redo, doctest.Show(tree.Root()), doctest.Show(want))
	}
}

func TestEditsThatNobodyMayStore(t *testing.T) {
	deep := doc.Value("x")
	for range doc.MaxNesting + 1 {
		deep = doc.List{deep}
	}
	at := doc.At("k")
	for name, e := range map[string]doc.Edit{
		"no path": doc.Put{}, "empty name": doc.Put{Path: doc.At("")}, "name not UTF-8": doc.Put{Path: doc.At("\xff")},
		"text not UTF-8": doc.Put{Path: at, Value: "\xff"}, "deep text not UTF-8": doc.Put{Path: at, Value: doc.List{doc.Map{"a": doc.Text("\xff")}}},
		"empty name inside": doc.Put{Path: at, Value: doc.Map{"": 1}}, "not a number": doc.Put{Path: at, Value: math.NaN()},
		"too deep": doc.Put{Path: at, Value: deep}, "unknown type": doc.Put{Path: at, Value: 1}, "unknown type inside": doc.Insert{Path: doc.At("l", "0"), Value: struct{}{}},
		"spliced not UTF-8": doc.Splice{Path: doc.At("t"), Insert: "\xff"}, "splice beyond": doc.Splice{Path: doc.At("t"), From: 3, Delete: 2},
		"splice overflow": doc.Splice{Path: doc.At("t"), From: 1, Delete: math.MaxInt}, "splice before": doc.Splice{Path: doc.At("t"), From: -1},
		"splice no text": doc.Splice{Path: doc.At("s"), Insert: "x"}, "count no counter": doc.Increment{Path: doc.At("s"), By: 1},
		"index spelled oddly": doc.Put{Path: doc.At("l", "00"), Value: "x"}, "index beyond": doc.Put{Path: doc.At("l", "1"), Value: "x"},
		"insert beyond": doc.Insert{Path: doc.At("l", "2"), Value: "x"}, "insert into map": doc.Insert{Path: at, Value: "x"},
		"inside a text": doc.Put{Path: doc.At("t", "0"), Value: "x"},
	} {
		root := doc.Map{"t": doc.Text("text"), "s": "string", "l": doc.List{"one"}}
		tree := doc.NewTree(doc.Clone(root).(doc.Map))
		if _, err := tree.Apply([]doc.Edit{e}); !errors.Is(err, doc.ErrBadEdit) {
			t.Errorf("%s: got %v, want ErrBadEdit", name, err)
		}
		if !doc.Equal(tree.Root(), root) {
			t.Errorf("%s: left %s", name, doctest.Show(tree.Root()))
		}
	}
}

func TestTreeDoesNotShareWithEdits(t *testing.T) {
	given := doc.Map{"l": doc.List{"a"}, "b": []byte{1}}
	tree := doc.NewTree(nil)
	undo, err := tree.Apply([]doc.Edit{doc.Put{Path: doc.At("m"), Value: given}})
	if err != nil || len(undo) != 1 {
		t.Fatal(undo, err)
	}
	given["l"].(doc.List)[0], given["b"].([]byte)[0] = "changed", 9
	if v, _ := tree.Value(doc.At("m", "l", "0")); v != "a" {
		t.Fatalf("the tree shares a list with its edit: %v", v)
	}
}

func TestReplaceAndDifference(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		a := doc.Map{"a": doctest.RandomValue(r, 4), "b": doctest.RandomValue(r, 3)}
		b := doc.NewTree(doc.Clone(a).(doc.Map))
		for range 3 {
			if _, err := b.Apply(doctest.RandomEdits(r, b.Root())); err != nil {
				t.Fatal(err)
			}
		}
		tree := doc.NewTree(doc.Clone(a).(doc.Map))
		for _, p := range doc.Difference(a, b.Root()) {
			v, ok := b.Value(p)
			tree.Replace(p, doc.Clone(v), ok)
		}
		if !doc.Equal(tree.Root(), b.Root()) {
			t.Fatalf("seed %d: replacing what differs gives\n%s\nwant\n%s", seed, doctest.Show(tree.Root()), doctest.Show(b.Root()))
		}
	}
}
