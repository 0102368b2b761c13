package board

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestMarqueeSelectsWhatItMeets compares the marquee, which only follows what
// changes, with a look at every card.
func TestMarqueeSelectsWhatItMeets(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 23))
		h := newHand(t)
		b := randomBoard(r, 80)
		for _, c := range b.Cards {
			c.Locked = r.IntN(8) == 0
		}
		h.layout.Set(b)
		h.s.Camera = Camera{Point{-4000, -4000}, .1}
		var base []CardID
		mods := Mods(0)
		if r.IntN(2) == 0 && len(b.Cards) > 5 {
			mods, base = Shift, []CardID{b.Cards[1].ID, b.Cards[4].ID}
		}
		start := h.emptyPlace(r)
		h.s.Select(base...)
		h.on(PointerDown{At: start, Mods: mods})
		for range 25 {
			h.on(PointerMove{At: Point{r.Float64() * 1000, r.Float64() * 800}, Mods: mods})
			if h.s.gesture.kind != marquee {
				t.Fatalf("seed %d: no marquee", seed)
			}
			want := slowMarquee(h.layout, h.s.marqueeRect(), base)
			got := h.s.Selection.IDs()
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d: selected\n%v\nwant\n%v", seed, got, want)
			}
		}
		h.key(0, "Escape")
		h.wantSelected(base...)
	}
}

// emptyPlace is a place of the window where no card is.
func (h *hand) emptyPlace(r *rand.Rand) Point {
	for range 10000 {
		p := Point{r.Float64() * 1000, r.Float64() * 800}
		if h.layout.Hit(h.s.Camera.ToBoard(p)) == nil {
			return p
		}
	}
	return Point{-900, -900}
}

func slowMarquee(l *Layout, area Rect, base []CardID) []CardID {
	want := slices.Clone(base)
	groups := map[string]bool{}
	met := func(c *Card) bool { r, _ := l.Rect(c.ID); return !c.Locked && r.Intersects(area) }
	for _, c := range l.Board().Cards {
		if met(c) && c.Group != "" {
			groups[outermost(c.Group)] = true
		}
	}
	for _, c := range l.Board().Cards {
		if met(c) || !c.Locked && groups[outermost(c.Group)] {
			want = append(want, c.ID)
		}
	}
	slices.Sort(want)
	return slices.Compact(want)
}

func TestAMarqueeThatCatchesNothingNewLeavesTheSelection(t *testing.T) {
	h := threeCards(t)
	h.on(PointerDown{At: Point{50, 50}}, PointerMove{At: Point{150, 150}})
	h.wantSelected("a")
	rev := h.s.Selection.rev
	h.on(PointerMove{At: Point{160, 160}}, PointerMove{At: Point{170, 170}})
	if h.s.Selection.rev != rev {
		t.Error("the selection was made anew")
	}
	h.must(RemoveCards{IDs: []CardID{"a"}})
	h.must(AddCards{Cards: []Pin{pin("a", "text", 100, 100, 200, 100)}})
	h.on(PointerMove{At: Point{171, 171}})
	h.wantSelected("a")
	h.s.Select("c") // made by somebody else meanwhile
	h.on(PointerMove{At: Point{172, 172}})
	h.wantSelected("c", "a")
	h.on(PointerMove{At: Point{60, 60}})
	h.on(PointerUp{At: Point{60, 60}})
	h.wantSelected("c")
}
