package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// pinBoard pins a board to another.
func pinBoard(t *testing.T, a *App, on, what doc.ID) {
	t.Helper()
	_, err := a.pinLinks(testContext(t), on, board.Point{}, []share.Link{{Document: what, Kind: cards.KindBoard}})
	must(t, err)
}

// textsOn lists the text cards of a board by what they say.
func textsOn(t *testing.T, a *App, on doc.ID) string {
	t.Helper()
	var out []string
	for _, c := range readTest(t, a, on).Cards {
		if c.Link.Kind == cards.KindText {
			out = append(out, textOn(t, a, on, c.ID))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func wantTexts(t *testing.T, a *App, when string, from, to doc.ID, onFrom, onTo string) {
	t.Helper()
	if f, g := textsOn(t, a, from), textsOn(t, a, to); f != onFrom || g != onTo {
		t.Fatalf("%s: %q on the first board, %q on the second; want %q and %q", when, f, g, onFrom, onTo)
	}
}

func TestMoveToAPlace(t *testing.T) {
	a := openTest(t, t.TempDir())
	from, to := newBoard(t, a, "from"), newBoard(t, a, "to")
	x := newText(t, a, from, board.Point{X: 500, Y: 500}, "x")
	y := newText(t, a, from, board.Point{X: 520, Y: 460}, "y")
	newText(t, a, to, board.Point{}, "z")
	ids, err := a.MoveTo(from, []board.CardID{x, y}, to, board.Point{X: 33, Y: 44})
	must(t, err)
	wantTexts(t, a, "moved", from, to, "", "x y z")
	got := arrangement(t, a, to)
	if got["x"] != (board.Point{X: 33, Y: 84}) || got["y"] != (board.Point{X: 53, Y: 44}) {
		t.Errorf("they arrived at %v", got)
	}
	for _, id := range ids {
		if readTest(t, a, to).Card(id) == nil {
			t.Errorf("%q is not there", id)
		}
	}
	// Back where they came from it is a move like others, and one step.
	ids, err = a.MoveTo(to, ids, to, board.Point{X: 0, Y: 0})
	must(t, err)
	if got := arrangement(t, a, to); got["y"] != (board.Point{X: 20, Y: 0}) || len(ids) != 2 {
		t.Errorf("they are at %v", got)
	}
	if _, err := a.MoveTo(to, ids, to, board.Point{}); err != nil {
		t.Errorf("dropped where they were: %v", err)
	}
}

func TestAMoveBetweenBoardsIsOneUndoStep(t *testing.T) {
	for _, restart := range []bool{false, true} {
		t.Run(fmt.Sprint("restart ", restart), func(t *testing.T) {
			dir := t.TempDir()
			a := openTest(t, dir)
			from, to := newBoard(t, a, "from"), newBoard(t, a, "to")
			pinBoard(t, a, from, to)
			x := newText(t, a, from, board.Point{X: 500}, "x")
			y := newText(t, a, from, board.Point{X: 900}, "y")
			newText(t, a, from, board.Point{}, "w")
			_, err := a.MoveTo(from, []board.CardID{x, y}, to, board.Point{})
			must(t, err)
			wantTexts(t, a, "moved", from, to, "w", "x y")
			for round, c := range []struct {
				what       string
				step       func(*App, doc.ID) (string, error)
				on         doc.ID
				here, away string
			}{
				{"undo here", (*App).Undo, from, "w x y", ""},
				{"redo here", (*App).Redo, from, "w", "x y"},
				{"undo there", (*App).Undo, to, "w x y", ""},
				{"redo there", (*App).Redo, to, "w", "x y"},
				{"undo again", (*App).Undo, from, "w x y", ""},
			} {
				if restart {
					closeTest(t, a)
					a = openTest(t, dir)
				}
				label, err := c.step(a, c.on)
				must(t, err)
				if label != "Move 2 cards" {
					t.Errorf("%d: it is called %q", round, label)
				}
				wantTexts(t, a, c.what, from, to, c.here, c.away)
			}
			if at := arrangement(t, a, from); at["x"].X != 500 || at["y"].X != 900 {
				t.Errorf("they came back to %v", at)
			}
			// The step before the move is the next one.
			_, err = a.Undo(from)
			must(t, err)
			wantTexts(t, a, "before the move", from, to, "x y", "")
		})
	}
}

func TestUndoOfAMoveUnderLaterStepsLosesNothing(t *testing.T) {
	setup := func(t *testing.T) (a *App, from, to doc.ID) {
		a = openTest(t, t.TempDir())
		from, to = newBoard(t, a, "from"), newBoard(t, a, "to")
		x := newText(t, a, from, board.Point{X: 500}, "x")
		_, err := a.MoveTo(from, []board.CardID{x}, to, board.Point{})
		must(t, err)
		return a, from, to
	}
	t.Run("the target has changed", func(t *testing.T) {
		a, from, to := setup(t)
		newText(t, a, to, board.Point{X: 700}, "later")
		_, err := a.Undo(from)
		must(t, err)
		wantTexts(t, a, "undone", from, to, "x", "later")
		_, err = a.Undo(to)
		must(t, err)
		wantTexts(t, a, "the later card undone", from, to, "x", "")
	})
	t.Run("the source has changed", func(t *testing.T) {
		a, from, to := setup(t)
		newText(t, a, from, board.Point{X: 700}, "later")
		_, err := a.Undo(to)
		must(t, err)
		wantTexts(t, a, "undone", from, to, "later x", "")
	})
	t.Run("the target changed after undo", func(t *testing.T) {
		a, from, to := setup(t)
		_, err := a.Undo(from)
		must(t, err)
		newText(t, a, to, board.Point{}, "later")
		if _, err := a.Redo(from); !errors.Is(err, ErrHalfMove) || Sentence(err) == "" {
			t.Errorf("redo: %v", err)
		}
		wantTexts(t, a, "redo refused", from, to, "x", "later")
	})
	t.Run("the source changed after undo", func(t *testing.T) {
		a, from, to := setup(t)
		_, err := a.Undo(to)
		must(t, err)
		newText(t, a, from, board.Point{}, "later")
		_, err = a.Redo(to)
		must(t, err)
		wantTexts(t, a, "on both", from, to, "later x", "x")
	})
}

// A crash between the two boards leaves what is on disk after the first half.
func TestACrashInTheMiddleOfAMoveLosesNothing(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	from, to := newBoard(t, a, "from"), newBoard(t, a, "to")
	x := newText(t, a, from, board.Point{X: 500}, "x")
	crash := errors.New("crash")
	ctx, cancel := context.WithCancelCause(testContext(t))
	// The move ends as soon as the other board has the card.
	live := a.openBoard(to)
	defer live.Close()
	stop := live.Subscribe(func() {
		if len(live.Snapshot().Value.Cards) > 0 {
			cancel(crash)
		}
	})
	defer stop()
	pins := pinsOf(readTest(t, a, from), []board.CardID{x})
	_, err := a.carryOver(ctx, move{"m", from, to}, alike{pins: pins}, board.Point{})
	if err == nil {
		t.Fatal("nothing stopped the move")
	}
	closeTest(t, a)

	a = openTest(t, dir)
	wantTexts(t, a, "after the crash", from, to, "x", "x")
	_, err = a.Undo(to)
	must(t, err)
	if got := textsOn(t, a, from); !strings.Contains(got, "x") {
		t.Errorf("after undo there: %q here", got)
	}
}

func TestLockedCardsStay(t *testing.T) {
	a := openTest(t, t.TempDir())
	from, to := newBoard(t, a, "from"), newBoard(t, a, "to")
	x, y := newText(t, a, from, board.Point{}, "x"), newText(t, a, from, board.Point{X: 300}, "y")
	must(t, a.do(from, board.LockCards{IDs: []board.CardID{x}, Locked: true}).Applied(testContext(t)))
	err := a.MoveInto(from, []board.CardID{x}, to)
	if !errors.Is(err, board.ErrLocked) || Sentence(err) != "Locked cards stay where they are. Unlock them first." {
		t.Errorf("%v: %q", err, Sentence(err))
	}
	must(t, a.MoveInto(from, []board.CardID{x, y}, to))
	wantTexts(t, a, "moved", from, to, "x", "y")
}

func TestDoublesHaveGroupsOfTheirOwn(t *testing.T) {
	a := openTest(t, t.TempDir())
	on, other := newBoard(t, a, "on"), newBoard(t, a, "other")
	x, y := newText(t, a, on, board.Point{}, "x"), newText(t, a, on, board.Point{X: 300}, "y")
	both := []board.CardID{x, y}
	must(t, a.do(on, board.GroupCards{IDs: both, Group: "g-1"}).Applied(testContext(t)))
	must(t, a.do(on, board.LockCards{IDs: both, Locked: true}).Applied(testContext(t)))

	check := func(what string, on doc.ID, ids []board.CardID) {
		t.Helper()
		b := readTest(t, a, on)
		first := b.Card(ids[0])
		if first.Group == "" || first.Group == "g-1" {
			t.Errorf("%s: group %q", what, first.Group)
		}
		for _, id := range ids {
			if c := b.Card(id); c.Group != first.Group || c.Locked {
				t.Errorf("%s: %+v", what, c)
			}
		}
	}
	doubles, err := a.Duplicate(on, both, board.Point{Y: 500})
	must(t, err)
	check("duplicate", on, doubles)
	text := a.CopyCards(on, both)
	for _, mode := range []PasteMode{PasteLink, PasteDuplicate} {
		pasted, err := a.PasteCards(other, board.Point{}, text, mode)
		must(t, err)
		check("paste", other, pasted)
	}
	if c := readTest(t, a, on).Card(x); c.Group != "g-1" || !c.Locked {
		t.Errorf("the original is %+v now", c)
	}
	one, err := a.Duplicate(on, both[:1], board.Point{Y: 900})
	must(t, err)
	if c := readTest(t, a, on).Card(one[0]); c.Group != "" {
		t.Errorf("a group of one: %q", c.Group)
	}
}
