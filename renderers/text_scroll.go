package renderers

import (
	"image/color"

	"corkboard/renderers/paint"
)

// scrollMark is where the thin mark stands, in card units, that tells which
// part of a text can be seen on a card that is w×h; ok is false where all of it can.
func scrollMark(w, h, scrolled, content float32) (r paint.Rect, ok bool) {
	const (
		wide  = 3
		edge  = 4  // from the right edge, and from top and bottom
		least = 18 // it stays long enough to be seen
	)
	room := h - 2*edge
	if content <= h+1 || room < 2*least {
		return paint.Rect{}, false
	}
	length := max(least, room*h/content)
	part := min(max(scrolled/(content-h), 0), 1)
	return paint.Rect{X: w - edge - wide, Y: edge + part*(room-length), W: wide, H: length}, true
}

func scrollMarkColor(pal paint.Palette) color.RGBA { return paint.Fade(pal.InkFaint, 0x90) }
