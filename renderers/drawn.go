package renderers

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

const (
	drawnMargin = 40               // board units around all cards
	drawnEdge   = 16               // and around some of them
	drawnWait   = 10 * time.Second // for documents; what is later is drawn as loading
)

// MaxDrawnPixels caps pictures of whole boards: 128 MB.
const MaxDrawnPixels = 32 << 20

// Drawing is a board as it is drawn without a window, in the light theme. It belongs to one
// goroutine and is closed after use.
type Drawing struct {
	Title  string
	Area   board.Rect // board units
	Ground color.RGBA
	Lines  []board.Line
	Cards  []DrawnCard // from the bottom to the top

	env    *Env
	ctx    context.Context
	values *readings
	shaper *paint.Shaper
	spots  []board.Spot
}

// DrawnCard is a card of a Drawing. Value is nil where the document is not here.
type DrawnCard struct {
	Rect  board.Rect
	Doc   doc.ID
	Kind  cards.Kind
	Value any
}

// NewDrawing reads a board and measures what is on it. Errors: doc.ErrGone, those of
// the store, the context's.
func NewDrawing(ctx context.Context, env *Env, id doc.ID) (*Drawing, error) {
	h := env.Docs.Open(id, env.Registry.Face(cards.KindBoard).View)
	defer h.Close()
	s, err := whenRead(ctx, h)
	if err != nil {
		return nil, fmt.Errorf("reading the board: %w", err)
	}
	b, _ := s.Value.(*board.Board)
	if b == nil {
		b = &board.Board{}
	}
	d := &Drawing{Title: boardTitle(b), Ground: BoardColor(b, paint.Light()), env: env, ctx: ctx, shaper: paint.NewShaper()}
	d.values = newReadings(env.Docs, env.Registry, func() {})
	l := board.NewLayout(func(kind string) board.Size {
		size := env.Registry.Face(kind).Info.Size
		return board.Size{W: size.W, H: size.H}
	})
	l.Set(b)
	whole := board.Rect{X: -math.MaxFloat32, Y: -math.MaxFloat32, W: 2 * math.MaxFloat32, H: 2 * math.MaxFloat32}
	d.values.await(l.Spots(whole, nil), drawnWait)
	for _, c := range b.Cards {
		c = l.Card(c.ID) // as wide as its column makes it
		if r, ok := d.values.of(c, true); ok && r.state == doc.Ready {
			n := d.values.natural(d.shaper, c, r)
			l.SetNatural(c.ID, board.Size{W: float64(n.X), H: float64(n.Y)})
		}
	}
	d.spots = l.Spots(whole, nil)
	d.Area, d.Lines = l.Bounds().Inset(-drawnMargin), l.Lines()
	for _, spot := range d.spots {
		c := DrawnCard{Rect: spot.Rect, Doc: spot.Card.Link.Document, Kind: spot.Card.Link.Kind}
		if r, ok := d.values.of(spot.Card, true); ok && r.state == doc.Ready {
			c.Value = r.value
		}
		d.Cards = append(d.Cards, c)
	}
	return d, ctx.Err()
}

// Close gives the documents back.
func (d *Drawing) Close() { d.values.close() }

// Shaper lays out text for this drawing.
func (d *Drawing) Shaper() *paint.Shaper { return d.shaper }

// whenRead waits until a document is read.
func whenRead(ctx context.Context, h doc.Handle) (doc.Snapshot[any], error) {
	s, err := doc.Await[any](ctx, h, doc.Snapshot[any].Settled)
	switch {
	case err != nil:
		return doc.Snapshot[any]{}, err
	case s.State == doc.Ready:
		return s, nil
	case s.Err == nil:
		return s, doc.ErrGone
	}
	return s, s.Err
}

// Picture draws the whole board, scale pixels a board unit, or as many as MaxDrawnPixels
// leaves. It blocks.
func (d *Drawing) Picture(scale float64) *image.RGBA {
	if most := math.Sqrt(MaxDrawnPixels / (d.Area.W * d.Area.H)); scale > most {
		scale = most
	}
	return d.paint(d.Area, d.spots, d.Lines, scale, d.Ground)
}

// Label is what is written on a connector, laid out, and the plate below it; false where
// there is nothing.
func (d *Drawing) Label(l board.Line) (laid *paint.Laid, plate board.Rect, ok bool) {
	if l.Connector.Label == "" {
		return nil, plate, false
	}
	x := layLabel(d.shaper, l.Connector.Label, d.Ground, paint.Light())
	at, w, h := l.Middle(), float64(x.w), float64(x.h)
	return x.laid, board.Rect{X: at.X - w/2, Y: at.Y - h/2, W: w, H: h}, true
}

// Card draws one card alone, on nothing. It blocks.
func (d *Drawing) Card(n int, scale float64) *image.RGBA {
	r := d.spots[n].Rect
	if most := math.Sqrt(maxCardPixels / (r.W * r.H)); scale > most {
		scale = most
	}
	return d.paint(r, d.spots[n:n+1], nil, scale, color.RGBA{})
}

func (d *Drawing) paint(area board.Rect, spots []board.Spot, lines []board.Line, scale float64, ground color.RGBA) *image.RGBA {
	side := func(v float64) int { return max(1, int(math.Ceil(v*scale))) }
	j := tileJob{
		area: area, scale: float32(scale), w: side(area.W), h: side(area.H), cards: spots, lines: lines, ground: ground,
		today: d.env.Now().Format(cards.DateLayout), values: d.values, shown: d.shown,
	}
	return j.paint(d.shaper).img
}

// shown is a card with pictures and documents that are waited for.
func (d *Drawing) shown(c *board.Card, r reading) cardShown {
	return cardShown{
		face: r.face, value: r.value, holds: c.Holds, state: r.state, err: r.err, words: d.env.Sentence,
		doc: c.Link.Document, people: d.env.People,
		comes: func(id doc.ID, _ string) (Arriving, bool) {
			if d.env.Arriving == nil {
				return Arriving{}, false
			}
			return d.env.Arriving(id)
		},
		pics: func(p Picture) (*image.RGBA, error) { return d.env.Fetch(d.ctx, p.levelled()) },
		nested: func(id doc.ID, kind string) (*Face, any, bool) {
			f := d.env.Registry.Face(kind)
			h := d.env.Docs.Open(id, f.View)
			defer h.Close()
			ctx, cancel := context.WithTimeout(d.ctx, drawnWait)
			defer cancel()
			s, err := whenRead(ctx, h)
			return f, s.Value, err == nil
		},
	}
}
