package doc_test

import (
	"math/rand/v2"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

func TestEditsToLeadFromOneStateToAnother(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 5))
		now := doc.NewTree(nil)
		for range 6 {
			if _, err := now.Apply(doctest.RandomEdits(r, now.Root())); err != nil {
				t.Fatal(err)
			}
		}
		then := doc.NewTree(doc.Clone(now.Root()).(doc.Map))
		for range 6 {
			if _, err := now.Apply(doctest.RandomEdits(r, now.Root())); err != nil {
				t.Fatal(err)
			}
		}
		edits := doc.EditsTo(now.Root(), then.Root(), nil)
		if _, err := now.Apply(edits); err != nil || !doc.Equal(now.Root(), then.Root()) {
			t.Fatalf("seed %d: %v\n%s\nwant\n%s", seed, err, doctest.Show(now.Root()), doctest.Show(then.Root()))
		}
		if again := doc.EditsTo(now.Root(), then.Root(), nil); len(again) > 0 {
			t.Fatalf("seed %d: nothing differs, and yet %+v", seed, again)
		}
	}
}

func TestEditsToTouchWhatTheyMust(t *testing.T) {
	now := doc.Map{"t": doc.Text("one three"), "said": "now", "new": int64(1), "m": doc.Map{"a": "x", "b": "y"}}
	then := doc.Map{"t": doc.Text("one two three"), "said": "then", "m": doc.Map{"a": "x", "b": "z"}}
	edits := doc.EditsTo(now, then, func(slot string) bool { return slot != "said" })
	want := map[string]bool{"/t": true, "/new": true, "/m/b": true}
	for _, e := range edits {
		if !want[e.At().String()] {
			t.Errorf("%T at %s", e, e.At())
		}
		if s, ok := e.(doc.Splice); ok && (s.From != 4 || s.Delete != 0 || s.Insert != "two ") {
			t.Errorf("the text is changed by %+v", s)
		}
	}
	if len(edits) != len(want) {
		t.Errorf("%d edits", len(edits))
	}
}
