package renderers

import (
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/renderers/paint"
	"corkboard/renderers/textedit"
)

// This file moves the one pen between the title and the items.

// write puts the pen into a slot with the caret at a rune; -1 is the end.
func (e *todoList) write(s todoSlot, caret int) {
	if s.none() || e.closed {
		e.arrange()
		return
	}
	if s != e.live {
		e.leaveSlot()
		text, ok := e.textOf(s)
		if !ok {
			e.arrange()
			return
		}
		e.live = s
		e.typing.reset(text)
		e.takePen(text)
	}
	if caret < 0 {
		caret = len([]rune(e.pen.Text()))
	}
	e.pen.Select(caret, caret)
	e.arrange()
	e.reveal()
	e.focusPen()
}

// writeAt puts the caret at a place of the slot's text, in units of the text.
func (e *todoList) writeAt(s todoSlot, at Point) {
	e.write(s, -1)
	if e.live == s {
		e.pen.PlaceCaret(at.X, at.Y)
	}
}

// takePen gives the pen another text and the look of the live slot.
func (e *todoList) takePen(text string) {
	if e.pen == nil {
		e.pen = textedit.New(textedit.Options{
			Style: e.penStyle(), Palette: e.host.Env.Palette(), Steady: e.host.Env.Still,
			OnChange: e.typed, OnLeave: e.leave, OnBlur: e.blurred, OnKey: e.key, OnShortcut: e.shortcut,
		})
		e.pen.SetScale(e.zoom)
	}
	e.restyle()
	e.pen.SetText(text)
}

func (e *todoList) penStyle() paint.Style {
	pal := e.host.Env.Palette()
	if e.live.title {
		return paint.Style{Bold: true, Size: todoHead, Color: pal.Ink}
	}
	i := e.find(e.live.id)
	return todoStyle(i >= 0 && e.items[i].Done, pal)
}

func (e *todoList) restyle() {
	if e.pen != nil {
		e.pen.SetStyle(e.penStyle(), e.host.Env.Palette())
	}
}

// leaveSlot sends what was written. The last item does not stay when it was
// left empty.
func (e *todoList) leaveSlot() {
	if e.live.none() {
		return
	}
	e.typing.end()
	s := e.live
	e.live = todoSlot{}
	n := len(e.items)
	if !s.title && n > 0 && e.items[n-1].ID == s.id && strings.TrimSpace(e.items[n-1].Text) == "" {
		e.remove(s.id, "")
	}
}

func (e *todoList) typed(_, text string) {
	if strings.Contains(text, "\n") {
		e.pasted(strings.Split(text, "\n"))
		return
	}
	e.typing.typed(text)
	e.arrange()
	e.reveal()
}

func (e *todoList) leave() {
	e.leaveSlot()
	e.arrange()
	if e.host.Leave != nil {
		e.host.Leave()
	}
}

// blurred: what was typed is safe; the slot stays for when the focus returns.
func (e *todoList) blurred() {
	if !e.closed {
		e.typing.end()
	}
}

// key takes what has a meaning between items.
func (e *todoList) key(k *fyne.KeyEvent) bool {
	caret, to := e.pen.CaretRect(), todoSlot{}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		e.enter()
		return true
	case fyne.KeyBackspace:
		return e.backspace()
	case fyne.KeyTab:
		if to = e.after(e.live); to.none() {
			return true
		}
	case fyne.KeyUp:
		if caret.Y < caret.H/2 {
			to = e.before(e.live)
		}
	case fyne.KeyDown:
		if caret.Y+1.5*caret.H > e.pen.NaturalHeight() {
			to = e.after(e.live)
		}
	}
	if to.none() {
		return false
	}
	e.write(to, min(e.column(), e.length(to)))
	return true
}

// column is the caret's place in its line of one slot, in runes.
func (e *todoList) column() int {
	_, to := e.pen.Selection()
	return to
}

func (e *todoList) length(s todoSlot) int {
	text, _ := e.textOf(s)
	return len([]rune(text))
}

func (e *todoList) shortcut(s fyne.Shortcut) bool {
	return shortcutOf(e.host, e.typing, e.flights, s)
}
