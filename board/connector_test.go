package board

import (
	"errors"
	"math"
	"strings"
	"testing"

	"corkboard/doc"
)

// connectedHand has the three cards with a connector k from a to b.
func connectedHand(t *testing.T) *hand {
	h := threeCards(t)
	h.must(Connect{[]Connector{{ID: "k", From: "a", To: "b", Heads: HeadTo}}})
	return h
}

func (h *hand) wantLine(id ConnectorID, from, to Point) {
	h.t.Helper()
	line, ok := h.layout.Line(id)
	if !ok || !near(line.From, from, 1e-9) || !near(line.To, to, 1e-9) {
		h.t.Errorf("%s lies at %v %v (%v), want %v %v", id, line.From, line.To, ok, from, to)
	}
}

func TestLinesEndAtTheirCards(t *testing.T) {
	h := connectedHand(t)
	h.wantLine("k", Point{300 + lineGap, 150}, Point{400 - lineGap, 150})
	h.must(MoveCards{IDs: []CardID{"b"}, By: Point{-300, 300}}) // right below a
	h.wantLine("k", Point{200, 200 + lineGap}, Point{200, 400 - lineGap})
	h.must(MoveCards{IDs: []CardID{"b"}, By: Point{0, -250}}) // over a
	if _, ok := h.layout.Line("k"); ok {
		t.Error("a line is drawn between cards that overlap")
	}
	h.must(MoveCards{IDs: []CardID{"b"}, By: Point{0, -50}}) // exactly there
	if len(h.layout.Lines()) != 0 {
		t.Error("a line is drawn between cards at one place")
	}
}

func TestConnectorsGoWithTheirCardsAndComeBack(t *testing.T) {
	h := connectedHand(t)
	was := h.board.Card("b")
	h.must(RemoveCards{IDs: []CardID{"b"}})
	if len(h.layout.Lines()) != 0 || h.board.Connector("k") == nil {
		t.Fatal("the connector of a removed card is shown, or forgotten")
	}
	h.must(AddCards{Cards: []Pin{{ID: "b", Link: was.Link, At: was.At, Size: was.Size}}})
	h.wantLine("k", Point{304, 150}, Point{396, 150})
}

func TestLinesFollowTheHand(t *testing.T) {
	h := connectedHand(t)
	var v View
	h.on(PointerDown{At: Point{450, 150}}, PointerMove{At: Point{450, 350}, Mods: Mod}, PointerMove{At: Point{450, 550}, Mods: Mod})
	Project(h.s, h.layout, &v)
	from, to, _ := lineBetween(Rect{100, 100, 200, 100}, Rect{400, 500, 200, 100})
	if len(v.Lines) != 1 || !v.Lines[0].Held || !near(v.Lines[0].From, from, 1e-9) || !near(v.Lines[0].To, to, 1e-9) {
		t.Errorf("lines %+v, want one from %v to %v in the hand", v.Lines, from, to)
	}
	h.key(0, "Escape")
	Project(h.s, h.layout, &v)
	if v.Lines[0].Held || v.Lines[0].To != (Point{396, 150}) {
		t.Errorf("after Escape: %+v", v.Lines)
	}
}

func TestOnlyLinesInViewAreProjected(t *testing.T) {
	h := connectedHand(t)
	var v View
	h.s.Camera.Origin = Point{5000, 5000}
	Project(h.s, h.layout, &v)
	if len(v.Lines) != 0 {
		t.Errorf("%d lines out of view", len(v.Lines))
	}
}

func TestHandOnConnectors(t *testing.T) {
	h := connectedHand(t)
	h.click(350, 153, 0)
	wantsConnector("k")(h)
	h.key(0, "Delete")
	if h.board.Connector("k") != nil {
		t.Fatal("Delete left the connector")
	}
	if got := h.key(0, "Delete"); len(got) > 1 {
		t.Errorf("again: %+v", got)
	}
	h.must(Connect{[]Connector{{ID: "k", From: "a", To: "b"}}})
	h.click(350, 153, 0)
	h.click(150, 150, 0)
	h.wantSelected("a")
	if h.s.Connector() != "" {
		t.Error("a connector stays selected beside a card")
	}
	h.click(350, 153, 0)
	h.click(350, 300, 0)
	if h.s.Connector() != "" {
		t.Error("a click beside it leaves a connector selected")
	}
	got := h.on(PointerDown{At: Point{350, 148}, Button: Secondary}, PointerUp{At: Point{350, 148}, Button: Secondary})
	wantEffects(t, got, Menu{At: Point{350, 148}, Connector: "k"})
	got = h.key(0, "Enter")
	wantEffects(t, got, EditLabel{"k"})
}

func TestDotsStayWithinReach(t *testing.T) {
	h := threeCards(t)
	h.on(PointerMove{At: Point{290, 150}})
	var v View
	count := func(x, y float64) int {
		h.on(PointerMove{At: Point{x, y}})
		Project(h.s, h.layout, &v)
		return len(v.Ports)
	}
	if n := count(318, 150); n != 4 {
		t.Errorf("%d dots on a dot", n)
	}
	if n := count(340, 150); n != 0 {
		t.Errorf("%d dots away from the card", n)
	}
	if n := count(318, 150); n != 0 {
		t.Errorf("%d dots come back without the card", n)
	}
}

func TestDropBesideACardConnectsNothing(t *testing.T) {
	h := threeCards(t)
	h.on(PointerMove{At: Point{290, 150}})
	wantEffects(t, h.drag(Point{318, 150}, Point{350, 600}, 0))
	h.on(PointerMove{At: Point{290, 150}})
	wantEffects(t, h.drag(Point{318, 150}, Point{150, 150}, 0)) // its own card
	h.on(PointerMove{At: Point{290, 150}}, PointerDown{At: Point{318, 150}}, PointerMove{At: Point{450, 150}})
	var v View
	Project(h.s, h.layout, &v)
	if !v.Pulls || v.Into != "b" || v.Pull.To != (Point{396, 150}) {
		t.Errorf("over a card: %+v into %q", v.Pull, v.Into)
	}
	wantEffects(t, h.key(0, "Escape"))
	wantEffects(t, h.on(PointerUp{At: Point{450, 150}}))
}

func TestConnectPlans(t *testing.T) {
	h := connectedHand(t)
	for _, c := range []doc.Command[*Board]{
		Connect{[]Connector{{ID: "x", From: "a", To: "a"}}},    // to itself
		Connect{[]Connector{{ID: "x", From: "a", To: "gone"}}}, // to nothing
		Connect{[]Connector{{ID: "x", From: "a", To: "b"}}},    // leads there already
		Connect{[]Connector{{ID: "k", From: "b", To: "c"}}},    // the id is taken
		PointConnector{"k", HeadTo}, LabelConnector{"k", "  "}, Reattach{"k", false, "b"},
	} {
		if err := h.do(c); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if err := h.do(Reattach{"k", false, "a"}); !errors.Is(err, doc.ErrBadEdit) {
		t.Errorf("both ends at one card: %v", err)
	}
	h.must(LabelConnector{"k", " so\n far " + strings.Repeat("é", 500)})
	if l := h.board.Connector("k").Label; !strings.HasPrefix(l, "so far é") || len([]rune(l)) != MaxLabel {
		t.Errorf("label %q", l)
	}
	h.must(Reattach{"k", true, "c"})
	h.must(PointConnector{"k", HeadFrom})
	if c := h.board.Connector("k"); c.From != "c" || c.To != "b" || c.Heads != HeadFrom {
		t.Errorf("%+v", c)
	}
}

func TestStrokesPointAtTheEnds(t *testing.T) {
	line := Line{Connector: &Connector{Heads: HeadTo | HeadFrom}, From: Point{0, 0}, To: Point{100, 0}}
	strokes := line.Strokes(1, nil)
	if len(strokes) != 5 {
		t.Fatalf("%d strokes", len(strokes))
	}
	for i, s := range strokes[1:] {
		tip, side := 100.0, -1.0
		if i >= 2 {
			tip, side = 0, 1
		}
		if s[0] != (Point{tip, 0}) || math.Abs(s[1].X-tip) < 5 || (s[1].X-tip)*side < 0 {
			t.Errorf("side %d of the heads: %v", i, s)
		}
	}
	if n := len(Line{Connector: &Connector{Heads: HeadTo}}.Strokes(1, nil)); n != 1 {
		t.Errorf("a line of no length has %d strokes", n)
	}
}

func TestPaintingConnectors(t *testing.T) {
	h := newHand(t, pin("a", "text", 0, 0, 100, 60), pin("b", "text", 300, 0, 100, 60))
	h.must(Connect{[]Connector{{ID: "k", From: "a", To: "b", Colour: "no colour"}}})
	if c := h.board.Connector("k"); c.Colour != "" {
		t.Errorf("%+v", c)
	}
	h.must(PaintConnector{"k", "#D96767"})
	if c := h.board.Connector("k"); c.Colour != "#D96767" {
		t.Errorf("%+v", c)
	}
	for _, c := range []PaintConnector{{"k", "#D96767"}, {"k", "red"}, {"gone", "#D96767"}} {
		if err := h.do(c); err == nil {
			t.Errorf("%+v was done", c)
		}
	}
	h.must(PaintConnector{ID: "k"})
	if c := h.board.Connector("k"); c.Colour != "" {
		t.Errorf("%+v", c)
	}
}
