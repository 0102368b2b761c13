package hand

import (
	"image"
	"math"

	"corkboard/board"
	"corkboard/e2e/person"
	"corkboard/e2e/x11"
)

// panned wants the camera to have gone some pixels from the stage.
func (h *hand) panned(picture *image.RGBA, x, y float64) {
	h.T.Helper()
	h.wantCamera(picture, board.Camera{Origin: stage.Add(board.Point{X: x, Y: y}), Zoom: 1})
}

// empty is a place of the stage without a card.
var empty = image.Pt(800, 560)

// notch is how far a notch of the wheel pans, in pixels.
const notch = 50

var lookSteps = []step{
	{"wheel-pan", []string{"pan"}, func(h *hand) {
		h.Wheel(empty.X, empty.Y, 2)
		h.panned(h.shot("wheel-pan"), 0, 2*notch)
	}},
	{"wheel-sideways", []string{"pan-sideways"}, func(h *hand) {
		h.Holding(func() { h.Wheel(empty.X, empty.Y, 3) }, "Shift")
		h.panned(h.Still(), 3*notch, 0)
	}},
	{"drag-pan", []string{"pan"}, func(h *hand) {
		to := empty.Add(image.Pt(-160, -60))
		h.Holding(func() { h.Drag(h.middle("Note 33"), h.middle("Note 33").Add(image.Pt(-160, -60))) }, "Space")
		h.panned(h.shot("space-drag"), 160, 60)
		h.DragBy(x11.Middle, to, empty)
		h.panned(h.Still(), 0, 0)
		h.DragBy(x11.Right, empty, to)
		h.panned(h.Still(), 160, 60)
	}},
	{"zoom-keys", []string{"zoom-out", "zoom-in"}, zoomKeys},
	{"zoom-wheel", []string{"zoom-at-pointer"}, func(h *hand) {
		at := h.middle("List 31")
		before := h.camera.ToBoard(point(at))
		h.Holding(func() { h.Wheel(at.X, at.Y, 4) }, "Ctrl")
		c := h.see(h.shot("zoom-wheel"))
		if off := c.ToBoard(point(at)).Sub(before).Scale(c.Zoom); c.Zoom > 0.7 || off.Len() > 6 {
			h.T.Errorf("the camera is %+v, and what was under the pointer is %v pixels away", c, off)
		}
	}},
	{"fit-all", []string{"fit-all"}, func(h *hand) {
		h.Key("Shift+1")
		var all board.Rect
		for _, c := range h.now().home {
			all = all.Union(c.rect())
		}
		h.wantCamera(h.shot("fit-all"), board.Fit(all, h.viewport(), 1))
	}},
	{"zoom-100", []string{"zoom-100"}, func(h *hand) {
		h.Key("Shift+1")
		h.Point(800, 476)
		before := h.see(h.Still())
		h.Key("Ctrl+0")
		at := board.Point{X: 800, Y: 476}
		h.wantCamera(h.shot("zoom-100"), before.ZoomAt(at, 1/before.Zoom))
	}},
	{"fit-selection", []string{"fit-selection"}, func(h *hand) {
		h.choose("Picture 22", "Picture 34")
		h.Key("Shift+2")
		both := h.card("Picture 22").rect().Union(h.card("Picture 34").rect())
		h.wantCamera(h.shot("fit-selection"), board.Fit(both, h.viewport(), 1))
	}},
	{"lost", nil, func(h *hand) {
		for range 2 {
			h.Holding(func() { h.Drag(image.Pt(100, 900), image.Pt(1500, 40)) }, "Space")
			h.Holding(func() { h.Drag(image.Pt(100, 900), image.Pt(1500, 40)) }, "Space")
		}
		h.away()
		h.shot("lost")
		if c := h.see(h.shows("found", func() { h.Click(800, 912) })); c.Zoom > 1 { // Back to the cards
			h.T.Errorf("the camera is %+v", c)
		}
	}},
	{"scroll", []string{"scroll-card"}, func(h *hand) {
		at := h.middle("Note 30")
		h.choose("Note 30")
		h.panned(h.shows("scrolled", func() { h.Wheel(at.X, at.Y, 3) }), 0, 0)
		h.Key("Escape")
		h.Wheel(at.X, at.Y, 2)
		h.panned(h.Still(), 0, 2*notch)
	}},
}

// zoomKeys goes out to a tenth with the keys, and in again by one step.
func zoomKeys(h *hand) {
	h.Point(800, 476)
	for _, c := range []struct {
		presses int
		zoom    float64
		name    string
	}{{3, 0.512, "zoom-50"}, {3, 0.262, "zoom-25"}, {5, 0.1, "zoom-10"}} {
		for range c.presses {
			h.Key("Ctrl+-")
			h.Rest()
		}
		h.wantZoom(h.shot(c.name), c.zoom)
	}
	h.Key("Ctrl+=")
	h.wantZoom(h.Still(), 0.125)
}

func (h *hand) wantZoom(picture *image.RGBA, want float64) {
	h.T.Helper()
	if c := h.see(picture); math.Abs(c.Zoom/want-1) > 0.03 {
		h.T.Errorf("the zoom is %v, want %v", c.Zoom, want)
	}
}

// viewport is the size of the board's area.
func (h *hand) viewport() board.Size {
	return board.Size{W: float64(person.Screen.Dx()), H: float64(person.Screen.Dy() - h.Top)}
}

func point(p image.Point) board.Point { return board.Point{X: float64(p.X), Y: float64(p.Y)} }
