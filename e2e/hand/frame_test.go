package hand

import (
	"corkboard/board"
	"corkboard/cards"
	"corkboard/e2e/x11"
)

var frameSteps = []step{
	{"frame", []string{"new-frame", "move"}, func(h *hand) {
		h.choose("Note 20", "Note 30")
		h.edits("F", more(1, cards.KindFrame), func() { h.Changes(func() { h.Key("f") }) }, false)
		h.edits("its title", titled(cards.KindFrame, "Ideas"), func() { h.Type("Ideas\n") }, true)
		h.Key("Escape")
		h.away()
		h.shot("framed")
		drag := func(what string, by float64) {
			frame := h.card("Ideas")
			from := h.on(board.Point{X: frame.X + frame.W/2, Y: frame.Y + board.FrameTitle/2})
			h.gesture(what, moved(0, by, "Ideas", "Note 20", "Note 30"), func() {
				h.Press(x11.Left, from)
				h.Holding(func() {
					h.Pull(from, from.Add(pixels(0, by)))
					h.Release(x11.Left)
				}, "Ctrl")
			})
		}
		drag("a frame takes its cards along", 40)
		h.shot("frame-moved")
		drag("and back", -40)
		frame := h.card("Ideas")
		h.Key("Escape")
		empty := h.on(board.Point{X: frame.X + frame.W - 25, Y: frame.Y + frame.H - 25})
		h.Click(empty.X, empty.Y)
		h.wantSelected()
		title := h.on(board.Point{X: frame.X + 40, Y: frame.Y + board.FrameTitle/2})
		h.Click(title.X, title.Y)
		h.wantSelected("Ideas")
		h.gesture("Delete", gone(1), func() { h.Key("Delete") })
	}},
}

// titled wants one card of a kind on Home to have another title, this one.
func titled(kind, title string) wants {
	return func(was, now state) verdict {
		var other []string
		for _, c := range now.home {
			if before, _ := find(was.home, c.ID); c.Kind == kind && c.Title != before.Title {
				other = append(other, c.Title)
			}
		}
		if len(other) != 1 || other[0] != title {
			return wrong("cards are called %q now, want one %q", other, title)
		}
		return ""
	}
}
