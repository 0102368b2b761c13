package renderers

import (
	"image"
	"math"

	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// shadowMargin is the room around a card in its picture, in board units.
const shadowMargin = 14

// cardRadius is the corner radius of a card in board units.
const cardRadius = 7

// maxCardPixels caps one card's picture; larger ones are painted coarser.
const maxCardPixels = 6 << 20

// cardShown is a card as painters see it: immutable.
type cardShown struct {
	face   *Face
	value  any
	state  doc.Availability
	err    error
	scroll float32 // board units
	doc    doc.ID
	// What painting may ask for; called on painter goroutines.
	pics   func(Picture) (*image.RGBA, error)
	nested func(doc.ID, string) (*Face, any, bool)
	words  func(error) string
	comes  func(doc.ID, string) (Arriving, bool)
	people *People
	alive  any // as in Sheet
	holds  int // as in Sheet
}

// paintJob is one card to paint into a picture of its own.
type paintJob struct {
	cardShown
	size  Point // board units; 0 in a dimension means natural
	scale float32
	dark  bool
	today string
}

// painted is what came of a job.
type painted struct {
	img     *image.RGBA
	natural Point // the size that was painted, board units
	scale   float32
	hot     []Hot
	content float32 // height of the whole content where it is longer than the card, else 0
	lacks   bool    // pictures or documents inside are still to come
}

// measure is the size that a card has: what is chosen, and in a dimension
// that is 0 what its content wants.
func (c *cardShown) measure(sh *paint.Shaper, size Point) Point {
	if size.X != 0 && size.Y != 0 {
		return size
	}
	w, h := float32(c.face.Info.Size.W), float32(c.face.Info.Size.H)
	if c.state == doc.Ready {
		w, h = c.face.Natural(sh, c.value, size.X)
	}
	if size.X == 0 {
		size.X = w
	}
	if size.Y == 0 {
		size.Y = h
	}
	return size
}

func palette(dark bool) paint.Palette {
	if dark {
		return paint.Dark()
	}
	return paint.Light()
}

// paint draws a card with its shadow. Pure apart from the job's callbacks.
func (j paintJob) paint(sh *paint.Shaper) painted {
	size, scale := j.measure(sh, j.size), j.scale
	m := float32(shadowMargin)
	if area := float64((size.X + 2*m) * (size.Y + 2*m) * scale * scale); area > maxCardPixels {
		scale *= float32(math.Sqrt(maxCardPixels / area))
	}
	px := func(v float32) int { return max(1, int(math.Ceil(float64(v*scale)))) }
	s := &Sheet{
		Dst: image.NewRGBA(image.Rect(0, 0, px(size.X+2*m), px(size.Y+2*m))),
		X:   m * scale, Y: m * scale, Scale: scale, W: size.X, H: size.Y,
		Pal: palette(j.dark), Shaper: sh, Today: j.today,
	}
	hot := j.draw(s)
	out := painted{img: s.Dst, natural: size, scale: scale, hot: hot}
	if s.Content > size.Y+1 {
		out.content = s.Content
	}
	return out
}

// draw puts the card on a sheet that knows its place, size and palette.
func (c *cardShown) draw(s *Sheet) []Hot {
	s.Picture, s.Nested, s.Sentence, s.Scroll = c.pics, c.nested, c.words, c.scroll
	s.Doc, s.Arriving, s.People, s.Alive = c.doc, c.comes, c.people, c.alive
	s.Holds = c.holds
	r := s.Rect(0, 0, s.W, s.H)
	if !c.face.Flat {
		paint.Shadow(s.Dst, r, cardRadius*s.Scale, 10*s.Scale, 2.5*s.Scale, s.Pal.Shadow)
	}
	if !c.face.Bare {
		paint.FillRoundRect(s.Dst, r, cardRadius*s.Scale, s.Pal.Paper)
	}
	hot := c.inside(s)
	if !c.face.Bare {
		paint.StrokeRoundRect(s.Dst, r, cardRadius*s.Scale, max(1, s.Scale), s.Pal.PaperEdge)
	}
	return hot
}

func (c *cardShown) inside(s *Sheet) []Hot {
	switch c.state {
	case doc.Ready:
		return c.face.Paint(s, c.value)
	case doc.Loading:
		paint.FillRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), cardRadius*s.Scale, s.Pal.PaperSunk)
	case doc.Deleted:
		paintTrouble(s, lang.Below(c.face.Info.Label), lang.T("This card was deleted."))
	default:
		words := lang.T("What this card shows is not on this device.")
		if c.err != nil && c.words != nil {
			words = c.words(c.err)
		}
		paintTrouble(s, lang.Below(c.face.Info.Label), words)
	}
	return nil
}
