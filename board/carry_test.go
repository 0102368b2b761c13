package board

import (
	"testing"
)

// carried gives a drag of a and b of one hand to a session on another board.
func carried(t *testing.T) (from, to *hand) {
	from = threeCards(t)
	from.s.Select("a", "b")
	from.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{150, 450}})
	c, ok := from.s.Release()
	if !ok || from.s.Dragging() || c.From != "" || len(c.Cards) != 2 {
		t.Fatalf("released %+v, %v", c, ok)
	}
	wantEffects(t, from.on(PointerUp{At: Point{150, 450}}))
	from.wantAt("a", 100, 100)
	c.From = docID(9)
	to = newHand(t, pin("x", "text", 800, 600, 100, 100), pin("y", "board", 500, 50, 200, 100))
	to.s.Guides = false
	wantEffects(t, to.carryOut(to.s.Carry(c, Point{150, 450}, to.layout)))
	if !to.s.Dragging() {
		t.Fatal("the drag did not go on")
	}
	return from, to
}

func TestLingeringOnABoardCardAsksToOpenIt(t *testing.T) {
	h := threeCards(t)
	h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{150, 450}})
	open := HoverOpen{Board: "c", Cards: []CardID{"a"}, At: Point{150, 460}}
	if !h.s.Animating() {
		t.Fatal("no ticks are wanted")
	}
	wantEffects(t, h.on(Tick{1000}, PointerMove{At: Point{150, 460}}, Tick{1599}))
	wantEffects(t, h.on(Tick{1600}), open)
	if h.s.Animating() {
		t.Error("ticks are still wanted")
	}
	wantEffects(t, h.on(Tick{9999}))
	h.on(PointerMove{At: Point{700, 700}}, PointerMove{At: Point{150, 460}})
	wantEffects(t, h.on(Tick{10000}, Tick{10599})) // it begins anew
	wantEffects(t, h.on(Tick{10600}), open)
	h.on(PointerMove{At: Point{700, 700}}, PointerMove{At: Point{150, 460}, Mods: Alt})
	wantEffects(t, h.on(Tick{20000}, Tick{30000})) // doubles go nowhere
	h.key(0, "Escape")
	if h.s.Animating() {
		t.Error("ticks are wanted after Escape")
	}
}

func TestACarriedDragIsDropped(t *testing.T) {
	_, to := carried(t)
	to.on(PointerMove{At: Point{153, 452}})
	v := to.view()
	if a := placed(v, "a"); a == nil || !a.Ghost || !a.Selected || a.Rect != (Rect{100, 400, 200, 100}) {
		t.Errorf("a is shown as %+v", a)
	}
	if b := placed(v, "b"); b == nil || b.Rect != (Rect{400, 400, 200, 100}) || len(v.Handles) != 0 {
		t.Errorf("b is shown as %+v", b)
	}
	got := to.on(PointerUp{At: Point{173, 452}})
	wantEffects(t, got, DropCarried{From: docID(9), Places: []Placement{{"a", Point{120, 400}}, {"b", Point{420, 400}}}})
	if v := to.view(); placed(v, "a") == nil || to.s.Dragging() {
		t.Error("the ghosts went before the document says so")
	}
	to.must(AddCards{Cards: []Pin{pin("new", "text", 120, 400, 200, 100)}})
	if v := to.view(); placed(v, "a") != nil || placed(v, "new") == nil {
		t.Error("the ghosts stayed")
	}
}

func TestACarriedDragGoesBack(t *testing.T) {
	_, to := carried(t)
	wantEffects(t, to.key(0, "Escape"), CarryBack{docID(9)})
	wantEffects(t, to.on(PointerUp{At: Point{300, 300}}))
	_, to = carried(t)
	wantEffects(t, to.on(Cancel{}), CarryBack{docID(9)})
	if v := to.view(); placed(v, "a") != nil {
		t.Error("a ghost stayed")
	}
}

func TestACarriedDragGoesOn(t *testing.T) {
	_, to := carried(t)
	to.on(PointerMove{At: Point{550, 100}})
	wantEffects(t, to.on(Tick{1}, Tick{601}), HoverOpen{Board: "y", Cards: ab, At: Point{550, 100}})
	c, ok := to.s.Release()
	if !ok || c.From != docID(9) || c.Cards[1].Rect != (Rect{250, -50, 200, 100}) {
		t.Fatalf("%+v", c)
	}
	third := newHand(t)
	third.s.Carry(c, Point{550, 100}, third.layout)
	third.s.Elsewhere = func(at Point) bool { return at.Y < 0 }
	third.on(PointerMove{At: Point{550, -5}})
	wantEffects(t, third.on(PointerUp{At: Point{550, -5}}), DropElsewhere{Cards: ab, At: Point{550, -5}, From: docID(9)})

	_, to = carried(t)
	to.on(PointerMove{At: Point{550, 100}})
	wantEffects(t, to.on(PointerUp{At: Point{550, 100}}), DropInto{Cards: ab, Board: "y", From: docID(9)})
}

func TestARemoteChangeDuringACarriedDrag(t *testing.T) {
	_, to := carried(t)
	to.must(RemoveCards{IDs: []CardID{"x"}})
	to.on(PointerMove{At: Point{190, 450}})
	if a := placed(to.view(), "a"); a == nil || a.Rect.X != 140 {
		t.Errorf("a is shown as %+v", a)
	}
}

func TestNothingToReleaseOrCarry(t *testing.T) {
	h := threeCards(t)
	if _, ok := h.s.Release(); ok {
		t.Error("released what was not held")
	}
	h.on(PointerDown{At: Point{50, 50}}, PointerMove{At: Point{200, 200}})
	if _, ok := h.s.Release(); ok {
		t.Error("released a marquee")
	}
	h.on(Cancel{})
	h.s.Carry(Carried{From: docID(9)}, Point{}, h.layout)
	if h.s.Dragging() {
		t.Error("carries nothing")
	}
}

func TestOverATargetElsewhere(t *testing.T) {
	h := threeCards(t)
	h.s.Elsewhere = func(at Point) bool { return at.Y < 0 && at.X < 200 }
	h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{150, -10}}, Tick{1000}, Tick{2000})
	if !h.view().Out || h.s.Animating() || h.s.Camera.Origin != (Point{}) {
		t.Error("the edge scrolls under a target")
	}
	h.on(PointerMove{At: Point{250, -10}}, Tick{3000}, Tick{3300})
	if h.s.Camera.Origin == (Point{}) {
		t.Error("the edge does not scroll beside the target")
	}
	got := h.on(PointerMove{At: Point{150, -10}}, PointerUp{At: Point{150, -10}})
	wantEffects(t, got, DropElsewhere{Cards: []CardID{"a"}, At: Point{150, -10}})
	h.wantAt("a", 100, 100)
	if len(h.labels) > 0 {
		t.Errorf("made %v", h.labels)
	}
}
