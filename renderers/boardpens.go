package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"

	"corkboard/board"
)

// Measures of the bar of the pen, in screen units.
const (
	penCell = 30
	penDot  = 16
	penHigh = 36
	penFoot = 16 // below it
)

// pens is the bar with the colours and widths of the pen, there while it is in
// the hand. UI goroutine only.
type pens struct {
	boxes rects
	held  bool // the press was on it
}

// penCells is how many places the bar has.
func penCells() int { return len(board.PenColours) + len(board.PenWidths) }

// area is where the bar lies.
func (p *pens) area(v *BoardView) board.Rect {
	w := float64(penCells()*penCell + 12)
	size := v.Size()
	return board.Rect{X: (float64(size.Width) - w) / 2, Y: float64(size.Height) - penHigh - penFoot, W: w, H: penHigh}
}

// lay adds the bar.
func (p *pens) lay(v *BoardView, out []fyne.CanvasObject) []fyne.CanvasObject {
	if !v.view.Drawing || v.env.ReadOnly {
		return out
	}
	pal, area := v.around.pal, p.area(v)
	p.boxes.used = 0
	box := func(fill, stroke color.RGBA, width, radius float32, r board.Rect) {
		o := p.boxes.next()
		o.CornerRadius = radius
		style(o, fill, stroke, width, v.onPixels(r), 0)
		out = append(out, o)
	}
	box(pal.Paper, pal.PaperEdge, 1, 8, area)
	pen := v.view.Pen
	for i := range penCells() {
		at := board.Rect{X: area.X + 6 + float64(i*penCell), Y: area.Y + 3, W: penCell, H: penCell}
		side, fill, chosen := float64(penDot), pal.Ink, false
		if i < len(board.PenColours) {
			c := board.PenColours[i]
			fill, chosen = inkColour(c, pal), c == pen.Colour
		} else {
			w := board.PenWidths[i-len(board.PenColours)]
			side, fill, chosen = min(penDot, w+1), inkColour(pen.Colour, pal), w == pen.Width
		}
		if chosen {
			box(color.RGBA{}, pal.Accent, 2, 8, at.Inset(1))
		}
		c := at.Center()
		box(fill, pal.PaperEdge, 1, float32(side)/2, board.Rect{X: c.X - side/2, Y: c.Y - side/2, W: side, H: side})
	}
	return out
}

// press takes a press on the bar; false when it was not on it.
func (p *pens) press(v *BoardView, at board.Point) bool {
	area := p.area(v)
	if !v.Session.Drawing || v.env.ReadOnly || !area.Contains(at) {
		return false
	}
	p.held = true
	i := int((at.X - area.X - 6) / penCell)
	switch n := len(board.PenColours); {
	case i < 0 || i >= penCells():
	case i < n:
		v.Session.Pen.Colour = board.PenColours[i]
	default:
		v.Session.Pen.Width = board.PenWidths[i-n]
	}
	v.Sync()
	return true
}

// release ends a press on the bar.
func (p *pens) release() bool {
	held := p.held
	p.held = false
	return held
}
