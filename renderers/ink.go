package renderers

import (
	"image/color"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// inkNear is how far beside a stroke the pointer is still on it, in board units.
const inkNear = 6

// inkFace shows a stroke of a pen, and nothing else.
func inkFace() Typed[cards.Ink] {
	info, _ := cards.Lookup(cards.KindInk)
	return Typed[cards.Ink]{
		Info: info, Codec: cards.InkCodec{}, Bare: true, Flat: true,
		Paint: paintInk,
		Natural: func(_ *paint.Shaper, k cards.Ink, width float32) (w, h float32) {
			if width == 0 {
				width = float32(k.W)
			}
			return width, width * float32(k.H/k.W)
		},
		Summary: func(cards.Ink) Summary {
			return Summary{Icon: paint.IconPen, Title: lang.T("Drawing")}
		},
		Block: func(k cards.Ink, pal paint.Palette) color.RGBA { return inkColour(k.Colour, pal) },
	}
}

// inkColour is the colour of a pen.
func inkColour(c string, pal paint.Palette) color.RGBA {
	if stored, ok := paint.BoardColor(c, false); ok {
		return stored
	}
	return pal.Ink
}

// strokeOf is the curve of a stroke in an area of a size.
func strokeOf(k cards.Ink, w, h float64) []board.Point {
	pts := make([]board.Point, len(k.Points))
	for i, p := range k.Points {
		pts[i] = board.Point{X: p.X * w / k.W, Y: p.Y * h / k.H}
	}
	return board.Smooth(pts)
}

func paintInk(s *Sheet, k cards.Ink) []Hot {
	curve := strokeOf(k, float64(s.W), float64(s.H))
	lines := make([]paint.Stretch, 0, len(curve))
	at := func(p board.Point) paint.Point {
		return paint.Point{X: s.X + float32(p.X)*s.Scale, Y: s.Y + float32(p.Y)*s.Scale}
	}
	for i := range curve {
		lines = append(lines, paint.Stretch{at(curve[max(0, i-1)]), at(curve[i])})
	}
	paint.StrokeLines(s.Dst, lines, max(float32(k.Pen)*s.Scale, 0.75), inkColour(k.Colour, s.Pal))
	return nil
}

// touchesInk tells the layout where the line of a stroke is.
func (v *BoardView) touchesInk(c *board.Card, at board.Point, size board.Size) bool {
	p := v.pins[c.ID]
	if p == nil {
		return true
	}
	k, ok := p.snapshot().Value.(cards.Ink)
	return !ok || board.NearStroke(at, strokeOf(k, size.W, size.H), k.Pen/2+inkNear/min(1, v.Session.Camera.Zoom))
}

// stroke draws what the pen draws now.
func (m *marks) stroke(v *BoardView) {
	pts := v.view.Stroke
	c := inkColour(v.view.Pen.Colour, v.around.pal)
	for i := range pts {
		l := m.line(pts[max(0, i-1)], pts[i], c)
		l.StrokeWidth = float32(max(1, v.view.Pen.Width*v.view.Camera.Zoom))
	}
}
