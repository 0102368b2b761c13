package hand

import (
	"image"
	"strings"
	"time"

	"corkboard/e2e/x11"
)

var nestSteps = []step{
	{"drop-into", []string{"drop-into"}, func(h *hand) {
		h.choose(trio...)
		from, to := h.middle(trio[0]), h.middle(insideTitle)
		h.calm()
		h.gesture("a drop on a board", crossed(false, trio...), func() {
			h.Press(x11.Left, from, to)
			h.shot("over-board")
			h.Release(x11.Left)
		})
		h.shot("dropped-into")
	}},
	{"hover-open", []string{"hover-open", "drop-elsewhere"}, func(h *hand) {
		h.choose("List 31")
		from, to := h.middle("List 31"), h.middle(insideTitle)
		drop := image.Pt(700, 500)
		h.gesture("a drop in an opened board", crossed(false, "List 31"), func() {
			h.Press(x11.Left, from, to)
			h.awaitTitle(insideTitle)
			h.Pull(to, drop)
			h.shot("hover-opened")
			h.Release(x11.Left)
		})
		h.shot("dropped-inside")
		list, _ := find(h.now().inside, "List 31")
		h.calm()
		h.gesture("a drop on a name in the title bar", crossed(true, "List 31"), func() {
			h.Press(x11.Left, drop, image.Pt(400, 200), image.Pt(150, -h.Top/2))
			h.shot("over-crumb")
			h.Release(x11.Left)
		})
		if back := h.card("List 31"); back.W != list.W || back.Link != list.Link {
			h.T.Errorf("it came back as %+v", back)
		}
		h.shot("dropped-on-crumb")
		h.Key("Alt+Left")
		h.awaitTitle("Home")
	}},
	{"hover-escape", []string{"hover-open", "escape"}, func(h *hand) {
		from, to := h.middle("Picture 32"), h.middle(insideTitle)
		h.leaves("a drag that was given up in an opened board", func() {
			h.Press(x11.Left, from, to)
			h.awaitTitle(insideTitle)
			h.Pull(to, image.Pt(700, 500))
			h.Key("Escape")
			h.awaitTitle("Home")
			h.Release(x11.Left)
		})
	}},
}

// calm waits until the title bar says nothing new about what is saved, which it
// does a moment after everything is. A drag that lingers on a board opens it:
// it must not have to wait for that.
func (h *hand) calm() {
	h.AwaitSaved()
	time.Sleep(500 * time.Millisecond)
	h.Still()
}

// awaitTitle waits until the window shows the board of a title.
func (h *hand) awaitTitle(title string) {
	h.T.Helper()
	h.Until("the window is called "+title, func() bool {
		w, err := h.X.Look(h.Window.ID)
		h.Must(err)
		return strings.HasPrefix(w.Name, title+" ")
	})
	h.Still()
}
