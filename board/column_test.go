package board

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// columnHand has a column k with a, b and c in it, and the card d beside it.
func columnHand(t *testing.T) *hand {
	h := newHand(t, pin("a", "text", 400, 100, 100, 60), pin("b", "text", 400, 200, 100, 80), pin("c", "text", 400, 300, 100, 40),
		pin("d", "text", 600, 100, 200, 50), pin("k", KindColumn, 100, 100, 240, 0))
	h.layout.SetNatural("a", Size{220, 60})
	h.layout.SetNatural("b", Size{220, 80})
	h.layout.SetNatural("c", Size{220, 40})
	h.layout.SetNatural("d", Size{220, 50})
	h.must(FillColumn{IDs: []CardID{"a", "b", "c"}, Slot: Slot{Column: "k"}})
	h.s.Guides = false
	return h
}

func (h *hand) wantRect(id CardID, want Rect) {
	h.t.Helper()
	if r, _ := h.layout.Rect(id); r != want {
		h.t.Errorf("%s is at %v, want %v", id, r, want)
	}
}

// wantColumn checks the order in a column, as the document and as the layout have it.
func (h *hand) wantColumn(column CardID, want string) {
	h.t.Helper()
	var stored []CardID
	for _, c := range h.board.Members(column) {
		stored = append(stored, c.ID)
	}
	if laid := h.layout.Members(column); !slices.Equal(stored, laid) || fmt.Sprint(laid) != "["+want+"]" {
		h.t.Errorf("in %s there are %v, laid %v, want %s", column, stored, laid, want)
	}
}

func TestAColumnStacksItsCards(t *testing.T) {
	h := columnHand(t)
	h.wantColumn("k", "a b c")
	h.wantRect("a", Rect{110, 144, 220, 60})
	h.wantRect("b", Rect{110, 214, 220, 80})
	h.wantRect("c", Rect{110, 304, 220, 40})
	h.wantRect("k", Rect{100, 100, 240, 254})
	if c := h.layout.Card("k"); c.Holds != 3 {
		t.Errorf("it says %d", c.Holds)
	}
	h.layout.SetNatural("a", Size{220, 100}) // it has grown
	h.wantRect("b", Rect{110, 254, 220, 80})
	h.wantRect("k", Rect{100, 100, 240, 294})
	if got := h.layout.Relaid(); !slices.Contains(got, "b") || !slices.Contains(got, "c") || !slices.Contains(got, "k") {
		t.Errorf("told of %v", got)
	}
	h.must(RemoveCards{IDs: []CardID{"b"}})
	h.wantRect("c", Rect{110, 254, 220, 40})
	h.must(ResizeCards{Frames: []Frame{{ID: "k", Rect: Rect{100, 100, 300, 999}}}})
	h.wantRect("k", Rect{100, 100, 300, 204})
	h.wantRect("c", Rect{110, 254, 280, 40})
	h.must(RemoveCards{IDs: []CardID{"a", "c"}})
	h.wantRect("k", Rect{100, 100, 300, ColumnTitle + columnEmpty})
}

func TestCardsAreDraggedIntoAndOutOfColumns(t *testing.T) {
	h := columnHand(t)
	h.on(PointerDown{At: Point{700, 120}}, PointerMove{At: Point{650, 120}}, PointerMove{At: Point{200, 220}})
	var v View
	Project(h.s, h.layout, &v)
	if !v.HasSlot || v.Slot != [2]Point{{110, 209}, {330, 209}} {
		t.Errorf("the line is %v", v.Slot)
	}
	h.on(PointerUp{At: Point{200, 220}})
	h.wantColumn("k", "a d b c")
	h.wantRect("d", Rect{110, 214, 220, 50})
	h.wantAt("d", 110, 214) // should the column go
	h.drag(Point{200, 170}, Point{200, 400}, 0)
	h.wantColumn("k", "d b c a")
	h.drag(Point{200, 170}, Point{700, 500}, 0)
	h.wantColumn("k", "b c a")
	if r, _ := h.layout.Rect("d"); r.Size() != (Size{200, 50}) || h.board.Card("d").In != "" {
		t.Errorf("d is %v", r)
	}
	h.s.Select("d", "a") // one of the column, one of the board
	h.layout.Rect("a")
	r, _ := h.layout.Rect("a")
	h.drag(r.Center(), Point{900, 300}, 0)
	h.wantColumn("k", "b c")
	if got := strings.Join(h.labels[1:], "; "); got != "Into a column: card; Into a column: card; Out of a column: card; Out of a column: 2 cards" {
		t.Errorf("steps: %s", got)
	}
}

func TestColumnsAndFramesDoNotGoIntoColumns(t *testing.T) {
	h := columnHand(t)
	h.must(AddCards{Cards: []Pin{pin("kk", KindColumn, 600, 400, 240, 0), pin("in", KindInk, 600, 300, 40, 40)}})
	h.drag(Point{700, 420}, Point{200, 220}, 0)
	h.drag(Point{620, 320}, Point{200, 160}, 0)
	h.wantColumn("k", "a b c")
	if err := h.do(FillColumn{IDs: []CardID{"kk"}, Slot: Slot{Column: "k"}}); err == nil {
		t.Error("a column is in a column")
	}
	if err := h.do(FillColumn{IDs: []CardID{"a"}, Slot: Slot{Column: "d"}}); err == nil {
		t.Error("a text takes cards")
	}
}

func TestAColumnTakesItsCardsAlong(t *testing.T) {
	h := columnHand(t)
	h.drag(Point{200, 120}, Point{300, 220}, 0)
	h.wantRect("k", Rect{200, 200, 240, 254})
	h.wantRect("b", Rect{210, 314, 220, 80})
	h.key(0, "Right")
	h.wantRect("b", Rect{230, 314, 220, 80})
	h.must(AddCards{Cards: []Pin{pin("f", KindFrame, 180, 160, 400, 500)}})
	h.drag(Point{300, 170}, Point{300, 270}, 0)
	h.wantRect("k", Rect{220, 300, 240, 254})
	h.wantRect("b", Rect{230, 414, 220, 80})
	wantEffects(t, h.key(Mod, "D"), Duplicate{IDs: []CardID{"f"}, By: duplicateBy})
	h.s.Select("k")
	wantEffects(t, h.key(Mod, "C"), Copy{IDs: []CardID{"k", "a", "b", "c"}})
}

func TestWhatIsLeftOfARemovedColumn(t *testing.T) {
	h := columnHand(t)
	h.s.Select("k")
	h.key(0, "Delete")
	if h.board.Card("k") != nil {
		t.Fatal("it is still there")
	}
	h.wantAt("a", 110, 144)
	h.wantAt("b", 110, 214)
	h.wantAt("c", 110, 304)
	h.wantSelected("a", "b", "c")
	h.key(0, "Delete")
	if len(h.board.Cards) != 1 {
		t.Errorf("%d cards are left", len(h.board.Cards))
	}

	h = columnHand(t) // somebody else removes it without having seen what was put in last
	h.must(FillColumn{IDs: []CardID{"d"}, Slot: Slot{Column: "k"}, Places: []Placement{{"d", Point{110, 354}}}})
	h.must(RemoveCards{IDs: []CardID{"k"}, Frees: []Placement{{"a", Point{110, 144}}, {"b", Point{110, 214}}, {"c", Point{110, 304}}}})
	h.wantRect("d", Rect{110, 354, 200, 50})
	h.must(AddCards{Cards: []Pin{pin("k", KindColumn, 100, 100, 240, 0)}}) // and puts it back
	h.wantColumn("k", "d")
}

func TestKeysInAColumn(t *testing.T) {
	h := columnHand(t)
	h.must(AddCards{Cards: []Pin{pin("e", "text", 600, 220, 200, 50), pin("m", KindColumn, 900, 100, 240, 0)}})
	h.layout.SetNatural("e", Size{220, 50})
	h.s.Select("a")
	h.key(0, "Down")
	h.wantColumn("k", "b a c")
	h.key(0, "Down")
	h.wantColumn("k", "b c a")
	h.key(0, "Down")
	h.key(Shift, "Up")
	h.wantColumn("k", "a b c")
	h.key(0, "Right")
	h.wantColumn("k", "b c")
	h.wantColumn("m", "a")
	h.key(0, "Left")
	h.wantColumn("k", "a b c")
	wantEffects(t, h.key(0, "N"), NewCard{Kind: "text", At: Point{110, 214}, Into: Slot{"k", "b"}})
	h.s.Select("m")
	wantEffects(t, h.key(0, "T"), NewCard{Kind: "todo", At: Point{910, 144}, Into: Slot{Column: "m"}})
	wantEffects(t, lastOf(h.doubleClick(1000, 190), 1), NewCard{Kind: "text", At: Point{1000, 200}, Into: Slot{Column: "m"}})
	h.s.Select("b") // one after the other is written, wherever in the column the pointer rests
	h.on(PointerMove{At: Point{200, 150}})
	wantEffects(t, h.key(0, "N"), NewCard{Kind: "text", At: Point{110, 304}, Into: Slot{"k", "c"}})
	h.on(PointerMove{At: Point{960, 190}})
	wantEffects(t, h.key(0, "N"), NewCard{Kind: "text", At: Point{910, 144}, Into: Slot{Column: "m"}})
	h.on(PointerMove{At: Point{700, 700}})
	wantEffects(t, h.key(0, "N"), NewCard{Kind: "text", At: Point{700, 700}})
	h.on(PointerOut{})
	h.s.Select("m", "d", "e")
	h.key(0, "K")
	h.wantColumn("m", "d e")
	h.s.Select("e", "a")
	h.key(Shift, "K")
	h.wantColumn("m", "d")
	h.wantColumn("k", "b c")
	h.wantRect("a", Rect{380, 144, 100, 60})
	h.s.Select("k")
	h.key(0, "Tab")
	h.wantSelected("b")
	h.key(0, "Tab")
	h.wantSelected("c")
	h.key(Mod, "Up")
	h.wantSelected("b")
	h.key(Mod, "Up")
	h.wantSelected("k")
	h.must(LockCards{[]CardID{"b"}, true})
	if err := h.do(FillColumn{IDs: []CardID{"b"}, Slot: Slot{Column: "m"}}); err == nil {
		t.Error("a locked card goes elsewhere")
	}
}

func TestInkGoesWithItsCardInAColumn(t *testing.T) {
	h := columnHand(t)
	ink := pin("ink", KindInk, 620, 110, 40, 20)
	ink.On = "d"
	h.must(AddCards{Cards: []Pin{ink}})
	h.drag(Point{700, 120}, Point{200, 220}, 0)
	h.wantRect("ink", Rect{130, 224, 40, 20})
	h.must(RemoveCards{IDs: []CardID{"a"}})
	h.wantRect("d", Rect{110, 144, 220, 50})
	h.wantRect("ink", Rect{130, 154, 40, 20})
	h.drag(Point{150, 120}, Point{250, 120}, 0) // the column
	h.wantRect("ink", Rect{230, 154, 40, 20})
	h.drag(Point{300, 180}, Point{800, 380}, 0)
	r, _ := h.layout.Rect("d")
	h.wantRect("ink", Rect{r.X + 20, r.Y + 10, 40, 20})
	h.must(FillColumn{IDs: []CardID{"d"}, Slot: Slot{Column: "k"}})
	h.perform("pen")
	d, _ := h.layout.Rect("d")
	for _, e := range h.drag(d.Min().Add(Point{100, 40}), d.Min().Add(Point{150, 40}), 0) {
		if e, ok := e.(NewInk); ok && e.On == "d" {
			h.must(AddCards{Cards: []Pin{{ID: "more", Link: ink.Link, At: e.At, Size: e.Size, On: e.On}}})
		}
	}
	if r, _ := h.layout.Rect("more"); !r.Contains(d.Min().Add(Point{120, 40})) {
		t.Errorf("the stroke is at %v, its card at %v", r, d)
	}
}

// TestColumnsAreLaidAlikeWhateverCameFirst compares a layout that followed every change
// with one that saw only the last state.
func TestColumnsAreLaidAlikeWhateverCameFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	h := newHand(t)
	id := func() CardID { return CardID(fmt.Sprint("c", r.IntN(30))) }
	for step := range 1500 {
		x := id()
		switch r.IntN(9) {
		case 0, 1:
			kind := "text"
			if n := r.IntN(5); n < 2 {
				kind = []string{KindColumn, KindInk}[n]
			}
			p := pin(string(x), kind, float64(r.IntN(900)), float64(r.IntN(900)), float64(r.IntN(2)*200), 0)
			if r.IntN(3) == 0 {
				p.On = id()
			}
			_ = h.do(AddCards{Cards: []Pin{p}})
		case 2:
			_ = h.do(RemoveCards{IDs: []CardID{x}, Frees: h.layout.frees([]CardID{x})})
		case 3, 4, 5:
			_ = h.do(FillColumn{IDs: []CardID{x, id()}, Slot: Slot{id(), id()}})
		case 6:
			_ = h.do(TakeOut{Places: []Placement{{x, Point{float64(r.IntN(900)), 5}}}})
		case 7:
			_ = h.do(MoveCards{IDs: []CardID{x}, By: Point{20, 40}})
		case 8:
			h.layout.SetNatural(x, Size{200, float64(20 + r.IntN(200))})
		}
		fresh := NewLayout(nil)
		for id, size := range h.layout.natural {
			fresh.SetNatural(id, size)
		}
		fresh.Set(h.board)
		for _, c := range h.board.Cards {
			got, _ := h.layout.Rect(c.ID)
			want, _ := fresh.Rect(c.ID)
			if got != want || !h.layout.Card(c.ID).same(fresh.Card(c.ID)) {
				t.Fatalf("step %d: %s is at %v, want %v", step, c.ID, got, want)
			}
			if !slices.ContainsFunc(h.layout.Query(got, nil), func(x *Card) bool { return x.ID == c.ID }) {
				t.Fatalf("step %d: %s is not found where it is", step, c.ID)
			}
		}
	}
}
