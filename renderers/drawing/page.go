package drawing

import (
	"image/color"

	"corkboard/exchange"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// Metrics of cards, as painters have them, in board units.
const (
	radius  = 7
	padX    = 14
	padY    = 12
	maxHigh = 20_000
)

// pageOf lays out what a card says; nil for a card that is shown as a picture.
func pageOf(d *renderers.Drawing, c renderers.DrawnCard, who exchange.Speaker) *paint.Page {
	text := exchange.Markdown(c.Value, who)
	if text == "" {
		return nil
	}
	high := min(float32(c.Rect.H), maxHigh)
	return d.Shaper().LayoutMarkdown(text, float32(c.Rect.W)-2*padX, paint.Light(), paint.MarkdownOptions{MaxHeight: high})
}

// tick is the three corners of the mark in a box.
func tick(r paint.Rect) [6]float32 {
	return [6]float32{r.X + 0.22*r.W, r.Y + 0.52*r.H, r.X + 0.42*r.W, r.Y + 0.72*r.H, r.X + 0.78*r.W, r.Y + 0.3*r.H}
}

// opaque is a colour over paper.
func opaque(c color.RGBA) color.RGBA {
	p := paint.Light().Paper
	over := func(a, b uint8) uint8 { return uint8(min(255, int(a)+int(b)*(255-int(c.A))/255)) }
	return color.RGBA{over(c.R, p.R), over(c.G, p.G), over(c.B, p.B), 255}
}

// speaker tells who has written something.
func speaker(env *renderers.Env) exchange.Speaker {
	return func(id string) string {
		if env.People == nil || env.People.Look == nil {
			return "Somebody"
		}
		return env.People.Look(id).Name
	}
}
