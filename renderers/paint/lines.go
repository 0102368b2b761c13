package paint

import (
	"image"
	"image/color"
	"math"
)

// Stretch is a straight line from one place to another.
type Stretch [2]Point

// StrokeLines draws many straight lines with round ends, as one form: where they
// cross, a translucent colour does not get darker. Far ends cost nothing.
func StrokeLines(dst *image.RGBA, lines []Stretch, width float32, c color.RGBA) {
	room := width + 2
	x0, y0 := float32(dst.Rect.Min.X)-room, float32(dst.Rect.Min.Y)-room
	x1, y1 := float32(dst.Rect.Max.X)+room, float32(dst.Rect.Max.Y)+room
	var p path
	for _, l := range lines {
		if l, ok := l.within(x0, y0, x1, y1); ok {
			p.stroke(width, l[0], l[1])
		}
	}
	p.fill(dst, c)
}

// within is the part of a line in a rectangle.
func (l Stretch) within(x0, y0, x1, y1 float32) (Stretch, bool) {
	ax, ay := float64(l[0].X), float64(l[0].Y)
	dx, dy := float64(l[1].X)-ax, float64(l[1].Y)-ay
	if sum := ax + ay + dx + dy; math.IsNaN(sum) || math.IsInf(sum, 0) {
		return l, false
	}
	from, to := 0.0, 1.0
	for _, side := range [...][2]float64{{-dx, ax - float64(x0)}, {dx, float64(x1) - ax}, {-dy, ay - float64(y0)}, {dy, float64(y1) - ay}} {
		way, room := side[0], side[1]
		switch {
		case way == 0 && room < 0:
			return l, false
		case way < 0:
			from = max(from, room/way)
		case way > 0:
			to = min(to, room/way)
		}
	}
	if from > to {
		return l, false
	}
	at := func(k float64) Point { return Point{float32(ax + k*dx), float32(ay + k*dy)} }
	return Stretch{at(from), at(to)}, true
}
