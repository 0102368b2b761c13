package ui

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/renderers/paint"
)

// Measures of the track.
const (
	trackHigh  = 30
	trackPad   = 9 // half of the thumb
	trackLine  = 8
	trackThumb = 18
)

// pastTrack is the slider through all changes: stretches in the colours of those who
// made them, marks where somebody took much away, and a thumb.
type pastTrack struct {
	widget.BaseWidget
	h      *pastView
	line   *canvas.Raster
	thumb  *canvas.Circle
	looks  trackLooks
	rolled float32 // of the wheel, not used yet
}

var (
	_ desktop.Mouseable  = (*pastTrack)(nil)
	_ desktop.Cursorable = (*pastTrack)(nil)
	_ fyne.Draggable     = (*pastTrack)(nil)
	_ fyne.Scrollable    = (*pastTrack)(nil)
)

func newPastTrack(h *pastView) *pastTrack {
	t := &pastTrack{h: h, thumb: canvas.NewCircle(nil)}
	t.looks.moments = len(h.past.Moments)
	for _, s := range h.past.Stretches {
		t.looks.stretches = append(t.looks.stretches, trackStretch{s.To, h.past.People[h.past.Moments[s.From].Who].Colour})
	}
	for i, s := range h.past.Stretches {
		if h.wipe(i) != nil {
			t.looks.wipes = append(t.looks.wipes, s.To)
		}
	}
	t.line = canvas.NewRaster(func(wide, high int) image.Image {
		l := t.looks
		if width := t.Size().Width; width > 0 {
			l.scale = float32(wide) / width
		}
		return l.paint(wide, high)
	})
	t.thumb.StrokeWidth = 3
	t.ExtendBaseWidget(t)
	return t
}

// colors follows the theme.
func (t *pastTrack) colors() {
	pal := t.h.w.env.Palette()
	t.looks.pal = pal
	t.thumb.FillColor, t.thumb.StrokeColor = pal.Paper, pal.Ink
	t.line.Refresh()
	t.thumb.Refresh()
}

// follow puts the thumb where the moment is.
func (t *pastTrack) follow() {
	x := t.looks.x(t.h.at, t.Size().Width)
	t.thumb.Resize(fyne.NewSquareSize(trackThumb))
	t.thumb.Move(fyne.NewPos(x-trackThumb/2, (trackHigh-trackThumb)/2+3))
	canvas.Refresh(t.thumb)
}

// trackStretch is a stretch: its last moment, and the colour of who made it.
type trackStretch struct {
	to     int
	colour [3]byte
}

// trackLooks is what a track shows, without a window.
type trackLooks struct {
	moments   int
	stretches []trackStretch
	wipes     []int // moments
	pal       paint.Palette
	scale     float32 // pixels of the picture per unit
}

// x is where a moment lies on a track of a width.
func (l trackLooks) x(moment int, width float32) float32 {
	if l.moments < 2 {
		return width / 2
	}
	return trackPad + (width-2*trackPad)*float32(moment)/float32(l.moments-1)
}

// moment is the one nearest to a place.
func (l trackLooks) moment(x, width float32) int {
	if l.moments < 2 || width <= 2*trackPad {
		return 0
	}
	part := float64((x - trackPad) / (width - 2*trackPad))
	return int(math.Round(min(max(part, 0), 1) * float64(l.moments-1)))
}

// paint draws the track of a size in pixels. Where one person has several stretches in a
// row, they are told apart by their strength.
func (l trackLooks) paint(wide, high int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, wide, high))
	s := max(l.scale, 0.1)
	width := float32(wide) / s
	top := int(s * ((trackHigh-trackLine)/2 + 3))
	bottom := top + int(s*trackLine)
	from, n := int(s*trackPad), 0
	for x := from; x < wide-from; x++ {
		at := l.moment((float32(x)+0.5)/s, width)
		for n < len(l.stretches)-1 && l.stretches[n].to < at {
			n++
		}
		c := color.NRGBA{0x80, 0x80, 0x80, 0xff}
		if n < len(l.stretches) {
			c = rgb(l.stretches[n].colour)
		}
		if n%2 == 1 {
			c.A = 0x9c
		}
		column := image.Rect(x, top, x+1, bottom)
		draw.Draw(img, column, image.NewUniform(l.pal.Paper), image.Point{}, draw.Src)
		draw.Draw(img, column, image.NewUniform(c), image.Point{}, draw.Over)
	}
	for _, at := range l.wipes {
		l.mark(img, int(s*l.x(at, width)), int(s*6), top-int(s*2))
	}
	return img
}

// mark is a triangle that points at a place on the line.
func (l trackLooks) mark(img *image.RGBA, x, half, tip int) {
	for y := tip - half; y < tip; y++ {
		d := tip - y
		draw.Draw(img, image.Rect(x-d/2, y, x+(d+1)/2, y+1), image.NewUniform(l.pal.Danger), image.Point{}, draw.Src)
	}
}

// rgb is a person's colour.
func rgb(c [3]byte) color.NRGBA { return color.NRGBA{c[0], c[1], c[2], 0xff} }

// MouseDown implements desktop.Mouseable.
func (t *pastTrack) MouseDown(e *desktop.MouseEvent) { t.to(e.Position.X) }

// MouseUp implements desktop.Mouseable.
func (t *pastTrack) MouseUp(*desktop.MouseEvent) { t.h.w.focusBody() }

// Dragged implements fyne.Draggable.
func (t *pastTrack) Dragged(e *fyne.DragEvent) { t.to(e.Position.X) }

// DragEnd implements fyne.Draggable.
func (t *pastTrack) DragEnd() { t.h.w.focusBody() }

func (t *pastTrack) to(x float32) { t.h.goTo(t.looks.moment(x, t.Size().Width)) }

// notch is how much of the wheel is one change.
const notch = 10

// Scrolled implements fyne.Scrollable: single changes.
func (t *pastTrack) Scrolled(e *fyne.ScrollEvent) {
	t.rolled += e.Scrolled.DY + e.Scrolled.DX
	n := int(t.rolled / notch)
	t.rolled -= float32(n) * notch
	t.h.goTo(t.h.at - n)
}

// Cursor implements desktop.Cursorable.
func (t *pastTrack) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (t *pastTrack) CreateRenderer() fyne.WidgetRenderer { return trackRenderer{t} }

type trackRenderer struct{ t *pastTrack }

func (r trackRenderer) Destroy()           {}
func (r trackRenderer) MinSize() fyne.Size { return fyne.NewSize(80, trackHigh) }
func (r trackRenderer) Refresh()           { r.t.colors() }
func (r trackRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.line, r.t.thumb}
}

func (r trackRenderer) Layout(size fyne.Size) {
	r.t.line.Resize(size)
	r.t.follow()
}
