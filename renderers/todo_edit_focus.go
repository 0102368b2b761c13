package renderers

import "fyne.io/fyne/v2"

// The list takes the focus itself and hands the keys to its pen. A click on
// another place of the list than the pen's would otherwise take the focus away
// again: the toolkit unfocuses what is not under the pointer.

// FocusGained implements fyne.Focusable.
func (e *todoList) FocusGained() { e.toPen(fyne.Focusable.FocusGained) }

// FocusLost implements fyne.Focusable.
func (e *todoList) FocusLost() { e.toPen(fyne.Focusable.FocusLost) }

// TypedRune implements fyne.Focusable.
func (e *todoList) TypedRune(r rune) { e.toPen(func(f fyne.Focusable) { f.TypedRune(r) }) }

// TypedKey implements fyne.Focusable.
func (e *todoList) TypedKey(k *fyne.KeyEvent) { e.toPen(func(f fyne.Focusable) { f.TypedKey(k) }) }

// TypedShortcut implements fyne.Shortcutable.
func (e *todoList) TypedShortcut(s fyne.Shortcut) {
	if e.pen != nil {
		e.pen.TypedShortcut(s)
	}
}

// AcceptsTab implements fyne.Tabbable: Tab goes to the next item.
func (e *todoList) AcceptsTab() bool { return true }

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
