package paint

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// maskKey names a drawn glyph: its size in 1/64 px and its place between two pixels in quarters.
type maskKey struct {
	font *font.Font
	gid  font.GID
	size int32
	sub  uint8
}

// mask is the coverage of a glyph; x, y is its top left corner relative to the pen.
type mask struct {
	pix  []uint8
	w, h int
	x, y int
}

const (
	maskBytes = 8 << 20 // of each of the two generations
	maskCost  = 96      // bookkeeping of one entry
	maxGlyph  = 4096    // px; larger ones are not drawn
)

// masks is the cache of the program: two generations, the older dropped when the younger is full.
var masks struct {
	sync.Mutex
	young, old map[maskKey]*mask
	bytes      int
}

func glyphMask(t *typeface, key maskKey) *mask {
	masks.Lock()
	m, ok := masks.young[key]
	if !ok {
		if m, ok = masks.old[key]; ok {
			keep(key, m)
		}
	}
	masks.Unlock()
	if ok {
		return m
	}
	m = rasterize(t, key) // without the lock: twice now and then is cheaper than waiting
	masks.Lock()
	keep(key, m)
	masks.Unlock()
	return m
}

func keep(key maskKey, m *mask) {
	if masks.young == nil || masks.bytes > maskBytes {
		masks.old, masks.young, masks.bytes = masks.young, make(map[maskKey]*mask), 0
	}
	masks.young[key] = m
	masks.bytes += len(m.pix) + maskCost
}

func rasterize(t *typeface, key maskKey) *mask {
	face := t.face()
	defer t.faces.Put(face)
	out, ok := face.GlyphDataOutline(uint16(key.gid))
	if !ok || len(out.Segments) == 0 {
		return &mask{}
	}
	scale := float32(key.size) / 64 / t.upem
	dx := float32(key.sub) / 4
	x0, y0, x1, y1 := bounds(out.Segments)
	left, top := floor(x0*scale+dx), floor(-y1*scale)
	w, h := ceil(x1*scale+dx)-left, ceil(-y0*scale)-top
	if w <= 0 || h <= 0 || w > maxGlyph || h > maxGlyph {
		return &mask{}
	}
	z := rasterizers.Get().(*vector.Rasterizer)
	defer rasterizers.Put(z)
	z.Reset(w, h)
	trace(z, out.Segments, scale, dx-float32(left), -float32(top))
	dst := image.NewAlpha(image.Rect(0, 0, w, h))
	z.DrawOp = draw.Src
	z.Draw(dst, dst.Rect, image.Opaque, image.Point{})
	return &mask{pix: dst.Pix, w: w, h: h, x: left, y: top}
}

func bounds(segs []font.Segment) (x0, y0, x1, y1 float32) {
	x0, y0 = math.MaxFloat32, math.MaxFloat32
	x1, y1 = -math.MaxFloat32, -math.MaxFloat32
	for i := range segs {
		for _, p := range segs[i].ArgsSlice() {
			x0, x1 = min(x0, p.X), max(x1, p.X)
			y0, y1 = min(y0, p.Y), max(y1, p.Y)
		}
	}
	return
}

func trace(z *vector.Rasterizer, segs []font.Segment, scale, dx, dy float32) {
	for i, s := range segs {
		var p [3]Point
		for k := range p {
			p[k] = Point{s.Args[k].X*scale + dx, dy - s.Args[k].Y*scale}
		}
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				z.ClosePath()
			}
			z.MoveTo(p[0].X, p[0].Y)
		case opentype.SegmentOpLineTo:
			z.LineTo(p[0].X, p[0].Y)
		case opentype.SegmentOpQuadTo:
			z.QuadTo(p[0].X, p[0].Y, p[1].X, p[1].Y)
		case opentype.SegmentOpCubeTo:
			z.CubeTo(p[0].X, p[0].Y, p[1].X, p[1].Y, p[2].X, p[2].Y)
		}
	}
	z.ClosePath()
}

// blit blends a mask in one colour, its top left corner at x, y.
func blit(dst *image.RGBA, m *mask, x, y int, c color.RGBA) {
	r := image.Rect(x, y, x+m.w, y+m.h).Intersect(dst.Rect)
	if r.Empty() {
		return
	}
	for py := r.Min.Y; py < r.Max.Y; py++ {
		row := m.pix[(py-y)*m.w+r.Min.X-x:][:r.Dx()]
		out := dst.Pix[dst.PixOffset(r.Min.X, py):][:4*r.Dx()]
		for i, a := range row {
			if a != 0 {
				blend(out[4*i:4*i+4:4*i+4], c, uint32(a))
			}
		}
	}
}

// blend lays the colour, at a/255 of its opacity, over the four bytes of one pixel.
func blend(p []uint8, c color.RGBA, a uint32) {
	if a == 255 && c.A == 255 {
		p[0], p[1], p[2], p[3] = c.R, c.G, c.B, 255
		return
	}
	inv := 255*255 - uint32(c.A)*a
	p[0] = uint8((uint32(c.R)*a*255 + uint32(p[0])*inv + 32512) / 65025)
	p[1] = uint8((uint32(c.G)*a*255 + uint32(p[1])*inv + 32512) / 65025)
	p[2] = uint8((uint32(c.B)*a*255 + uint32(p[2])*inv + 32512) / 65025)
	p[3] = uint8((uint32(c.A)*a*255 + uint32(p[3])*inv + 32512) / 65025)
}

func floor(v float32) int { return int(math.Floor(float64(v))) }
func ceil(v float32) int  { return int(math.Ceil(float64(v))) }
