package hand

import (
	"image"
	"math"

	"corkboard/board"
	"corkboard/e2e/person"
)

var windowSteps = []step{
	{"minimap", []string{"minimap"}, func(h *hand) {
		h.away()
		h.shows("minimap", func() { h.Key("m") })
		// A click in the middle of it leads to the middle of all cards.
		h.Click(1600-12-106, person.Screen.Dy()-h.Top-12-28-8-76)
		var all board.Rect
		for _, c := range h.now().home {
			all = all.Union(c.rect())
		}
		view := h.see(h.shot("minimap-clicked")).Visible(h.viewport()).Center()
		if off := view.Sub(all.Center()); math.Abs(off.X) > 100 || math.Abs(off.Y) > 100 {
			h.T.Errorf("the view is around %v, want %v", view, all.Center())
		}
		h.Changes(func() { h.Key("m") })
	}},
	{"grid", []string{"grid"}, func(h *hand) {
		h.away()
		without := h.Still()
		with := h.ChangesFrom(without, func() { h.Key("g") })
		h.strip.add(h, "grid", with)
		if n := person.Different(with, without); n < 50000 {
			h.T.Errorf("the grid changes %d pixels", n)
		}
		h.returns("no grid", with, without, func() { h.Key("g") })
	}},
	{"help", []string{"help"}, func(h *hand) { h.opensAndCloses("help", func() { h.Key("?") }) }},
	{"menu", []string{"menu"}, func(h *hand) {
		h.choose("Note 33", "Picture 32")
		h.opensAndCloses("menu-key", func() { h.Key("Shift+F10") })
		at := h.middle("Note 33")
		h.opensAndCloses("card-menu", func() { h.RightClick(at.X, at.Y) })
		h.Key("Escape")
		h.opensAndCloses("board-menu", func() { h.RightClick(300, 500) })
	}},
	{"find", []string{"find"}, func(h *hand) {
		h.Reacts(func() { h.Key("Ctrl+f") })
		h.shows("find", func() { h.Type("note 33") })
		h.Key("Return")
		h.see(h.shot("found-card"))
		h.wantSelected("Note 33")
	}},
	{"everywhere", []string{"everywhere"}, func(h *hand) {
		for _, key := range []string{"Ctrl+k", "/"} {
			h.Reacts(func() { h.Key(key) })
			h.shows("everywhere", func() { h.Type("inside") })
			h.Key("Return")
			h.awaitTitle(insideTitle)
			h.Key("Alt+Left")
			h.awaitTitle("Home")
		}
	}},
	{"todos", []string{"todos"}, func(h *hand) { h.opensAndCloses("todos", func() { h.Key("Ctrl+Shift+o") }) }},
	{"changed", []string{"changed"}, func(h *hand) { h.opensAndCloses("changed", func() { h.Key("Ctrl+Shift+u") }) }},
	{"trash", []string{"trash"}, func(h *hand) {
		before := h.Still()
		h.Changes(func() { h.Key("Ctrl+Shift+p") })
		h.Changes(func() { h.Type("no board") })
		h.shows("trash", func() { h.Key("Return") })
		h.returns("trash", h.Still(), before, func() { h.Key("Escape") })
	}},
	{"history", []string{"history"}, func(h *hand) { h.opensAndCloses("history", func() { h.Key("Ctrl+Shift+h") }) }},
	{"commands", []string{"commands"}, func(h *hand) {
		h.shows("commands", func() { h.Key("Ctrl+Shift+p") })
		h.shows("commands-filtered", func() { h.Type("zoom out") })
		h.Key("Return")
		h.wantZoom(h.Still(), 0.8)
	}},
	{"share", []string{"share"}, func(h *hand) { h.opensAndCloses("share", func() { h.Key("Ctrl+Shift+s") }) }},
	{"people", []string{"people"}, func(h *hand) { h.opensAndCloses("people", func() { h.Key("Ctrl+Alt+p") }) }},
	{"bar", []string{"to-bar"}, func(h *hand) {
		h.away()
		without := h.Still()
		for _, key := range []string{"F6", "Ctrl+F6"} {
			with := h.ChangesFrom(without, func() { h.Key(key) })
			h.strip.add(h, "title-bar", with)
			h.returns("the board has the keys again", with, without, func() { h.Key(key) })
		}
	}},
	{"quiet", []string{"quiet"}, func(h *hand) {
		h.away()
		with := h.Still()
		picture := h.ChangesFrom(with, func() { h.Key("Ctrl+.") })
		h.strip.add(h, "quiet", picture)
		bar := image.Rect(200, 4, 1000, h.Top-4)
		if person.Pixels(picture, bar, picture.RGBAAt(4, 996)) == 0 {
			h.T.Error("the title bar is still there")
		}
		back := h.ChangesFrom(picture, func() { h.Key("Escape") })
		h.alike("the title bar is back", barOf(back, h.Top), barOf(with, h.Top))
	}},
	{"clipboard", []string{"copy", "cut", "paste", "paste-plain"}, clipboard},
}

// opensAndCloses tries what shows something over the board until Escape.
func (h *hand) opensAndCloses(name string, do func()) {
	h.T.Helper()
	before := h.Still()
	open := h.ChangesFrom(before, do)
	h.strip.add(h, name, open)
	h.returns(name, open, before, func() { h.Key("Escape") })
}

// barOf is the title bar in a picture of the window.
func barOf(picture *image.RGBA, top int) *image.RGBA {
	bar := image.NewRGBA(image.Rect(0, 0, picture.Rect.Dx(), top))
	copy(bar.Pix, picture.Pix)
	return bar
}
