package renderers

import "fyne.io/fyne/v2"

// The list takes the focus itself and hands the keys to its pen. A click on
// another place of the list than the pen's would otherwise take the focus away
// again: the toolkit unfocuses what is not under the pointer.

// FocusGained implements fyne.Focusable. Tab leads into the list with no pen put
// anywhere yet: it is put into the first item.
func (e *todoList) FocusGained() {
	if !e.live.none() || e.host.Env.ReadOnly {
		e.toPen(fyne.Focusable.FocusGained)
		return
	}
	first := e.after(todoSlot{title: true})
	if first.none() {
		first.title = true
	}
	e.write(first, -1)
}

// FocusLost implements fyne.Focusable.
func (e *todoList) FocusLost() { e.toPen(fyne.Focusable.FocusLost) }

// TypedRune implements fyne.Focusable.
func (e *todoList) TypedRune(r rune) { e.toPen(func(f fyne.Focusable) { f.TypedRune(r) }) }

// TypedKey implements fyne.Focusable. Esc leaves also where nothing is written in.
func (e *todoList) TypedKey(k *fyne.KeyEvent) {
	if e.live.none() && k.Name == fyne.KeyEscape {
		e.leave()
		return
	}
	e.toPen(func(f fyne.Focusable) { f.TypedKey(k) })
}

// TypedShortcut implements fyne.Shortcutable.
func (e *todoList) TypedShortcut(s fyne.Shortcut) {
	if e.pen != nil {
		e.pen.TypedShortcut(s)
	}
}

// AcceptsTab implements fyne.Tabbable: Tab goes to the next item, and on where nothing
// is written in.
func (e *todoList) AcceptsTab() bool { return !e.live.none() }

func (e *todoList) toPen(f func(fyne.Focusable)) {
	if e.pen != nil {
		f(e.pen)
	}
}

func (e *todoList) focusPen() {
	if e.canvas == nil {
		if app := fyne.CurrentApp(); app != nil {
			e.canvas = app.Driver().CanvasForObject(e)
		}
	}
	if e.canvas == nil {
		return
	}
	switch e.canvas.Focused() {
	case e, e.pen:
		e.pen.FocusGained() // it may be another slot's now
	default:
		e.canvas.Focus(e)
	}
}
