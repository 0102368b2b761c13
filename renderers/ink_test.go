package renderers

import (
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/share"
)

func TestOnlyTheLineOfAStrokeAnswers(t *testing.T) {
	x := newTable(t)
	x.create(testID(8), cards.NewInk(cards.Ink{W: 100, H: 100, Pen: 4, Points: []cards.InkPoint{{X: 0, Y: 0}, {X: 100, Y: 100}}}))
	at := board.Point{X: 500, Y: 420}
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{{ID: "ink", Link: share.Link{Document: testID(8), Kind: cards.KindInk}, At: at, Size: board.Size{W: 200, H: 100}}}})
	x.settle()
	if c := x.view.Layout.Hit(at.Add(board.Point{X: 100, Y: 52})); c == nil || c.ID != "ink" {
		t.Errorf("on the line there is %+v", c)
	}
	if c := x.view.Layout.Hit(at.Add(board.Point{X: 150, Y: 20})); c != nil {
		t.Errorf("beside the line there is %+v", c)
	}
}

func TestTheBarOfThePen(t *testing.T) {
	x := newTable(t)
	x.view.Perform("pen")
	x.settle()
	if !x.view.view.Drawing {
		t.Fatal("no pen is in the hand")
	}
	area := x.view.decor.pens.area(x.view)
	press := func(cell int) {
		at := board.Point{X: area.X + 6 + (float64(cell)+.5)*penCell, Y: area.Y + penHigh/2}
		if !x.view.decor.pens.press(x.view, at) || !x.view.decor.pens.release() {
			t.Fatalf("place %d of the bar takes no press", cell)
		}
	}
	press(2)
	press(len(board.PenColours) + 1)
	if pen := x.view.Session.Pen; pen != (board.Pen{Colour: board.PenColours[2], Width: board.PenWidths[1]}) {
		t.Errorf("the pen is %+v", pen)
	}
	x.view.Perform("pen")
	if x.view.decor.pens.press(x.view, area.Center()) {
		t.Error("a bar that is not there takes a press")
	}
}
