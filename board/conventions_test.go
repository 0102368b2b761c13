package board

import (
	"fmt"
	"math"
	"testing"
)

// scenario is how a row of the sheet is tried: by hand and with each of its
// chords, after some preparation, with the same result.
type scenario struct {
	before func(h *hand)
	hand   func(h *hand) []Effect
	want   []Effect
	after  func(h *hand)
}

// scenarioBoard has two texts and a picture side by side and a board below; a
// and b are selected, the pointer is at 500,700.
func scenarioBoard(t *testing.T) *hand {
	h := newHand(t, pin("a", "text", 100, 100, 200, 100), pin("b", "text", 340, 130, 200, 100), pin("p", "image", 700, 180, 200, 100), pin("c", "board", 100, 400, 200, 200))
	h.s.Select("a", "b")
	h.on(PointerMove{At: Point{503, 698}})
	return h
}

var (
	ab        = []CardID{"a", "b"}
	selectsA  = func(h *hand) { h.s.Select("a") }
	selects3  = func(h *hand) { h.s.Select("a", "b", "p") }
	connected = func(h *hand) {
		h.must(Connect{[]Connector{{ID: "k", From: "a", To: "b", Heads: HeadTo}}})
		h.s.Select("a")
		h.on(PointerMove{At: Point{503, 698}})
	}
	chosen  = func(h *hand) { connected(h); h.s.SelectConnector("k") }
	grouped = func(h *hand) { h.must(GroupCards{ab, "g"}); h.s.Select() }
)

func (h *hand) wantCamera(want Camera) {
	h.t.Helper()
	h.glide()
	if c := h.s.Camera; !near(c.Origin, want.Origin, 1e-6) || math.Abs(c.Zoom-want.Zoom) > 1e-9 {
		h.t.Errorf("camera %+v, want %+v", c, want)
	}
}

func wantsCamera(want Camera) func(h *hand) { return func(h *hand) { h.wantCamera(want) } }

func wantsSelected(ids ...CardID) func(h *hand) { return func(h *hand) { h.wantSelected(ids...) } }

func wantsConnector(id ConnectorID) func(h *hand) {
	return func(h *hand) {
		if got := h.s.Connector(); got != id {
			h.t.Errorf("connector %q is selected, want %q", got, id)
		}
		h.wantSelected()
	}
}

func wantsPen(want Pen) func(h *hand) {
	return func(h *hand) {
		if h.s.Pen != want || !h.s.Drawing {
			h.t.Errorf("the pen is %+v, want %+v", h.s.Pen, want)
		}
	}
}

func moves(gesture int, x, y float64) []Effect {
	return []Effect{Do{MoveCards{ab, Point{x, y}, fmt.Sprintf("test/nudge/%d", gesture)}}}
}

// sizes is a step that gives a and b the same size, from their left top corners.
func sizes(to Size) []Effect {
	return []Effect{Do{ResizeCards{
		Frames:  []Frame{{ID: "a", Rect: Rect{100, 100, to.W, to.H}}, {ID: "b", Rect: Rect{340, 130, to.W, to.H}}},
		Gesture: "test/resize/1",
	}}}
}

func places(label string, at ...Placement) []Effect {
	return []Effect{Do{PlaceCards{Places: at, Label: label}}}
}

// inColumn has a in the column k, which ends where nothing else is.
func inColumn(h *hand) {
	h.must(AddCards{Cards: []Pin{pin("k", KindColumn, 600, 500, 240, 0)}})
	h.must(FillColumn{IDs: []CardID{"a"}, Slot: Slot{Column: "k"}})
	h.s.Select("a")
}

var zoomPoint = Point{503, 698}

var scenarios = map[string]scenario{
	"pan":             {hand: func(h *hand) []Effect { return h.on(Wheel{DX: 5, DY: -30}) }, after: wantsCamera(Camera{Point{-5, 30}, 1})},
	"pan-sideways":    {hand: func(h *hand) []Effect { return h.on(Wheel{DY: -30, Mods: Shift}) }, after: wantsCamera(Camera{Point{30, 0}, 1})},
	"zoom-at-pointer": {hand: func(h *hand) []Effect { return h.on(Pinch{At: zoomPoint, Factor: 2}) }, after: wantsCamera(Camera{Zoom: 1}.ZoomAt(zoomPoint, 2))},
	"scroll-card": {
		before: func(h *hand) { h.s.Select("a"); h.s.Scrolls = func(*Card) bool { return true } },
		hand:   func(h *hand) []Effect { return h.on(Wheel{At: Point{150, 150}, DY: -30}) }, want: []Effect{Scroll{"a", 30}},
	},
	"zoom-in":       {after: wantsCamera(Camera{Zoom: 1}.ZoomAt(zoomPoint, 1.25))},
	"zoom-out":      {after: wantsCamera(Camera{Zoom: 1}.ZoomAt(zoomPoint, .8))},
	"zoom-100":      {before: func(h *hand) { h.s.Camera.Zoom = 2 }, after: wantsCamera(Camera{Zoom: 2}.ZoomAt(zoomPoint, .5))},
	"fit-all":       {after: func(h *hand) { h.wantCamera(Fit(h.layout.Bounds(), h.s.Viewport, 1)) }},
	"fit-selection": {before: selectsA, after: wantsCamera(Fit(Rect{100, 100, 200, 100}, Size{1000, 800}, 1))},
	"back":          {want: []Effect{Back{}}},
	"forward":       {want: []Effect{Forward{}}},

	"select": {before: grouped, hand: func(h *hand) []Effect { return h.click(150, 150, 0) }, want: []Effect{Tap{"a", Point{50, 50}}}, after: wantsSelected("a", "b")},
	"select-add": {hand: func(h *hand) []Effect { return append(h.click(750, 200, Shift), h.click(150, 150, Shift)...) },
		after: wantsSelected("b", "p")},
	"select-inside": {before: grouped, hand: func(h *hand) []Effect { return h.click(150, 150, Mod) }, after: wantsSelected("a")},
	"select-area":   {hand: func(h *hand) []Effect { return h.drag(Point{690, 90}, Point{950, 250}, Shift) }, after: wantsSelected("a", "b", "p")},
	"select-all":    {after: wantsSelected("a", "b", "c", "p")},
	"escape":        {after: wantsSelected()},
	"next-card":     {before: selectsA, after: wantsSelected("b")},
	"previous-card": {after: wantsSelected("a")},
	"keep": {before: selectsA, after: func(h *hand) {
		h.key(0, "Tab")
		h.wantSelected("a", "b")
	}},
	"nearest-left":  {after: wantsSelected("a")},
	"nearest-right": {after: wantsSelected("p")},
	"nearest-up":    {before: func(h *hand) { h.s.Select("c") }, after: wantsSelected("a")},
	"nearest-down":  {before: selectsA, after: wantsSelected("c")},

	"select-connector": {before: connected, hand: func(h *hand) []Effect { return h.click(320, 165, 0) }, after: wantsConnector("k")},
	"next-connector":   {before: connected, after: wantsConnector("k")},
	"connect": {before: func(h *hand) { h.s.Select("a", "p") }, hand: func(h *hand) []Effect {
		h.on(PointerMove{At: Point{150, 150}})
		return h.drag(Point{300 + portAway, 150}, Point{750, 200}, 0)
	}, want: []Effect{Do{Connect{[]Connector{{ID: "test-1", From: "a", To: "p", Heads: HeadTo}}}}}},
	"reconnect": {before: chosen, hand: func(h *hand) []Effect {
		line, _ := h.layout.Line("k")
		return h.drag(line.To, Point{750, 200}, 0)
	}, want: []Effect{Do{Reattach{ID: "k", Card: "p"}}}, after: wantsConnector("k")},
	"label": {before: connected, hand: func(h *hand) []Effect { return h.doubleClick(320, 165) }, want: []Effect{EditLabel{"k"}}},
	"heads": {before: chosen, want: []Effect{Do{PointConnector{"k", HeadTo | HeadFrom}}}},

	"new-text":   {hand: func(h *hand) []Effect { return h.doubleClick(503, 698) }, want: []Effect{NewCard{Kind: "text", At: Point{500, 700}}}},
	"new-todo":   {want: []Effect{NewCard{Kind: "todo", At: Point{500, 700}}}},
	"new-thread": {want: []Effect{NewCard{Kind: "thread", At: Point{500, 700}}}},
	"pen": {after: func(h *hand) {
		if !h.s.Drawing {
			h.t.Error("no pen is in the hand")
		}
	}},
	"pen-colour": {after: wantsPen(Pen{PenColours[1], PenWidths[0]})},
	"pen-width":  {after: wantsPen(Pen{"", PenWidths[1]})},
	"stroke": {before: func(h *hand) { h.perform("pen") }, hand: func(h *hand) []Effect { return h.drag(Point{150, 150}, Point{250, 150}, 0) },
		want: []Effect{NewInk{At: Point{145, 140}, Size: Size{110, 21}, Points: []Point{{5, 10}, {105, 10}}, Pen: Pen{Width: 3}, On: "a"}}},
	"new-frame":  {want: []Effect{NewCard{Kind: "frame", At: Point{60, 24}, Size: Size{520, 246}}}},
	"new-column": {want: []Effect{NewCard{Kind: "column", At: Point{100, 100}, Takes: ab}}},
	"into-column": {before: inColumn, hand: func(h *hand) []Effect { return h.drag(Point{750, 200}, Point{620, 520}, 0) },
		want: []Effect{Do{FillColumn{IDs: []CardID{"p"}, Slot: Slot{Column: "k", Before: "a"}, Places: []Placement{{"p", Point{610, 544}}}}}}},
	"out-of-column": {before: inColumn, hand: func(h *hand) []Effect { return h.drag(Point{620, 570}, Point{320, 670}, 0) },
		after: func(h *hand) {
			if r, _ := h.layout.Rect("a"); h.board.Card("a").In != "" || r.W != 200 || len(h.layout.Members("k")) > 0 {
				h.t.Errorf("%+v at %v", h.board.Card("a"), r)
			}
		}},
	"new-board": {want: []Effect{NewCard{Kind: "board", At: Point{500, 700}}}},
	"edit": {before: selectsA, hand: func(h *hand) []Effect { return h.doubleClick(150, 150) },
		after: func(h *hand) {
			if h.s.Editing != "a" {
				h.t.Errorf("editing %q", h.s.Editing)
			}
		}},
	"rename": {before: selectsA, want: []Effect{EditTitle{"a"}}},
	"open":   {before: func(h *hand) { h.s.Select("p") }, hand: func(h *hand) []Effect { return h.doubleClick(750, 200) }, want: []Effect{OpenCard{"p"}}},

	"move":         {before: selectsA, hand: func(h *hand) []Effect { return h.drag(Point{150, 150}, Point{150, 650}, 0) }, want: []Effect{Do{MoveCards{IDs: []CardID{"a"}, By: Point{0, 500}}}}},
	"resize":       {before: selectsA, hand: func(h *hand) []Effect { return h.drag(Point{200, 200}, Point{200, 320}, 0) }, want: []Effect{Do{ResizeCards{Frames: []Frame{{ID: "a", Rect: Rect{100, 100, 200, 220}}}}}}},
	"natural-size": {hand: func(h *hand) []Effect { return h.doubleClick(540, 230) }, want: []Effect{Do{FreeSize{ab}}}},
	"drop-into": {before: selectsA, hand: func(h *hand) []Effect { return h.drag(Point{150, 150}, Point{150, 450}, 0) },
		want: []Effect{DropInto{Cards: []CardID{"a"}, Board: "c"}}},
	"hover-open": {before: selectsA, hand: func(h *hand) []Effect {
		return h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{150, 450}}, Tick{1000}, Tick{1600})
	}, want: []Effect{HoverOpen{Board: "c", Cards: []CardID{"a"}, At: Point{150, 450}}}},
	"drop-elsewhere": {before: func(h *hand) { h.s.Select("a"); h.s.Elsewhere = func(at Point) bool { return at.Y < 0 } },
		hand: func(h *hand) []Effect { return h.drag(Point{150, 150}, Point{150, -10}, 0) },
		want: []Effect{DropElsewhere{Cards: []CardID{"a"}, At: Point{150, -10}}}},
	"nudge-left":      {want: moves(1, -20, 0)},
	"nudge-right":     {want: moves(1, 20, 0)},
	"nudge-up":        {want: moves(1, 0, -20)},
	"nudge-down":      {want: moves(1, 0, 20)},
	"nudge-far-left":  {want: moves(1, -200, 0)},
	"nudge-far-right": {want: moves(1, 200, 0)},
	"nudge-far-up":    {want: moves(1, 0, -200)},
	"nudge-far-down":  {want: moves(1, 0, 200)},
	"wider":           {want: sizes(Size{220, 100})},
	"narrower":        {want: sizes(Size{180, 100})},
	"higher":          {want: sizes(Size{200, 120})},
	"less-high":       {want: sizes(Size{200, 80})},
	"raise":           {want: []Effect{Do{Restack{IDs: ab, To: OneUp}}}},
	"lower":           {want: []Effect{Do{Restack{IDs: ab, To: OneDown}}}},
	"to-front":        {want: []Effect{Do{Restack{IDs: ab, To: ToFront}}}},
	"to-back":         {want: []Effect{Do{Restack{IDs: ab, To: ToBack}}}},
	"group":           {want: []Effect{Do{GroupCards{ab, "test-1"}}}},
	"ungroup":         {before: func(h *hand) { h.must(GroupCards{ab, "g"}) }, want: []Effect{Do{UngroupCards{ab}}}, after: func(h *hand) { h.wantGroup("a", "") }},
	"lock":            {want: []Effect{Do{LockCards{ab, true}}}},

	"align-left":        {want: places("Align 2 cards", Placement{"a", Point{100, 100}}, Placement{"b", Point{100, 130}})},
	"align-right":       {want: places("Align 2 cards", Placement{"a", Point{340, 100}}, Placement{"b", Point{340, 130}})},
	"align-top":         {want: places("Align 2 cards", Placement{"a", Point{100, 100}}, Placement{"b", Point{340, 100}})},
	"align-bottom":      {want: places("Align 2 cards", Placement{"a", Point{100, 130}}, Placement{"b", Point{340, 130}})},
	"align-center":      {want: places("Align 2 cards", Placement{"a", Point{220, 100}}, Placement{"b", Point{220, 130}})},
	"align-middle":      {want: places("Align 2 cards", Placement{"a", Point{100, 115}}, Placement{"b", Point{340, 115}})},
	"distribute-across": {before: selects3, want: places("Distribute 3 cards", Placement{"a", Point{100, 100}}, Placement{"b", Point{400, 130}}, Placement{"p", Point{700, 180}})},
	"distribute-down":   {before: selects3, want: places("Distribute 3 cards", Placement{"a", Point{100, 100}}, Placement{"b", Point{340, 140}}, Placement{"p", Point{700, 180}})},
	"tidy":              {before: selects3, want: places("Tidy up 3 cards", Placement{"a", Point{100, 100}}, Placement{"b", Point{320, 100}}, Placement{"p", Point{540, 100}})},

	"undo":        {want: []Effect{Undo{}}},
	"redo":        {want: []Effect{Redo{}}},
	"remove":      {want: []Effect{Do{RemoveCards{IDs: ab}}}},
	"duplicate":   {hand: func(h *hand) []Effect { return h.drag(Point{150, 150}, Point{190, 190}, Alt) }, want: []Effect{Duplicate{IDs: ab, By: Point{40, 40}}}},
	"copy":        {want: []Effect{Copy{ab}}},
	"cut":         {want: []Effect{Cut{ab}}},
	"paste":       {want: []Effect{Paste{At: Point{500, 700}}}},
	"comment":     {before: selectsA, want: []Effect{Comments{"a"}}},
	"paste-plain": {want: []Effect{Paste{At: Point{500, 700}, Plain: true}}},
	"menu": {before: selectsA, hand: func(h *hand) []Effect {
		return h.on(PointerDown{At: Point{200, 150}, Button: Secondary}, PointerUp{At: Point{200, 150}, Button: Secondary})
	}, want: []Effect{Menu{At: Point{200, 150}, Card: "a"}}},

	"find":       {want: []Effect{Find{}}},
	"everywhere": {want: []Effect{Everywhere{}}},
	"todos":      {want: []Effect{Todos{}}},
	"trash":      {want: []Effect{Trash{}}},
	"changed":    {want: []Effect{Changed{}}},
	"commands":   {want: []Effect{Commands{}}},
	"share":      {want: []Effect{Share{}}},
	"history":    {want: []Effect{History{}}},
	"people":     {want: []Effect{People{}}},
	"help":       {want: []Effect{Help{}}},
	"minimap":    {want: []Effect{Toggle{"minimap"}}},
	"grid":       {want: []Effect{Toggle{"grid"}}},
	"quiet":      {want: []Effect{Toggle{"quiet"}}},
	"to-bar":     {want: []Effect{ToBar{}}},
}

// try runs one way to do a row.
func (sc scenario) try(t *testing.T, way string, do func(h *hand) []Effect) {
	t.Run(way, func(t *testing.T) {
		h := scenarioBoard(t)
		h.s.Guides = false
		if sc.before != nil {
			sc.before(h)
		}
		got := do(h)
		if sc.want != nil {
			wantEffects(t, lastOf(got, len(sc.want)), sc.want...)
		}
		if sc.after != nil {
			sc.after(h)
		}
	})
}

// lastOf leaves out what led there: the first click of a double-click is a Tap.
func lastOf(effects []Effect, n int) []Effect { return effects[max(0, len(effects)-n):] }

func TestEveryConventionHappens(t *testing.T) {
	for _, row := range Conventions {
		sc, ok := scenarios[row.ID]
		switch {
		case !ok || sc.want == nil && sc.after == nil:
			t.Errorf("%s: nothing tries it", row.ID)
			continue
		case (sc.hand == nil) != (row.Hand == ""):
			t.Errorf("%s: a hand without a scenario, or a scenario without a hand", row.ID)
		}
		if sc.hand != nil {
			sc.try(t, row.ID+" by hand", sc.hand)
		}
		for _, c := range row.Chords {
			sc.try(t, row.ID+" "+c.String(), func(h *hand) []Effect { return h.key(c.Mods, c.Name) })
		}
		if row.do != nil {
			sc.try(t, row.ID+" from a menu", func(h *hand) []Effect { return h.perform(row.ID) })
		}
	}
	if len(scenarios) != len(Conventions) {
		t.Errorf("%d scenarios for %d rows", len(scenarios), len(Conventions))
	}
}

func TestPerformIsForRowsThatDo(t *testing.T) {
	h := threeCards(t)
	h.s.Select("a")
	for _, id := range []string{"pan", "no-such-row", ""} {
		wantEffects(t, h.perform(id))
	}
	h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{250, 180}})
	wantEffects(t, h.perform("remove")) // a drag goes on
	h.key(0, "Escape")
	h.on(PointerUp{At: Point{250, 180}})
	h.doubleClick(150, 150)
	wantEffects(t, h.perform("copy"), StopEdit{"a"}, Copy{[]CardID{"a"}})
}
