package board

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func (h *hand) wantRects(want map[CardID]Rect) {
	h.t.Helper()
	for id, r := range want {
		if got, _ := h.layout.Rect(id); got != r {
			h.t.Errorf("%s is at %v, want %v", id, got, r)
		}
	}
}

// groupedCards are a and b in a group g, and c and d beside it.
func groupedCards(t *testing.T) *hand {
	h := newHand(t, pin("a", "text", 0, 0, 100, 50), pin("b", "text", 120, 100, 80, 50), pin("c", "text", 300, 300, 100, 50), pin("d", "text", 700, 40, 60, 60))
	h.must(GroupCards{ab, "g"})
	return h
}

func TestGroupsAlignAsOne(t *testing.T) {
	h := groupedCards(t)
	h.key(Mod, "A")
	h.perform("align-right")
	h.wantRects(map[CardID]Rect{"a": {560, 0, 100, 50}, "b": {680, 100, 80, 50}, "c": {660, 300, 100, 50}, "d": {700, 40, 60, 60}})

	h = groupedCards(t)
	h.key(Mod, "A")
	h.perform("distribute-across") // the group is 200 wide, c 100, d 60: 400 are free
	h.wantRects(map[CardID]Rect{"a": {0, 0, 100, 50}, "b": {120, 100, 80, 50}, "c": {400, 300, 100, 50}, "d": {700, 40, 60, 60}})

	h = groupedCards(t)
	h.s.Select("a", "b") // the group alone: its cards are the units
	h.perform("align-top")
	h.wantRects(map[CardID]Rect{"a": {0, 0, 100, 50}, "b": {120, 0, 80, 50}})

	h = groupedCards(t)
	h.s.Select("b", "c") // a part of a group: a card like others
	h.perform("align-left")
	h.wantRects(map[CardID]Rect{"a": {0, 0, 100, 50}, "b": {120, 100, 80, 50}, "c": {120, 300, 100, 50}})
}

func TestGroupsInsideAreUnitsOfTheirGroup(t *testing.T) {
	h := groupedCards(t)
	h.must(GroupCards{[]CardID{"a", "b", "c"}, "out"})
	h.s.Select("a", "b", "c")
	h.perform("align-left")
	h.wantRects(map[CardID]Rect{"a": {0, 0, 100, 50}, "b": {120, 100, 80, 50}, "c": {0, 300, 100, 50}})
}

func TestAlignLeavesLockedCardsOut(t *testing.T) {
	h := groupedCards(t)
	h.must(LockCards{[]CardID{"d"}, true})
	h.s.Select("c", "d")
	wantEffects(t, h.perform("align-left")) // one card is left
	h.s.Select("a", "b", "c", "d")
	h.perform("align-bottom")
	h.wantRects(map[CardID]Rect{"a": {0, 200, 100, 50}, "b": {120, 300, 80, 50}, "c": {300, 300, 100, 50}, "d": {700, 40, 60, 60}})
	wantEffects(t, h.perform("distribute-down")) // two units have no gap to share
}

func TestDistributeKeepsTheFrameAndTheGapsEqual(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 200 {
		units := make([]unit, 3+r.IntN(8))
		for i := range units {
			units[i].rect = Rect{r.Float64() * 1000, r.Float64() * 1000, 20 + r.Float64()*300, 20 + r.Float64()*300}
		}
		all := aroundUnits(units)
		distribute(units, across)
		spans := map[float64]span{}
		at, sum := all.X, all.W
		for i, u := range units {
			sum -= u.rect.W
			units[i].rect = u.rect.Move(u.by)
			spans[units[i].rect.X] = across.of(units[i].rect)
		}
		gap := sum / float64(len(units)-1)
		for range units {
			found := false
			for _, s := range spans {
				if math.Abs(s.from-at) < 1e-6 {
					at, found = s.to+gap, true
					break
				}
			}
			if !found {
				t.Fatalf("nothing begins at %v: %v", at, units)
			}
		}
		if now := aroundUnits(units); gap >= 0 && (math.Abs(now.X-all.X) > 1e-6 || math.Abs(now.W-all.W) > 1e-6 || now.Y != all.Y) {
			t.Fatalf("the frame was %v and is %v", all, now)
		}
	}
}

func TestTidy(t *testing.T) {
	h := newHand(t, pin("a", "text", 13, 7, 100, 50), pin("b", "text", 171, 22, 160, 90), pin("c", "text", 20, 190, 120, 40), pin("d", "text", 190, 201, 60, 60))
	h.key(Mod, "A")
	h.perform("tidy")
	h.wantRects(map[CardID]Rect{"a": {13, 7, 100, 50}, "b": {153, 7, 160, 90}, "c": {13, 117, 120, 40}, "d": {153, 117, 60, 60}})
	if len(h.labels) != 1 || h.labels[0] != "Tidy up 4 cards" {
		t.Errorf("steps %v", h.labels)
	}
	h.perform("tidy")
	if len(h.labels) != 1 {
		t.Errorf("tidying what is tidy made %v", h.labels)
	}
}

func TestTidyAnything(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 3))
		var pins []Pin
		for i := range 2 + r.IntN(30) {
			pins = append(pins, pin(fmt.Sprintf("c%02d", i), "text", float64(r.IntN(900)), float64(r.IntN(900)), float64(20+r.IntN(300)), float64(20+r.IntN(300))))
		}
		h := newHand(t, pins...)
		corner := h.layout.Bounds().Min()
		h.key(Mod, "A")
		h.perform("tidy")
		if now := h.layout.Bounds().Min(); !near(now, corner, .02) {
			t.Fatalf("the corner went from %v to %v", corner, now)
		}
		cards := h.board.Cards
		for i, a := range cards {
			x, _ := h.layout.Rect(a.ID)
			for _, b := range cards[:i] {
				if y, _ := h.layout.Rect(b.ID); x.Inset(-tidyGap / 2.1).Intersects(y.Inset(-tidyGap / 2.1)) {
					t.Fatalf("seed %d: %v and %v are too close", seed, x, y)
				}
			}
		}
		steps := len(h.labels)
		if h.perform("tidy"); len(h.labels) != steps {
			t.Fatalf("seed %d: tidying twice is two steps", seed)
		}
	}
}
