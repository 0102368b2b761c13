package renderers

import (
	"image"
	"image/color"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// tileJob is one tile to paint: an immutable list of cards from the bottom to
// the top.
type tileJob struct {
	area   board.Rect // board units
	scale  float32    // pixels per board unit
	w, h   int        // pixels
	cards  []board.Spot
	lines  []board.Line // connectors, above frames and columns and below all other cards
	sum    uint64       // of lines
	ground color.RGBA
	dark   bool
	today  string
	values *readings
	spare  *spareTiles
	// shown makes what painting a card may ask for.
	shown func(c *board.Card, r reading) cardShown
	plain bool // only where cards are, and their colours,
	open  bool // for which documents are opened then, too
}

// tilePainted is what came of a tileJob.
type tilePainted struct {
	img     *image.RGBA
	drawn   map[board.CardID]drawnCard
	lineSum uint64
	natural map[board.CardID]Point // sizes that were measured on the way
}

// loadPatience is how long a painter waits for documents that a tile shows
// for the first time; what comes later is painted later.
const loadPatience = 120 * time.Millisecond

// paint draws the tile. It runs on a painter goroutine.
func (j tileJob) paint(sh *paint.Shaper) tilePainted {
	out := tilePainted{
		img:     j.spare.take(j.w, j.h),
		drawn:   make(map[board.CardID]drawnCard, len(j.cards)),
		lineSum: j.sum,
		natural: map[board.CardID]Point{},
	}
	clear(out.img.Pix)
	paint.FillRect(out.img, paint.Rect{W: float32(j.w), H: float32(j.h)}, j.ground)
	sheet := Sheet{Dst: out.img, Scale: j.scale, Pal: palette(j.dark), Shaper: sh, Today: j.today}
	if !j.plain || j.open {
		j.values.await(j.cards, loadPatience)
	}
	lined := j.plain
	for _, c := range j.cards {
		if !lined && !board.OnGround(c.Card.Link.Kind) {
			lined = true
			j.paintLines(out.img, sh)
		}
		r, ok := j.values.of(c.Card, !j.plain || j.open)
		if ok && r.state == doc.Ready {
			c.Rect = j.measure(sh, c, r, out.natural)
		}
		out.drawn[c.Card.ID] = drawnCard{c.Rect, r.version}
		s := sheet
		s.X, s.Y = float32(c.Rect.X-j.area.X)*j.scale, float32(c.Rect.Y-j.area.Y)*j.scale
		s.W, s.H = float32(c.Rect.W), float32(c.Rect.H)
		ink := c.Card.Link.Kind == board.KindInk
		if ink && (j.plain || !ok || r.state == doc.Loading) {
			continue // a block would be more than it is
		}
		if !ink && (j.plain || !ok || r.state == doc.Loading || min(s.W, s.H)*s.Scale < blockBelow(r.face)) {
			paintBlock(&s, r)
			continue
		}
		shown := j.shown(c.Card, r)
		shown.draw(&s)
	}
	if !lined {
		j.paintLines(out.img, sh)
	}
	return out
}

// paintLines draws the connectors, above frames and columns and below all other cards.
func (j tileJob) paintLines(dst *image.RGBA, sh *paint.Shaper) {
	if len(j.lines) > 0 {
		paintLines(dst, sh, j.lines, j.area, j.scale, j.ground, palette(j.dark))
	}
}

// measure is where a card is once its content is known.
func (j tileJob) measure(sh *paint.Shaper, c board.Spot, r reading, found map[board.CardID]Point) board.Rect {
	if c.Card.Size.W != 0 && c.Card.Size.H != 0 {
		return c.Rect
	}
	size := j.values.natural(sh, c.Card, r)
	if abs(size.X-float32(c.Rect.W)) > 0.5 || abs(size.Y-float32(c.Rect.H)) > 0.5 {
		found[c.Card.ID] = size
	}
	return board.RectAt(c.Rect.Min(), board.Size{W: float64(size.X), H: float64(size.Y)})
}

// blockBelow is the number of pixels of a card's shorter side below which it
// is drawn as a block of its main colour. Pictures can be told apart longer
// than words can be read.
func blockBelow(f *Face) float32 {
	if f.Info.Kind == cards.KindImage {
		return 4
	}
	return 10
}

// paintBlock draws a card as a block of its main colour.
func paintBlock(s *Sheet, r reading) {
	c := s.Pal.Paper
	if r.face != nil && r.state == doc.Ready {
		c = r.face.Block(r.value, s.Pal)
	}
	at := s.Rect(0, 0, s.W, s.H)
	at.W, at.H = max(at.W, 1), max(at.H, 1)
	radius := float32(0)
	if min(at.W, at.H) > 6 {
		radius = cardRadius * s.Scale
	}
	paint.FillRoundRect(s.Dst, at, radius, c)
	if min(at.W, at.H) >= 4 {
		paint.StrokeRoundRect(s.Dst, at, radius, max(0.5, s.Scale), s.Pal.PaperEdge)
	}
}
