package renderers

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// clipping cuts an object off at its own edge. It can take the focus at once:
// a Clip of the toolkit is no part of the window before it was drawn.
func clipping(o fyne.CanvasObject) *container.Clip {
	c := container.NewClip(o)
	c.ExtendBaseWidget(c)
	return c
}

// wheel lies over an editor whose content is higher than its card, and turns
// wheel events into scrolling. Where all fits it is hidden, and the board pans.
type wheel struct {
	widget.BaseWidget
	turned func(dy float32)
}

func newWheel(turned func(dy float32)) *wheel {
	w := &wheel{turned: turned}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer implements fyne.Widget: nothing is drawn.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.turned(e.Scrolled.DY) }

// putPen gives an object its place and size, in Fyne units, on whole pixels so
// that its text stays sharp. An unchanged size is not set: that would paint it anew.
func putPen(o fyne.CanvasObject, x, y, w, h, perUnit float32) {
	snap := func(v float32) float32 { return float32(math.Round(float64(v*perUnit))) / perUnit }
	o.Move(fyne.NewPos(snap(x), snap(y)))
	if size := fyne.NewSize(max(1, w), max(1, h)); o.Size() != size {
		o.Resize(size)
	}
}
