package renderers

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/doc"
)

// pictureBudget bounds the pictures of cards that one board keeps, in bytes.
// The driver holds a texture of the same size for each.
const pictureBudget = 48 << 20

// swapsPerFrame bounds how many new textures one frame uploads.
const swapsPerFrame = 24

// manyCards is the number in view above which detail stays a power of two.
const manyCards = 160

// pin is a card in view: its document, its picture and what it wants next.
type pin struct {
	card   *board.Card
	face   *Face
	handle doc.Handle
	cancel func()

	im    *canvas.Image
	img   *image.RGBA // what im shows
	next  *painted    // painted, waiting for its turn to be uploaded
	size  Point       // board units of img
	scale float32     // pixels per board unit of img
	dark  bool
	hot   []Hot
	asked paintKey // the newest job
	has   paintKey // what img was painted for
	stale bool     // something that the key does not show has changed
	seen  uint64
	lacks bool // as in painted
}

// paintKey says what a picture was painted for.
type paintKey struct {
	rev   uint64
	state doc.Availability
	size  Point
	scale float32
	dark  bool
	today string
}

// watched is another document that painters looked into (nested boards).
type watched struct {
	handle doc.Handle
	cancel func()
	face   *Face
	users  map[board.CardID]bool
}

func (v *BoardView) pinFor(c *board.Card) *pin {
	if p := v.pins[c.ID]; p != nil {
		return p
	}
	p := &pin{card: c, face: v.env.Registry.Face(c.Link.Kind)}
	p.im = canvas.NewImageFromImage(nil)
	p.im.FillMode = canvas.ImageFillStretch
	p.im.ScaleMode = canvas.ImageScaleFastest
	v.pins[c.ID] = p
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
	if p := v.pins[id]; p != nil && v.edit != nil && v.edit.id == id {
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
	v.drop(p)
}

func (v *BoardView) drop(p *pin) {
	if p.img == nil {
		return
	}
	v.pixels -= len(p.img.Pix)
	p.img, p.im.Image = nil, nil
	p.has, p.asked = paintKey{}, paintKey{}
	canvas.Refresh(p.im)
}

// trim forgets pictures that are out of view, longest unseen first.
func (v *BoardView) trim() {
	for v.pixels > pictureBudget {
		var oldest *pin
		for _, p := range v.pins {
			if p.img != nil && p.seen < v.frame && (oldest == nil || p.seen < oldest.seen) {
				oldest = p
			}
		}
		if oldest == nil {
			return
		}
		v.drop(oldest)
	}
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
	p := v.pinFor(at.Card)
	p.seen = v.frame
	v.adopt(p)
	s := p.snapshot()
	want := v.wanted(p, at, s)
	fresh := p.img != nil && p.has.rev == want.rev && p.has.state == want.state &&
		p.has.size == want.size && p.has.dark == want.dark && p.has.today == want.today && !p.stale
	if s.State != doc.Loading && (!fresh || p.has.scale != want.scale) && (p.asked != want || p.stale) {
		p.asked, p.stale = want, false
		v.paint(p, s, want)
	}
	if p.img != nil && !at.Editing {
		v.objects = append(v.objects, v.fit(p, at))
		v.playOver(p, at, s.Value)
	}
	return fresh && !p.lacks || at.Editing
}

// wanted is the picture that the card should have now.
func (v *BoardView) wanted(p *pin, at *board.Placed, s doc.Snapshot[any]) paintKey {
	size := Point{float32(p.card.Size.W), float32(p.card.Size.H)}
	if at.Ghost && p.img != nil {
		now := Point{float32(at.BoardSize.W), float32(at.BoardSize.H)}
		if abs(now.X-p.size.X) > 0.5 || abs(now.Y-p.size.Y) > 0.5 {
			size = now
		}
	}
	scale := float32(v.view.Camera.Zoom) * v.around.scale
	if v.moving || len(v.view.Cards) > manyCards {
		scale = float32(math.Exp2(math.Ceil(math.Log2(float64(scale)) - 0.01)))
		if v.moving && p.img != nil && p.has.rev == s.Revision {
			scale = p.has.scale // detail is frozen while the camera moves
		}
	}
	return paintKey{rev: s.Revision, state: s.State, size: size, scale: scale, dark: v.around.pal.IsDark, today: v.around.today}
}

// fit sizes and moves the picture over the card's place, on whole pixels.
func (v *BoardView) fit(p *pin, at *board.Placed) *canvas.Image {
	zoom := float32(v.view.Camera.Zoom)
	m := float32(shadowMargin) * zoom
	cs := v.around.scale
	round := func(x float32) float32 { return float32(math.Round(float64(x*cs))) / cs }
	size := fyne.NewSize(float32(at.Rect.W)+2*m, float32(at.Rect.H)+2*m)
	if abs(p.size.X*zoom-float32(at.Rect.W)) < 1 && abs(p.size.Y*zoom-float32(at.Rect.H)) < 1 {
		b := p.img.Bounds()
		size = fyne.NewSize(float32(b.Dx())/p.scale*zoom, float32(b.Dy())/p.scale*zoom)
	}
	setImageSize(p.im, size)
	p.im.Move(fyne.NewPos(round(float32(at.Rect.X)-m), round(float32(at.Rect.Y)-m)))
	return p.im
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
