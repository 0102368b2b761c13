package textedit

import (
	"image"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// view is what the canvas holds of an editor: selection, the text in view, the caret.
type view struct {
	e       *Editor
	pixels  *image.RGBA         // of the text in view
	strips  []*canvas.Image     // of the pixels, from the top down
	painted glance              // what the pixels show
	marks   []*canvas.Rectangle // of the selection; the surplus is hidden
	caret   *canvas.Rectangle
	objects []fyne.CanvasObject
	blink   *fyne.Animation // nil while nothing blinks
	scale   float32         // of the canvas when last painted
	paints  int
	rows    int // of pixels painted so far
}

// glance is what the picture of a text depends on besides the text.
type glance struct {
	left, top, k float32
	marked       bool // hits or the placeholder are shown
}

const (
	maxPixels  = 4096 // a side of the picture
	caretWidth = 1.5  // Fyne units
	blinkTime  = 1060 * time.Millisecond
)

func newView(e *Editor) *view {
	v := &view{e: e}
	v.caret = canvas.NewRectangle(e.opts.Palette.Accent)
	v.caret.Hide()
	v.gather()
	return v
}

// gather lists the objects from the bottom up.
func (v *view) gather() {
	v.objects = v.objects[:0]
	for _, m := range v.marks {
		v.objects = append(v.objects, m)
	}
	for _, s := range v.strips {
		v.objects = append(v.objects, s)
	}
	v.objects = append(v.objects, v.caret)
}

// CreateRenderer implements fyne.Widget.
func (e *Editor) CreateRenderer() fyne.WidgetRenderer { return renderer{e.view} }

// renderer shows a view to Fyne.
type renderer struct{ v *view }

func (r renderer) Objects() []fyne.CanvasObject { return r.v.objects }
func (r renderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r renderer) Layout(fyne.Size)             {}
func (r renderer) Destroy()                     { r.v.sleep() }

// Refresh paints anew, for the scale of the canvas may have changed.
func (r renderer) Refresh() {
	r.v.paint()
	r.v.mark()
}

func pixels(v, scale float32) int {
	return min(max(int(math.Ceil(float64(v*scale))), 1), maxPixels)
}

func canvasScale(o fyne.CanvasObject) float32 {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(o); c != nil && c.Scale() > 0 {
			return c.Scale()
		}
	}
	return 1
}

// recolor takes the colours of a new palette.
func (v *view) recolor() {
	v.caret.FillColor = v.e.opts.Palette.Accent
	for _, m := range v.marks {
		m.FillColor = v.e.opts.Palette.Selection
		m.Refresh()
	}
	v.caret.Refresh()
}
