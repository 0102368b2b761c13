package renderers

import (
	"image"
	"image/color"

	"corkboard/board"
	"corkboard/renderers/paint"
)

// Metrics of connectors, in board units.
const (
	LineWidth = 2
	LabelSize = 13
	labelWide = 180
	LabelPadX = 6
	LabelPadY = 2
	labelTiny = 5 // pixels of its letters under which a label is not drawn
)

// LineInks are the colours of connectors and their labels on a ground.
func LineInks(ground color.RGBA, pal paint.Palette) (line, label color.RGBA) {
	on := pal.OnColor(ground)
	return on.InkMuted, on.Ink
}

// LineInk is the colour of a connector on a ground: its own, as far as it can be seen there,
// or plain, that of all others.
func LineInk(c *board.Connector, plain, ground color.RGBA) color.RGBA {
	if own, ok := paint.BoardColor(c.Colour, false); ok {
		return paint.Seen(own, ground)
	}
	return plain
}

// paintLines draws connectors on a picture of an area, scale pixels a board
// unit. The labels lie over all lines, on plates of the ground's colour.
func paintLines(dst *image.RGBA, sh *paint.Shaper, lines []board.Line, area board.Rect, scale float32, ground color.RGBA, pal paint.Palette) {
	ink, _ := LineInks(ground, pal)
	var strokes [][2]board.Point
	all := map[color.RGBA][]paint.Stretch{} // each colour is one form
	var inks []color.RGBA
	place := func(p board.Point) paint.Point {
		return paint.Point{X: float32((p.X - area.X) * float64(scale)), Y: float32((p.Y - area.Y) * float64(scale))}
	}
	for _, l := range lines {
		strokes = l.Strokes(1, strokes[:0])
		c := LineInk(l.Connector, ink, ground)
		if all[c] == nil {
			inks = append(inks, c)
		}
		for _, s := range strokes {
			all[c] = append(all[c], paint.Stretch{place(s[0]), place(s[1])})
		}
	}
	for _, c := range inks {
		paint.StrokeLines(dst, all[c], max(LineWidth*scale, 0.75), c)
	}
	if LabelSize*scale < labelTiny {
		return
	}
	for _, l := range lines {
		if l.Connector.Label != "" {
			at := place(l.Middle())
			layLabel(sh, l.Connector.Label, ground, pal).draw(dst, at, scale)
		}
	}
}

// label is the words on a connector, laid out.
type label struct {
	laid   *paint.Laid
	w, h   float32 // board units
	ground color.RGBA
}

func layLabel(sh *paint.Shaper, words string, ground color.RGBA, pal paint.Palette) label {
	_, ink := LineInks(ground, pal)
	laid := sh.Plain(words, paint.Style{Size: LabelSize, Color: ink}, labelWide, paint.Options{MaxLines: 1})
	return label{laid, laid.Width + 2*LabelPadX, laid.Height + 2*LabelPadY, ground}
}

// draw puts the label around a place in pixels.
func (l label) draw(dst *image.RGBA, at paint.Point, scale float32) {
	x, y := at.X-l.w*scale/2, at.Y-l.h*scale/2
	paint.FillRoundRect(dst, paint.Rect{X: x, Y: y, W: l.w * scale, H: l.h * scale}, 5*scale, l.ground)
	l.laid.Draw(dst, x+LabelPadX*scale, y+LabelPadY*scale, scale)
}

// picture is the label alone.
func (l label) picture(scale float32) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, int(l.w*scale+1), int(l.h*scale+1)))
	l.draw(img, paint.Point{X: l.w * scale / 2, Y: l.h * scale / 2}, scale)
	return img
}
