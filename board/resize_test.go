package board

import (
	"math"
	"testing"
)

func TestHandlesResize(t *testing.T) {
	for _, c := range []struct {
		name     string
		card     string // a is a text of 200×100 at 100,100; b an image of 200×100 at 400,100
		from, to Point
		mods     Mods
		want     Rect
	}{
		{"corner", "a", Point{300, 200}, Point{343, 251}, 0, Rect{100, 100, 240, 160}},
		{"corner without grid", "a", Point{300, 200}, Point{343, 251}, Mod, Rect{100, 100, 243, 151}},
		{"right edge", "a", Point{300, 150}, Point{400, 300}, 0, Rect{100, 100, 300, 100}},
		{"left edge", "a", Point{100, 150}, Point{60, 150}, 0, Rect{60, 100, 240, 100}},
		{"top left", "a", Point{100, 100}, Point{140, 120}, 0, Rect{140, 120, 160, 80}},
		{"from the middle", "a", Point{300, 200}, Point{320, 220}, Alt, Rect{80, 80, 240, 140}},
		{"ratio with Shift", "a", Point{300, 200}, Point{400, 210}, Shift, Rect{100, 100, 300, 150}},
		{"not below the least", "a", Point{300, 200}, Point{0, 0}, 0, Rect{100, 100, 40, 40}},
		{"not below the least from the left", "a", Point{100, 100}, Point{900, 700}, 0, Rect{260, 160, 40, 40}},
		{"a picture keeps its ratio", "b", Point{600, 200}, Point{700, 205}, 0, Rect{400, 100, 300, 150}},
		{"a picture's edge", "b", Point{600, 150}, Point{700, 150}, 0, Rect{400, 75, 300, 150}},
		{"Shift frees a picture", "b", Point{600, 200}, Point{700, 200}, Shift, Rect{400, 100, 300, 100}},
		{"the least of a picture", "b", Point{600, 200}, Point{0, 0}, 0, Rect{400, 100, 80, 40}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := threeCards(t)
			h.click(map[string]float64{"a": 150, "b": 450}[c.card], 150, 0)
			got := h.drag(c.from, c.to, c.mods)
			wantEffects(t, got, Do{ResizeCards{Frames: []Frame{{ID: CardID(c.card), Rect: c.want}}}})
			if r, _ := h.layout.Rect(CardID(c.card)); r != c.want {
				t.Errorf("rect %v, want %v", r, c.want)
			}
		})
	}
}

func TestResizeOfSeveralScalesThem(t *testing.T) {
	h := newHand(t, pin("a", "text", 100, 100, 100, 100), pin("b", "text", 300, 300, 100, 100))
	h.key(Mod, "A")
	h.drag(Point{400, 400}, Point{700, 400}, 0)
	if r, _ := h.layout.Rect("b"); r != (Rect{500, 300, 200, 100}) {
		t.Errorf("b is %v", r)
	}
	if len(h.labels) != 1 || h.labels[0] != "Resize 2 cards" {
		t.Errorf("steps %v", h.labels)
	}
}

func TestResizeOfAGiantOrTinyCardStaysInBounds(t *testing.T) {
	for _, size := range []float64{minSide, maxSide} {
		h := newHand(t, pin("a", "text", 0, 0, size, size))
		h.s.Camera = Fit(h.layout.Bounds(), h.s.Viewport, MaxZoom)
		h.click(500, 400, 0)
		corner := h.s.Camera.ToScreen(Point{size, size})
		h.drag(corner, corner.Add(Point{900, 900}), Mod)
		h.drag(h.s.Camera.ToScreen(Point{size, size}), Point{-900, -900}, Mod)
		r, _ := h.layout.Rect("a")
		if r.W < minSide || r.W > maxSide || r.H < minSide || r.H > maxSide {
			t.Errorf("size %v became %v", size, r)
		}
	}
}

func TestDoubleClickOnAHandleIsTheNaturalSize(t *testing.T) {
	h := threeCards(t)
	h.layout.SetNatural("a", Size{333, 111})
	h.click(150, 150, 0)
	wantEffects(t, h.doubleClick(300, 200), Do{FreeSize{[]CardID{"a"}}})
	if r, _ := h.layout.Rect("a"); r != (Rect{100, 100, 333, 111}) {
		t.Errorf("rect %v", r)
	}
}

func TestTinyFramesHaveNoHandles(t *testing.T) {
	for side, want := range map[float64]int{10: 0, 30: 4, 100: 8} {
		if got := len(appendHandles(nil, Rect{0, 0, side, side})); got != want {
			t.Errorf("side %v: %d handles, want %d", side, got, want)
		}
	}
}

func TestMapRectKeepsCornersTogether(t *testing.T) {
	from, to := Rect{0, 0, 400, 300}, Rect{-50, 20, 100, 900}
	a, b := mapRect(Rect{0, 0, 100, 100}, from, to), mapRect(Rect{100, 100, 300, 200}, from, to)
	if a.Max() != b.Min() || math.Abs(b.Max().X-to.Max().X) > 1e-9 || math.Abs(b.Max().Y-to.Max().Y) > 1e-9 {
		t.Errorf("%v %v in %v", a, b, to)
	}
}
