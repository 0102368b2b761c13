package board

import (
	"math"
	"math/rand/v2"
	"testing"
)

// snapHand has a moving card m of 100×60 at 0,1000 and others around; the grid
// is off unless a test turns it on.
func snapHand(t *testing.T, others ...Pin) *hand {
	h := newHand(t, append([]Pin{pin("m", "text", 0, 600, 100, 60)}, others...)...)
	h.s.Snap = false
	return h
}

// pulled begins to drag m so that its corner would be at a place.
func (h *hand) pulled(x, y float64, m Mods) Rect {
	h.t.Helper()
	from, _ := h.layout.Rect("m")
	h.millis += 1000
	h.on(PointerDown{At: Point{from.X + 10, from.Y + 10}, Millis: h.millis},
		PointerMove{At: Point{x + 10, y + 10}, Mods: m})
	r := placed(h.view(), "m").Rect
	return r
}

func TestMovesSnapToOtherCards(t *testing.T) {
	a := pin("a", "text", 300, 100, 200, 100)
	b := pin("b", "text", 540, 100, 100, 100) // 40 beside a
	below := pin("v", "text", 300, 230, 200, 100)
	for _, c := range []struct {
		name   string
		others []Pin
		x, y   float64
		mods   Mods
		at     Point
		lines  int
		gaps   int
	}{
		{"left to left", []Pin{a}, 304, 300, 0, Point{300, 300}, 1, 0},
		{"right to right", []Pin{a}, 395, 300, 0, Point{400, 300}, 1, 0},
		{"middle to middle", []Pin{a}, 353, 300, 0, Point{350, 300}, 1, 0},
		{"right to left", []Pin{a}, 204, 300, 0, Point{200, 300}, 1, 0},
		{"left to right", []Pin{a}, 496, 300, 0, Point{500, 300}, 1, 0},
		{"both axes", []Pin{a}, 304, 196, 0, Point{300, 200}, 2, 0},
		{"out of reach", []Pin{a}, 307, 310, 0, Point{307, 310}, 0, 0},
		{"the closest wins", []Pin{a, pin("b", "text", 309, 400, 40, 40)}, 303, 300, 0, Point{300, 300}, 1, 0},
		{"Mod suspends it", []Pin{a}, 304, 300, Mod, Point{304, 300}, 0, 0},
		{"Shift holds the axis", []Pin{a}, 304, 603, Shift, Point{300, 600}, 1, 0},
		{"a gap as the next, right", []Pin{a, b}, 683, 113, 0, Point{680, 113}, 0, 2},
		{"a gap as the next, left", []Pin{a, b}, 157, 113, 0, Point{160, 113}, 0, 2},
		{"a gap as the next, below", []Pin{a, below}, 347, 357, 0, Point{350, 360}, 1, 2},
		{"in the middle between two", []Pin{a, pin("b", "text", 700, 100, 90, 100)}, 553, 113, 0, Point{550, 113}, 0, 2},
		{"no gap beside another row", []Pin{a, b}, 683, 313, 0, Point{683, 313}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := snapHand(t, c.others...)
			if r := h.pulled(c.x, c.y, c.mods); r.Min() != c.at {
				t.Errorf("at %v, want %v", r.Min(), c.at)
			}
			lines, gaps := 0, 0
			for _, g := range h.view().Guides {
				if g.Gap {
					gaps++
				} else {
					lines++
				}
			}
			if lines != c.lines || gaps != c.gaps {
				t.Errorf("%d lines and %d gaps, want %d and %d: %+v", lines, gaps, c.lines, c.gaps, h.view().Guides)
			}
			h.on(PointerUp{At: Point{c.x + 10, c.y + 10}, Mods: c.mods})
			h.wantAt("m", c.at.X, c.at.Y)
			if g := h.view().Guides; len(g) > 0 {
				t.Errorf("lines after the drop: %v", g)
			}
		})
	}
}

func TestGuidesWinOverTheGridWhereTheyReach(t *testing.T) {
	h := snapHand(t, pin("a", "text", 307, 100, 200, 100))
	h.s.Snap = true
	if r := h.pulled(304, 333, 0); r.Min() != (Point{307, 340}) {
		t.Errorf("at %v, want the card's 307 and the grid's 340", r.Min())
	}
	h.key(0, "Escape")
	h.on(PointerUp{})
	h.s.Guides = false
	if r := h.pulled(304, 333, 0); r.Min() != (Point{300, 340}) || len(h.view().Guides) != 0 {
		t.Errorf("at %v without guides", r.Min())
	}
}

func TestReachIsInScreenPixels(t *testing.T) {
	h := snapHand(t, pin("a", "text", 300, 100, 200, 100))
	h.s.Camera.Zoom = .5
	h.on(PointerDown{At: Point{5, 305}}, PointerMove{At: Point{5 + 155, 305 - 130}}) // to 310,340
	if r := placed(h.view(), "m").Rect; r.X != 150 {
		t.Errorf("at %v of the window, want 150: 5 pixels are in reach", r.X)
	}
}

func TestManyCardsInViewDrawNothing(t *testing.T) {
	var pins []Pin
	for i := range maxGuided {
		pins = append(pins, pin("x"+string(rune('0'+i/100))+string(rune('0'+i/10%10))+string(rune('0'+i%10)), "text", 300, 100, 200, 100))
	}
	h := snapHand(t, pins...)
	if r := h.pulled(304, 300, 0); r.X != 300 {
		t.Errorf("%d cards: x %v", maxGuided, r.X)
	}
	h.key(0, "Escape")
	h.on(PointerUp{})
	h.must(AddCards{Cards: []Pin{pin("one more", "text", 300, 100, 200, 100)}})
	if r := h.pulled(304, 300, 0); r.X != 304 {
		t.Errorf("one more: x %v", r.X)
	}
}

func TestResizeSnapsToOtherCards(t *testing.T) {
	b, c := pin("b", "text", 400, 250, 200, 100), pin("c", "text", 640, 250, 100, 100)
	for _, x := range []struct {
		name     string
		others   []Pin
		from, to Point
		mods     Mods
		want     Rect
	}{
		{"right edge to a left one", []Pin{b}, Point{300, 150}, Point{397, 150}, 0, Rect{100, 100, 300, 100}},
		{"bottom to top", []Pin{b}, Point{200, 200}, Point{200, 254}, 0, Rect{100, 100, 200, 150}},
		{"corner", []Pin{b}, Point{300, 200}, Point{596, 346}, 0, Rect{100, 100, 500, 250}},
		{"left edge", []Pin{pin("d", "text", 30, 400, 30, 30)}, Point{100, 150}, Point{56, 150}, 0, Rect{60, 100, 240, 100}},
		{"middle to middle", []Pin{pin("d", "text", 200, 400, 80, 40)}, Point{300, 150}, Point{377, 150}, 0, Rect{100, 100, 280, 100}},
		{"from the middle", []Pin{b}, Point{300, 150}, Point{397, 150}, Alt, Rect{0, 100, 400, 100}},
		{"a gap as the next", []Pin{pin("b", "text", 500, 120, 100, 50), pin("c", "text", 640, 120, 100, 50)}, Point{300, 150}, Point{457, 150}, 0, Rect{100, 100, 360, 100}},
		{"equal gaps on both sides", []Pin{pin("b", "text", 0, 120, 70, 50), pin("c", "text", 500, 120, 100, 50)}, Point{300, 150}, Point{467, 150}, 0, Rect{100, 100, 370, 100}},
		{"out of reach", []Pin{b, c}, Point{300, 150}, Point{380, 150}, 0, Rect{100, 100, 280, 100}},
		{"Mod suspends it", []Pin{b}, Point{300, 150}, Point{397, 150}, Mod, Rect{100, 100, 297, 100}},
		{"with the ratio", []Pin{b}, Point{300, 200}, Point{397, 210}, Shift, Rect{100, 100, 300, 150}},
	} {
		t.Run(x.name, func(t *testing.T) {
			h := newHand(t, append([]Pin{pin("a", "text", 100, 100, 200, 100)}, x.others...)...)
			h.s.Snap = false
			h.s.Select("a")
			h.drag(x.from, x.to, x.mods)
			h.wantRects(map[CardID]Rect{"a": x.want})
		})
	}
}

func TestResizeShowsWhatIsInLine(t *testing.T) {
	h := newHand(t, pin("a", "text", 100, 100, 200, 100), pin("b", "text", 400, 250, 200, 100))
	h.s.Select("a")
	h.on(PointerDown{At: Point{300, 150}}, PointerMove{At: Point{397, 150}})
	if g := h.view().Guides; len(g) != 1 || g[0] != (Guide{From: Point{400, 100}, To: Point{400, 350}}) {
		t.Errorf("%+v", g)
	}
}

// TestGuidesAreTrue drags among random cards and checks each line and gap that
// is shown against the cards.
func TestGuidesAreTrue(t *testing.T) {
	shown := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 17))
		var pins []Pin
		for i := range 12 {
			pins = append(pins, pin(string(rune('a'+i)), "text", float64(r.IntN(45))*20, float64(r.IntN(35))*20, float64(2+r.IntN(8))*20, float64(2+r.IntN(6))*20))
		}
		h := snapHand(t, pins...)
		h.s.Snap = r.IntN(2) == 0
		for range 12 {
			h.pulled(r.Float64()*900, r.Float64()*700, 0)
			v := h.view()
			for _, g := range v.Guides {
				shown++
				if g.Gap {
					h.wantTrueGap(v, g)
				} else {
					h.wantTrueLine(v, g)
				}
			}
			h.key(0, "Escape")
			h.on(PointerUp{})
		}
	}
	if shown < 500 {
		t.Errorf("only %d lines were seen", shown)
	}
}

// wantTrueLine checks that a line runs along the moved card and another.
func (h *hand) wantTrueLine(v *View, g Guide) {
	h.t.Helper()
	a, at, length := across, g.From.X, span{g.From.Y, g.To.Y}
	if g.From.X != g.To.X {
		a, at, length = down, g.From.Y, span{g.From.X, g.To.X}
	}
	touches, me := 0, false
	for _, p := range v.Cards {
		s, side := a.of(p.Rect), a.other().of(p.Rect)
		on := math.Abs(s.from-at) < exact || math.Abs(s.to-at) < exact || math.Abs(s.mid()-at) < exact
		if on && side.from >= length.from-exact && side.to <= length.to+exact {
			touches++
			me = me || p.Ghost
		}
	}
	if touches < 2 || !me {
		h.t.Fatalf("the line %+v runs along %d cards", g, touches)
	}
}

// wantTrueGap checks that a gap is between two cards and that another as wide
// is shown.
func (h *hand) wantTrueGap(v *View, g Guide) {
	h.t.Helper()
	wide := g.To.Sub(g.From)
	twins, begins, ends := 0, false, false
	for _, o := range v.Guides {
		if o.Gap && near(o.To.Sub(o.From), wide, 2*exact) {
			twins++
		}
	}
	a := across
	if wide.X == 0 {
		a = down
	}
	for _, p := range v.Cards {
		s := a.of(p.Rect)
		from, to := a.of(RectBetween(g.From, g.To)).from, a.of(RectBetween(g.From, g.To)).to
		begins, ends = begins || same(s.to, from), ends || same(s.from, to)
	}
	if twins < 2 || !begins || !ends || wide.Len() < exact {
		h.t.Fatalf("the gap %+v: %d alike, begins at a card %v, ends at one %v", g, twins, begins, ends)
	}
}
