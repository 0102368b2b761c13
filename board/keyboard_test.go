package board

import (
	"testing"
)

func TestKeys(t *testing.T) {
	ab := []CardID{"a", "b"}
	for _, c := range []struct {
		name string
		mods Mods
		want []Effect
	}{
		{"Delete", 0, []Effect{Do{RemoveCards{IDs: ab}}}},
		{"Backspace", 0, []Effect{Do{RemoveCards{IDs: ab}}}},
		{"BackSpace", 0, []Effect{Do{RemoveCards{IDs: ab}}}},
		{"Z", Mod, []Effect{Undo{}}},
		{"z", Mod, []Effect{Undo{}}},
		{"Z", Mod | Shift, []Effect{Redo{}}},
		{"Y", Mod, []Effect{Redo{}}},
		{"C", Mod, []Effect{Copy{ab}}},
		{"X", Mod, []Effect{Cut{ab}}},
		{"V", Mod, []Effect{Paste{At: Point{500, 700}}}},
		{"V", Mod | Shift, []Effect{Paste{At: Point{500, 700}, Plain: true}}},
		{"D", Mod, []Effect{Duplicate{IDs: ab, By: Point{40, 40}}}},
		{"N", 0, []Effect{NewCard{Kind: "text", At: Point{500, 700}}}},
		{"T", 0, []Effect{NewCard{Kind: "todo", At: Point{500, 700}}}},
		{"B", 0, []Effect{NewCard{Kind: "board", At: Point{500, 700}}}},
		{"Left", Alt, []Effect{Back{}}},
		{"Right", Alt, []Effect{Forward{}}},
		{"]", Mod, []Effect{Do{Restack{IDs: ab, To: OneUp}}}},
		{"[", Mod | Shift, []Effect{Do{Restack{IDs: ab, To: ToBack}}}},
		{"]", Mod | Shift, []Effect{Do{Restack{IDs: ab, To: ToFront}}}},
		{"Right", 0, []Effect{Do{MoveCards{ab, Point{20, 0}, "test/nudge/1"}}}},
		{"Up", Shift, []Effect{Do{MoveCards{ab, Point{0, -200}, "test/nudge/1"}}}},
		{"Menu", 0, []Effect{Menu{At: Point{500, 150}, Card: "b"}}},
		{"Enter", 0, nil}, // two are selected
		{"Q", 0, nil},
		{"Z", Mod | Alt, nil},
	} {
		t.Run(Chord{c.mods, c.name}.String(), func(t *testing.T) {
			h := threeCards(t)
			h.click(150, 150, 0)
			h.click(450, 150, Shift)
			h.on(PointerMove{At: Point{503, 698}})
			wantEffects(t, h.key(c.mods, c.name), c.want...)
		})
	}
}

func TestKeysWithoutASelection(t *testing.T) {
	for _, k := range []Chord{
		{0, "Delete"}, {Mod, "C"}, {Mod, "X"}, {Mod, "D"}, {Mod, "]"}, {Alt | Shift, "Left"}, {0, "Enter"}, {Mod, "Enter"}, {0, "Escape"},
	} {
		h := threeCards(t)
		if got := h.key(k.Mods, k.Name); len(got) > 0 {
			t.Errorf("%v: %v", k, got)
		}
	}
	h := threeCards(t)
	wantEffects(t, h.key(0, "Menu"), Menu{At: Point{500, 400}}) // the pointer is elsewhere
	h.s.NoPlainKeys = true
	wantEffects(t, h.key(0, "N"))
	h.key(Mod, "A")
	h.wantSelected("a", "b", "c")
	h.key(0, "Escape")
	h.wantSelected()
}

func TestEnterOpensWhatIsNotEditedInPlace(t *testing.T) {
	h := threeCards(t)
	h.click(150, 150, 0)
	wantEffects(t, h.key(Mod, "Enter"), OpenCard{"a"})
	wantEffects(t, h.key(0, "Return"), StartEdit{ID: "a", End: true})
	h.key(0, "Escape")
	h.click(450, 150, 0)
	wantEffects(t, h.key(0, "Enter"), OpenCard{"b"})
}

func TestNudgesInARowAreOneGesture(t *testing.T) {
	h := threeCards(t)
	gesture := func(e []Effect) string {
		t.Helper()
		if len(e) != 1 {
			t.Fatalf("effects %v", e)
		}
		return e[0].(Do).Command.(MoveCards).Gesture
	}
	h.click(150, 150, 0)
	first := gesture(h.key(0, "Left"))
	h.on(PointerMove{At: Point{1, 1}})
	if again := gesture(h.key(Shift, "Down")); again != first || first == "" {
		t.Errorf("%q, then %q", first, again)
	}
	h.key(Mod, "C")
	second := gesture(h.key(0, "Left"))
	if second == first {
		t.Error("a copy in between did not end the row")
	}
	h.s.Select("b")
	if third := gesture(h.key(0, "Left")); third == second {
		t.Error("another selection did not end the row")
	}
	h.s.Snap = false
	h.key(0, "Right")
	h.key(Shift, "Right")
	h.wantAt("b", 391, 100)
}

func TestWalk(t *testing.T) {
	h := newHand(t, pin("d", "text", 900, 20, 100, 100), pin("a", "text", 0, 0, 100, 100), pin("b", "text", 300, 10, 100, 100), pin("c", "text", 0, 500, 100, 100))
	for _, want := range []CardID{"a", "b", "d", "c", "a"} {
		h.key(0, "Tab")
		h.wantSelected(want)
	}
	h.key(Shift, "Tab")
	h.wantSelected("c")
	h.key(Mod, "Up")
	h.wantSelected("a")
	h.key(Mod, "Right")
	h.wantSelected("b")
	h.key(Mod, "Up")
	h.wantSelected("b") // nothing there
}

func TestWalkBringsTheCardIntoView(t *testing.T) {
	h := newHand(t, pin("a", "text", 0, 0, 100, 100), pin("z", "text", 5000, 5000, 100, 100))
	h.key(Shift, "Tab")
	h.glide()
	r, _ := h.layout.Rect("z")
	if on := h.s.Camera.RectToScreen(r); on.X < 0 || on.X+on.W > 1000 || on.Y < 0 || on.Y+on.H > 800 {
		t.Errorf("z is at %v of the window", on)
	}
}

func TestForwardGoesPastACardThatOverlaps(t *testing.T) {
	h := newHand(t, pin("a", "text", 0, 0, 100, 100), pin("far", "text", 900, 0, 50, 50), pin("b", "text", 50, 50, 100, 100))
	h.s.Select("a")
	wantEffects(t, h.key(Mod, "]"), Do{Restack{IDs: []CardID{"a"}, To: OneUp, Past: "b"}})
	if top := h.layout.Hit(Point{75, 75}); top.ID != "a" {
		t.Errorf("%s is on top", top.ID)
	}
	wantEffects(t, h.key(Mod, "["), Do{Restack{IDs: []CardID{"a"}, To: OneDown, Past: "b"}})
	if top := h.layout.Hit(Point{75, 75}); top.ID != "b" {
		t.Errorf("%s is on top", top.ID)
	}
}

func TestKeysWaitForTheEndOfADrag(t *testing.T) {
	h := threeCards(t)
	h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{250, 180}})
	wantEffects(t, h.on(Key{Name: "Delete", Down: true}, Key{Name: "Z", Mods: Mod, Down: true}))
	h.on(Key{Mods: Shift, Down: true})
	wantEffects(t, h.on(PointerUp{At: Point{250, 180}, Mods: Shift}), Do{MoveCards{IDs: []CardID{"a"}, By: Point{100, 0}}})
}

func TestConventionsAreWhatHappens(t *testing.T) {
	seen, ids := map[Chord]bool{}, map[string]bool{}
	for _, r := range Conventions {
		if r.ID == "" || ids[r.ID] || r.Group == "" || r.Action == "" || r.Hand == "" && r.do == nil {
			t.Errorf("an empty row, or one of the same name: %+v", r)
		}
		ids[r.ID] = true
		if r.do == nil && len(r.Chords) > 0 {
			t.Errorf("%s: keys without an action", r.ID)
		}
		for _, c := range r.Chords {
			if seen[c] {
				t.Errorf("%v is there twice", c)
			}
			seen[c] = true
			if keyName(c.Name) != c.Name {
				t.Errorf("%v is not spelt as Key.Name is", c)
			}
			if row := standard.find(c); row == nil || row.ID != r.ID {
				t.Errorf("%v does something else than its row says", c)
			}
		}
	}
}

func TestArrowsLookAroundWhereNothingIsSelected(t *testing.T) {
	h := threeCards(t)
	h.key(0, "Right")
	h.key(0, "Right") // from where the first leads
	h.wantCamera(Camera{Point{160, 0}, 1})
	h.key(Shift, "Down")
	h.wantCamera(Camera{Point{160, 800}, 1})
}

func TestStepsOfSizeAreOneGesture(t *testing.T) {
	h := newHand(t, pin("a", "text", 100, 100, 200, 100), pin("p", "image", 400, 100, 160, 80), pin("c", "text", 700, 100, 50, 50))
	h.s.Select("a")
	h.key(Alt|Shift, "Right")
	wantEffects(t, h.key(Alt|Shift, "Down"),
		Do{ResizeCards{Frames: []Frame{{ID: "a", Rect: Rect{100, 100, 220, 120}}}, Gesture: "test/resize/1"}})
	h.key(0, "Down")
	wantEffects(t, h.key(Alt|Shift, "Left"),
		Do{ResizeCards{Frames: []Frame{{ID: "a", Rect: Rect{100, 120, 200, 120}}}, Gesture: "test/resize/3"}})

	h.s.Select("p") // keeps its ratio
	wantEffects(t, h.key(Alt|Shift, "Right"),
		Do{ResizeCards{Frames: []Frame{{ID: "p", Rect: Rect{400, 100, 180, 90}}}, Gesture: "test/resize/4"}})
	h.s.Select("c")
	wantEffects(t, h.key(Alt|Shift, "Left"),
		Do{ResizeCards{Frames: []Frame{{ID: "c", Rect: Rect{700, 100, leastSide, 50}}}, Gesture: "test/resize/5"}})
	wantEffects(t, h.key(Alt|Shift, "Left")) // as small as can be
}

// Keys may come faster than the document answers.
func TestStepsOfSizeDoNotWaitForTheDocument(t *testing.T) {
	h := newHand(t, pin("a", "text", 100, 100, 200, 100), pin("b", "text", 100, 400, 200, 0))
	h.s.AutoHeight = func(string) bool { return true }
	h.s.Select("a")
	var late []Effect
	step := func(name string) Frame {
		effects := h.s.On(Key{Name: name, Mods: Alt | Shift, Down: true}, h.layout)
		late = append(late, effects...)
		for _, e := range effects {
			if d, ok := e.(Do); ok {
				return d.Command.(ResizeCards).Frames[0]
			}
		}
		t.Fatalf("%s does nothing", name)
		return Frame{}
	}
	step("Right")
	step("Up")
	if f := step("Right"); f.Rect != (Rect{100, 100, 240, 80}) {
		t.Errorf("after three steps it is %v", f.Rect)
	}
	h.carryOut(late[:len(late)-1]) // the document is one behind
	if f := step("Down"); f.Rect != (Rect{100, 100, 240, 100}) {
		t.Errorf("after four steps it is %v", f.Rect)
	}
	h.must(ResizeCards{Frames: []Frame{{ID: "a", Rect: Rect{100, 100, 400, 300}}}}) // somebody else
	if f := step("Right"); f.Rect != (Rect{100, 100, 420, 300}) {
		t.Errorf("after another's change it is %v", f.Rect)
	}
	h.s.Select("b")
	high := h.layout.entries["b"].rect.H
	step("Down")
	if f := step("Right"); f.Rect.H != high+20 || f.AsHigh {
		t.Errorf("made higher and wider it is %+v", f)
	}
}

func TestStepsOfSizeLeaveTheHeightToTheContent(t *testing.T) {
	h := newHand(t, pin("a", "text", 100, 100, 200, 0))
	h.s.AutoHeight = func(string) bool { return true }
	h.s.Select("a")
	high := h.layout.entries["a"].rect.H
	wantEffects(t, h.key(Alt|Shift, "Right"),
		Do{ResizeCards{Frames: []Frame{{ID: "a", Rect: Rect{100, 100, 220, high}, AsHigh: true}}, Gesture: "test/resize/1"}})
}

func TestWalkKeepsSomeSelected(t *testing.T) {
	h := newHand(t, pin("a", "text", 0, 0, 100, 100), pin("b", "text", 200, 0, 100, 100), pin("c", "text", 400, 0, 100, 100), pin("d", "text", 600, 0, 100, 100))
	h.key(0, "Insert") // nothing is selected: it begins
	h.wantSelected("a")
	h.key(0, "Insert")
	h.key(0, "Tab")
	h.key(0, "Tab")
	h.wantSelected("a", "c") // b was only walked over
	h.key(Mod|Shift, "Enter")
	h.key(0, "Tab")
	h.wantSelected("a", "c", "d")
	h.key(0, "Tab") // round to a, which stays
	h.wantSelected("c", "a")
	h.key(0, "Insert") // let go
	h.key(0, "Tab")
	h.wantSelected("c", "b")
	h.s.Select("d") // another selection ends it
	h.key(0, "Tab")
	h.wantSelected("a")
}

func TestNewCardsOfKeysLieBesideEachOther(t *testing.T) {
	h := newHand(t)
	for i := range 6 { // no pointer is over the board
		at := h.key(0, "N")[0].(NewCard).At
		if n := len(h.layout.query(RectAt(at, spotSize))); n > 0 {
			t.Errorf("card %d lies at %v on %d others", i, at, n)
		}
		h.must(AddCards{Cards: []Pin{pin(string(rune('a'+i)), "text", at.X, at.Y, spotSize.W, spotSize.H)}})
	}
	h.on(PointerMove{At: Point{900, 790}}) // a hand that points is taken at its word
	h.s.Camera.Origin = Point{20000, 0}
	wantEffects(t, h.key(0, "N"), NewCard{Kind: "text", At: Point{20900, 800}})
}
