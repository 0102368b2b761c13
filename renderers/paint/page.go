package paint

import (
	"image"
	"image/color"
)

// Page is a laid out Markdown text, in board units from its top left corner. It is immutable and may
// be used on any goroutine.
type Page struct {
	Width, Height float32
	Cut           bool // MaxHeight or MaxMarkdown left something out

	texts []placed
	boxes []box
	ticks []Tick
	pal   Palette
}

// Tick is the box of a task, to be hit-tested.
type Tick struct {
	Rect   Rect
	Done   bool
	Offset int // of its '[' in the source, in runes; -1 if unknown
}

// placed is text on a page.
type placed struct {
	x, y float32
	laid *Laid
}

// box is a filled rectangle behind the text.
type box struct {
	rect   Rect
	radius float32
	color  color.RGBA
}

// Draw draws the page with its top left corner at x, y (pixels of dst), scale pixels a board unit.
func (p *Page) Draw(dst *image.RGBA, x, y, scale float32) {
	for _, b := range p.boxes {
		FillRoundRect(dst, b.rect.Scaled(scale).Moved(x, y), b.radius*scale, b.color)
	}
	for _, t := range p.texts {
		top, bottom := y+t.y*scale, y+(t.y+t.laid.Height)*scale
		if bottom >= float32(dst.Rect.Min.Y) && top <= float32(dst.Rect.Max.Y) {
			t.laid.Draw(dst, x+t.x*scale, top, scale)
		}
	}
	for _, t := range p.ticks {
		CheckBox(dst, t.Rect.Scaled(scale).Moved(x, y), t.Done, p.pal)
	}
}

// Links returns what can be clicked.
func (p *Page) Links() []Link {
	var out []Link
	for _, t := range p.texts {
		for _, l := range t.laid.Links() {
			l.Rect = l.Rect.Moved(t.x, t.y)
			out = append(out, l)
		}
	}
	return out
}

// Ticks returns the boxes of tasks in the order of the text.
func (p *Page) Ticks() []Tick { return p.ticks }
