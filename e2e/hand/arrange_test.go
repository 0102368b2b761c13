package hand

import (
	"image"
	"slices"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/e2e/person"
	"corkboard/e2e/x11"
)

var arrangeSteps = []step{
	{"guides", []string{"move"}, func(h *hand) {
		picture, note := h.card("Picture 24"), h.card("Note 33")
		// The middles are in line 10 units from the grid: only a guide leads there.
		to := board.Point{X: note.X + (note.W-picture.W)/2, Y: 860}
		way := to.Sub(picture.rect().Min())
		from := h.middle("Picture 24")
		h.gesture("snapping to the middle", moved(way.X, way.Y, "Picture 24"), func() {
			h.Press(x11.Left, from, from.Add(pixels(way.X-2, way.Y+3)))
			between := h.on(board.Point{X: note.X + note.W/2, Y: 830})
			line := image.Rect(between.X-2, between.Y+h.Top-2, between.X+3, between.Y+h.Top+3)
			h.Until("a guide is drawn", func() bool { return accented(h.Look(), line) })
			h.shot("guides")
			h.Release(x11.Left)
		})
	}},
	{"free", []string{"move"}, func(h *hand) {
		from := h.middle("Picture 24")
		h.gesture("Mod lets go of the grid", moved(10, 30, "Picture 24"), func() {
			h.Press(x11.Left, from)
			h.Holding(func() {
				h.Pull(from, from.Add(pixels(10, 30)))
				h.Release(x11.Left)
			}, "Ctrl")
		})
		from = h.middle("Note 20")
		h.gesture("Shift keeps the axis", moved(0, 40, "Note 20"), func() {
			h.Press(x11.Left, from)
			h.Holding(func() {
				h.Pull(from, from.Add(pixels(13, 40)))
				h.Release(x11.Left)
			}, "Shift")
		})
		h.gesture("and back", moved(0, -40, "Note 20"), func() {
			h.Drag(from.Add(pixels(0, 40)), from)
		})
	}},
	{"put-back", []string{"escape"}, func(h *hand) {
		from := h.middle("Picture 32")
		h.leaves("a drag that was put back", func() {
			h.Press(x11.Left, from, from.Add(pixels(-200, 240)))
			h.Key("Escape")
			h.Release(x11.Left)
		})
	}},
	{"duplicate", []string{"duplicate"}, duplicates},
	{"nudge", []string{
		"nudge-left", "nudge-right", "nudge-up", "nudge-down",
		"nudge-far-left", "nudge-far-right", "nudge-far-up", "nudge-far-down",
	}, nudges},
	{"align", []string{"align-left", "align-right", "align-top", "align-bottom", "align-center", "align-middle"}, aligns},
	{"distribute", []string{"distribute-across", "distribute-down", "tidy"}, distributes},
	{"resize", []string{"resize", "natural-size"}, resizes},
	{"resize-by-keys", []string{"wider", "narrower", "higher", "less-high"}, resizesByKeys},
	{"order", []string{"raise", "lower", "to-front", "to-back"}, orders},
}

// pixels is a way on the screen; the zoom is 1 on the stage.
func pixels(x, y float64) image.Point { return image.Pt(int(x), int(y)) }

// duplicates makes three doubles of a note, each as far from the one before.
func duplicates(h *hand) {
	const dx, dy = -200, 160
	note := h.card("Note 35")
	from := h.middle("Note 35")
	h.gesture("Alt+drag", doubled(note, dx, dy), func() {
		h.Holding(func() { h.Drag(from, from.Add(pixels(dx, dy))) }, "Alt")
	})
	for i := range 2 {
		k := float64(i + 2)
		h.gesture("Ctrl+D", doubled(note, k*dx, k*dy), func() { h.Key("Ctrl+d") })
	}
	for _, s := range [][2]state{{h.states[len(h.states)-4], h.states[len(h.states)-3]},
		{h.states[len(h.states)-3], h.states[len(h.states)-2]}, {h.states[len(h.states)-2], h.now()}} {
		h.made = append(h.made, added(s[0].home, s[1].home)...)
	}
	h.wantSelected(h.made[2])
	h.shot("duplicates")
}

// doubled wants one more card, some way from another.
func doubled(of card, dx, dy float64) wants {
	return func(was, now state) verdict {
		if v := more(1, cards.KindText)(was, now); v != "" {
			return v
		}
		c, _ := find(now.home, added(was.home, now.home)[0])
		want := of.rect().Move(board.Point{X: dx, Y: dy})
		if c.rect() != want || c.Link == of.Link {
			return wrong("the double is %v of %s, want %v of another document", c.rect(), c.Link, want)
		}
		return ""
	}
}

func nudges(h *hand) {
	for _, n := range []struct {
		key  string
		x, y float64
	}{
		{"Right", 20, 0}, {"Down", 0, 20}, {"Left", -20, 0}, {"Up", 0, -20},
		{"Shift+Left", -200, 0}, {"Shift+Up", 0, -200}, {"Shift+Down", 0, 200}, {"Shift+Right", 200, 0},
	} {
		h.choose(h.made[1])
		h.gesture(n.key, moved(n.x, n.y, h.made[1]), func() { h.Key(n.key) })
	}
	h.choose(h.made[1])
	h.gesture("nudges are one step", moved(60, -40, h.made[1]), func() {
		for _, key := range []string{"Right", "Right", "Up", "Up", "Right"} {
			h.Key(key)
		}
	})
}

// aligns brings pairs of cards in line, that lie side by side or above each
// other.
func aligns(h *hand) {
	x := func(c card) float64 { return c.X }
	y := func(c card) float64 { return c.Y }
	for _, a := range []struct {
		how, one, other string
		do              func()
		of              func(c card) float64
	}{
		{"left", "Note 20", "Note 30", func() { h.Key("Ctrl+Shift+Left") }, x},
		{"right", "List 21", "List 31", func() { h.Key("Ctrl+Shift+Right") }, func(c card) float64 { return c.X + c.W }},
		{"centres", "Note 23", "Note 33", func() { h.command("Align centres") }, func(c card) float64 { return c.X + c.W/2 }},
		{"top", "Note 20", "List 21", func() { h.Key("Ctrl+Shift+Up") }, y},
		{"bottom", "Note 30", "List 31", func() { h.Key("Ctrl+Shift+Down") }, func(c card) float64 { return c.Y + c.H }},
		{"middles", "Picture 32", "Note 33", func() { h.command("Align middles") }, func(c card) float64 { return c.Y + c.H/2 }},
	} {
		h.choose(a.one, a.other)
		ends := []float64{a.of(h.card(a.one)), a.of(h.card(a.other))}
		h.gesture("align "+a.how, func(_, now state) verdict {
			one, _ := find(now.home, a.one)
			other, _ := find(now.home, a.other)
			if at := a.of(one); at != a.of(other) || at < slices.Min(ends) || at > slices.Max(ends) {
				return wrong("they are at %v and %v, and were at %v", at, a.of(other), ends)
			}
			return ""
		}, a.do)
	}
	h.shot("aligned")
}

// distributes makes gaps of the doubles equal, and a neat grid of them.
func distributes(h *hand) {
	for _, d := range []struct {
		words string
		of    func(c card) (from, length float64)
	}{
		{"Distribute horizontally", func(c card) (float64, float64) { return c.X, c.W }},
		{"Distribute vertically", func(c card) (float64, float64) { return c.Y, c.H }},
	} {
		h.choose(h.made...)
		h.gesture(d.words, func(_, now state) verdict {
			var at []float64
			length := 0.0
			for _, id := range h.made {
				c, _ := find(now.home, id)
				from, l := d.of(c)
				at, length = append(at, from), l
			}
			slices.Sort(at)
			if a, b := at[1]-at[0]-length, at[2]-at[1]-length; a != b {
				return wrong("the gaps are %v and %v", a, b)
			}
			return ""
		}, func() { h.command(d.words) })
	}
	h.shot("distributed")
	h.choose(h.made...)
	h.gesture("tidy", tidied(h.made), func() { h.command("Tidy up") })
	h.shot("tidied")
}

// tidied wants cards of one size to lie in rows and columns 20 apart, and
// where they were.
func tidied(ids []string) wants {
	return func(was, now state) verdict {
		corner := func(s state) board.Point {
			var all board.Rect
			for _, id := range ids {
				c, _ := find(s.home, id)
				all = all.Union(c.rect())
			}
			return all.Min()
		}
		at := corner(now)
		if at != corner(was) {
			return wrong("the corner went from %v to %v", corner(was), at)
		}
		places := map[board.Point]bool{}
		for _, id := range ids {
			c, _ := find(now.home, id)
			column, row := (c.X-at.X)/(c.W+board.Grid), (c.Y-at.Y)/(c.H+board.Grid)
			if column != float64(int(column)) || row != float64(int(row)) {
				return wrong("a card is in column %v of row %v", column, row)
			}
			places[c.rect().Min()] = true
		}
		if len(places) != len(ids) {
			return wrong("%d cards lie in %d places", len(ids), len(places))
		}
		return ""
	}
}

func resizes(h *hand) {
	id := h.made[0]
	pull := func(what string, want board.Rect, by image.Point, keys ...string) {
		h.T.Helper()
		corner := h.corner(id)
		h.gesture(what, framed(id, want), func() {
			h.Press(x11.Left, corner)
			h.Holding(func() {
				h.Pull(corner, corner.Add(by))
				if len(keys) == 0 {
					h.stays(h.shot("resizing"))
				}
				h.Release(x11.Left)
			}, keys...)
		})
	}
	h.choose(id)
	r := h.card(id).rect()
	pull("a corner", board.Rect{X: r.X, Y: r.Y, W: r.W + 40, H: r.H + 60}, image.Pt(40, 60))
	r = h.card(id).rect()
	pull("Alt keeps the middle", board.Rect{X: r.X - 20, Y: r.Y - 20, W: r.W + 40, H: r.H + 40}, image.Pt(20, 20), "Alt")
	corner := h.corner(id)
	h.gesture("natural size", framed(id, board.Rect{X: r.X - 20, Y: r.Y - 20}), func() { h.DoubleClick(corner.X, corner.Y) })
	h.shot("natural")

	id = h.card("Picture 32").ID
	h.choose(id)
	r = h.card(id).rect()
	pull("a picture keeps its ratio", board.Rect{X: r.X, Y: r.Y, W: r.W + 80, H: r.H + 60}, image.Pt(80, 3))
}

func resizesByKeys(h *hand) {
	for _, s := range []struct {
		key, card string // another card each time: steps on one card that follow each other are one gesture
		w, h      float64
	}{
		{"Alt+Shift+Right", "Note 33", 20, 0}, {"Alt+Shift+Left", "Note 30", -20, 0},
		{"Alt+Shift+Down", "Note 33", 0, 20}, {"Alt+Shift+Up", "Note 30", 0, -20},
	} {
		id, r := h.card(s.card).ID, h.card(s.card).rect()
		h.choose(id)
		h.gesture(s.key, framed(id, board.Rect{X: r.X, Y: r.Y, W: r.W + s.w, H: r.H + s.h}), func() { h.Key(s.key) })
	}
	h.choose(h.card("Note 33").ID)
	h.shot("resized-by-keys")
	r := h.card("Note 33").rect()
	h.gesture("resizing by keys is one step", framed(h.card("Note 33").ID, board.Rect{X: r.X, Y: r.Y, W: r.W + 40, H: r.H - 20}), func() {
		for _, key := range []string{"Alt+Shift+Right", "Alt+Shift+Up", "Alt+Shift+Right"} {
			h.Key(key)
		}
	})
}

// stays wants the window to go on looking as in a picture while the hand rests.
func (h *hand) stays(as *image.RGBA) {
	h.T.Helper()
	const looks, caret = 12, 200
	for range looks {
		now := h.Look()
		if n := person.Different(now, as); n > caret {
			h.Save("wrong-flicker", now)
			h.T.Errorf("%d pixels change while the hand rests", n)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// orders makes two doubles that cover each other and changes which is above.
func orders(h *hand) {
	under := h.card("Note 23")
	h.choose(under.ID)
	ids := []string{under.ID}
	for range 2 {
		h.gesture("a double above", more(1, cards.KindText), func() { h.Key("Ctrl+d") })
		ids = append(ids, added(h.states[len(h.states)-2].home, h.now().home)...)
	}
	h.wantSelected(ids[2])
	for _, o := range []struct {
		key   string
		holds func(top, middle, bottom string, all []string) bool
	}{
		{"Ctrl+[", func(top, middle, bottom string, _ []string) bool { return top < middle && top > bottom }},
		{"Ctrl+]", func(top, middle, _ string, _ []string) bool { return top > middle }},
		{"Ctrl+Shift+[", func(top, _, _ string, all []string) bool { return top == slices.Min(all) }},
		{"Ctrl+Shift+]", func(top, _, _ string, all []string) bool { return top == slices.Max(all) }},
	} {
		h.gesture(o.key, func(_, now state) verdict {
			var z, all []string
			for _, id := range ids {
				c, _ := find(now.home, id)
				z = append(z, c.Z)
			}
			for _, c := range now.home {
				all = append(all, c.Z)
			}
			if !o.holds(z[2], z[1], z[0], all) {
				return wrong("from below they are %q", z)
			}
			return ""
		}, func() { h.Key(o.key) })
	}
	h.shot("order")
}
