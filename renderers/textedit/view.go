package textedit

import (
	"image"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/renderers/paint"
)

// view is what the canvas holds of an editor: selection, one picture of the text in view, the caret.
type view struct {
	e       *Editor
	text    *canvas.Image
	pixels  *image.RGBA
	marks   []*canvas.Rectangle // of the selection; the surplus is hidden
	caret   *canvas.Rectangle
	objects []fyne.CanvasObject
	blink   *fyne.Animation // nil while nothing blinks
	scale   float32         // of the canvas when last painted
	paints  int
}

const (
	maxPixels  = 4096 // a side of the picture
	caretWidth = 1.5  // Fyne units
	blinkTime  = 1060 * time.Millisecond
)

func newView(e *Editor) *view {
	v := &view{e: e, text: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}}
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
	v.objects = append(v.objects, v.text, v.caret)
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

// seen is the part of the widget to paint, in Fyne units.
func (v *view) seen() (y, w, h float32) {
	size := v.e.Size()
	y, w, h = 0, size.Width, size.Height
	if v.e.seenH > 0 {
		y = max(0, v.e.seenTop*v.e.zoom)
		h = max(0, min(h-y, v.e.seenH*v.e.zoom))
	}
	return y, w, h
}

// paint draws the text in view into the picture.
func (v *view) paint() {
	y, w, h := v.seen()
	v.scale = canvasScale(v.e)
	pw, ph := pixels(w, v.scale), pixels(h, v.scale)
	if w <= 0 || h <= 0 {
		v.text.Hide()
		return
	}
	v.paints++
	if v.pixels == nil || v.pixels.Rect.Dx() != pw || v.pixels.Rect.Dy() != ph {
		v.pixels = image.NewRGBA(image.Rect(0, 0, pw, ph))
	} else {
		clear(v.pixels.Pix)
	}
	e := v.e
	k := e.zoom * v.scale
	x0, y0 := -e.left*k, -e.top*k-y*v.scale
	if e.buf.Len() == 0 {
		v.placeholder(x0, y0, k)
	} else {
		e.sheet.draw(v.pixels, x0, y0, k)
	}
	v.text.Image = v.pixels
	v.text.Move(fyne.NewPos(0, y))
	v.text.Resize(fyne.NewSize(float32(pw)/v.scale, float32(ph)/v.scale))
	v.text.Show()
	canvas.Refresh(v.text)
}

func (v *view) placeholder(x, y, k float32) {
	if v.e.opts.Placeholder == "" {
		return
	}
	st := v.e.opts.Style
	st.Color = v.e.opts.Palette.InkFaint
	v.e.sheet.shaper.Plain(v.e.opts.Placeholder, st, v.e.sheet.width, paint.Options{}).Draw(v.pixels, x, y, k)
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
