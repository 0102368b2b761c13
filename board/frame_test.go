package board

import (
	"slices"
	"testing"
)

// framedHand has a frame around a and the smaller frame g with b in it; c lies
// beside, d in the frame but locked.
func framedHand(t *testing.T) *hand {
	h := newHand(t, pin("a", "text", 120, 160, 100, 60), pin("b", "text", 300, 240, 60, 40), pin("c", "text", 600, 100, 100, 60),
		pin("d", "text", 120, 300, 60, 40), pin("f", KindFrame, 100, 100, 400, 300), pin("g", KindFrame, 280, 180, 160, 140))
	h.must(LockCards{[]CardID{"d"}, true})
	return h
}

func (h *hand) stacked() string {
	var out []byte
	for _, c := range h.layout.Query(Rect{-1e6, -1e6, 2e6, 2e6}, nil) {
		out = append(out, c.ID...)
	}
	return string(out)
}

func TestFramesLieBehindAllCards(t *testing.T) {
	h := framedHand(t)
	if got := h.stacked(); got != "fgabcd" {
		t.Errorf("from the bottom: %s", got)
	}
	h.must(Restack{IDs: []CardID{"f"}, To: ToFront})
	h.must(Restack{IDs: []CardID{"c", "g"}, To: ToBack})
	if got := h.stacked(); got != "gfcabd" {
		t.Errorf("from the bottom: %s", got)
	}
}

func TestOnlyTitleAndBorderOfAFrameAnswer(t *testing.T) {
	h := framedHand(t)
	for p, want := range map[Point]CardID{
		{110, 105}: "f", {450, 130}: "f", {103, 380}: "f", {250, 395}: "f", {460, 350}: "", {300, 190}: "g", {360, 230}: "", {130, 170}: "a", {95, 105}: "",
	} {
		got := CardID("")
		if c := h.layout.Hit(p); c != nil {
			got = c.ID
		}
		if got != want {
			t.Errorf("at %v there is %q, want %q", p, got, want)
		}
	}
	wantEffects(t, lastOf(h.doubleClick(460, 350), 1), NewCard{Kind: "text", At: Point{460, 360}})
	h.click(460, 350, 0)
	h.wantSelected()
	h.drag(Point{455, 330}, Point{490, 385}, 0) // an area in the frame
	h.wantSelected()
	h.drag(Point{60, 60}, Point{540, 440}, 0)
	if got := h.s.Selection.IDs(); !slices.Contains(got, "f") || !slices.Contains(got, "b") || slices.Contains(got, "c") || slices.Contains(got, "d") {
		t.Errorf("an area around the frame selects %v", got)
	}
}

func TestFramesTakeAlongWhatLiesInThem(t *testing.T) {
	h := framedHand(t)
	where := func(x, y float64) {
		t.Helper()
		h.wantAt("f", 100+x, 100+y)
		h.wantAt("g", 280+x, 180+y)
		h.wantAt("a", 120+x, 160+y)
		h.wantAt("b", 300+x, 240+y)
		h.wantAt("c", 600, 100)
		h.wantAt("d", 120, 300)
	}
	h.s.Guides = false
	h.drag(Point{200, 110}, Point{200, 310}, 0)
	where(0, 200)
	h.key(0, "Right")
	where(20, 200)
	if n := len(h.labels); n != 3 { // the lock, and one step for each gesture
		t.Errorf("steps %q", h.labels)
	}
	h.s.Select("f", "c")
	h.perform("align-top")
	where(20, 0)
	h.drag(Point{520, 400}, Point{560, 400}, 0) // its right bottom corner
	h.wantAt("a", 140, 160)
}

func TestAFrameIsNotDroppedIntoABoardInIt(t *testing.T) {
	h := newHand(t, pin("in", "board", 150, 100, 100, 200), pin("f", KindFrame, 100, 100, 400, 300))
	h.s.Guides = false
	for _, e := range h.drag(Point{300, 110}, Point{400, 210}, 0) {
		if _, ok := e.(DropInto); ok {
			t.Errorf("%+v", e)
		}
	}
	h.wantAt("in", 250, 200)
}
