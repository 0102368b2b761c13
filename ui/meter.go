package ui

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/renderers/paint"
)

// meter shows how loud it is. UI goroutine only.
type meter struct {
	track, fill *canvas.Rectangle
	part        float32
	object      *fyne.Container
}

const meterHigh = 6

func newMeter(pal paint.Palette) *meter {
	m := &meter{track: canvas.NewRectangle(pal.Rule), fill: canvas.NewRectangle(pal.Accent)}
	for _, r := range []*canvas.Rectangle{m.track, m.fill} {
		r.CornerRadius = meterHigh / 2
	}
	m.object = container.New(m, m.track, m.fill)
	return m
}

// show takes how loud it is, from 0 to 1. Ears hear ratios, so that the root is shown.
func (m *meter) show(loud float64) {
	m.part = float32(math.Sqrt(min(max(loud, 0), 1)))
	m.Layout(nil, m.object.Size())
	canvas.Refresh(m.fill)
}

// Layout implements fyne.Layout.
func (m *meter) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	m.track.Resize(size)
	m.fill.Resize(fyne.NewSize(max(meterHigh, size.Width*m.part), size.Height))
}

// MinSize implements fyne.Layout.
func (m *meter) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, meterHigh) }
