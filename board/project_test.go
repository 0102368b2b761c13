package board

import (
	"math"
	"testing"
)

func (h *hand) view() *View {
	var v View
	Project(h.s, h.layout, &v)
	return &v
}

func placed(v *View, id CardID) *Placed {
	var found *Placed
	for i := range v.Cards {
		if v.Cards[i].Card.ID == id {
			found = &v.Cards[i] // the topmost
		}
	}
	return found
}

func TestProject(t *testing.T) {
	h := threeCards(t)
	h.click(150, 150, 0)
	h.on(PointerMove{At: Point{450, 150}})
	h.s.Camera = Camera{Point{50, 50}, 2}
	v := h.view()
	if len(v.Cards) != 3 || v.Empty || v.Lost {
		t.Fatalf("%d cards, empty %v, lost %v", len(v.Cards), v.Empty, v.Lost)
	}
	a, b := placed(v, "a"), placed(v, "b")
	if a.Rect != (Rect{100, 100, 400, 200}) || a.BoardSize != (Size{200, 100}) || !a.Selected || a.Hovered || a.Ghost {
		t.Errorf("a: %+v", a)
	}
	if !b.Hovered || b.Selected {
		t.Errorf("b: %+v", b)
	}
	if len(v.Handles) != 8 || v.Handles[0].Rect.Center() != (Point{100, 100}) || v.Handles[0].Edge != EdgeLeft|EdgeTop {
		t.Errorf("handles %+v", v.Handles)
	}
	h.s.Edit("a")
	if v := h.view(); len(v.Handles) != 0 || !placed(v, "a").Editing {
		t.Error("the edited card has handles, or is not marked")
	}
}

func TestProjectShowsDragsBeforeTheDocumentKnows(t *testing.T) {
	h := threeCards(t)
	h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{650, 150}})
	v := h.view()
	last := v.Cards[len(v.Cards)-1]
	if len(v.Cards) != 3 || last.Card.ID != "a" || !last.Ghost || last.Rect != (Rect{600, 100, 200, 100}) || len(v.Handles) != 0 {
		t.Errorf("%+v", v.Cards)
	}
	h.wantAt("a", 100, 100)
	h.on(PointerMove{At: Point{650, 150}, Mods: Alt})
	if v := h.view(); len(v.Cards) != 4 || placed(v, "a").Rect.X != 600 {
		t.Errorf("Alt does not show the original and its double: %+v", v.Cards)
	}
	h.key(0, "Escape")
	if v := h.view(); placed(v, "a").Ghost || placed(v, "a").Rect.X != 100 {
		t.Error("Escape left the ghost")
	}
	h.on(PointerUp{At: Point{650, 150}})

	h.click(450, 150, 0)
	h.on(PointerDown{At: Point{600, 200}, Millis: h.millis + 999}, PointerMove{At: Point{700, 250}})
	if b := placed(h.view(), "b"); b.Rect != (Rect{400, 100, 300, 150}) || b.BoardSize != (Size{300, 150}) || !b.Ghost {
		t.Errorf("resize: %+v", b)
	}
	if v := h.view(); v.Handles[0].Rect.Center() != (Point{400, 100}) || v.Handles[2].Rect.Center() != (Point{700, 250}) {
		t.Errorf("the handles do not follow: %+v", v.Handles)
	}
}

func TestADropStaysUntilTheDocumentSaysSo(t *testing.T) {
	h := threeCards(t)
	var effects []Effect
	for _, e := range []Event{PointerDown{At: Point{150, 150}}, PointerMove{At: Point{250, 150}}, PointerUp{At: Point{250, 150}}} {
		effects = append(effects, h.s.On(e, h.layout)...)
	}
	if x := placed(h.view(), "a").Rect.X; x != 200 {
		t.Errorf("before the command is carried out: x %v", x)
	}
	for _, e := range effects {
		if d, ok := e.(Do); ok {
			if err := h.do(d.Command); err != nil {
				t.Fatal(err)
			}
		}
	}
	if p := placed(h.view(), "a"); p.Rect.X != 200 || p.Ghost {
		t.Errorf("after it: %+v", p)
	}
	if err := h.do(PlaceCards{Places: []Placement{{"a", Point{500, 600}}}}); err != nil {
		t.Fatal(err)
	}
	if p := placed(h.view(), "a"); p.Rect.X != 500 {
		t.Errorf("another person's move is hidden: %+v", p)
	}
}

func TestProjectFollowsACardDraggedIntoView(t *testing.T) {
	h := newHand(t, pin("a", "text", 0, 0, 100, 100), pin("far", "text", 5000, 0, 100, 100))
	h.key(Mod, "A")
	h.on(PointerDown{At: Point{50, 50}}, Wheel{At: Point{50, 50}, DX: -4900}, PointerMove{At: Point{50, 60}})
	h.on(PointerMove{At: Point{50, 60}, Mods: Mod})
	v := h.view()
	if far := placed(v, "a"); far == nil || math.Abs(far.Rect.X) > 1 {
		t.Errorf("a went with the pointer to %+v", far)
	}
}

func TestEmptyAndLost(t *testing.T) {
	h := newHand(t)
	if v := h.view(); !v.Empty || v.Lost {
		t.Error("a board without cards is empty, not lost")
	}
	if err := h.do(AddCards{Cards: []Pin{pin("a", "text", 0, 0, 100, 100)}}); err != nil {
		t.Fatal(err)
	}
	h.s.Camera = Camera{Point{110, 0}, 1} // 10 px out of sight, inside the margin
	if v := h.view(); v.Empty || !v.Lost || len(v.Cards) != 1 {
		t.Error("nothing is in view but a shadow")
	}
	h.s.FitAll(h.layout)
	h.glide()
	if h.view().Lost {
		t.Error("still lost after FitAll")
	}
}

func TestMarqueeInTheView(t *testing.T) {
	h := threeCards(t)
	h.s.Camera = Camera{Point{10, 10}, 2}
	h.on(PointerDown{At: Point{20, 20}}, PointerMove{At: Point{300, 300}})
	if v := h.view(); !v.HasMarquee || v.Marquee != (Rect{20, 20, 280, 280}) || !placed(v, "a").Selected {
		t.Errorf("%+v", v)
	}
	h.on(PointerUp{At: Point{300, 300}})
	if h.view().HasMarquee {
		t.Error("the marquee stayed")
	}
}

func TestGuidesShowAlignment(t *testing.T) {
	h := newHand(t, pin("a", "text", 100, 100, 200, 100), pin("b", "text", 500, 180, 60, 60))
	h.on(PointerDown{At: Point{510, 190}}, PointerMove{At: Point{510, 110}})
	v := h.view()
	if len(v.Guides) != 1 || v.Guides[0] != (Guide{From: Point{100, 100}, To: Point{560, 100}}) {
		t.Errorf("guides %+v", v.Guides)
	}
	h.on(PointerMove{At: Point{517, 117}, Mods: Mod})
	if v := h.view(); len(v.Guides) != 0 {
		t.Errorf("guides %+v", v.Guides)
	}
}

func TestGridLinesStayApart(t *testing.T) {
	for zoom, want := range map[float64]float64{1: 20, 2: 40, .5: 10, .25: 10, .1: 16} {
		step, from := gridOf(Camera{Point{30, -30}, zoom})
		if math.Abs(step-want) > 1e-9 || from.X < 0 || from.X >= step || from.Y < 0 || from.Y >= step {
			t.Errorf("zoom %v: step %v, want %v, from %v", zoom, step, want, from)
		}
	}
}
