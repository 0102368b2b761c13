package board

import (
	"testing"

	"corkboard/doc"
)

func TestClickSelects(t *testing.T) {
	h := threeCards(t)
	wantEffects(t, h.click(150, 150, 0), Tap{ID: "a", At: Point{50, 50}})
	h.wantSelected("a")
	wantEffects(t, h.click(450, 150, Shift))
	h.wantSelected("a", "b")
	h.click(150, 150, Mod)
	h.wantSelected("b")
	h.click(150, 150, Mod)
	h.click(900, 700, Shift)
	h.wantSelected("b", "a")
	h.click(450, 150, 0)
	h.wantSelected("b")
	h.click(900, 700, 0)
	h.wantSelected()
	if len(h.labels) != 0 {
		t.Errorf("selecting made steps: %v", h.labels)
	}
}

func TestMarquee(t *testing.T) {
	h := threeCards(t)
	wantEffects(t, h.drag(Point{50, 50}, Point{650, 250}, 0))
	h.wantSelected("a", "b")
	h.drag(Point{50, 350}, Point{350, 650}, Shift)
	h.wantSelected("a", "b", "c")
	h.drag(Point{50, 350}, Point{350, 650}, 0)
	h.wantSelected("c")

	h.on(PointerDown{At: Point{390, 90}}, PointerMove{At: Point{700, 300}})
	h.wantSelected("b")
	h.key(0, "Escape")
	h.on(PointerUp{At: Point{700, 300}})
	h.wantSelected() // a plain marquee began by letting go of what was selected
}

func TestDragMoves(t *testing.T) {
	h := threeCards(t)
	h.s.Guides = false
	wantEffects(t, h.drag(Point{150, 150}, Point{153, 151}, 0), Tap{ID: "a", At: Point{50, 50}})
	h.wantAt("a", 100, 100)

	got := h.drag(Point{150, 150}, Point{217, 195}, 0)
	wantEffects(t, got, Do{MoveCards{IDs: []CardID{"a"}, By: Point{60, 40}}})
	h.wantAt("a", 160, 140)

	h.drag(Point{200, 150}, Point{267, 160}, Mod) // Mod lets go of the grid
	h.wantAt("a", 227, 150)
	h.drag(Point{250, 200}, Point{300, 230}, Shift)
	h.wantAt("a", 280, 150)
	h.drag(Point{300, 200}, Point{310, 300}, Shift)
	h.wantAt("a", 280, 260)
	h.s.Snap = false
	h.drag(Point{300, 300}, Point{313, 301}, 0)
	h.wantAt("a", 293, 261)
	if want := 5; len(h.labels) != want {
		t.Errorf("%d steps %v, want %d", len(h.labels), h.labels, want)
	}
}

func TestDragMovesTheSelectionAsOne(t *testing.T) {
	h := threeCards(t)
	h.click(150, 150, 0)
	h.click(450, 150, Shift)
	got := h.drag(Point{450, 150}, Point{450, 250}, 0)
	wantEffects(t, got, Do{MoveCards{IDs: []CardID{"a", "b"}, By: Point{0, 100}}})
	h.wantAt("a", 100, 200)
	h.wantAt("b", 400, 200)
	h.wantSelected("a", "b")
	if len(h.labels) != 1 || h.labels[0] != "Move 2 cards" {
		t.Errorf("steps %v", h.labels)
	}
	h.drag(Point{150, 450}, Point{650, 450}, 0) // an unselected card moves alone
	h.wantAt("c", 600, 400)
	h.wantSelected("c")
}

func TestEscapePutsBack(t *testing.T) {
	h := threeCards(t)
	for _, from := range []Point{{150, 150}, {300, 200} /* a handle of a */, {50, 50}} {
		h.click(150, 150, 0)
		h.labels = nil
		h.on(PointerDown{At: from, Millis: h.millis + 900}, PointerMove{At: from.Add(Point{90, 90})})
		if !h.s.Dragging() {
			t.Fatalf("no drag from %v", from)
		}
		got := h.on(Key{Name: "Escape", Down: true}, PointerMove{At: Point{500, 500}}, PointerUp{At: Point{500, 500}})
		wantEffects(t, got)
		h.wantAt("a", 100, 100)
		if h.s.Dragging() || len(h.labels) > 0 {
			t.Errorf("from %v: still dragging, or made %v", from, h.labels)
		}
	}
}

func TestAltDragDuplicates(t *testing.T) {
	h := threeCards(t)
	got := h.drag(Point{150, 150}, Point{250, 150}, Alt)
	wantEffects(t, got, Duplicate{IDs: []CardID{"a"}, By: Point{100, 0}})
	h.wantAt("a", 100, 100)
	h.s.Select("d") // the double, on its way
	wantEffects(t, h.key(Mod, "D"), Duplicate{IDs: []CardID{"d"}, By: Point{100, 0}})
}

func TestDuplicateRepeatsTheOffset(t *testing.T) {
	h := threeCards(t)
	h.click(150, 150, 0)
	wantEffects(t, h.key(Mod, "D"), Duplicate{IDs: []CardID{"a"}, By: Point{40, 40}})
	if err := h.do(AddCards{Cards: []Pin{pin("d", "text", 140, 140, 200, 100)}}); err != nil {
		t.Fatal(err)
	}
	h.s.Select("d")
	h.key(0, "Right")
	wantEffects(t, h.key(Mod, "D"), Duplicate{IDs: []CardID{"d"}, By: Point{60, 40}})
	h.drag(Point{250, 230}, Point{250, 330}, 0)
	wantEffects(t, h.key(Mod, "D"), Duplicate{IDs: []CardID{"d"}, By: Point{60, 140}})
	h.click(450, 150, 0)
	wantEffects(t, h.key(Mod, "D"), Duplicate{IDs: []CardID{"b"}, By: Point{40, 40}})
}

func TestDropIntoABoardCard(t *testing.T) {
	h := threeCards(t)
	h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{200, 500}})
	var v View
	Project(h.s, h.layout, &v)
	if v.Into != "c" {
		t.Errorf("the board card is not lit: %q", v.Into)
	}
	got := h.on(PointerUp{At: Point{200, 500}})
	wantEffects(t, got, DropInto{Cards: []CardID{"a"}, Board: "c"})
	if len(h.labels) > 0 {
		t.Errorf("made %v", h.labels)
	}
	got = h.drag(Point{150, 450}, Point{450, 150}, 0) // the board card on a picture is a move
	wantEffects(t, got, Do{MoveCards{IDs: []CardID{"c"}, By: Point{300, -300}}})
}

func TestDoubleClick(t *testing.T) {
	h := threeCards(t)
	wantEffects(t, h.doubleClick(703, 308), NewCard{Kind: "text", At: Point{700, 300}})
	wantEffects(t, h.doubleClick(150, 160), StartEdit{ID: "a", At: Point{50, 60}})
	if h.s.Editing != "a" {
		t.Errorf("editing %q", h.s.Editing)
	}
	h.key(0, "Escape")
	wantEffects(t, h.doubleClick(450, 150), OpenCard{ID: "b"})
	wantEffects(t, h.doubleClick(150, 450), OpenCard{ID: "c"})

	h.click(450, 150, 0)
	h.millis += doubleMillis + 1
	wantEffects(t, h.press(450, 150, 0), Tap{ID: "b", At: Point{50, 50}})
	h.millis += 50
	wantEffects(t, h.press(460, 150, 0), Tap{ID: "b", At: Point{60, 50}}) // too far apart

	h.click(301, 300, 0) // empty, and a card right beside
	h.millis += 50
	if err := h.do(AddCards{Cards: []Pin{pin("new", "text", 300, 300, 100, 40)}}); err != nil {
		t.Fatal(err)
	}
	wantEffects(t, h.press(302, 301, 0), Tap{ID: "new", At: Point{2, 1}})

	h.s.Hot = func(c *Card, at Point) bool { return at.X < 20 }
	wantEffects(t, h.doubleClick(110, 150), Tap{ID: "a", At: Point{10, 50}})
}

func TestEditing(t *testing.T) {
	h := threeCards(t)
	h.doubleClick(150, 150)
	for _, e := range []Event{
		PointerDown{At: Point{160, 160}}, PointerMove{At: Point{260, 160}}, PointerUp{At: Point{260, 160}},
		Key{Name: "A", Mods: Mod, Down: true}, Key{Name: "Delete", Down: true}, Key{Name: "Left", Down: true},
		Key{Name: "Space", Down: true}, Key{Name: "N", Down: true}, Wheel{At: Point{160, 160}, DY: -10},
	} {
		wantEffects(t, h.on(e))
	}
	if h.s.Editing != "a" || h.s.Camera.Origin != (Point{}) {
		t.Fatalf("editing %q, camera %v", h.s.Editing, h.s.Camera)
	}
	wantEffects(t, h.key(0, "Escape"), StopEdit{ID: "a"})
	h.wantSelected("a")
	wantEffects(t, h.key(0, "Enter"), StartEdit{ID: "a", End: true})
	wantEffects(t, h.click(450, 150, 0), StopEdit{ID: "a"}, Tap{ID: "b", At: Point{50, 50}})
	h.wantSelected("b")

	h.s.Edit("a")
	if err := h.do(RemoveCards{IDs: []CardID{"a"}}); err != nil {
		t.Fatal(err)
	}
	wantEffects(t, h.on(PointerMove{}), StopEdit{ID: "a"})
	h.wantSelected()
}

func TestMenus(t *testing.T) {
	h := threeCards(t)
	right := func(a, b Point) []Effect {
		return h.on(PointerDown{At: a, Button: Secondary}, PointerMove{At: b}, PointerUp{At: b, Button: Secondary})
	}
	wantEffects(t, right(Point{150, 150}, Point{150, 150}), Menu{At: Point{150, 150}, Card: "a"})
	h.wantSelected("a")
	h.click(450, 150, Shift)
	right(Point{450, 150}, Point{450, 150})
	h.wantSelected("a", "b") // the menu is for all of them
	wantEffects(t, right(Point{700, 700}, Point{701, 700}), Menu{At: Point{701, 700}})
	wantEffects(t, right(Point{700, 700}, Point{600, 650})) // a pan
	if h.s.Camera.Origin != (Point{100, 50}) {
		t.Errorf("camera %v", h.s.Camera)
	}
}

func TestHoverAndCursor(t *testing.T) {
	h := threeCards(t)
	cursor := ""
	move := func(x, y float64) {
		for _, e := range h.s.On(PointerMove{At: Point{x, y}}, h.layout) {
			if c, ok := e.(Cursor); ok {
				cursor = c.Name
			}
		}
	}
	move(150, 150)
	if h.s.Hover != "a" || cursor != "default" {
		t.Errorf("hover %q, cursor %q", h.s.Hover, cursor)
	}
	h.click(150, 150, 0)
	for at, want := range map[Point]string{
		{100, 100}: "nwse-resize", {300, 100}: "nesw-resize", {300, 150}: "ew-resize", {200, 200}: "ns-resize", {150, 150}: "default",
	} {
		if move(at.X, at.Y); cursor != want {
			t.Errorf("at %v cursor %q, want %q", at, cursor, want)
		}
	}
	h.on(PointerOut{})
	if h.s.Hover != "" {
		t.Error("hovers although the pointer is out")
	}
}

func TestARemoteChangeDuringADrag(t *testing.T) {
	h := threeCards(t)
	h.click(150, 150, 0)
	h.click(450, 150, Shift)
	h.on(PointerDown{At: Point{450, 150}, Millis: h.millis + 999}, PointerMove{At: Point{550, 150}})
	if err := h.do(RemoveCards{IDs: []CardID{"b"}}); err != nil {
		t.Fatal(err)
	}
	if err := h.do(PlaceCards{Places: []Placement{{"a", Point{0, 0}}}}); err != nil {
		t.Fatal(err)
	}
	wantEffects(t, h.on(PointerUp{At: Point{550, 150}}), Do{MoveCards{IDs: []CardID{"a"}, By: Point{100, 0}}})
	h.wantAt("a", 100, 0)

	h.on(PointerDown{At: Point{150, 50}, Millis: h.millis + 9999}, PointerMove{At: Point{250, 50}})
	if err := h.do(RemoveCards{IDs: []CardID{"a"}}); err != nil {
		t.Fatal(err)
	}
	wantEffects(t, h.on(PointerUp{At: Point{250, 50}}))
}

func TestCommandsAreGoneWithTheirCards(t *testing.T) {
	h := threeCards(t)
	none := []CardID{"x", "y"}
	for _, c := range []doc.Command[*Board]{
		MoveCards{IDs: none, By: Point{1, 1}}, PlaceCards{Places: []Placement{{ID: "x"}}}, ResizeCards{Frames: []Frame{{ID: "x"}}},
		FreeSize{none}, RemoveCards{IDs: none}, Restack{IDs: none},
	} {
		if err := h.do(c); err != doc.ErrGone {
			t.Errorf("%T: %v", c, err)
		}
	}
}
