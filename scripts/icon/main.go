// Command icon draws assets/icon.png, so that the picture can be made again.
// Run it from the root of the module: go run ./scripts/icon
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"

	"golang.org/x/image/vector"
)

const (
	size = 512
	// curve is the distance of a control point that makes a cubic Bézier look
	// like a quarter of a circle of radius 1.
	curve = 0.5523
)

func main() {
	if err := run("assets/icon.png"); err != nil {
		fmt.Fprintln(os.Stderr, "icon:", err)
		os.Exit(1)
	}
}

func run(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("create the picture: %w", err)
	}
	if err := png.Encode(file, draw()); err != nil {
		file.Close()
		return fmt.Errorf("encode the picture: %w", err)
	}
	return file.Close()
}

// draw paints the board, two cards and a pin; lengths are pixels of 512.
func draw() *image.RGBA {
	c := canvas{image.NewRGBA(image.Rect(0, 0, size, size))}
	c.fill(box{x: 16, y: 16, w: 480, h: 480, r: 104}, rgb(0xa87643))
	c.fill(box{x: 44, y: 44, w: 424, h: 424, r: 76}, rgb(0xc9955c))
	c.cork()

	note := box{x: 98, y: 182, w: 232, h: 250, r: 14, turn: -8, cx: 226, cy: 300}
	c.shadow(note)
	c.fill(note, rgb(0xf3e6b8))

	sheet := box{x: 176, y: 112, w: 240, h: 268, r: 14, turn: 7, cx: 296, cy: 250}
	c.shadow(sheet)
	c.fill(sheet, rgb(0xfffdf8))
	for i, width := range []float64{176, 176, 112} {
		line := sheet
		line.x, line.y, line.w, line.h, line.r = 208, 204+42*float64(i), width, 18, 9
		c.fill(line, rgb(0xc9c2b4))
	}

	for i := range 6 {
		c.fill(disc(320, 152, 40-3*float64(i)), color.NRGBA{A: 14})
	}
	c.fill(disc(306, 130, 38), rgb(0xd2382f))
	c.fill(disc(306, 126, 26), rgb(0xe8574b))
	c.fill(disc(296, 116, 9), rgb(0xffd9d3))
	return c.pixels
}

type canvas struct{ pixels *image.RGBA }

// cork sprinkles grains over the board at places that a fixed sequence picks.
func (c canvas) cork() {
	state := uint32(7)
	next := func(limit float64) float64 {
		state = state*1664525 + 1013904223
		return float64(state>>8) / (1 << 24) * limit
	}
	for range 260 {
		x, y, r := 60+next(392), 60+next(392), 1.5+next(3.5)
		grain := color.NRGBA{R: 0x8a, G: 0x5a, B: 0x2c, A: 60}
		if next(1) > 0.5 {
			grain = color.NRGBA{R: 0xf0, G: 0xc8, B: 0x94, A: 70}
		}
		c.fill(disc(x, y, r), grain)
	}
}

// shadow lays a soft shadow of b below and to the right of it.
func (c canvas) shadow(b box) {
	for i := range 8 {
		grow := float64(10 - 2*i)
		s := b
		s.x, s.y, s.w, s.h = b.x-grow+6, b.y-grow+12, b.w+2*grow, b.h+2*grow
		s.r = max(b.r+grow, 4)
		c.fill(s, color.NRGBA{A: 9})
	}
}

func (c canvas) fill(b box, paint color.Color) {
	r := vector.NewRasterizer(size, size)
	b.trace(r)
	r.Draw(c.pixels, c.pixels.Bounds(), image.NewUniform(paint), image.Point{})
}

// box is a rectangle with round corners, turned by degrees around (cx, cy).
type box struct {
	x, y, w, h, r float64
	turn, cx, cy  float64
}

func disc(x, y, r float64) box { return box{x: x - r, y: y - r, w: 2 * r, h: 2 * r, r: r} }

func (b box) trace(r *vector.Rasterizer) {
	right, bottom, k := b.x+b.w, b.y+b.h, b.r*(1-curve)
	at := func(x, y float64) (float32, float32) { return b.turned(x, y) }
	corner := func(x1, y1, x2, y2, x, y float64) {
		ax, ay := at(x1, y1)
		bx, by := at(x2, y2)
		ex, ey := at(x, y)
		r.CubeTo(ax, ay, bx, by, ex, ey)
	}
	r.MoveTo(at(b.x+b.r, b.y))
	r.LineTo(at(right-b.r, b.y))
	corner(right-k, b.y, right, b.y+k, right, b.y+b.r)
	r.LineTo(at(right, bottom-b.r))
	corner(right, bottom-k, right-k, bottom, right-b.r, bottom)
	r.LineTo(at(b.x+b.r, bottom))
	corner(b.x+k, bottom, b.x, bottom-k, b.x, bottom-b.r)
	r.LineTo(at(b.x, b.y+b.r))
	corner(b.x, b.y+k, b.x+k, b.y, b.x+b.r, b.y)
	r.ClosePath()
}

func (b box) turned(x, y float64) (float32, float32) {
	sin, cos := math.Sincos(b.turn * math.Pi / 180)
	dx, dy := x-b.cx, y-b.cy
	return float32(b.cx + dx*cos - dy*sin), float32(b.cy + dx*sin + dy*cos)
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}
