package renderers

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/cards"
	"corkboard/renderers/paint"
)

// todoView is what a to-do editor shows: rows laid out, and pictures of those
// in view. A row is laid out and painted again only when it changes.
type todoView struct {
	width, height float32 // of the whole list, board units
	dark          bool
	today         string
	head          todoHeader
	rows          []todoRow
	ys            []float32 // top of each row, and that of the line that adds one
	laid          map[string]todoRow

	pics    map[string]*todoPic
	drawn   uint64
	objects []fyne.CanvasObject
	tools   todoTools
	drop    *canvas.Rectangle // where a dragged item would go
	thumb   *canvas.Rectangle
}

// todoPic is a picture of one row; key says of what.
type todoPic struct {
	im   *canvas.Image
	key  todoPicKey
	seen uint64
}

type todoPicKey struct {
	item           cards.TodoItem
	done, total    int
	w, h, scale    float32
	dark, bare     bool
	today, caption string
}

// Names of the pictures that belong to no item; no item id has a space.
const (
	picHead = " head"
	picAdd  = " add"
)

func (v *todoView) init() {
	v.laid, v.pics = map[string]todoRow{}, map[string]*todoPic{}
	v.drop, v.thumb = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	v.thumb.CornerRadius = 2
}

// plan lays the list out for a card of this width.
func (e *todoList) plan(width float32) {
	v := &e.view
	width = float32(math.Round(float64(width)*8)) / 8
	dark, today := e.host.Env.Dark(), e.today()
	if v.width != width || v.dark != dark || v.today != today {
		if v.dark != dark {
			defer e.restyle()
		}
		v.width, v.dark, v.today = width, dark, today
		clear(v.laid)
	}
	pal := e.host.Env.Palette()
	done := 0
	for _, it := range e.items {
		if it.Done {
			done++
		}
	}
	v.head = planTodoHeader(e.shaper, e.title, done, len(e.items), width, pal)
	if e.live.title {
		e.pen.SetWrapWidth(v.head.titleW)
		v.head.h += e.pen.NaturalHeight() - v.head.title.Height
	}
	y := cardPadY + v.head.h
	v.rows, v.ys = v.rows[:0], v.ys[:0]
	for _, it := range e.items {
		r, ok := v.laid[it.ID]
		if !ok || r.item != it {
			r = planTodoRow(e.shaper, it, width, today, pal)
			v.laid[it.ID] = r
		}
		if e.live.id == it.ID && !e.live.title {
			e.pen.SetWrapWidth(r.textW)
			r.h = e.pen.NaturalHeight() + 2*todoGap
		}
		v.rows, v.ys = append(v.rows, r), append(v.ys, y)
		y += r.h
	}
	v.ys = append(v.ys, y)
	v.height = y + todoLineH + todoBottom
}

// arrange shows what the editor knows now. It does nothing before the editor
// has its place.
func (e *todoList) arrange() {
	size := e.Size()
	if e.closed || size.Width <= 0 || size.Height <= 0 {
		return
	}
	e.plan(size.Width / e.zoom)
	v := &e.view
	h := size.Height / e.zoom
	e.top = max(0, min(e.top, v.height-h))
	if v.height > h+1 {
		e.wheel.Show()
	} else {
		e.wheel.Hide()
	}
	s := &Sheet{Scale: e.zoom * screenScale(e), W: v.width, Pal: e.host.Env.Palette(), Shaper: e.shaper, Today: v.today}
	v.objects = v.objects[:0]
	v.drawn++
	e.showRows(s, h)
	e.showPen()
	e.showTools(s)
	e.showThumb(h)
	for name, p := range v.pics {
		if p.seen != v.drawn {
			delete(v.pics, name)
		}
	}
	dirty(e)
	if n := min(v.height, maxNaturalH); n != e.natural {
		e.natural = n
		if e.host.Resized != nil {
			e.host.Resized()
		}
	}
}

func (e *todoList) showRows(s *Sheet, h float32) {
	v := &e.view
	key := todoPicKey{w: v.width, scale: s.Scale, dark: v.dark, today: v.today}
	for i := range v.rows {
		r := &v.rows[i]
		y := v.ys[i]
		if y+r.h < e.top || y > e.top+h {
			continue
		}
		k := key
		k.item, k.h = r.item, r.h
		k.bare = r.item.ID == e.live.id && !e.live.title
		if k.bare {
			k.item.Text = ""
		}
		e.showPic(s, r.item.ID, k, y, func(s *Sheet) { r.draw(s, 0, k.bare) })
	}
	k := key
	k.total, k.h, k.caption = len(e.items), v.head.h, e.title
	// The faint word of an untitled list stays until something is written.
	k.bare = e.live.title && (e.title != "" || e.pen.Text() != "")
	k.done = int(v.head.part*float32(k.total) + 0.5)
	e.showPic(s, picHead, k, cardPadY, func(s *Sheet) { v.head.draw(s, 0, k.bare) })
	k = key
	k.h = todoLineH
	e.showPic(s, picAdd, k, v.ys[len(v.rows)], func(s *Sheet) { drawTodoAdd(s, 0) })
}

// showPic puts a row's picture at the height y, painted again if need be.
func (e *todoList) showPic(s *Sheet, name string, k todoPicKey, y float32, draw func(*Sheet)) {
	v := &e.view
	p := v.pics[name]
	if p == nil {
		p = &todoPic{im: newPicture(nil)}
		v.pics[name] = p
	}
	if p.key != k || p.im.Image == nil {
		p.key = k
		w, h := int(math.Ceil(float64(k.w*s.Scale))), int(math.Ceil(float64(k.h*s.Scale)))+1
		row := *s
		row.Dst, row.H = image.NewRGBA(image.Rect(0, 0, max(1, w), max(1, h))), k.h
		draw(&row)
		p.im.Image = row.Dst
		canvas.Refresh(p.im)
	}
	p.seen = v.drawn
	e.put(p.im, s.Scale, 0, y)
}

// put shows an image at a place of the list, on whole pixels.
func (e *todoList) put(im *canvas.Image, scale, x, y float32) {
	perUnit := scale / e.zoom // pixels of a Fyne unit
	b := im.Image.Bounds()
	snap := func(u float32) float32 { return float32(math.Round(float64(u*scale))) / perUnit }
	im.Move(fyne.NewPos(snap(x), snap(y-e.top)))
	if size := fyne.NewSize(float32(b.Dx())/perUnit, float32(b.Dy())/perUnit); im.Size() != size {
		im.Resize(size)
	}
	e.view.objects = append(e.view.objects, im)
}

// showPen puts the pen over its row.
func (e *todoList) showPen() {
	if e.live.none() || e.pen == nil {
		return
	}
	x, y, w := float32(cardPadX), float32(cardPadY), e.view.head.titleW
	if !e.live.title {
		i := e.find(e.live.id)
		if i < 0 {
			return
		}
		x, y, w = todoTextX, e.view.ys[i]+todoGap, e.view.rows[i].textW
	}
	z := e.zoom
	putPen(e.pen, x*z, (y-e.top)*z, w*z, e.pen.NaturalHeight()*z, screenScale(e))
	e.view.objects = append(e.view.objects, e.pen)
}

func (e *todoList) showThumb(h float32) {
	v := &e.view
	if v.height <= h+1 {
		return
	}
	v.thumb.FillColor = paint.Fade(e.host.Env.Palette().InkFaint, 0x90)
	v.thumb.Move(fyne.NewPos((v.width-5)*e.zoom, (e.top/v.height*(h-4)+2)*e.zoom))
	v.thumb.Resize(fyne.NewSize(3*e.zoom, h/v.height*(h-4)*e.zoom))
	v.objects = append(v.objects, v.thumb)
}

// reveal scrolls so that the live row can be seen.
func (e *todoList) reveal() {
	h := e.Size().Height / e.zoom
	if e.live.none() || h <= 0 {
		return
	}
	y, low := float32(0), e.view.head.h+cardPadY
	if i := e.find(e.live.id); !e.live.title && i >= 0 && i < len(e.view.rows) {
		y, low = e.view.ys[i], e.view.ys[i]+e.view.rows[i].h+todoBottom
	}
	switch {
	case y < e.top:
		e.top = y
	case low > e.top+h:
		e.top = low - h
	default:
		return
	}
	e.arrange()
}

// CreateRenderer implements fyne.Widget.
func (e *todoList) CreateRenderer() fyne.WidgetRenderer { return todoRenderer{e} }

type todoRenderer struct{ e *todoList }

func (r todoRenderer) Layout(fyne.Size)             { r.e.arrange() }
func (r todoRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r todoRenderer) Refresh()                     { r.e.arrange() }
func (r todoRenderer) Objects() []fyne.CanvasObject { return r.e.view.objects }
func (r todoRenderer) Destroy()                     {}
