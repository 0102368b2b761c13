package paint

import (
	"image"
	"math"
)

// round is a rounded rectangle that knows how much of a pixel it covers.
type round struct {
	x0, y0, x1, y1, r float32
}

func newRound(r Rect, radius float32) round {
	radius = max(0, min(radius, r.W/2, r.H/2))
	return round{r.X, r.Y, r.X + r.W, r.Y + r.H, radius}
}

const farAway = 1 << 24 // px; beyond it a float32 does not tell pixels apart

func pixel(v float32) int {
	if v != v {
		return 0
	}
	return int(math.Floor(float64(min(max(v, -farAway), farAway))))
}

// box is every pixel that the shape touches.
func (s round) box() image.Rectangle {
	if !(s.x1 > s.x0 && s.y1 > s.y0) {
		return image.Rectangle{}
	}
	return image.Rect(pixel(s.x0), pixel(s.y0), -pixel(-s.x1), -pixel(-s.y1))
}

// core is a rectangle of pixels that are covered whole; it may be empty.
func (s round) core() image.Rectangle {
	r := image.Rectangle{
		Min: image.Pt(-pixel(-s.x0-s.r), -pixel(-s.y0-s.r)),
		Max: image.Pt(pixel(s.x1-s.r), pixel(s.y1-s.r)),
	}
	if r.Empty() {
		return image.Rectangle{}
	}
	return r
}

// middle is the part of a row [x0, x1) in which every pixel is covered alike.
func (s round) middle(x0, x1 int) (a, b int) {
	return max(x0, -pixel(-s.x0-s.r)), min(x1, pixel(s.x1-s.r))
}

// cover returns 0 to 255: exact along straight edges, by distance around the corners.
func (s round) cover(x, y int) uint32 {
	fx, fy := float32(x), float32(y)
	cov := overlap(fx, s.x0, s.x1) * overlap(fy, s.y0, s.y1)
	if cov <= 0 {
		return 0
	}
	if s.r > 0 {
		dx := max(s.x0+s.r-fx-0.5, fx+0.5-s.x1+s.r)
		dy := max(s.y0+s.r-fy-0.5, fy+0.5-s.y1+s.r)
		if dx > 0 && dy > 0 {
			d := float32(math.Sqrt(float64(dx*dx + dy*dy)))
			cov = min(cov, max(0, min(1, s.r-d+0.5)))
		}
	}
	return uint32(cov*255 + 0.5)
}

// overlap is how much of the pixel [v, v+1] lies in [a, b].
func overlap(v, a, b float32) float32 {
	return max(0, min(v+1, b)-max(v, a))
}
