package paint

import (
	"image"
	"image/color"
	"sync"
)

// shadowKey names a soft corner in whole pixels.
type shadowKey struct{ radius, blur int }

// shadowPatch is a blurred rounded square; its middle row and column stretch.
type shadowPatch struct {
	pix  []uint8
	side int // odd: side/2 is the middle
}

var shadows struct {
	sync.Mutex
	m map[shadowKey]*shadowPatch
}

const (
	maxShadows = 64
	maxBlur    = 96
)

// Shadow draws the soft shadow of a rounded rectangle, fading out over blur pixels around it and
// moved down by dy. Draw it before what throws it.
func Shadow(dst *image.RGBA, r Rect, radius, blur, dy float32, c color.RGBA) {
	k := shadowKey{radius: min(max(pixel(radius+0.5), 0), 2*maxBlur), blur: min(max(pixel(blur+0.5), 0), maxBlur)}
	r = r.Moved(0, dy)
	if k.blur == 0 {
		FillRoundRect(dst, r, radius, c)
		return
	}
	box := image.Rect(pixel(r.X+0.5)-k.blur, pixel(r.Y+0.5)-k.blur,
		pixel(r.X+r.W+0.5)+k.blur, pixel(r.Y+r.H+0.5)+k.blur)
	p := patch(k)
	b := box.Intersect(dst.Rect)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := p.pix[fold(y-box.Min.Y, box.Dy(), p.side)*p.side:][:p.side]
		out := dst.Pix[dst.PixOffset(b.Min.X, y):][:4*b.Dx()]
		for x := b.Min.X; x < b.Max.X; x++ {
			if a := row[fold(x-box.Min.X, box.Dx(), p.side)]; a != 0 {
				blend(out[4*(x-b.Min.X):4*(x-b.Min.X)+4], c, uint32(a))
			}
		}
	}
}

// fold maps a place in a shape of the given size to the patch: both ends as they are, between them
// the middle.
func fold(v, size, side int) int {
	if v > size-1-v {
		return side - 1 - min(size-1-v, side/2)
	}
	return min(v, side/2)
}

func patch(k shadowKey) *shadowPatch {
	shadows.Lock()
	defer shadows.Unlock()
	if p, ok := shadows.m[k]; ok {
		return p
	}
	if shadows.m == nil || len(shadows.m) >= maxShadows {
		shadows.m = make(map[shadowKey]*shadowPatch)
	}
	p := newPatch(k)
	shadows.m[k] = p
	return p
}

// newPatch blurs a rounded square by three box filters, which together reach blur pixels each way.
func newPatch(k shadowKey) *shadowPatch {
	side := 2*(k.radius+2*k.blur) + 1
	s := newRound(Rect{float32(k.blur), float32(k.blur), float32(side - 2*k.blur), float32(side - 2*k.blur)}, float32(k.radius))
	pix := make([]uint8, side*side)
	for y := range side {
		for x := range side {
			pix[y*side+x] = uint8(s.cover(x, y))
		}
	}
	tmp := make([]uint8, side*side)
	for i := range 3 {
		n := (k.blur + i) / 3
		for v := range side {
			boxBlur(tmp[v*side:], pix[v*side:], side, 1, n)
		}
		for v := range side {
			boxBlur(pix[v:], tmp[v:], side, side, n)
		}
	}
	return &shadowPatch{pix: pix, side: side}
}

// boxBlur averages each value of a line of n values with its r neighbours on either side.
func boxBlur(dst, src []uint8, n, step, r int) {
	sum := 0
	for i := 0; i < min(r, n); i++ {
		sum += int(src[i*step])
	}
	for i := range n {
		if i+r < n {
			sum += int(src[(i+r)*step])
		}
		if i-r-1 >= 0 {
			sum -= int(src[(i-r-1)*step])
		}
		dst[i*step] = uint8(sum / (2*r + 1))
	}
}
