package board

import (
	"math"
	"testing"
)

func TestSimplifyKeepsTheForm(t *testing.T) {
	var pts []Point
	for i := range 1000 {
		x := float64(i) / 10
		pts = append(pts, Point{x, 20 * math.Sin(x/10)})
	}
	out := Simplify(pts, 0.5)
	if len(out) < 5 || len(out) > 60 || out[0] != pts[0] || out[len(out)-1] != pts[len(pts)-1] {
		t.Errorf("%d points of %d", len(out), len(pts))
	}
	for _, p := range pts {
		if !NearStroke(p, out, 0.5+1e-9) {
			t.Fatalf("%v is farther off than the tolerance", p)
		}
		if !NearStroke(p, Smooth(out), 3) {
			t.Fatalf("%v is far from the curve", p)
		}
	}
	for i := range pts { // a scrawl of which no point can be left out
		pts[i].Y = float64(i % 2 * 1000)
	}
	for len(pts) < 3*MaxInk {
		pts = append(pts, pts...)
	}
	if n := len(Simplify(pts, 0)); n > MaxInk {
		t.Errorf("%d points are left", n)
	}
	for _, few := range [][]Point{nil, {{1, 1}}, {{1, 1}, {1, 1}}} {
		if got := Smooth(Simplify(few, 1)); len(got) != len(few) {
			t.Errorf("%v becomes %v", few, got)
		}
	}
}

func TestPenDrawsAndEscapeLeaves(t *testing.T) {
	h := threeCards(t)
	h.key(0, "P")
	var v View
	h.on(PointerDown{At: Point{500, 600}}, PointerMove{At: Point{520, 600}}, PointerMove{At: Point{540, 640}})
	Project(h.s, h.layout, &v)
	if len(v.Stroke) < 3 || v.Stroke[0] != (Point{500, 600}) || !v.Drawing {
		t.Errorf("while it is drawn: %v", v.Stroke)
	}
	h.key(0, "Escape")
	wantEffects(t, h.on(PointerUp{At: Point{540, 640}}))
	if !h.s.Drawing {
		t.Error("Escape in a stroke put the pen away")
	}
	got := h.drag(Point{500, 600}, Point{540, 640}, 0)
	if ink, ok := got[0].(NewInk); len(got) != 1 || !ok || ink.On != "" || len(ink.Points) != 2 {
		t.Errorf("on the board: %+v", got)
	}
	Project(h.s, h.layout, &v)
	if len(v.Stroke) == 0 {
		t.Error("the stroke vanishes before it is a card")
	}
	h.must(SetTitle{"x"})
	h.must(MoveCards{IDs: []CardID{"a"}, By: Point{20, 0}})
	Project(h.s, h.layout, &v)
	if len(v.Stroke) != 0 {
		t.Error("the stroke stays beside its card")
	}
	got = h.press(150, 150, 0)
	if ink, ok := got[0].(NewInk); !ok || ink.On != "a" || len(ink.Points) != 1 || ink.Size.W < minSide {
		t.Errorf("a dot on a card: %+v", got)
	}
	h.key(0, "Escape")
	h.drag(Point{350, 600}, Point{360, 640}, 0)
	if h.s.Drawing || h.s.Dragging() {
		t.Error("Escape leaves the pen in the hand")
	}
}

func TestInkIsCarriedByItsCard(t *testing.T) {
	ink := pin("ink", KindInk, 150, 120, 100, 40)
	ink.On = "a"
	h := newHand(t, pin("a", "text", 100, 100, 200, 100), ink)
	h.s.Guides = false
	h.layout.Touch = func(_ *Card, at Point, size Size) bool { return at.X > 90 }
	h.drag(Point{160, 130}, Point{160, 330}, 0) // in the ink's area, beside its line
	h.wantAt("a", 100, 300)
	h.wantAt("ink", 150, 320)
	h.drag(Point{245, 340}, Point{355, 340}, 0) // on its line
	h.wantAt("a", 100, 300)
	h.wantAt("ink", 260, 320)
	h.s.Select("a")
	h.key(0, "Up")
	h.wantAt("ink", 260, 300)
	h.s.Select("a")
	h.key(0, "Delete")
	if len(h.board.Cards) != 0 {
		t.Errorf("%d cards are left", len(h.board.Cards))
	}
}
