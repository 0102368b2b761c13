package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// The buttons at an own message under the pointer, in board units.
const (
	talkToolsW = 88
	talkToolsH = 20
	talkEditW  = 36 // of talkToolsW
)

// talkWhat is what lies at a place of a thread.
type talkWhat uint8

const (
	talkNone talkWhat = iota
	talkTitle
	talkText
	talkLink
	talkEdit
	talkDelete
)

// talkHit is a place of a thread.
type talkHit struct {
	what talkWhat
	id   string // of the message
	url  string
}

var (
	_ desktop.Mouseable  = (*threadList)(nil)
	_ desktop.Hoverable  = (*threadList)(nil)
	_ desktop.Cursorable = (*threadList)(nil)
	_ fyne.Focusable     = (*threadList)(nil)
	_ fyne.Shortcutable  = (*threadList)(nil)
	_ fyne.Tabbable      = (*threadList)(nil)
)

// toolsY is where the buttons of a row stand whose top is at y.
func (e *threadList) toolsY(r *talkRow, y float32) float32 {
	return max(threadTop+2, y+r.head+2)
}

// hit finds what lies at a place of the widget.
func (e *threadList) hit(p fyne.Position) talkHit {
	at := Point{p.X / e.zoom, p.Y / e.zoom}
	switch {
	case at.Y < threadTop:
		return talkHit{what: talkTitle}
	case at.Y > threadTop+e.room():
		return talkHit{}
	}
	y := e.top()
	for i := range e.view.rows {
		r := &e.view.rows[i]
		if at.Y < y || at.Y >= y+r.h {
			y += r.h
			continue
		}
		h := talkHit{what: talkText, id: r.msg.ID}
		tools := at.Sub(Point{e.view.width - cardPadX - talkToolsW, e.toolsY(r, y)})
		if r.own && e.pen != nil && tools.X >= 0 && tools.X < talkToolsW && tools.Y >= 0 && tools.Y < talkToolsH {
			if h.what = talkDelete; tools.X < talkEditW {
				h.what = talkEdit
			}
			return h
		}
		for _, l := range r.links() {
			if l.Rect.Contains(at.X, at.Y-y) && l.URL != "" {
				h.what, h.url = talkLink, l.URL
			}
		}
		return h
	}
	return talkHit{}
}

// Sub is the way from another point to this one.
func (p Point) Sub(o Point) Point { return Point{p.X - o.X, p.Y - o.Y} }

// drawTalkTools paints the buttons.
func drawTalkTools(s *Sheet) {
	at := s.Rect(0, 0, s.W, s.H)
	paint.FillRoundRect(s.Dst, at, 5*s.Scale, s.Pal.Paper)
	paint.StrokeRoundRect(s.Dst, at, 5*s.Scale, max(1, s.Scale), s.Pal.Rule)
	for i, words := range []string{lang.T("Edit"), lang.T("Delete")} {
		l := s.Shaper.Plain(words, paint.Style{Size: talkSmall, Color: s.Pal.InkMuted}, paint.NoWrap, paint.Options{MaxLines: 1})
		x, w := float32(0), float32(talkEditW)
		if i == 1 {
			x, w = talkEditW, s.W-talkEditW
		}
		l.Draw(s.Dst, (x+(w-l.Width)/2)*s.Scale, (s.H-l.Height)/2*s.Scale, s.Scale)
	}
}

// MouseDown implements desktop.Mouseable.
func (e *threadList) MouseDown(m *desktop.MouseEvent) {
	h := e.hit(m.Position)
	if m.Button == desktop.MouseButtonSecondary {
		e.menu(h.id, m.AbsolutePosition)
		return
	}
	e.press = h
	switch {
	case h.what == talkTitle:
		e.writeTitle()
	case e.titling:
		e.leaveTitle()
	default:
		e.takeKeys()
	}
}

// MouseUp implements desktop.Mouseable: buttons and links act when the button is
// let go, so that one can still think better of it.
func (e *threadList) MouseUp(m *desktop.MouseEvent) {
	h, p := e.hit(m.Position), e.press
	e.press = talkHit{}
	if h != p {
		return
	}
	switch h.what {
	case talkEdit:
		e.change(h.id)
	case talkDelete:
		e.remove(h.id)
	case talkLink:
		e.host.Env.OpenURL(h.url)
	}
}

// menu is what can be done with a message.
func (e *threadList) menu(id string, at fyne.Position) {
	i, c := e.find(id), canvasOf(e)
	if i < 0 || c == nil {
		return
	}
	m := e.thread.Messages[i]
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.T("Copy"), func() { e.host.Env.Copy(m.Text) })}
	if e.own(&m) {
		items = append(items, fyne.NewMenuItem(lang.T("Edit"), func() { e.change(id) }), fyne.NewMenuItem(lang.T("Delete"), func() { e.remove(id) }))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}

// MouseIn implements desktop.Hoverable.
func (e *threadList) MouseIn(m *desktop.MouseEvent) { e.MouseMoved(m) }

// MouseMoved implements desktop.Hoverable.
func (e *threadList) MouseMoved(m *desktop.MouseEvent) {
	was := e.over
	if e.over = e.hit(m.Position); was.id != e.over.id {
		e.arrange()
	}
}

// MouseOut implements desktop.Hoverable.
func (e *threadList) MouseOut() {
	e.over = talkHit{}
	e.arrange()
}

// Cursor implements desktop.Cursorable.
func (e *threadList) Cursor() desktop.Cursor {
	switch e.over.what {
	case talkTitle:
		if e.pen != nil {
			return desktop.TextCursor
		}
	case talkLink, talkEdit, talkDelete:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// The list takes the focus itself and hands the keys to its pen, as todoList does.

// FocusGained implements fyne.Focusable.
func (e *threadList) FocusGained() { e.toPen(fyne.Focusable.FocusGained) }

// FocusLost implements fyne.Focusable.
func (e *threadList) FocusLost() { e.toPen(fyne.Focusable.FocusLost) }

// TypedRune implements fyne.Focusable.
func (e *threadList) TypedRune(r rune) { e.toPen(func(f fyne.Focusable) { f.TypedRune(r) }) }

// TypedKey implements fyne.Focusable.
func (e *threadList) TypedKey(k *fyne.KeyEvent) { e.toPen(func(f fyne.Focusable) { f.TypedKey(k) }) }

// TypedShortcut implements fyne.Shortcutable.
func (e *threadList) TypedShortcut(s fyne.Shortcut) {
	if e.pen != nil {
		e.inHand().TypedShortcut(s)
	}
}

// AcceptsTab implements fyne.Tabbable: Tab stays in the thread.
func (e *threadList) AcceptsTab() bool { return true }

func (e *threadList) toPen(f func(fyne.Focusable)) {
	if e.pen != nil {
		f(e.inHand())
	}
}
