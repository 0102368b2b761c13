package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Measures of a ring.
const (
	ringWidth = 2
	ringGap   = 2 // between the widget and the ring
)

// Ring is drawn around a widget that has the keys. The zero Ring is ready. UI
// goroutine only.
type Ring struct {
	Inside bool // there is no room around the widget
	line   *canvas.Rectangle
}

// Set shows the ring of a widget or takes it away.
func (r *Ring) Set(on bool, of fyne.CanvasObject) {
	l := r.object()
	l.Hidden = !on
	l.StrokeColor = theme.Color(theme.ColorNamePrimary)
	canvas.Refresh(of)
}

// Shown reports whether the ring is there.
func (r *Ring) Shown() bool { return r.object().Visible() }

func (r *Ring) object() *canvas.Rectangle {
	if r.line == nil {
		r.line = canvas.NewRectangle(color.Transparent)
		r.line.StrokeWidth = ringWidth
		r.line.Hide()
	}
	return r.line
}

// Around is the renderer of a widget with the ring.
func (r *Ring) Around(inner fyne.WidgetRenderer) fyne.WidgetRenderer {
	out := float32(ringGap + ringWidth/2)
	if r.Inside {
		out = -ringWidth / 2
	}
	return &ringRenderer{inner, r.object(), out}
}

type ringRenderer struct {
	fyne.WidgetRenderer
	line *canvas.Rectangle
	out  float32 // of the widget
}

// Objects implements fyne.WidgetRenderer.
func (r *ringRenderer) Objects() []fyne.CanvasObject {
	all := r.WidgetRenderer.Objects()
	return append(all[:len(all):len(all)], r.line)
}

// Layout implements fyne.WidgetRenderer.
func (r *ringRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	out := r.out
	r.line.CornerRadius = theme.Size(theme.SizeNameInputRadius) + out
	r.line.Move(fyne.NewPos(-out, -out))
	r.line.Resize(size.AddWidthHeight(2*out, 2*out))
}
