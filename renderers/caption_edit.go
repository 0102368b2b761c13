package renderers

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/ui/lang"
)

// captionEditor edits the caption of a file document. What is typed reaches
// the document within typingFlush, on blur and on Close. UI goroutine only.
type captionEditor struct {
	entry   *captionEntry
	typing  typing
	flights *flights
	handle  doc.Handle
}

func newCaptionEditor(env *Env, h doc.Handle) *captionEditor {
	c := &captionEditor{handle: h}
	c.flights = newFlights(env, func() { c.follow() })
	c.typing = typing{pace: pace{now: env.Now, after: alarmOf(env), name: "caption/" + string(env.NewID())}, send: c.send}
	c.entry = &captionEntry{left: c.typing.end}
	c.entry.MultiLine, c.entry.Wrapping = true, fyne.TextWrapWord
	c.entry.SetMinRowsVisible(1)
	c.entry.Scroll = fyne.ScrollVerticalOnly
	c.entry.SetPlaceHolder(lang.T("Add a caption"))
	c.entry.ExtendBaseWidget(c.entry)
	c.follow()
	c.entry.OnChanged = c.typing.typed
	return c
}

func (c *captionEditor) send(was, now, gesture string) {
	c.flights.track(doCommand(c.handle, cards.SetCaption{Was: was, Now: now, Gesture: gesture}))
}

// follow shows what the document says, together with what is not sent yet.
func (c *captionEditor) follow() {
	if c.flights.flying() {
		return
	}
	v, ok := c.handle.Snapshot().Value.(cards.File)
	if !ok {
		return
	}
	if change := c.typing.follow(v.Caption); len(change) > 0 {
		at := c.entry.CursorTextOffset()
		for _, s := range change {
			switch {
			case at >= s.From+s.Delete && at > s.From:
				at += utf8.RuneCountInString(s.Insert) - s.Delete
			case at > s.From:
				at = s.From
			}
		}
		c.entry.SetText(c.typing.text)
		c.entry.place(at)
	}
}

// close sends what is typed and lets go of the document.
func (c *captionEditor) close() {
	c.typing.end()
	c.flights.close()
}

// captionEntry is a text field that tells when it is left; Esc leaves it.
type captionEntry struct {
	widget.Entry
	left func()
}

// place puts the cursor before the rune at an offset, in the row that wrapping
// has made for it.
func (e *captionEntry) place(at int) {
	row, begin := 0, 0
	for {
		e.CursorRow, e.CursorColumn = row+1, 0
		next := e.CursorTextOffset() // 0 behind the last row
		if next <= begin || next > at {
			break
		}
		row, begin = row+1, next
	}
	e.CursorRow, e.CursorColumn = row, at-begin
	e.Refresh()
}

// FocusLost implements fyne.Focusable.
func (e *captionEntry) FocusLost() {
	e.Entry.FocusLost()
	e.left()
}

// TypedKey implements fyne.Focusable.
func (e *captionEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		if c := canvasOf(e); c != nil {
			c.Unfocus()
		}
		return
	}
	e.Entry.TypedKey(k)
}
