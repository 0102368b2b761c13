package doc_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

// doer is a tree with its history, as a store keeps them.
type doer struct {
	t       *testing.T
	tree    *doc.Tree
	history *doc.History
	turn    int64
}

func newDoer(t *testing.T, root doc.Map) *doer {
	return &doer{t: t, tree: doc.NewTree(root), history: doc.NewHistory(nil)}
}

func (d *doer) do(p doc.Plan) []doc.StepChange {
	d.t.Helper()
	undo, err := d.tree.Apply(p.Edits)
	if err != nil {
		d.t.Fatal(err)
	}
	d.turn++
	return d.history.Record(d.turn, p, undo)
}

func (d *doer) take(redo bool) []doc.StepChange {
	d.t.Helper()
	d.turn++
	_, _, out, err := d.history.Take(d.turn, redo, d.tree)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func set(label string, v doc.Value) doc.Plan {
	return doc.Plan{Label: label, Edits: []doc.Edit{doc.Put{Path: doc.At("k"), Value: v}}}
}

// What a store is told to write, in order, is enough to restore the stacks.
func TestStepChangesTellTheWholeStory(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 5))
		d := newDoer(t, nil)
		stored := map[int64]doc.Step{}
		keep := func(list []doc.StepChange) {
			for _, c := range list {
				delete(stored, c.Step.ID)
				if !c.Gone {
					stored[c.Step.ID] = c.Step
				}
			}
		}
		for range 60 {
			d.turn++
			switch n := r.IntN(6); n {
			case 0, 1:
				_, _, out, err := d.history.Take(d.turn, n == 1, d.tree)
				if err != nil && !errors.Is(err, doc.ErrNothing) {
					t.Fatal(err)
				}
				keep(out)
			default:
				keep(d.do(doc.Plan{Label: "l", Gesture: []string{"", "g"}[r.IntN(2)], Silent: n == 2, Edits: doctest.RandomEdits(r, d.tree.Root())}))
			}
			var list []doc.Step
			for _, s := range stored {
				list = append(list, s)
			}
			slices.SortFunc(list, func(a, b doc.Step) int { return int(a.ID - b.ID) })
			same(t, doc.NewHistory(list), d.history)
		}
	}
}

func same(t *testing.T, got, want *doc.History) {
	t.Helper()
	g, err := allText(got)
	w, err2 := allText(want)
	if err != nil || err2 != nil || g != w {
		t.Fatalf("restored history is\n%s\nwant\n%s\n%v %v", g, w, err, err2)
	}
	for _, redo := range []bool{false, true} {
		a, okA := got.Top(redo)
		b, okB := want.Top(redo)
		if okA != okB || a.ID != b.ID || a.Turn != b.Turn {
			t.Fatalf("top (redo %v) is %d, want %d", redo, a.ID, b.ID)
		}
	}
}

func allText(h *doc.History) (string, error) {
	var out strings.Builder
	for _, s := range h.All() {
		b, err := doc.EncodeSteps(s.Inverse)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&out, s.ID, s.Turn, s.Undone, s.Label, s.Gesture, string(b))
	}
	return out.String(), nil
}

func TestOldestStepsAreForgotten(t *testing.T) {
	d := newDoer(t, nil)
	gone := 0
	for i := range doc.MaxSteps + 10 {
		for _, c := range d.do(set("set", int64(i))) {
			if c.Gone {
				gone++
			}
		}
	}
	if gone != 10 || len(d.history.All()) != doc.MaxSteps {
		t.Fatalf("%d steps gone, %d kept", gone, len(d.history.All()))
	}
}

func TestPutsOfOneGestureMelt(t *testing.T) {
	d := newDoer(t, doc.Map{"k": "start"})
	for i := range 50 {
		p := set("drag", int64(i))
		p.Gesture = "drag"
		d.do(p)
	}
	top, _ := d.history.Top(false)
	if len(top.Inverse) != 1 {
		t.Fatalf("one slot takes %d edits to put back", len(top.Inverse))
	}
	d.take(false)
	if v, _ := d.tree.Value(doc.At("k")); v != "start" {
		t.Fatalf("undo gives %v", v)
	}
}

func TestNothingJoinsAStepThatWasUndone(t *testing.T) {
	d := newDoer(t, doc.Map{"k": "start"})
	drag := func(v doc.Value) {
		p := set("drag", v)
		p.Gesture = "drag"
		d.do(p)
	}
	drag("a")
	for range 2 { // its name stays, however often it is undone
		d.take(false)
		d.take(true)
	}
	if top, _ := d.history.Top(false); top.Of() != "drag" || top.Gesture == "drag" {
		t.Errorf("the step is of %q, %q", top.Of(), top.Gesture)
	}
	top, _ := d.history.Top(false)
	drag("b")
	d.do(doc.Plan{Gesture: top.Gesture, Edits: set("", "c").Edits})
	if n := len(d.history.All()); n != 3 {
		t.Errorf("%d steps, want 3", n)
	}
}

// A gesture of any splices is taken back as if it had been many steps.
func TestMeltedSplicesMeanTheSame(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 6))
		d := newDoer(t, doc.Map{"t": doc.Text("abc😀déf")})
		start := doc.Clone(d.tree.Root())
		for range 8 {
			v, _ := d.tree.Value(doc.At("t"))
			s := randomSplice(r, string(v.(doc.Text)))
			s.Path = doc.At("t")
			d.do(doc.Plan{Gesture: "type", Edits: []doc.Edit{s}})
		}
		end := doc.Clone(d.tree.Root())
		if doc.Equal(start, end) {
			continue
		}
		d.take(false)
		if !doc.Equal(d.tree.Root(), start) {
			t.Fatalf("seed %d: undo gives %s", seed, doctest.Show(d.tree.Root()))
		}
		d.take(true)
		if !doc.Equal(d.tree.Root(), end) {
			t.Fatalf("seed %d: redo gives %s, want %s", seed, doctest.Show(d.tree.Root()), doctest.Show(end))
		}
	}
}

// I type letters, somebody else digits. Whatever they did, undoing all of
// mine leaves no letter of mine and every digit of theirs.
func TestUndoTakesBackMyLettersOnly(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 7))
		d := newDoer(t, doc.Map{"t": doc.Text("....")})
		text := func() string {
			v, _ := d.tree.Value(doc.At("t"))
			return string(v.(doc.Text))
		}
		theirs := ""
		for i := range 8 {
			n := len([]rune(text()))
			if r.IntN(3) > 0 {
				d.do(doc.Plan{Edits: []doc.Edit{doc.Splice{Path: doc.At("t"), From: r.IntN(n + 1), Insert: string(rune('a' + i))}}})
				continue
			}
			s := doc.Splice{Path: doc.At("t"), From: r.IntN(n + 1), Insert: string(rune('0' + i))}
			theirs += s.Insert
			if _, err := d.tree.Apply([]doc.Edit{s}); err != nil {
				t.Fatal(err)
			}
			d.history.Carry(s)
		}
		for _, ok := d.history.Top(false); ok; _, ok = d.history.Top(false) {
			d.take(false)
		}
		got := text()
		if strings.ContainsAny(got, "abcdefgh") || strings.Count(got, ".") != 4 {
			t.Fatalf("seed %d: undo leaves %q", seed, got)
		}
		for _, c := range theirs {
			if !strings.ContainsRune(got, c) {
				t.Fatalf("seed %d: undo leaves %q, without their %q", seed, got, c)
			}
		}
	}
}
