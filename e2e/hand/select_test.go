package hand

import (
	"image"

	"corkboard/board"
	"corkboard/e2e/person"
	"corkboard/e2e/x11"
)

var selectSteps = []step{
	{"select", []string{"select", "select-add", "select-inside"}, func(h *hand) {
		h.clickOn("Note 20")
		h.wantSelected("Note 20")
		h.Holding(func() { h.clickOn("List 21") }, "Shift")
		h.wantSelected("Note 20", "List 21")
		h.Holding(func() { h.clickOn("Note 23") }, "Ctrl")
		h.wantSelected("Note 20", "List 21", "Note 23")
		h.shot("added")
		h.Holding(func() { h.clickOn("Note 20") }, "Ctrl")
		h.wantSelected("List 21", "Note 23")
		h.Holding(func() { h.clickOn("List 21") }, "Shift")
		h.wantSelected("Note 23")
	}},
	{"marquee", []string{"select-area", "escape"}, func(h *hand) {
		from, to := h.on(board.Point{X: 30, Y: 440}), h.on(board.Point{X: 520, Y: 600})
		h.Press(x11.Left, from, to)
		h.wantSelected("Note 20", "List 21")
		h.Pull(to, h.on(board.Point{X: 520, Y: 820}))
		h.wantSelected("Note 20", "List 21", "Note 30", "List 31")
		h.shot("marquee")
		h.Release(x11.Left)
		h.wantSelected("Note 20", "List 21", "Note 30", "List 31")

		from, to = h.on(board.Point{X: 790, Y: 640}), h.on(board.Point{X: 990, Y: 860})
		h.Holding(func() { h.Drag(from, to) }, "Shift")
		h.wantSelected("Note 20", "List 21", "Note 30", "List 31", "Note 33")
		h.shot("marquee-added")
		h.Key("Escape")
		h.wantSelected()
	}},
	{"select-all", []string{"select-all"}, func(h *hand) {
		h.away()
		h.Key("Ctrl+a")
		h.shot("all")
		h.wantSelected(h.inView()...)
		h.Key("Escape")
		h.wantSelected()
	}},
	{"keep", []string{"keep"}, func(h *hand) {
		for _, key := range []string{"Insert", "Ctrl+Shift+Return"} {
			h.choose("Note 20")
			h.Key(key)
			h.Key("Tab")
			h.Key("Tab")
			h.wantSelected("Note 20", "Picture 22")
		}
		h.shot("kept")
		h.Key("Escape")
		h.wantSelected()
	}},
	{"walk", []string{"next-card", "previous-card", "nearest-left", "nearest-right", "nearest-up", "nearest-down"}, func(h *hand) {
		h.choose("Note 20")
		for _, c := range []struct{ key, want string }{
			{"Tab", "List 21"}, {"Tab", "Picture 22"}, {"Shift+Tab", "List 21"},
			{"Ctrl+Right", "Picture 22"}, {"Ctrl+Down", "Picture 32"}, {"Ctrl+Left", "List 31"}, {"Ctrl+Up", "List 21"},
		} {
			h.Key(c.key)
			h.wantSelected(c.want)
		}
		h.shot("walked")
	}},
}

// inView are the cards of which all sides are in the window.
func (h *hand) inView() []string {
	window := image.Rect(0, 0, person.Screen.Dx(), person.Screen.Dy()-h.Top)
	var out []string
	for _, c := range h.now().home {
		r := c.rect()
		if image.Rectangle.In(image.Rectangle{h.on(r.Min()), h.on(r.Max())}.Inset(-4), window) {
			out = append(out, c.ID)
		}
	}
	return out
}
