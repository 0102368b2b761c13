package renderers

import (
	"image"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

const (
	maxRemarks      = 120 // marks that are drawn
	remarksPerFrame = 8   // documents whose comments are looked at first in a frame
	remarkW         = 26  // screen units; wider for more digits
	remarkH         = 24
	remarkTail      = 5
	remarkTip       = 6 // from the left
)

// CommentsView reads the comments of a document of any kind.
var CommentsView = doc.Erase("comments", cards.CommentsCodec{})

// remarks mark the cards in view whose documents have comments that are open.
// Only those documents are looked at, when the camera rests, and none while very
// many are in view or the board is drawn from tiles: its cards are too small for a
// mark then.
type remarks struct {
	v       *BoardView
	shown   []remark // in this frame
	images  []*canvas.Image
	used    int
	pics    map[string]*image.RGBA // by what they say
	around  surroundings           // that pics were painted for
	shaper  *paint.Shaper
	pressed board.CardID
	read    board.CardID // its comments are being read: their places are shown
}

// remark is a mark on the screen.
type remark struct {
	card board.CardID
	at   board.Rect
}

// comments of a card as its mark knows them.
type pinComments struct {
	handle doc.Handle
	cancel func()
}

func (c *pinComments) close() {
	if c != nil {
		c.cancel()
		c.handle.Close()
	}
}

// open counts the comments that are not resolved.
func (c *pinComments) open() int {
	if c == nil {
		return 0
	}
	v, _ := c.handle.Snapshot().Value.(cards.Comments)
	return v.Open()
}

// look begins to follow the comments of cards that are in view now.
func (r *remarks) look() {
	v := r.v
	if v.moving || v.tiling.on || len(v.view.Cards) > manyCards {
		return
	}
	fresh := 0
	for i := range v.view.Cards {
		p := v.pins[v.view.Cards[i].Card.ID]
		if p == nil || p.handle == nil || p.comments != nil {
			continue
		}
		if fresh++; fresh > remarksPerFrame {
			v.later()
			return
		}
		h := v.env.Docs.Open(p.card.Link.Document, CommentsView)
		p.comments = &pinComments{handle: h, cancel: h.Subscribe(func() { v.frames.Add(v.later) })}
	}
}

// add appends the marks to the tree.
func (r *remarks) add(out []fyne.CanvasObject) []fyne.CanvasObject {
	v := r.v
	r.look()
	r.shown, r.used = r.shown[:0], 0
	if v.tiling.on {
		return out
	}
	for i := range v.view.Cards {
		at := &v.view.Cards[i]
		p := v.pins[at.Card.ID]
		if p == nil || len(r.shown) == maxRemarks {
			continue
		}
		if n := p.comments.open(); n > 0 {
			out = append(out, r.mark(at, n))
		}
		if at.Card.ID == r.read {
			out = r.places(at, p, out)
		}
	}
	return out
}

// mark is the picture over a card's right top corner.
func (r *remarks) mark(at *board.Placed, n int) fyne.CanvasObject {
	words := strconv.Itoa(n)
	if n > 99 {
		words = "99+"
	}
	img := r.picture(words)
	w, h := float64(img.Rect.Dx())/float64(r.v.around.scale), float64(img.Rect.Dy())/float64(r.v.around.scale)
	return r.put(at, img, at.Rect.X+at.Rect.W-lockSide/2-w-2, at.Rect.Y-h*0.55)
}

// places are marks with the numbers of the open comments that are about a point of
// the card.
func (r *remarks) places(at *board.Placed, p *pin, out []fyne.CanvasObject) []fyne.CanvasObject {
	if p.comments == nil {
		return out
	}
	all, _ := p.comments.handle.Snapshot().Value.(cards.Comments)
	n := 0
	for i := range all.List {
		c := &all.List[i]
		if c.Resolved {
			continue
		}
		if n++; c.At.On && len(r.shown) < maxRemarks {
			img := r.picture(strconv.Itoa(n))
			tip := board.Point{X: at.Rect.X + c.At.X*at.Rect.W, Y: at.Rect.Y + c.At.Y*at.Rect.H}
			out = append(out, r.put(at, img, tip.X-remarkTip, tip.Y-float64(img.Rect.Dy())/float64(r.v.around.scale)))
		}
	}
	return out
}

// ShowPlaces shows what points of a card comments are about, while they are read;
// "" shows none. UI goroutine.
func (v *BoardView) ShowPlaces(id board.CardID) {
	if v.decor.said.read != id && !v.closed {
		v.decor.said.read = id
		v.Sync()
	}
}

// put shows a picture at a place of the screen, on whole pixels.
func (r *remarks) put(at *board.Placed, img *image.RGBA, left, top float64) fyne.CanvasObject {
	v := r.v
	w, h := float32(img.Rect.Dx())/v.around.scale, float32(img.Rect.Dy())/v.around.scale
	x, y := v.onPixel(left), v.onPixel(top)
	r.shown = append(r.shown, remark{at.Card.ID, board.Rect{X: float64(x), Y: float64(y), W: float64(w), H: float64(h)}})
	if r.used == len(r.images) {
		r.images = append(r.images, newPicture(nil))
	}
	im := r.images[r.used]
	r.used++
	if im.Image != image.Image(img) {
		im.Image = img
		canvas.Refresh(im)
	}
	setImageSize(im, fyne.NewSize(w, h))
	im.Move(fyne.NewPos(x, y))
	return im
}

// picture is painted once for each number, theme and scale.
func (r *remarks) picture(words string) *image.RGBA {
	a := r.v.around
	if r.pics == nil || r.around.pal.IsDark != a.pal.IsDark || r.around.scale != a.scale {
		if r.shaper == nil {
			r.shaper = paint.NewShaper()
		}
		r.around, r.pics = a, map[string]*image.RGBA{}
	}
	if r.pics[words] == nil {
		r.pics[words] = paintRemark(r.shaper, words, a)
	}
	return r.pics[words]
}

// paintRemark draws a bubble with a number.
func paintRemark(sh *paint.Shaper, words string, a surroundings) *image.RGBA {
	l := sh.Plain(words, paint.Style{Size: 12, Bold: true, Color: a.pal.OnAccent}, paint.NoWrap, paint.Options{MaxLines: 1})
	w := max(remarkW, l.Width+14)
	px := func(u float32) int { return int(u*a.scale + 0.999) }
	img := image.NewRGBA(image.Rect(0, 0, px(w), px(remarkH)))
	k := a.scale
	tail := []paint.Point{{X: remarkTip * k, Y: (remarkH - remarkTail - 2) * k}, {X: remarkTip * k, Y: remarkH * k}, {X: 14 * k, Y: (remarkH - remarkTail - 2) * k}}
	paint.FillPath(img, tail, a.pal.Accent)
	bubble := paint.Rect{W: w * k, H: (remarkH - remarkTail) * k}
	paint.FillRoundRect(img, bubble, 7*k, a.pal.Accent)
	l.Draw(img, (w-l.Width)/2*k, (remarkH-remarkTail-l.Height)/2*k, k)
	return img
}

// at is the card whose mark lies at a place of the screen, "" for none.
func (r *remarks) at(p board.Point) board.CardID {
	i := slices.IndexFunc(r.shown, func(m remark) bool { return m.at.Contains(p) })
	if i < 0 {
		return ""
	}
	return r.shown[i].card
}

// press takes a press of the first button on a mark from the board, and release
// the end of it; true if it was one.
func (r *remarks) press(p board.Point) bool {
	r.pressed = r.at(p)
	return r.pressed != ""
}

func (r *remarks) release(p board.Point) bool {
	id := r.pressed
	r.pressed = ""
	if id != "" && r.at(p) == id {
		// Later: the toolkit takes the focus from what does not lie under the pointer.
		r.v.frames.Add(func() {
			if !r.v.closed {
				r.v.host.Effect(r.v, board.Comments{Card: id})
			}
		})
	}
	return id != ""
}
