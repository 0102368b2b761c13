package board

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"corkboard/doc"
	"corkboard/share"
)

// randomBoard has up to n cards of all sizes, some giant, some piled up.
func randomBoard(r *rand.Rand, n int) *Board {
	b := &Board{hasCards: true}
	for i := range n {
		if r.IntN(4) == 0 {
			continue
		}
		c := &Card{ID: CardID(fmt.Sprintf("c%05d", i)), Link: share.Link{Kind: "text"}, Z: []string{"", "1", "5", "V", "z"}[r.IntN(5)]}
		c.Group = []string{"", "", "g", "h/g", "h"}[r.IntN(5)]
		c.At = Point{float64(r.IntN(8000) - 4000), float64(r.IntN(8000) - 4000)}
		switch r.IntN(12) {
		case 0: // natural
		case 1:
			c.Size = Size{20000, 20000}
		case 2:
			c.At = Point{farCard, -farCard}
		default:
			c.Size = Size{float64(20 + r.IntN(900)), float64(20 + r.IntN(900))}
		}
		b.Cards = append(b.Cards, c)
	}
	return b
}

// slow is what Query should find.
func slow(l *Layout, area Rect) []*Card {
	var out []*Card
	for _, c := range l.Board().Cards {
		if r, ok := l.Rect(c.ID); ok && r.Intersects(area) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, below)
	return out
}

func checkIndex(t *testing.T, r *rand.Rand, l *Layout) {
	t.Helper()
	if l.Len() != len(l.Board().Cards) {
		t.Fatalf("%d of %d cards", l.Len(), len(l.Board().Cards))
	}
	for range 20 {
		side := []float64{0, 100, 1500, 30000, 3e7}[r.IntN(5)]
		area := Rect{float64(r.IntN(9000)) - 4500 - side/2, float64(r.IntN(9000)) - 4500 - side/2, side, side * r.Float64()}
		got, want := l.Query(area, nil), slow(l, area)
		if len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("in %v: found %d, want %d", area, len(got), len(want))
		}
		p := area.Min()
		var top *Card
		for _, c := range want {
			if rc, _ := l.Rect(c.ID); rc.Contains(p) {
				top = c
			}
		}
		if side == 0 && l.Hit(p) != top {
			t.Fatalf("at %v: hit %v, want %v", p, l.Hit(p), top)
		}
	}
	var all Rect
	for _, c := range l.Board().Cards {
		rc, _ := l.Rect(c.ID)
		all = all.Union(rc)
	}
	if l.Bounds() != all {
		t.Fatalf("bounds %v, want %v", l.Bounds(), all)
	}
	groups := map[string][]CardID{}
	for _, c := range l.Board().Cards {
		if g := outermost(c.Group); g != "" {
			groups[g] = append(groups[g], c.ID)
		}
	}
	if len(groups) != len(l.groups) {
		t.Fatalf("%d groups, want %d", len(l.groups), len(groups))
	}
	for _, ids := range groups {
		if got := l.whole(ids[0]); !slices.Equal(got, ids) {
			t.Fatalf("group of %s: %v, want %v", ids[0], got, ids)
		}
	}
	if got := l.Reading(); len(got) != l.Len() {
		t.Fatalf("reading order has %d of %d cards", len(got), l.Len())
	}
}

func TestIndexFindsWhatALookAtEveryCardFinds(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 5))
		l := NewLayout(func(string) Size { return Size{300, 90} })
		for range 8 {
			next := randomBoard(r, 120)
			for i := range next.Cards { // some stay as they were
				if old := l.Board().Card(next.Cards[i].ID); old != nil && r.IntN(2) == 0 {
					next.Cards[i] = old
				}
			}
			l.Set(next)
			for range 10 {
				l.SetNatural(CardID(fmt.Sprintf("c%05d", r.IntN(120))), Size{float64(r.IntN(2000)), float64(r.IntN(2000))})
			}
			checkIndex(t, r, l)
		}
		l.Set(nil)
		if l.Len() != 0 || len(l.grid.cells) != 0 || len(l.grid.large) != 0 || len(l.stack.order) != 0 || len(l.groups) != 0 || l.Bounds() != (Rect{}) {
			t.Fatal("an empty board left something in the index")
		}
	}
}

func TestSetSaysWhatChanged(t *testing.T) {
	h := threeCards(t)
	old := h.board
	rev := h.layout.Revision()
	if ch := h.layout.Set(old); !ch.Empty() || h.layout.Revision() != rev {
		t.Errorf("the same board again: %+v", ch)
	}
	var got []Change
	for _, c := range []doc.Command[*Board]{MoveCards{IDs: []CardID{"b"}, By: Point{9, 9}}, RemoveCards{IDs: []CardID{"a"}}, AddCards{Cards: []Pin{pin("x", "text", 0, 0, 50, 50)}}} {
		p, err := c.Plan(h.board)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.tree.Apply(p.Edits); err != nil {
			t.Fatal(err)
		}
		h.board = Codec{}.Update(h.board, doc.Touched(p.Edits), h.tree)
		got = append(got, h.layout.Set(h.board))
	}
	want := []Change{
		{Changed: []*Card{h.board.Card("b")}}, {Removed: []*Card{old.Card("a")}}, {Added: []*Card{h.board.Card("x")}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("changes %+v", got)
	}
	h.layout.Set(old)
	if h.layout.Card("a") == nil || h.layout.Card("x") != nil {
		t.Error("going back")
	}
}

func TestNaturalSizes(t *testing.T) {
	l := NewLayout(func(kind string) Size { return map[string]Size{"text": {300, 40}}[kind] })
	mk := func(id, kind string, s Size) *Card {
		return &Card{ID: CardID(id), Link: share.Link{Kind: kind}, Size: s}
	}
	l.SetNatural("late", Size{111, 22})
	l.Set(&Board{Cards: []*Card{mk("fixed", "text", Size{50, 60}), mk("late", "text", Size{}), mk("odd", "?", Size{}), mk("text", "text", Size{})}})
	for id, want := range map[CardID]Size{"fixed": {50, 60}, "late": {111, 22}, "odd": fallback, "text": {300, 40}} {
		if r, ok := l.Rect(id); !ok || r.Size() != want {
			t.Errorf("%s: %v, want %v", id, r, want)
		}
	}
	if l.SetNatural("fixed", Size{999, 999}) || l.SetNatural("none", Size{5, 5}) || l.SetNatural("late", Size{111, 22}) {
		t.Error("it says that a rectangle changed")
	}
	if rev := l.Revision(); !l.SetNatural("text", Size{300, 400}) || l.Revision() == rev || l.Hit(Point{10, 300}).ID != "text" {
		t.Error("a measured text did not grow")
	}
	if !l.SetNatural("text", Size{}) || l.Bounds().H > 200 {
		t.Error("forgetting the size did not shrink it")
	}
}

func TestRanksHoldWhenManyCardsGoToOnePlace(t *testing.T) {
	b := &Board{}
	for i := range 50 {
		b.Cards = append(b.Cards, &Card{ID: CardID(fmt.Sprintf("c%02d", i)), Z: "b"})
	}
	l := NewLayout(nil)
	l.Set(b)
	keys := []string{}
	for i := range 40 { // each just above the one before, below all others
		c := *b.Cards[49-i]
		c.Z = fmt.Sprintf("a%059d1", 0)[:60-i] + "1"
		keys = append(keys, c.Z)
		next := &Board{Cards: slices.Clone(b.Cards)}
		next.Cards[49-i] = &c
		b = next
		l.Set(b)
		for j := 1; j < len(l.stack.order); j++ {
			if x, y := l.stack.order[j-1], l.stack.order[j]; x.rank >= y.rank || below(x.card, y.card) >= 0 {
				t.Fatalf("after %d moves (%q): rank %d of %s, %d of %s", i, keys, x.rank, x.card.ID, y.rank, y.card.ID)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	h := newHand(t, pin("m", "text", 0, 0, 100, 100), pin("r", "text", 300, 40, 100, 100), pin("rr", "text", 200, 600, 100, 100), pin("u", "text", 20, -900, 100, 100))
	for d, want := range map[Direction]CardID{Right: "r", Down: "rr", Up: "u"} {
		if got := h.layout.Nearest("m", d); got == nil || got.ID != want {
			t.Errorf("direction %v: %v, want %s", d, got, want)
		}
	}
	if got := h.layout.Nearest("m", Left); got != nil {
		t.Errorf("left: %s", got.ID)
	}
	if h.layout.Nearest("none", Left) != nil || NewLayout(nil).Next("", true) != nil {
		t.Error("something beside nothing")
	}
}
