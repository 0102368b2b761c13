package solo

import (
	"image"
	"image/color"
	"time"

	"corkboard/e2e/prog"
)

// look takes a picture of the window.
func (p *person) look() *image.RGBA {
	p.t.Helper()
	picture, err := p.x.Shot(p.window.Rect)
	p.must(err)
	return picture
}

// still waits until the picture stays as it is for a while, a blinking caret
// aside, and returns it.
func (p *person) still() *image.RGBA {
	p.t.Helper()
	const needed, caret = 4, 200
	before, same := p.look(), 0
	p.until("the window is still", func() bool {
		time.Sleep(40 * time.Millisecond)
		now := p.look()
		if different(before, now) <= caret {
			same++
		} else {
			same = 0
		}
		before = now
		return same >= needed
	})
	return before
}

// keep waits for a still picture and keeps it for people to look at.
func (p *person) keep(name string) *image.RGBA {
	p.t.Helper()
	picture := p.still()
	prog.Shot(p.t, p.x, "solo-"+name)
	return picture
}

// changes does something and waits until it can be seen and is over.
func (p *person) changes(do func()) {
	p.t.Helper()
	const much = 100
	before := p.still()
	do()
	p.until("the window changes", func() bool { return different(before, p.look()) > much })
	p.still()
}

// begins makes a card, so that there are n, and waits until it can be typed in.
func (p *person) begins(n int, do func()) {
	p.t.Helper()
	p.changes(do)
	p.awaitCards(n)
	p.still()
}

// sees waits until at least count pixels in a part of the board have nearly a
// colour.
func (p *person) sees(what string, c color.RGBA, part image.Rectangle, count int) {
	p.t.Helper()
	p.until(what+" can be seen", func() bool { return pixels(p.look(), part.Add(image.Pt(0, p.top)), c) >= count })
}

// pixels counts those of nearly a colour.
func pixels(m *image.RGBA, part image.Rectangle, c color.RGBA) int {
	n := 0
	part = part.Intersect(m.Rect)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if near(m.RGBAAt(x, y), c) {
				n++
			}
		}
	}
	return n
}

// different counts the pixels in which two pictures of one size differ.
func different(a, b *image.RGBA) int {
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if [4]byte(a.Pix[i:i+4]) != [4]byte(b.Pix[i:i+4]) {
			n++
		}
	}
	return n
}

func near(a, b color.RGBA) bool {
	const tolerance = 6
	return apart(a.R, b.R) <= tolerance && apart(a.G, b.G) <= tolerance && apart(a.B, b.B) <= tolerance
}

func apart(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }
