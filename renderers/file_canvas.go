package renderers

import "fyne.io/fyne/v2"

// canvasOf is the canvas that an object is part of, or nil.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	return app.Driver().CanvasForObject(o)
}

// screenScale is the screen's pixels per Fyne unit.
func screenScale(o fyne.CanvasObject) float32 {
	if c := canvasOf(o); c != nil && c.Scale() > 0 {
		return c.Scale()
	}
	return 1
}

// onScreen reports whether an object is part of a window.
func onScreen(o fyne.CanvasObject) bool { return o.Visible() && canvasOf(o) != nil }

// takeFocus sends keys to a widget.
func takeFocus[T interface {
	fyne.CanvasObject
	fyne.Focusable
}](w T) {
	if c := canvasOf(w); c != nil {
		c.Focus(w)
	}
}

// passKey gives a key that a focused widget has no use for to the window.
func passKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// passRune gives a letter that a focused widget has no use for to the window.
func passRune(o fyne.CanvasObject, r rune) {
	if c := canvasOf(o); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// eager takes the focus once, when a widget has come into a window in which
// nothing else has it.
type eager bool

// focus is called with each layout.
func (e *eager) focus(post func(func()), w interface {
	fyne.CanvasObject
	fyne.Focusable
}) {
	if *e {
		return
	}
	*e = true
	post(func() {
		if c := canvasOf(w); c != nil && c.Focused() == nil {
			c.Focus(w)
		}
	})
}

// passShortcut gives a shortcut that a focused widget has no use for to the
// window; Fyne asks the focused widget alone.
func passShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := canvasOf(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}
