package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// decor is all that a board shows besides its cards. Objects are kept and
// shown again, so that nothing is uploaded anew.
type decor struct {
	back   *canvas.Rectangle
	marks  marks
	lines  lineMarks
	pens   pens
	said   remarks
	hint   [2]*canvas.Text
	lost   *Button
	blanks rects
	grid   rects
}

func newDecor(find func()) *decor {
	d := &decor{back: canvas.NewRectangle(color.Transparent)}
	d.hint[0] = canvas.NewText(lang.T("Double-click to write. Drop files anywhere."), color.Transparent)
	d.hint[1] = canvas.NewText(lang.T("T adds a to-do list, B a board, right-click shows the rest."), color.Transparent)
	d.hint[0].TextSize, d.hint[1].TextSize = 18, 14
	d.lost = NewButton(lang.T("Back to the cards"), nil, find)
	return d
}

// rects are rectangles that each frame uses again.
type rects struct {
	all  []*canvas.Rectangle
	used int
}

func (r *rects) next() *canvas.Rectangle {
	if r.used == len(r.all) {
		r.all = append(r.all, canvas.NewRectangle(color.Transparent))
	}
	r.used++
	return r.all[r.used-1]
}

// BoardColor is the colour behind the cards.
func BoardColor(b *board.Board, pal paint.Palette) color.RGBA {
	if b != nil {
		if c, ok := paint.BoardColor(b.Color, pal.IsDark); ok {
			return c
		}
	}
	return pal.BoardBg
}

// ground is the colour behind everything: the window's own where it can be,
// because a rectangle as large as the window costs more than all cards where
// there is no graphics card.
func (d *decor) ground(v *BoardView, out []fyne.CanvasObject) []fyne.CanvasObject {
	if v.env.Ground != nil {
		v.env.Ground(v.around.ground)
		return out
	}
	d.back.FillColor = v.around.ground
	d.back.Resize(v.Size())
	return append(out, d.back)
}

// above adds what lies over the cards.
func (d *decor) above(v *BoardView, out []fyne.CanvasObject) []fyne.CanvasObject {
	return d.words(v, v.around.pal, d.pens.lay(v, d.said.add(d.marks.add(v, out))))
}

// words are the empty state and the way back.
func (d *decor) words(v *BoardView, pal paint.Palette, out []fyne.CanvasObject) []fyne.CanvasObject {
	size := v.Size()
	if v.view.Empty && v.edit == nil && !v.env.ReadOnly && v.Live.Snapshot().State == doc.Ready {
		ink := pal.OnColor(v.around.ground).InkMuted
		for i, t := range d.hint {
			t.Color = ink
			t.Resize(t.MinSize())
			t.Move(fyne.NewPos((size.Width-t.MinSize().Width)/2, size.Height/2-24+float32(i)*32))
			out = append(out, t)
		}
	}
	if v.view.Lost && !v.Session.Dragging() {
		b := d.lost.MinSize()
		d.lost.Resize(b)
		d.lost.Move(fyne.NewPos((size.Width-b.Width)/2, size.Height-b.Height-24))
		out = append(out, d.lost)
	}
	return out
}

func style(r *canvas.Rectangle, fill, stroke color.RGBA, width float32, at board.Rect, grow float32) {
	if r.FillColor != color.Color(fill) || r.StrokeColor != color.Color(stroke) {
		r.FillColor, r.StrokeColor = fill, stroke
	}
	r.StrokeWidth = width
	r.Move(fyne.NewPos(float32(at.X)-grow, float32(at.Y)-grow))
	r.Resize(fyne.NewSize(float32(at.W)+2*grow, float32(at.H)+2*grow))
}

func alphaOf(c color.RGBA, a uint8) color.RGBA {
	m := func(x uint8) uint8 { return uint8(uint16(x) * uint16(a) / 255) }
	return color.RGBA{m(c.R), m(c.G), m(c.B), a}
}
