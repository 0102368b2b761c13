package paint

import (
	"image"
	"image/color"
)

// FillRect fills the rectangle; edges between pixels are anti-aliased.
func FillRect(dst *image.RGBA, r Rect, c color.RGBA) { FillRoundRect(dst, r, 0, c) }

// FillRoundRect fills a rectangle with rounded corners.
func FillRoundRect(dst *image.RGBA, r Rect, radius float32, c color.RGBA) {
	s := newRound(r, radius)
	b := s.box().Intersect(dst.Rect)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		fillRow(dst, y, b.Min.X, b.Max.X, s, c)
	}
}

// fillRow fills one row: the middle, where nothing changes from pixel to pixel, in one go.
func fillRow(dst *image.RGBA, y, x0, x1 int, s round, c color.RGBA) {
	if x0 >= x1 {
		return
	}
	a, b := s.middle(x0, x1)
	row := dst.Pix[dst.PixOffset(x0, y):][:4*(x1-x0)]
	for x := x0; x < x1; x++ {
		if x == a && b > a {
			if cov := s.cover(a, y); cov > 0 {
				fillSpan(row[4*(a-x0):4*(b-x0)], c, cov)
			}
			x = b - 1
			continue
		}
		if cov := s.cover(x, y); cov > 0 {
			blend(row[4*(x-x0):4*(x-x0)+4], c, cov)
		}
	}
}

func fillSpan(row []uint8, c color.RGBA, cov uint32) {
	if cov < 255 || c.A < 255 {
		for i := 0; i+4 <= len(row); i += 4 {
			blend(row[i:i+4], c, cov)
		}
		return
	}
	row[0], row[1], row[2], row[3] = c.R, c.G, c.B, 255
	for n := 4; n < len(row); n *= 2 {
		copy(row[n:], row[:n])
	}
}

// StrokeRoundRect draws a line of the given width along the inside of the rectangle's edge.
func StrokeRoundRect(dst *image.RGBA, r Rect, radius, width float32, c color.RGBA) {
	if !(width > 0) {
		return
	}
	outer, inner := newRound(r, radius), newRound(r.Inset(width), radius-width)
	b := outer.box().Intersect(dst.Rect)
	hole := inner.core().Intersect(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if x == hole.Min.X && y >= hole.Min.Y && y < hole.Max.Y {
				x = hole.Max.X
				if x >= b.Max.X {
					break
				}
			}
			if cov, in := outer.cover(x, y), inner.cover(x, y); cov > in {
				blend(dst.Pix[dst.PixOffset(x, y):][:4], c, cov-in)
			}
		}
	}
}

// FillCircle fills a disc.
func FillCircle(dst *image.RGBA, cx, cy, radius float32, c color.RGBA) {
	FillRoundRect(dst, Rect{cx - radius, cy - radius, 2 * radius, 2 * radius}, radius, c)
}

// StrokeCircle draws a ring of the given width inside the radius.
func StrokeCircle(dst *image.RGBA, cx, cy, radius, width float32, c color.RGBA) {
	StrokeRoundRect(dst, Rect{cx - radius, cy - radius, 2 * radius, 2 * radius}, radius, width, c)
}

// CheckMark draws a tick that fits the rectangle.
func CheckMark(dst *image.RGBA, r Rect, c color.RGBA) {
	s := min(r.W, r.H)
	x, y := r.X+(r.W-s)/2, r.Y+(r.H-s)/2
	var p path
	p.stroke(s*0.13, Point{x + 0.2*s, y + 0.53*s}, Point{x + 0.42*s, y + 0.74*s}, Point{x + 0.8*s, y + 0.28*s})
	p.fill(dst, c)
}

// CheckBox draws the box of a to-do item in the square that fits the rectangle.
func CheckBox(dst *image.RGBA, r Rect, done bool, pal Palette) {
	s := min(r.W, r.H)
	box := Rect{r.X + (r.W-s)/2, r.Y + (r.H-s)/2, s, s}
	if done {
		FillRoundRect(dst, box, s*0.22, pal.Accent)
		CheckMark(dst, box, pal.OnAccent)
		return
	}
	FillRoundRect(dst, box, s*0.22, pal.Paper)
	StrokeRoundRect(dst, box, s*0.22, max(s*0.09, 0.75), pal.InkFaint)
}
