package renderers

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/renderers/paint"
)

const (
	othersOutlines = 150 // cards and ghosts of all others that are drawn one by one
	othersGap      = 3   // between two outlines around one card, screen units
)

// othersMarks are the objects of all others, used again from frame to frame.
type othersMarks struct {
	boxes  rects
	lines  []*canvas.Line
	drawn  int // lines in use
	places []markedCard
	out    []fyne.CanvasObject
}

// markedCard is a card that others have selected or write in.
type markedCard struct {
	id    board.CardID
	rings int     // around it
	used  float32 // of the row of tags above it
}

// lay appends what others do: outlines and ghosts, over them tags, and all
// pointers on top. It takes microseconds.
func (o *others) lay(out []fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || len(o.list) == 0 {
		return out
	}
	v, m := o.v, &o.marks
	m.boxes.used, m.drawn, m.places, m.out = 0, 0, m.places[:0], out
	now := v.env.Now()
	for _, x := range o.list {
		fill, _ := paint.PersonInks(x.Look.Colour, v.around.pal)
		o.outline(x, fill)
		drag := x.glide.at(now).drag
		o.follow(x, drag, fill)
		for _, r := range drag {
			at := v.view.Camera.RectToScreen(r)
			if v.inWindow(at) {
				o.box(alphaOf(fill, 46), fill, 2, at, 0)
			}
		}
	}
	for _, x := range o.list {
		o.name(x)
	}
	for _, x := range o.list {
		o.pointer(x, x.glide.at(now))
	}
	out, m.out = m.out, nil
	return out
}

// outline draws a line around what somebody has selected.
func (o *others) outline(x *other, stroke color.RGBA) {
	for _, id := range x.Does.Selected {
		o.ring(id, stroke)
	}
	if id := x.Does.Typing; id != "" && !slices.Contains(x.Does.Selected, id) {
		o.ring(id, stroke)
	}
}

func (o *others) ring(id board.CardID, stroke color.RGBA) {
	at, ok := o.seen(id)
	if !ok {
		return
	}
	p := o.place(id)
	o.box(color.RGBA{}, stroke, 2, at, 2+othersGap*float32(p.rings))
	p.rings++
}

// seen is where a card is in the window.
func (o *others) seen(id board.CardID) (board.Rect, bool) {
	r, ok := o.v.Layout.Rect(id)
	if !ok {
		return r, false
	}
	at := o.v.view.Camera.RectToScreen(r)
	return at, o.v.inWindow(at)
}

// place notes a card that is marked. The hand's own line is the first around it.
func (o *others) place(id board.CardID) *markedCard {
	m := &o.marks
	for i := range m.places {
		if m.places[i].id == id {
			return &m.places[i]
		}
	}
	p := markedCard{id: id}
	if o.v.Session.Selection.Has(id) {
		p.rings = 1
	}
	m.places = append(m.places, p)
	return &m.places[len(m.places)-1]
}

func (o *others) box(fill, stroke color.RGBA, width float32, at board.Rect, grow float32) {
	m := &o.marks
	if m.boxes.used == othersOutlines {
		return
	}
	r := m.boxes.next()
	r.CornerRadius = cardRadius*float32(o.v.view.Camera.Zoom) + grow
	style(r, fill, stroke, width, o.v.onPixels(at), grow)
	m.out = append(m.out, r)
}

// name puts somebody's tag over the card in which they write, else over the
// first that they have selected and that is in view.
func (o *others) name(x *other) {
	if id := x.Does.Typing; id != "" {
		if at, ok := o.seen(id); ok {
			o.above(o.tag(x, tagWriting), id, at)
		}
		return
	}
	for _, id := range x.Does.Selected {
		if at, ok := o.seen(id); ok {
			o.above(o.tag(x, tagShort), id, at)
			return
		}
	}
}

// above puts a tag into the row over a card, or into the card where there is no
// room above.
func (o *others) above(t *personTag, id board.CardID, at board.Rect) {
	if t == nil {
		return
	}
	p := o.place(id)
	rings := float32(1+othersGap*max(0, p.rings-1)) + 2
	x, y := float32(at.X)+p.used-rings, float32(at.Y)-t.size.Height-rings
	p.used += t.size.Width + 2
	o.put(t, max(x, 2), max(y, 2))
}

func (o *others) pointer(x *other, h hand) {
	if !h.points {
		return
	}
	at := o.v.view.Camera.ToScreen(h.pointer)
	if !o.v.inWindow(board.Rect{X: at.X, Y: at.Y}) {
		return
	}
	if t := o.tag(x, tagPointer); t != nil {
		o.put(t, float32(at.X)-paint.PointerTip, float32(at.Y)-paint.PointerTip)
	}
}

// put shows a picture on whole pixels.
func (o *others) put(t *personTag, x, y float32) {
	t.im.Move(fyne.NewPos(o.v.onPixel(float64(x)), o.v.onPixel(float64(y))))
	o.marks.out = append(o.marks.out, t.im)
}

// inWindow reports whether a part of the screen is in view.
func (v *BoardView) inWindow(r board.Rect) bool {
	size := v.Session.Viewport
	return r.X+r.W >= 0 && r.Y+r.H >= 0 && r.X <= size.W && r.Y <= size.H
}
