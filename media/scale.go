package media

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

const (
	sharpPixels = 2 << 20 // px of a source up to which small reductions are worth the good filter
	stripRows   = 64      // rows of the source that are converted at once
)

// scaled gives src at the wanted size, which is not larger than src. Every source pixel
// counts. Pictures of a screen's size that shrink by less than half keep their edges with
// Catmull-Rom; that costs many times as much as averaging, which all others get.
func scaled(src image.Image, want Size) *image.RGBA {
	b := src.Bounds()
	if b.Dx() == want.W && b.Dy() == want.H {
		return packed(src)
	}
	small := Size{b.Dx(), b.Dy()}.pixels() <= sharpPixels
	if small && (b.Dx() < 2*want.W || b.Dy() < 2*want.H) {
		dst := image.NewRGBA(image.Rect(0, 0, want.W, want.H))
		draw.CatmullRom.Scale(dst, dst.Rect, src, b, draw.Src, nil)
		return dst
	}
	return averaged(src, want)
}

// packed gives src as RGBA from the origin, without gaps between rows; it may be src itself.
func packed(src image.Image) *image.RGBA {
	b := src.Bounds()
	if m, ok := src.(*image.RGBA); ok && b.Min == (image.Point{}) && m.Stride == 4*b.Dx() {
		m.Pix = m.Pix[:m.Stride*b.Dy()] // a part of a higher picture has its rows
		return m
	}
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Rect, src, b.Min, draw.Src)
	return dst
}

// meanColor is the average of a picture, straight alpha.
func meanColor(m *image.RGBA) color.NRGBA {
	var sum [4]uint64
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for y := range h {
		row := m.Pix[y*m.Stride:][:4*w]
		for i, v := range row {
			sum[i&3] += uint64(v)
		}
	}
	n := uint64(w) * uint64(h)
	if n == 0 || sum[3] == 0 {
		return color.NRGBA{}
	}
	straight := func(c uint64) uint8 { return uint8(min(255, (c*255+sum[3]/2)/sum[3])) }
	return color.NRGBA{straight(sum[0]), straight(sum[1]), straight(sum[2]), uint8((sum[3] + n/2) / n)}
}
