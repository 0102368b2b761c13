package person

import (
	"image"
	"image/color"
	"time"

	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
)

// Look takes a picture of the window.
func (p *Person) Look() *image.RGBA {
	p.T.Helper()
	picture, err := p.X.Shot(p.Window.Rect)
	p.Must(err)
	return picture
}

// Still waits until the picture stays as it is for a while, a blinking caret
// aside, and returns it.
func (p *Person) Still() *image.RGBA {
	p.T.Helper()
	const needed, caret = 4, 200
	before, same := p.Look(), 0
	p.Until("the window is still", func() bool {
		time.Sleep(40 * time.Millisecond)
		now := p.Look()
		if Different(before, now) <= caret {
			same++
		} else {
			same = 0
		}
		before = now
		return same >= needed
	})
	return before
}

// Keep waits for a still picture and keeps it for people to look at.
func (p *Person) Keep(name string) *image.RGBA {
	p.T.Helper()
	picture := p.Still()
	p.Save(name, picture)
	return picture
}

// Save keeps a picture for people to look at.
func (p *Person) Save(name string, picture image.Image) {
	p.T.Helper()
	p.Must(x11.SavePNG(prog.Artifact(p.T, p.name+"-"+name), picture))
}

// Changes does something and waits until it can be seen and is over. It
// returns the picture after that.
func (p *Person) Changes(do func()) *image.RGBA {
	p.T.Helper()
	return p.ChangesFrom(p.Still(), do)
}

// ChangesFrom is Changes where the picture before is at hand.
func (p *Person) ChangesFrom(before *image.RGBA, do func()) *image.RGBA {
	p.T.Helper()
	p.changes(before, do)
	return p.Still()
}

// Reacts does something and waits until it begins to be seen; the window is
// still before.
func (p *Person) Reacts(do func()) {
	p.T.Helper()
	p.changes(p.Look(), do)
}

func (p *Person) changes(before *image.RGBA, do func()) {
	p.T.Helper()
	const much = 100
	do()
	p.Until("the window changes", func() bool { return Different(before, p.Look()) > much })
}

// Begins makes a card, so that there are n, and waits until it can be typed in.
func (p *Person) Begins(n int, do func()) {
	p.T.Helper()
	p.Changes(do)
	p.AwaitCards(n)
	p.Still()
}

// Sees waits until at least count pixels in a part of the board have nearly a
// colour.
func (p *Person) Sees(what string, c color.RGBA, part image.Rectangle, count int) {
	p.T.Helper()
	p.Until(what+" can be seen", func() bool { return Pixels(p.Look(), part.Add(image.Pt(0, p.Top)), c) >= count })
}

// Pixels counts those of nearly a colour in a part of a picture.
func Pixels(m *image.RGBA, part image.Rectangle, c color.RGBA) int {
	n := 0
	each(m, part, c, func(image.Point) { n++ })
	return n
}

// Box is the smallest rectangle around the pixels of nearly a colour in a part
// of a picture; empty when there are none.
func Box(m *image.RGBA, part image.Rectangle, c color.RGBA) image.Rectangle {
	var box image.Rectangle
	each(m, part, c, func(at image.Point) { box = box.Union(image.Rectangle{at, at.Add(image.Pt(1, 1))}) })
	return box
}

// Different counts the pixels in which two pictures of one size differ.
func Different(a, b *image.RGBA) int {
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if [4]byte(a.Pix[i:i+4]) != [4]byte(b.Pix[i:i+4]) {
			n++
		}
	}
	return n
}

// each calls found for the pixels of nearly a colour.
func each(m *image.RGBA, part image.Rectangle, c color.RGBA, found func(image.Point)) {
	part = part.Intersect(m.Rect)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			i := m.PixOffset(x, y)
			if q := m.Pix[i : i+3 : i+3]; near(q[0], c.R) && near(q[1], c.G) && near(q[2], c.B) {
				found(image.Pt(x, y))
			}
		}
	}
}

func near(a, b uint8) bool {
	const tolerance = 6
	return max(int(a), int(b))-min(int(a), int(b)) <= tolerance
}
