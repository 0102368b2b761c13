package media

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// spans tell, for each sample of a result, which samples of a source it covers and how much
// of each. A source sample is unit wide, a result's is as wide as the source has samples.
type spans struct {
	unit, total uint64
	list        []span
}

type span struct {
	first, after uint32 // whole samples are first+1 to after-1
	head, tail   uint32 // parts of first and of after
}

func spansOf(from, to int) spans {
	s := spans{unit: uint64(to), total: uint64(from), list: make([]span, to)}
	for i := range s.list {
		a, b := uint64(i)*s.total, uint64(i+1)*s.total
		first, after := a/s.unit, b/s.unit
		head := min(b, (first+1)*s.unit) - a
		tail := b - after*s.unit
		if after == first {
			tail = 0 // all of it lies in one sample
		}
		s.list[i] = span{uint32(first), uint32(after), uint32(head), uint32(tail)}
	}
	return s
}

// fine is the precision of sums of a row: 256 for each step of a colour.
const fine = 8

// across averages a row of samples of the given number of channels into out.
func (s spans) across(out []uint32, row []byte, channels int) {
	// Multiplying is several times faster than dividing; the error is far below one step.
	scale := (uint64(1) << (32 + fine)) / s.total
	for i, p := range s.list {
		for c := range channels {
			sum := uint64(0)
			for x := int(p.first+1)*channels + c; x < int(p.after)*channels; x += channels {
				sum += uint64(row[x])
			}
			sum = sum*s.unit + uint64(row[int(p.first)*channels+c])*uint64(p.head)
			if p.tail > 0 {
				sum += uint64(row[int(p.after)*channels+c]) * uint64(p.tail)
			}
			out[i*channels+c] = uint32((sum*scale + 1<<31) >> 32)
		}
	}
}

// averageRows averages rows of samples: each source sample counts by the area that it has in
// a sample of the result. row(y) is valid until the next call; lines of dst are stride apart.
func averageRows(dst []byte, stride int, to, from Size, channels int, row func(y int) []byte) {
	xs, ys := spansOf(from.W, to.W), spansOf(from.H, to.H)
	flat := make([]uint32, to.W*channels)
	sums := make([]uint64, to.W*channels)
	have := -1
	add := func(y int, weight uint64) {
		if y != have {
			xs.across(flat, row(y), channels)
			have = y
		}
		for i, v := range flat {
			sums[i] += uint64(v) * weight
		}
	}
	half := ys.total << (fine - 1)
	scale := (uint64(1) << 40) / (ys.total << fine)
	for y, p := range ys.list {
		clear(sums)
		add(int(p.first), uint64(p.head))
		for r := p.first + 1; r < p.after; r++ {
			add(int(r), ys.unit)
		}
		if p.tail > 0 {
			add(int(p.after), uint64(p.tail))
		}
		line := dst[y*stride:][:len(sums)]
		for i, v := range sums {
			line[i] = uint8(min(255, (v+half)*scale>>40))
		}
	}
}

// averaged gives src at the wanted size, every pixel counted. Pictures of other kinds than
// the common ones are read in strips, so that memory stays near that of the result.
func averaged(src image.Image, to Size) *image.RGBA {
	b := src.Bounds()
	from := Size{b.Dx(), b.Dy()}
	dst := image.NewRGBA(image.Rect(0, 0, to.W, to.H))
	switch m := src.(type) {
	case *image.YCbCr:
		averagePlanes(dst, m)
	case *image.RGBA:
		averageRows(dst.Pix, dst.Stride, to, from, 4, func(y int) []byte { return m.Pix[y*m.Stride:] })
	default:
		strip := image.NewRGBA(image.Rect(0, 0, from.W, min(stripRows, from.H)))
		at := -1 // the first row in the strip
		averageRows(dst.Pix, dst.Stride, to, from, 4, func(y int) []byte {
			if at < 0 || y >= at+stripRows {
				at = y
				draw.Draw(strip, image.Rect(0, 0, from.W, min(stripRows, from.H-y)), src, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
			}
			return strip.Pix[(y-at)*strip.Stride:]
		})
	}
	return dst
}

// averagePlanes averages brightness and colour apart, as they are stored: a third of the work.
func averagePlanes(dst *image.RGBA, m *image.YCbCr) {
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	to, from := Size{w, h}, Size{m.Rect.Dx(), m.Rect.Dy()}
	coarse := coarseSize(m, from)
	plane := func(pix []byte, stride int, size Size) []byte {
		out := make([]byte, w*h)
		averageRows(out, w, to, size, 1, func(y int) []byte { return pix[y*stride:] })
		return out
	}
	at := m.Rect.Min
	luma := plane(m.Y[m.YOffset(at.X, at.Y):], m.YStride, from)
	blue := plane(m.Cb[m.COffset(at.X, at.Y):], m.CStride, coarse)
	red := plane(m.Cr[m.COffset(at.X, at.Y):], m.CStride, coarse)
	for i := range luma {
		p := dst.Pix[4*i : 4*i+4 : 4*i+4]
		p[0], p[1], p[2] = color.YCbCrToRGB(luma[i], blue[i], red[i])
		p[3] = 255
	}
}

// coarseSize is the number of samples in a plane of colour.
func coarseSize(m *image.YCbCr, from Size) Size {
	x, y := 1, 1
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		x = 2
	case image.YCbCrSubsampleRatio420:
		x, y = 2, 2
	case image.YCbCrSubsampleRatio440:
		y = 2
	case image.YCbCrSubsampleRatio411:
		x = 4
	case image.YCbCrSubsampleRatio410:
		x, y = 4, 2
	}
	return Size{(from.W + x - 1) / x, (from.H + y - 1) / y}
}
