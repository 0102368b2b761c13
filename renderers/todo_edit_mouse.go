package renderers

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/cards"
	"corkboard/renderers/paint"
)

// Places of the tools of a row, in board units.
const (
	todoGripW  = cardPadX - 1 // left of the box: take it to drag the item
	todoCross  = cardPadX     // right of the text: takes the item out
	todoDueW   = 16
	todoToolUp = (todoLineH - 16) / 2
)

// todoWhat is what lies at a place of the list.
type todoWhat uint8

const (
	hitNone todoWhat = iota
	hitTitle
	hitText
	hitBox
	hitGrip
	hitCross
	hitDue
	hitAdd
)

type todoHit struct {
	what todoWhat
	slot todoSlot
	at   Point // in the text, board units
}

// todoPointer is what the mouse is doing.
type todoPointer struct {
	over     todoHit
	pressed  todoHit
	dragging bool
	after    string // where the dragged item would go
	fits     bool   // it would go somewhere
}

// todoTools are the marks of the row under the pointer.
type todoTools struct {
	grip, cross, date *canvas.Image
	scale             float32
	dark              bool
}

var (
	_ desktop.Mouseable  = (*todoList)(nil)
	_ desktop.Hoverable  = (*todoList)(nil)
	_ desktop.Cursorable = (*todoList)(nil)
	_ fyne.Draggable     = (*todoList)(nil)
)

// hit finds what lies at a place of the card, in board units.
func (e *todoList) hit(at Point) todoHit {
	v := &e.view
	if len(v.ys) == 0 {
		e.plan(15 * cards.Cell)
	}
	at.Y += e.top
	if at.Y < cardPadY+v.head.h {
		return todoHit{what: hitTitle, slot: todoSlot{title: true}, at: Point{at.X - cardPadX, at.Y - cardPadY}}
	}
	for i := range v.rows {
		r := &v.rows[i]
		if at.Y >= v.ys[i]+r.h {
			continue
		}
		h := todoHit{what: hitText, slot: todoSlot{id: r.item.ID}, at: Point{at.X - todoTextX, at.Y - v.ys[i] - todoGap}}
		first := at.Y < v.ys[i]+todoLineH
		dueX := v.width - cardPadX - max(todoDueW, r.chipWidth())
		switch {
		case at.X < todoGripW:
			h.what = hitGrip
		case at.X < todoTextX-4 && first:
			h.what = hitBox
		case at.X >= v.width-todoCross && first:
			h.what = hitCross
		case at.X >= dueX-2 && first:
			h.what = hitDue
		}
		return h
	}
	if at.Y < v.ys[len(v.rows)]+todoLineH+todoBottom {
		return todoHit{what: hitAdd}
	}
	return todoHit{}
}

func (e *todoList) pointAt(p fyne.Position) Point { return Point{p.X / e.zoom, p.Y / e.zoom} }

// MouseDown implements desktop.Mouseable.
func (e *todoList) MouseDown(m *desktop.MouseEvent) {
	if m.Button != desktop.MouseButtonPrimary {
		return
	}
	h := e.hit(e.pointAt(m.Position))
	e.pointer.pressed = h
	switch h.what {
	case hitTitle, hitText:
		e.writeAt(h.slot, h.at)
	case hitBox:
		e.tick(h.slot.id)
	case hitAdd:
		e.writeNew()
	case hitDue:
		e.askDue(h.slot.id)
	}
}

// MouseUp implements desktop.Mouseable: an item is taken out when the button
// is let go, so that one can still think better of it.
func (e *todoList) MouseUp(m *desktop.MouseEvent) {
	h := e.hit(e.pointAt(m.Position))
	p := e.pointer.pressed
	e.pointer.pressed = todoHit{}
	if h.what == hitCross && p.what == hitCross && h.slot == p.slot {
		above := e.before(h.slot)
		wasLive := e.live == h.slot
		e.remove(h.slot.id, "")
		if wasLive {
			e.write(above, -1)
		}
	}
}

// MouseIn implements desktop.Hoverable.
func (e *todoList) MouseIn(m *desktop.MouseEvent) { e.MouseMoved(m) }

// MouseMoved implements desktop.Hoverable.
func (e *todoList) MouseMoved(m *desktop.MouseEvent) {
	was := e.pointer.over
	e.pointer.over = e.hit(e.pointAt(m.Position))
	if was.slot != e.pointer.over.slot || was.what != e.pointer.over.what {
		e.arrange()
	}
}

// MouseOut implements desktop.Hoverable.
func (e *todoList) MouseOut() {
	e.pointer.over = todoHit{}
	e.arrange()
}

// Cursor implements desktop.Cursorable.
func (e *todoList) Cursor() desktop.Cursor {
	switch e.pointer.over.what {
	case hitTitle, hitText:
		return desktop.TextCursor
	case hitNone:
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Dragged implements fyne.Draggable: an item is moved by its grip.
func (e *todoList) Dragged(d *fyne.DragEvent) {
	if e.pointer.pressed.what != hitGrip {
		return
	}
	e.pointer.dragging = true
	at := e.pointAt(d.Position).Y + e.top
	e.pointer.after, e.pointer.fits = "", true
	for i := range e.view.rows {
		if at < e.view.ys[i]+e.view.rows[i].h/2 {
			break
		}
		e.pointer.after = e.view.rows[i].item.ID
	}
	e.arrange()
}

// DragEnd implements fyne.Draggable.
func (e *todoList) DragEnd() {
	p := e.pointer
	e.pointer.dragging, e.pointer.fits, e.pointer.pressed = false, false, todoHit{}
	id := p.pressed.slot.id
	if !p.dragging || !p.fits || p.after == id || p.after == e.before(p.pressed.slot).id {
		e.arrange()
		return
	}
	e.move(id, p.after)
}

// showTools shows the marks of the row under the pointer, else of the live
// one, and where a dragged item would go.
func (e *todoList) showTools(s *Sheet) {
	v := &e.view
	slot := e.pointer.over.slot
	if e.pointer.dragging {
		slot = e.pointer.pressed.slot
	} else if slot.id == "" && e.pointer.over.what == hitNone {
		slot = e.live
	}
	if i := e.find(slot.id); slot.id != "" && i >= 0 && i < len(v.rows) {
		t := &v.tools
		t.paint(s)
		y := v.ys[i] + todoToolUp
		e.put(t.grip, s.Scale, 0, y)
		e.put(t.cross, s.Scale, s.W-todoCross, y)
		if v.rows[i].chip == nil {
			e.put(t.date, s.Scale, s.W-cardPadX-todoDueW, y)
		}
	}
	if !e.pointer.dragging {
		return
	}
	y := v.ys[e.find(e.pointer.after)+1]
	v.drop.FillColor = s.Pal.Accent
	v.drop.Move(fyne.NewPos(cardPadX*e.zoom, (y-1-e.top)*e.zoom))
	v.drop.Resize(fyne.NewSize((s.W-2*cardPadX)*e.zoom, max(1, 2*e.zoom)))
	v.objects = append(v.objects, v.drop)
}

// paint draws the three marks, once for each scale and theme.
func (t *todoTools) paint(s *Sheet) {
	if t.grip != nil && t.scale == s.Scale && t.dark == s.Pal.IsDark {
		return
	}
	t.scale, t.dark = s.Scale, s.Pal.IsDark
	c, k := s.Pal.InkFaint, s.Scale
	t.grip = toolImage(todoGripW, k, func(dst *image.RGBA) {
		for i := range 6 {
			x, y := 5+4*float32(i%2), 4+4*float32(i/2)
			paint.FillCircle(dst, x*k, y*k, 1.1*k, c)
		}
	})
	t.cross = toolImage(todoCross, k, func(dst *image.RGBA) {
		paint.StrokeLine(dst, 3*k, 4.5*k, 10*k, 11.5*k, 1.3*k, c)
		paint.StrokeLine(dst, 10*k, 4.5*k, 3*k, 11.5*k, 1.3*k, c)
	})
	t.date = toolImage(todoDueW, k, func(dst *image.RGBA) {
		paint.StrokeRoundRect(dst, paint.Rect{X: 2 * k, Y: 3 * k, W: 12 * k, H: 11 * k}, 2*k, 1.2*k, c)
		paint.FillRect(dst, paint.Rect{X: 2 * k, Y: 6 * k, W: 12 * k, H: 1.2 * k}, c)
		for _, x := range []float32{5, 11} {
			paint.StrokeLine(dst, x*k, 1.5*k, x*k, 4*k, 1.2*k, c)
		}
	})
}

func toolImage(w, scale float32, draw func(*image.RGBA)) *canvas.Image {
	px := func(u float32) int { return max(1, int(math.Ceil(float64(u*scale)))) }
	dst := image.NewRGBA(image.Rect(0, 0, px(w), px(16)))
	draw(dst)
	return newPicture(dst)
}
