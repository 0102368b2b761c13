package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// arrangement is where the texts of a board lie.
func arrangement(t *testing.T, a *App, id doc.ID) map[string]board.Point {
	t.Helper()
	out := map[string]board.Point{}
	for _, c := range readTest(t, a, id).Cards {
		out[textOn(t, a, id, c.ID)] = c.At
	}
	return out
}

func TestCopiedCardsKeepTheirArrangement(t *testing.T) {
	a := openTest(t, t.TempDir())
	from, to := newBoard(t, a, "from"), newBoard(t, a, "to")
	x := newText(t, a, from, board.Point{X: 100, Y: 200}, "x")
	y := newText(t, a, from, board.Point{X: 60, Y: 320}, "y")
	newText(t, a, from, board.Point{}, "not copied")
	live := a.openBoard(from) // as a window has it
	defer live.Close()
	if _, err := loaded(testContext(t), live); err != nil {
		t.Fatal(err)
	}
	text := a.CopyCards(from, []board.CardID{y, x, "gone"})
	if n := strings.Count(text, share.Format(share.Link{})[:11]); n != 2 || !a.Copied(text) || a.Copied("x") || a.Copied("") {
		t.Fatalf("copied %q", text)
	}
	for _, mode := range []PasteMode{PasteLink, PasteDuplicate} {
		ids, err := a.PasteCards(to, board.Point{X: 1000, Y: 1000}, text+"\r\n", mode)
		must(t, err)
		if len(ids) != 2 {
			t.Fatalf("pasted %v", ids)
		}
	}
	want := map[string]board.Point{"x": {X: 1040, Y: 1000}, "y": {X: 1000, Y: 1120}}
	got := arrangement(t, a, to)
	if got["x"] != want["x"] || got["y"] != want["y"] {
		t.Errorf("they lie at %v", got)
	}
	var documents []doc.ID
	for _, c := range readTest(t, a, to).Cards {
		documents = append(documents, c.Link.Document)
	}
	slices.Sort(documents)
	if n := len(slices.Compact(documents)); n != 4 {
		t.Errorf("%d documents behind two links and two duplicates of them, want 4", n)
	}
	if a.CopyCards(from, nil) != "" {
		t.Error("nothing was copied, and there is a text")
	}
}

func TestDuplicateCopiesAllOfADocument(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	strange := []doc.Edit{
		doc.Put{Path: doc.At("text"), Value: doc.Text("héllo")},
		doc.Put{Path: doc.At("later"), Value: doc.Map{"n": doc.Counter(3), "l": doc.List{int64(1), 2.5, nil, []byte{7}}}},
	}
	id, err := a.pinNew(testContext(t), on, board.Point{X: 20, Y: 20}, "", cards.KindText, strange)
	must(t, err)
	ids, err := a.Duplicate(on, []board.CardID{id}, board.Point{X: 40, Y: 40})
	must(t, err)
	b := readTest(t, a, on)
	was, now := b.Card(id), b.Card(ids[0])
	if now.At != (board.Point{X: 60, Y: 60}) || was.Link.Document == now.Link.Document {
		t.Fatalf("the double is %+v", now)
	}
	x, err := a.readWhole(testContext(t), was.Link.Document)
	must(t, err)
	y, err := a.readWhole(testContext(t), now.Link.Document)
	must(t, err)
	if !doc.Equal(x, y) {
		t.Errorf("the double says %v, the card %v", y, x)
	}
	if _, err := a.Duplicate(on, []board.CardID{"gone"}, board.Point{}); !errors.Is(err, doc.ErrGone) {
		t.Errorf("duplicating nothing: %v", err)
	}
}

func TestDuplicateOfWhatIsNotHereIsSaid(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	ids, err := a.pinLinks(testContext(t), on, board.Point{}, []share.Link{{Document: a.NewID(), Kind: cards.KindText}})
	must(t, err)
	if _, err := a.Duplicate(on, ids, board.Point{}); !errors.Is(err, ErrAbsent) || Sentence(err) == "" {
		t.Errorf("got %v", err)
	}
}

func TestMoveIntoABoard(t *testing.T) {
	a := openTest(t, t.TempDir())
	from, into := newBoard(t, a, "from"), newBoard(t, a, "into")
	x := newText(t, a, from, board.Point{X: 500, Y: 500}, "x")
	y := newText(t, a, from, board.Point{X: 520, Y: 600}, "y")
	pinned, err := a.pinLinks(testContext(t), from, board.Point{}, []share.Link{{Document: into, Kind: cards.KindBoard}})
	must(t, err)
	must(t, a.MoveInto(from, []board.CardID{x, y, pinned[0]}, into))
	if c := only(t, a, from); c.ID != pinned[0] {
		t.Errorf("%+v stayed", c)
	}
	got := arrangement(t, a, into)
	if got["x"] != (board.Point{X: 80, Y: 80}) || got["y"] != (board.Point{X: 100, Y: 180}) {
		t.Errorf("they arrived at %v", got)
	}
	z := newText(t, a, from, board.Point{}, "z")
	must(t, a.MoveInto(from, []board.CardID{z}, into))
	if at := arrangement(t, a, into)["z"]; at.X < 100+300 || at.Y != 80 {
		t.Errorf("z arrived at %v, on top of others", at)
	}
	for _, err := range []error{
		a.MoveInto(from, pinned, into),
		a.MoveInto(from, pinned, from),
	} {
		if !errors.Is(err, ErrIntoItself) {
			t.Errorf("into itself: %v", err)
		}
	}
	if err := a.MoveInto(from, []board.CardID{x}, into); !errors.Is(err, doc.ErrGone) {
		t.Errorf("moving what is gone: %v", err)
	}
	if err := a.MoveInto(from, pinned, a.NewID()); !errors.Is(err, ErrAbsent) {
		t.Errorf("moving nowhere: %v", err)
	}
	only(t, a, from)
}

func TestUndoTakesTheNewestStepOfBoardAndCards(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	on := newBoard(t, a, "")
	id := newText(t, a, on, board.Point{}, "a")
	must(t, a.do(on, board.MoveCards{IDs: []board.CardID{id}, By: board.Point{X: 5}}).Applied(testContext(t)))
	link := readTest(t, a, on).Card(id).Link
	text := doc.Open[cards.Text](a.Docs(), link.Document, cards.KindText, cards.TextCodec{})
	must(t, text.Do(cards.EditText{Was: "a", Now: "ab"}).Applied(testContext(t)))
	text.Close()
	closeTest(t, a)

	a = openTest(t, dir) // nothing is open now
	state := func() string {
		c := readTest(t, a, on).Card(id)
		if c == nil {
			return "no card"
		}
		return textOn(t, a, on, id) + " " + map[bool]string{true: "moved", false: "at home"}[c.At.X == 5]
	}
	step := func(f func(doc.ID) (string, error), want string) {
		t.Helper()
		label, err := f(on)
		if got := state(); err != nil || got != want || label == "" {
			t.Fatalf("%q gave %q, want %q (%v)", label, got, want, err)
		}
	}
	step(a.Undo, "a moved")
	step(a.Undo, "a at home")
	step(a.Redo, "a moved")
	step(a.Redo, "ab moved")
	if _, err := a.Redo(on); !NothingLeft(err) || Sentence(err) != "" {
		t.Errorf("redo again: %v", err)
	}
	step(a.Undo, "a moved")
	step(a.Undo, "a at home")
	step(a.Undo, "no card")
	if _, err := a.Undo(on); !NothingLeft(err) {
		t.Errorf("undo again: %v", err)
	}
}
