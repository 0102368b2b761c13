package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"corkboard/board"
)

func TestBackLooksAtABoardAsBefore(t *testing.T) {
	d := newDesk(t)
	d.large()
	near := d.text("near", board.Point{X: 300, Y: 300})
	far := d.text("The harbour at six", board.Point{X: 9000, Y: 40})
	d.w.board.Session.Select(near)
	before := d.w.board.Session.Camera
	d.w.Effect(d.w.board, board.Find{})
	d.write("harb")
	d.until("it is found", func() bool { return d.palette().offers.count() == 1 })
	d.press(fyne.KeyReturn)
	d.press(fyne.KeyReturn) // the same again is no other step
	d.settled()
	d.press(fyne.KeyEscape)
	found := d.w.board.Session.Camera
	if found == before || !d.w.board.Session.Selection.Has(far) {
		t.Fatal("nothing was flown to")
	}
	d.openBoard(t, "Garden")
	made := d.w.trail.past[len(d.w.trail.past)-1].seen.selected[0] // the new board's card
	home := d.w.trail.past[len(d.w.trail.past)-1].way
	for _, want := range []struct {
		camera   board.Camera
		selected board.CardID
	}{{found, made}, {before, near}} {
		d.w.Back()
		d.settled()
		d.until("the board is as it was", func() bool {
			s := d.w.board.Session
			return s.Camera == want.camera && s.Selection.Len() == 1 && s.Selection.Has(want.selected)
		})
		if d.w.trail.here() != home[len(home)-1] {
			t.Fatalf("at %v", d.w.trail.here())
		}
	}
	if !d.w.bar.back.Disabled() || d.w.bar.forward.Disabled() {
		t.Error("the arrows tell otherwise")
	}
}
