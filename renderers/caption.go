package renderers

import (
	"image"
	"image/color"
	"math"

	"corkboard/renderers/paint"
)

// The strip below a picture, in board units.
const (
	captionPadX = 12
	captionPadY = 8
	captionSize = 13
)

// captionText lays a caption out for a card of that width; at most two lines.
func captionText(sh *paint.Shaper, caption string, width float32, c color.RGBA) *paint.Laid {
	st := paint.Style{Size: captionSize, Color: c}
	return sh.Plain(caption, st, max(1, width-2*captionPadX), paint.Options{MaxLines: 2, LineHeight: 1.35})
}

// captionHeight is the height of the strip; nothing without a caption.
func captionHeight(sh *paint.Shaper, caption string, width float32) float32 {
	if caption == "" {
		return 0
	}
	l := captionText(sh, caption, width, color.RGBA{})
	return float32(math.Ceil(float64(l.Height))) + 2*captionPadY
}

// paintCaption draws the strip at the foot of the card, over its paper.
func paintCaption(s *Sheet, caption string, height float32) {
	l := captionText(s.Shaper, caption, s.W, s.Pal.InkMuted)
	l.Draw(s.Dst, s.X+captionPadX*s.Scale, s.Y+(s.H-height+captionPadY)*s.Scale, s.Scale)
}

// banded draws twice, so that only the upper corners of r come out round: draw
// gets the rows of the corners with their radius, then the rows below without.
func banded(dst *image.RGBA, r paint.Rect, radius float32, draw func(dst *image.RGBA, radius float32)) {
	b := dst.Bounds()
	cut := int(math.Ceil(float64(r.Y + radius)))
	end := int(math.Round(float64(r.Y + r.H)))
	part := func(from, to int, radius float32) {
		if sub, ok := dst.SubImage(image.Rect(b.Min.X, from, b.Max.X, to)).(*image.RGBA); ok && !sub.Rect.Empty() {
			draw(sub, radius)
		}
	}
	part(b.Min.Y, min(cut, end), radius)
	part(cut, end, 0)
}

// colourOf reads #rrggbb; ok is false for anything else.
func colourOf(s string) (c color.RGBA, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return c, false
	}
	var v uint32
	for _, d := range []byte(s[1:]) {
		switch {
		case d >= '0' && d <= '9':
			d -= '0'
		case d >= 'a' && d <= 'f':
			d -= 'a' - 10
		case d >= 'A' && d <= 'F':
			d -= 'A' - 10
		default:
			return c, false
		}
		v = v<<4 | uint32(d)
	}
	return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}, true
}
