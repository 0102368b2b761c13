package media

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

const (
	maxKernelPixels = 8 << 20 // working memory of the good filter, 32 bytes for each
	stripRows       = 64      // rows of the source that are converted at once
)

// scaled gives src at the wanted size, which is not larger than src. Large reductions are
// averaged to twice that first, so that every source pixel counts; the rest is done by
// Catmull-Rom, or by plainer filters where that would take too much memory.
func scaled(src image.Image, want Size) *image.RGBA {
	b := src.Bounds()
	if b.Dx() >= 4*want.W && b.Dy() >= 4*want.H {
		src = averaged(src, Size{2 * want.W, 2 * want.H})
		b = src.Bounds()
	}
	if b.Dx() == want.W && b.Dy() == want.H {
		return packed(src)
	}
	dst := image.NewRGBA(image.Rect(0, 0, want.W, want.H))
	switch {
	case int64(want.W)*int64(b.Dy()) <= maxKernelPixels:
		draw.CatmullRom.Scale(dst, dst.Rect, src, b, draw.Src, nil)
	case b.Dx() >= 2*want.W && b.Dy() >= 2*want.H:
		return averaged(src, want)
	default:
		draw.ApproxBiLinear.Scale(dst, dst.Rect, src, b, draw.Src, nil)
	}
	return dst
}

// packed gives src as RGBA from the origin, without gaps between rows; it may be src itself.
func packed(src image.Image) *image.RGBA {
	b := src.Bounds()
	if m, ok := src.(*image.RGBA); ok && b.Min == (image.Point{}) && m.Stride == 4*b.Dx() {
		return m
	}
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Rect, src, b.Min, draw.Src)
	return dst
}

// averaged reduces src: each source pixel counts in the one cell of the result in which it
// begins. src is read in strips, so that memory stays near that of the result.
func averaged(src image.Image, to Size) *image.RGBA {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, to.W, to.H))
	cells := make([]int, w) // for each column, where its sums begin
	for x := range cells {
		cells[x] = 4 * (x * to.W / w)
	}
	sums := make([]uint64, 4*to.W)
	strip := image.NewRGBA(image.Rect(0, 0, w, min(stripRows, h)))
	rows := uint64(0)
	for y := range h {
		if y%stripRows == 0 {
			draw.Draw(strip, image.Rect(0, 0, w, min(stripRows, h-y)), src, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		}
		addRow(sums, strip.Pix[y%stripRows*strip.Stride:][:4*w], cells)
		rows++
		if line := y * to.H / h; y+1 == h || (y+1)*to.H/h != line {
			divide(dst.Pix[line*dst.Stride:][:4*to.W], sums, cells, rows)
			clear(sums)
			rows = 0
		}
	}
	return dst
}

// addRow adds each pixel of a row to the sums of its cell.
func addRow(sums []uint64, row []byte, cells []int) {
	for x, cell := range cells {
		s, p := sums[cell:cell+4:cell+4], row[4*x:4*x+4:4*x+4]
		s[0] += uint64(p[0])
		s[1] += uint64(p[1])
		s[2] += uint64(p[2])
		s[3] += uint64(p[3])
	}
}

// divide turns the sums of some rows into one line of averages.
func divide(line []byte, sums []uint64, cells []int, rows uint64) {
	for x := 0; x < len(cells); {
		cell, first := cells[x], x
		for x < len(cells) && cells[x] == cell {
			x++
		}
		n := rows * uint64(x-first)
		for c := range 4 {
			line[cell+c] = uint8((sums[cell+c] + n/2) / n)
		}
	}
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
