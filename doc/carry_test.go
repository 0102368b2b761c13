package doc_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"corkboard/doc"
)

var textAt = doc.At("card", "t")

func (d *doer) text() string {
	v, _ := d.tree.Value(textAt)
	s, _ := v.(doc.Text)
	return string(s)
}

// foreign is somebody else's change of the text, of which the store learns what
// stands there now and no more.
func (d *doer) foreign(now string) {
	card, _ := d.tree.Value(doc.At("card"))
	was := doc.Clone(card)
	d.tree.Replace(textAt, doc.Text(now), true)
	card, _ = d.tree.Value(doc.At("card"))
	d.history.Follow(doc.At("card"), was, card)
}

// step undoes or redoes, if there is something that still can be.
func (d *doer) step(redo bool) {
	d.t.Helper()
	d.turn++
	if _, _, _, err := d.history.Take(d.turn, redo, d.tree); err != nil && !errors.Is(err, doc.ErrNothing) {
		d.t.Fatal(err)
	}
}

// I write, undo and redo, while others write in the same text, in several places
// at once. When all that I did is undone, nothing of mine is left, nothing of
// theirs is missing, and nothing has changed places.
func TestUndoIsOfMineOnly(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 9))
		w := newWorld(t, seed)
		d := newDoer(t, doc.Map{"card": doc.Map{"t": doc.Text(w.fresh(r, r.IntN(12)))}})
		w.sees(d.text())
		mine, goneOfTheirs := map[rune]bool{}, map[rune]bool{}
		for range 14 {
			before, known := d.text(), len(w.made)
			switch r.IntN(5) {
			case 0, 1:
				var edits []doc.Edit
				for _, s := range doc.Diff(textAt, before, w.types(r, before)) {
					edits = append(edits, s)
				}
				d.do(doc.Plan{Gesture: []string{"", "g"}[r.IntN(2)], Edits: edits})
				for _, c := range w.made[known:] {
					mine[c] = true
				}
			case 2:
				d.foreign(w.types(r, before))
				for _, c := range before {
					goneOfTheirs[c] = goneOfTheirs[c] || !strings.ContainsRune(d.text(), c)
				}
				for _, c := range w.made[known:] {
					goneOfTheirs[c] = goneOfTheirs[c] || !strings.ContainsRune(d.text(), c)
				}
			default:
				d.step(r.IntN(2) == 0)
			}
			w.ordered(d.text())
			w.sees(d.text())
		}
		for _, ok := d.history.Top(false); ok; _, ok = d.history.Top(false) {
			d.step(false)
			w.ordered(d.text())
		}
		got := d.text()
		for _, c := range w.made {
			want := 1
			if mine[c] || goneOfTheirs[c] {
				want = 0
			}
			if n := strings.Count(got, string(c)); n != want {
				t.Fatalf("seed %d: %q stands %d times in %q; mine %v, deleted by them %v", seed, c, n, got, mine[c], goneOfTheirs[c])
			}
		}
	}
}
