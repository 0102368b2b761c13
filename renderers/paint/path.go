package paint

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// Point is a place in pixels.
type Point struct{ X, Y float32 }

// path collects closed outlines; those that wind the same way unite, those that wind the other way
// cut holes.
type path struct {
	outlines [][]Point
}

func (p *path) polygon(pts ...Point) { p.outlines = append(p.outlines, pts) }

// circle appends a disc, or with hole a hole of that form.
func (p *path) circle(cx, cy, r float32, hole bool) {
	n := min(max(int(r*2), 12), 96)
	pts := make([]Point, n)
	for i := range pts {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		pts[i] = Point{cx + r*float32(cos), cy + r*float32(sin)}
		if hole {
			pts[i].Y = cy - r*float32(sin)
		}
	}
	p.polygon(pts...)
}

// stroke appends a line of the given width through the points, with round joints and ends.
func (p *path) stroke(width float32, pts ...Point) {
	r := width / 2
	for i, a := range pts {
		p.circle(a.X, a.Y, r, false)
		if i+1 == len(pts) {
			break
		}
		b := pts[i+1]
		d := float32(math.Hypot(float64(b.X-a.X), float64(b.Y-a.Y)))
		if d == 0 {
			continue
		}
		nx, ny := -(b.Y-a.Y)/d*r, (b.X-a.X)/d*r
		p.polygon(Point{a.X - nx, a.Y - ny}, Point{b.X - nx, b.Y - ny},
			Point{b.X + nx, b.Y + ny}, Point{a.X + nx, a.Y + ny})
	}
}

// fill draws the union of the outlines.
func (p *path) fill(dst *image.RGBA, c color.RGBA) {
	b := p.box().Intersect(dst.Rect)
	if b.Empty() {
		return
	}
	z := rasterizers.Get().(*vector.Rasterizer)
	defer rasterizers.Put(z)
	z.Reset(b.Dx(), b.Dy())
	ox, oy := float32(b.Min.X), float32(b.Min.Y)
	for _, pts := range p.outlines {
		z.MoveTo(pts[0].X-ox, pts[0].Y-oy)
		for _, q := range pts[1:] {
			z.LineTo(q.X-ox, q.Y-oy)
		}
		z.ClosePath()
	}
	m := image.NewAlpha(image.Rect(0, 0, b.Dx(), b.Dy()))
	z.DrawOp = draw.Src
	z.Draw(m, m.Rect, image.Opaque, image.Point{})
	blit(dst, &mask{pix: m.Pix, w: b.Dx(), h: b.Dy()}, b.Min.X, b.Min.Y, c)
}

func (p *path) box() image.Rectangle {
	x0, y0, x1, y1 := float32(farAway), float32(farAway), -float32(farAway), -float32(farAway)
	for _, pts := range p.outlines {
		for _, q := range pts {
			if q.X != q.X || q.Y != q.Y || q.X > farAway || q.X < -farAway || q.Y > farAway || q.Y < -farAway {
				return image.Rectangle{}
			}
			x0, x1 = min(x0, q.X), max(x1, q.X)
			y0, y1 = min(y0, q.Y), max(y1, q.Y)
		}
	}
	if x0 > x1 {
		return image.Rectangle{}
	}
	return image.Rect(pixel(x0), pixel(y0), -pixel(-x1), -pixel(-y1))
}

// StrokeLine draws a line with round ends.
func StrokeLine(dst *image.RGBA, x0, y0, x1, y1, width float32, c color.RGBA) {
	StrokePath(dst, []Point{{x0, y0}, {x1, y1}}, width, c)
}

// StrokePath draws a line through the points, with round joints and ends.
func StrokePath(dst *image.RGBA, pts []Point, width float32, c color.RGBA) {
	var p path
	p.stroke(width, pts...)
	p.fill(dst, c)
}

// FillPath fills the polygon.
func FillPath(dst *image.RGBA, pts []Point, c color.RGBA) {
	if len(pts) < 3 {
		return
	}
	var p path
	p.polygon(pts...)
	p.fill(dst, c)
}
