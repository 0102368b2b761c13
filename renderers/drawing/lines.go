package drawing

import (
	"image/color"
	"strings"

	"corkboard/board"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// lineInks are the colours of connectors and of what is written on them.
func lineInks(d *renderers.Drawing) (line, label color.RGBA) {
	return renderers.LineInks(d.Ground, paint.Light())
}

// lines draws the connectors of a board and what is written on them.
func (s *svg) lines() {
	ink, _ := lineInks(s.d)
	for _, l := range s.d.Lines {
		var way strings.Builder
		for _, stroke := range l.Strokes(1, nil) {
			way.WriteString("M" + num(stroke[0].X) + " " + num(stroke[0].Y) + "L" + num(stroke[1].X) + " " + num(stroke[1].Y))
		}
		own := renderers.LineInk(l.Connector, ink, s.d.Ground)
		s.add(`<path d="%s" fill="none" stroke="%s" stroke-width="%d" stroke-linecap="round"/>`+"\n", way.String(), hex(own), renderers.LineWidth)
	}
	for _, l := range s.d.Lines {
		if label, plate, ok := s.d.Label(l); ok {
			s.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="5" fill="%s"/>`+"\n", num(plate.X), num(plate.Y), num(plate.W), num(plate.H), hex(s.d.Ground))
			at := board.Point{X: plate.X + renderers.LabelPadX, Y: plate.Y + renderers.LabelPadY}
			s.add(`<g transform="translate(%s %s)">`+"\n", num(at.X), num(at.Y))
			s.laid(paint.PageText{Laid: label})
			s.add("</g>\n")
		}
	}
}

// lines is the same for a page.
func (s *sheet) lines(d *renderers.Drawing) {
	ink, _ := lineInks(d)
	s.put("q 1 J")
	s.put("%d w", renderers.LineWidth)
	for _, l := range d.Lines {
		s.stroke(renderers.LineInk(l.Connector, ink, d.Ground))
		for _, stroke := range l.Strokes(1, nil) {
			s.put("%s %s m %s %s l S", num(stroke[0].X), num(stroke[0].Y), num(stroke[1].X), num(stroke[1].Y))
		}
	}
	s.put("Q")
	for _, l := range d.Lines {
		if label, plate, ok := d.Label(l); ok {
			s.fill(d.Ground)
			s.round(plate.X, plate.Y, plate.W, plate.H, 5)
			s.put("f")
			s.laid(plate.X+renderers.LabelPadX, plate.Y+renderers.LabelPadY, label)
		}
	}
}
