package textedit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// clicks counts presses that follow each other quickly in one place.
type clicks struct {
	n    int
	at   fyne.Position
	when time.Time
}

const (
	clickTime  = 400 * time.Millisecond
	clickReach = 5 // Fyne units
)

// press returns 1 for a single click, 2 for a double, 3 for a triple, then 1 again.
func (c *clicks) press(at fyne.Position, now time.Time) int {
	d := at.Subtract(c.at)
	near := d.X*d.X+d.Y*d.Y <= clickReach*clickReach
	if !near || now.Sub(c.when) > clickTime || c.n >= 3 {
		c.n = 0
	}
	c.n, c.at, c.when = c.n+1, at, now
	return c.n
}

// MouseDown implements desktop.Mouseable: it takes the focus, places the caret, selects by words or
// paragraphs when clicked twice or three times.
func (e *Editor) MouseDown(ev *desktop.MouseEvent) {
	e.requestFocus()
	if ev.Button == desktop.MouseButtonTertiary {
		return
	}
	at := e.sheet.hit(e.toText(ev.Position))
	if ev.Button == desktop.MouseButtonSecondary {
		if from, to := e.buf.Selection(); at >= from && at < to {
			return
		}
		e.buf.MoveTo(at, false)
		e.moved()
		return
	}
	switch e.clicks.press(ev.Position, e.now()) {
	case 2:
		e.buf.SelectWord(at)
	case 3:
		e.buf.SelectParagraph(at)
	default:
		e.buf.MoveTo(at, ev.Modifier&fyne.KeyModifierShift != 0)
	}
	e.column = -1
	e.moved()
}

// MouseUp implements desktop.Mouseable.
func (e *Editor) MouseUp(*desktop.MouseEvent) {}

// Dragged implements fyne.Draggable: the selection follows the pointer.
func (e *Editor) Dragged(ev *fyne.DragEvent) {
	e.clicks.n = 0
	e.buf.MoveTo(e.sheet.hit(e.toText(ev.Position)), true)
	e.column = -1
	e.moved()
}

// DragEnd implements fyne.Draggable.
func (e *Editor) DragEnd() {}

// Cursor implements desktop.Cursorable.
func (e *Editor) Cursor() desktop.Cursor { return desktop.TextCursor }

func (e *Editor) requestFocus() {
	if app := fyne.CurrentApp(); app != nil && !e.focused {
		if c := app.Driver().CanvasForObject(e); c != nil {
			c.Focus(e)
		}
	}
}

// FocusGained implements fyne.Focusable.
func (e *Editor) FocusGained() {
	e.focused = true
	e.view.mark()
	e.view.wake()
}

// FocusLost implements fyne.Focusable.
func (e *Editor) FocusLost() {
	e.focused = false
	e.view.mark()
	e.view.sleep()
	switch {
	case e.opts.OnBlur != nil:
		e.opts.OnBlur()
	case e.opts.OnLeave != nil:
		e.opts.OnLeave()
	}
}
