package paint

import (
	"image"
	"image/color"

	xdraw "golang.org/x/image/draw"
)

// DrawImage scales the picture to fill the rectangle, whose edges are taken to whole pixels, and
// clips it to rounded corners. Reductions average, so that nothing flickers between zooms.
func DrawImage(dst *image.RGBA, r Rect, src *image.RGBA, radius float32) {
	if src == nil || src.Rect.Empty() {
		return
	}
	box := image.Rect(pixel(r.X+0.5), pixel(r.Y+0.5), pixel(r.X+r.W+0.5), pixel(r.Y+r.H+0.5))
	seen := box.Intersect(dst.Rect)
	if seen.Empty() {
		return
	}
	for src.Rect.Dx() >= 2*box.Dx() && src.Rect.Dy() >= 2*box.Dy() {
		src = Half(src)
	}
	if radius < 0.5 {
		scaleInto(dst, box, src)
		return
	}
	tmp := image.NewRGBA(seen)
	scaleInto(tmp, box, src)
	shape := newRound(Rect{float32(box.Min.X), float32(box.Min.Y), float32(box.Dx()), float32(box.Dy())}, radius)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		out := dst.Pix[dst.PixOffset(seen.Min.X, y):][:4*seen.Dx()]
		in := tmp.Pix[tmp.PixOffset(seen.Min.X, y):][:4*seen.Dx()]
		a, b := shape.middle(seen.Min.X, seen.Max.X)
		for x := seen.Min.X; x < seen.Max.X; x++ {
			i := 4 * (x - seen.Min.X)
			cov := uint32(255)
			if x < a || x >= b || x == a {
				cov = shape.cover(x, y)
			}
			if cov > 0 {
				blend(out[i:i+4], color.RGBA{in[i], in[i+1], in[i+2], in[i+3]}, cov)
			}
		}
	}
}

func scaleInto(dst *image.RGBA, box image.Rectangle, src *image.RGBA) {
	if box.Size() == src.Rect.Size() {
		xdraw.Draw(dst, box, src, src.Rect.Min, xdraw.Over)
		return
	}
	xdraw.ApproxBiLinear.Scale(dst, box, src, src.Rect, xdraw.Over, nil)
}

// Half returns the picture at half its size (rounded up), each pixel the mean of four.
func Half(src *image.RGBA) *image.RGBA {
	w, h := (src.Rect.Dx()+1)/2, (src.Rect.Dy()+1)/2
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	lastX := src.Rect.Dx() - 1
	for y := range h {
		a := src.Pix[2*y*src.Stride:]
		b := src.Pix[min(2*y+1, src.Rect.Dy()-1)*src.Stride:]
		out := dst.Pix[y*dst.Stride:]
		for x := range w {
			l, r := 8*x, 4*min(2*x+1, lastX)
			for k := range 4 {
				sum := uint(a[l+k]) + uint(a[r+k]) + uint(b[l+k]) + uint(b[r+k])
				out[4*x+k] = uint8((sum + 2) / 4)
			}
		}
	}
	return dst
}

// Contain returns the greatest rectangle of the proportions w:h within r, centred.
func Contain(r Rect, w, h float32) Rect {
	return fit(r, w, h, false)
}

// Cover returns the least rectangle of the proportions w:h around r, centred; draw it into a
// sub-image to clip it.
func Cover(r Rect, w, h float32) Rect {
	return fit(r, w, h, true)
}

func fit(r Rect, w, h float32, cover bool) Rect {
	if !(w > 0 && h > 0) {
		return r
	}
	s := min(r.W/w, r.H/h)
	if cover {
		s = max(r.W/w, r.H/h)
	}
	return Rect{r.X + (r.W-w*s)/2, r.Y + (r.H-h*s)/2, w * s, h * s}
}
