package renderers

import (
	"image"
	"math"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/doc"
)

// pinsPerFrame bounds the cards that one frame begins to show.
const pinsPerFrame = 48

// manyCards is the number in view above which detail stays a power of two.
const manyCards = 160

// pin is a card in view: its document, its picture and what it wants next.
type pin struct {
	card   *board.Card
	face   *Face
	handle doc.Handle
	cancel func()
	// comments of the document, once it was in view while the camera rested.
	comments *pinComments
	looks    []PersonLook // of those who speak in a thread

	im    *canvas.Image
	img   *image.RGBA // what im shows
	next  *painted    // painted, waiting for its turn to be uploaded
	size  Point       // board units of img
	scale float32     // pixels per board unit of img
	hot   []Hot
	asked paintKey // the newest job
	has   paintKey // what img was painted for
	stale bool     // something that the key does not show has changed
	lacks bool     // as in painted

	scroll  float32 // of the content, board units
	content float32 // as in painted

	shown uint64        // frame in which it was in view
	seen  atomic.Uint64 // frame in which it was in view or near
	idle  atomic.Bool   // asked for with no hurry: it is near, or under the editor
	turn  atomic.Uint64 // counts the wishes
}

// paintKey says what a picture was painted for.
type paintKey struct {
	rev   uint64
	state doc.Availability
	size  Point
	scale float32
	dark  bool
	today string
	holds int // cards in a column

	scroll float32
}

// watched is another document that painters looked into (nested boards).
type watched struct {
	handle doc.Handle
	cancel func()
	users  map[board.CardID]bool
}

func (v *BoardView) pinFor(c *board.Card) *pin {
	if p := v.pins[c.ID]; p != nil {
		return p
	}
	p := &pin{card: c, face: v.env.Registry.Face(c.Link.Kind), im: newPicture(nil)}
	v.pins[c.ID] = p
	v.fresh++
	v.openPin(p)
	return p
}

func (v *BoardView) openPin(p *pin) {
	if p.card.LinkErr != nil {
		return
	}
	id := p.card.ID
	p.handle = v.env.Docs.Open(p.card.Link.Document, p.face.View)
	p.cancel = p.handle.Subscribe(func() { v.frames.Add(func() { v.changed(id) }) })
}

// changed follows one card's document.
func (v *BoardView) changed(id board.CardID) {
	if v.closed {
		return
	}
	if p := v.pins[id]; p != nil && v.editing(id) {
		v.edit.editor.Show(p.handle.Snapshot().Value)
	}
	v.later()
}

// repin follows a changed placement; a changed link opens the other document.
func (v *BoardView) repin(p *pin, c *board.Card) {
	same := p.card.Link == c.Link
	p.card = c
	if same {
		return
	}
	v.unpin(p)
	p.face, p.stale = v.env.Registry.Face(c.Link.Kind), true
	v.openPin(p)
}

func (v *BoardView) unpin(p *pin) {
	if p.handle != nil {
		p.cancel()
		p.handle.Close()
		p.handle = nil
	}
	p.comments.close()
	p.comments = nil
	v.drop(p)
}

// drop forgets a card's pictures.
func (v *BoardView) drop(p *pin) {
	p.has, p.asked, p.next = paintKey{}, paintKey{}, nil
	if p.img != nil {
		p.img, p.im.Image = nil, nil
		canvas.Refresh(p.im)
	}
}

// bytes of the pictures that the pin keeps.
func (p *pin) bytes() int {
	n := bytesOf(p.img)
	if p.next != nil {
		n += bytesOf(p.next.img)
	}
	return n
}

// snapshot is the card's newest state; broken links are Unavailable.
func (p *pin) snapshot() doc.Snapshot[any] {
	if p.handle == nil {
		return doc.Snapshot[any]{State: doc.Unavailable, Err: p.card.LinkErr}
	}
	return p.handle.Snapshot()
}

// place puts one card's picture on screen and asks for a better one where it
// is needed. It reports whether the card shows its newest value.
func (v *BoardView) place(at *board.Placed) bool {
	if v.pins[at.Card.ID] == nil && v.fresh >= pinsPerFrame {
		v.later()
		v.decor.blank(v, at, v.around.pal.Paper)
		return false
	}
	p := v.pinFor(at.Card)
	if p.card != at.Card && p.card.Link == at.Card.Link {
		p.card = at.Card // a column has given it another size
	}
	p.seen.Store(v.frame)
	p.shown = v.frame
	if !at.Editing { // the editor lies over it
		v.adopt(p)
	}
	s := p.snapshot()
	want := v.wanted(p, at, s)
	fresh := p.img != nil && p.has.rev == want.rev && p.has.state == want.state && p.has.scroll == want.scroll &&
		p.has.size == want.size && p.has.dark == want.dark && p.has.today == want.today && p.has.holds == want.holds && !p.stale
	hurry := p.asked == want && p.idle.Load() && !at.Editing
	if s.State != doc.Loading && (!fresh || p.has.scale != want.scale) && (p.asked != want || p.stale || hurry) {
		p.asked, p.stale = want, false
		p.idle.Store(at.Editing)
		v.paint(p, s, want)
	}
	switch {
	case at.Editing:
		return true
	case p.img != nil:
		v.objects = append(v.objects, v.fit(p, at))
		v.playOver(p, at, s.Value)
	case p.face.Flat: // a flash of paper would be more than it is
	case s.State == doc.Ready:
		v.decor.blank(v, at, p.face.Block(s.Value, v.around.pal))
	default:
		v.decor.blank(v, at, v.around.pal.Paper)
	}
	return fresh && !p.lacks
}

// wanted is the picture that the card should have now.
func (v *BoardView) wanted(p *pin, at *board.Placed, s doc.Snapshot[any]) paintKey {
	size := Point{float32(p.card.Size.W), float32(p.card.Size.H)}
	if r, there := v.Layout.Rect(at.Card.ID); at.Ghost && there && !sameSize(at.BoardSize, r.Size()) {
		size = Point{float32(at.BoardSize.W), float32(at.BoardSize.H)} // being resized
	}
	scale := float32(v.view.Camera.Zoom) * v.around.scale
	if v.moving || len(v.view.Cards) > manyCards {
		scale = float32(math.Exp2(math.Ceil(math.Log2(float64(scale)) - 0.01)))
		if v.moving && p.img != nil && p.has.rev == s.Revision {
			scale = p.has.scale // detail is frozen while the camera moves
		}
	}
	return paintKey{rev: s.Revision, state: s.State, size: size, scale: scale, dark: v.around.pal.IsDark, today: v.around.today, holds: p.card.Holds, scroll: p.scroll}
}

// fit sizes and moves the picture over the card's place, on whole pixels.
func (v *BoardView) fit(p *pin, at *board.Placed) *canvas.Image {
	zoom := float32(v.view.Camera.Zoom)
	m := float32(shadowMargin) * zoom
	size := fyne.NewSize(float32(at.Rect.W)+2*m, float32(at.Rect.H)+2*m)
	if abs(p.size.X*zoom-float32(at.Rect.W)) < 1 && abs(p.size.Y*zoom-float32(at.Rect.H)) < 1 {
		b := p.img.Bounds()
		size = fyne.NewSize(float32(b.Dx())/p.scale*zoom, float32(b.Dy())/p.scale*zoom)
	}
	setImageSize(p.im, size)
	p.im.Move(fyne.NewPos(v.onPixel(at.Rect.X-float64(m)), v.onPixel(at.Rect.Y-float64(m))))
	return p.im
}

// onPixel is the nearest place between two pixels of the screen.
func (v *BoardView) onPixel(x float64) float32 {
	scale := float64(v.around.scale)
	return float32(math.Round(x*scale) / scale)
}

// onPixels moves the edges of a rectangle between pixels of the screen.
func (v *BoardView) onPixels(r board.Rect) board.Rect {
	x, y := v.onPixel(r.X), v.onPixel(r.Y)
	return board.Rect{X: float64(x), Y: float64(y), W: float64(v.onPixel(r.X+r.W) - x), H: float64(v.onPixel(r.Y+r.H) - y)}
}

func sameSize(a, b board.Size) bool {
	return math.Abs(a.W-b.W) <= 0.5 && math.Abs(a.H-b.H) <= 0.5
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
