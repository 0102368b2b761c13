package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// maxOutlines bounds the selection outlines on screen at once.
const maxOutlines = 200

// decor is all that a board shows besides its cards. Objects are kept and
// shown again, so that nothing is uploaded anew.
type decor struct {
	back      *canvas.Rectangle
	outlines  []*canvas.Rectangle
	handles   []*canvas.Rectangle
	guides    []*canvas.Line
	marquee   *canvas.Rectangle
	into      *canvas.Rectangle
	group     *canvas.Rectangle // around several selected cards
	hint      [2]*canvas.Text
	lost      *widget.Button
	swapFrame uint64
	swaps     int
}

func newDecor(find func()) *decor {
	d := &decor{back: canvas.NewRectangle(color.Transparent), marquee: canvas.NewRectangle(color.Transparent), into: canvas.NewRectangle(color.Transparent), group: canvas.NewRectangle(color.Transparent)}
	d.hint[0] = canvas.NewText("Double-click to write. Drop files anywhere.", color.Transparent)
	d.hint[1] = canvas.NewText("T adds a to-do list, B a board, right-click shows the rest.", color.Transparent)
	d.hint[0].TextSize, d.hint[1].TextSize = 18, 14
	d.lost = widget.NewButton("Back to the cards", find)
	return d
}

// swapped counts texture uploads of a frame.
func (d *decor) swapped(frame uint64) int {
	if d.swapFrame != frame {
		d.swapFrame, d.swaps = frame, 0
	}
	d.swaps++
	return d.swaps
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

func (d *decor) ground(v *BoardView) fyne.CanvasObject {
	d.back.FillColor = BoardColor(v.Live.Snapshot().Value, v.around.pal)
	d.back.Resize(v.Size())
	return d.back
}

// above adds what lies over the cards.
func (d *decor) above(v *BoardView, out []fyne.CanvasObject) []fyne.CanvasObject {
	pal := v.around.pal
	n := 0
	for i := range v.view.Cards {
		at := &v.view.Cards[i]
		if at.Card.ID == v.view.Into && v.view.Into != "" {
			style(d.into, alphaOf(pal.Accent, 40), pal.Accent, 3, at.Rect, 4)
			out = append(out, d.into)
		}
		if !at.Selected || at.Editing || n >= maxOutlines {
			continue
		}
		if n == len(d.outlines) {
			d.outlines = append(d.outlines, canvas.NewRectangle(color.Transparent))
		}
		o := d.outlines[n]
		n++
		o.CornerRadius = cardRadius*float32(v.view.Camera.Zoom) + 2
		style(o, color.RGBA{}, pal.Accent, 2, at.Rect, 2)
		out = append(out, o)
	}
	if hs := v.view.Handles; len(hs) > 1 && v.Session.Selection.Len() > 1 {
		frame := hs[0].Rect
		for _, h := range hs[1:] {
			frame = frame.Union(h.Rect)
		}
		style(d.group, color.RGBA{}, pal.Accent, 1, frame.Inset(hs[0].Rect.W/2), 0)
		out = append(out, d.group)
	}
	for i, h := range v.view.Handles {
		if i == len(d.handles) {
			d.handles = append(d.handles, canvas.NewRectangle(color.Transparent))
		}
		d.handles[i].CornerRadius = 2
		style(d.handles[i], pal.Paper, pal.Accent, 1.5, h.Rect, 0)
		out = append(out, d.handles[i])
	}
	for i, g := range v.view.Guides {
		if i == len(d.guides) {
			d.guides = append(d.guides, canvas.NewLine(pal.Accent))
		}
		d.guides[i].StrokeColor = pal.Accent
		d.guides[i].Position1 = fyne.NewPos(float32(g.From.X), float32(g.From.Y))
		d.guides[i].Position2 = fyne.NewPos(float32(g.To.X), float32(g.To.Y))
		out = append(out, d.guides[i])
	}
	if v.view.HasMarquee {
		style(d.marquee, alphaOf(pal.Accent, 28), pal.Accent, 1, v.view.Marquee, 0)
		out = append(out, d.marquee)
	}
	return d.words(v, pal, out)
}

// words are the empty state and the way back.
func (d *decor) words(v *BoardView, pal paint.Palette, out []fyne.CanvasObject) []fyne.CanvasObject {
	size := v.Size()
	if v.view.Empty && v.edit == nil && v.Live.Snapshot().State == doc.Ready {
		ink := pal.OnColor(BoardColor(v.Live.Snapshot().Value, pal)).InkMuted
		for i, t := range d.hint {
			t.Color = ink
			t.Resize(t.MinSize())
			t.Move(fyne.NewPos((size.Width-t.MinSize().Width)/2, size.Height/2-24+float32(i)*32))
			out = append(out, t)
		}
	}
	if v.view.Lost {
		b := d.lost.MinSize()
		d.lost.Resize(b)
		d.lost.Move(fyne.NewPos((size.Width-b.Width)/2, size.Height-b.Height-24))
		out = append(out, d.lost)
	}
	return out
}

func style(r *canvas.Rectangle, fill, stroke color.RGBA, width float32, at board.Rect, grow float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth = fill, stroke, width
	r.Move(fyne.NewPos(float32(at.X)-grow, float32(at.Y)-grow))
	r.Resize(fyne.NewSize(float32(at.W)+2*grow, float32(at.H)+2*grow))
}

func alphaOf(c color.RGBA, a uint8) color.RGBA {
	m := func(x uint8) uint8 { return uint8(uint16(x) * uint16(a) / 255) }
	return color.RGBA{m(c.R), m(c.G), m(c.B), a}
}
