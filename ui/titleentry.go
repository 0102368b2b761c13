package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/ui/lang"
)

// titleEntry is the title: words until it is used, an entry while it is.
// Enter keeps, Esc puts back, leaving keeps.
type titleEntry struct {
	widget.Entry
	kept   string
	words  *widget.Label // in its place while it is locked
	rename func(string)
	turns  func(k *fyne.KeyEvent) bool // keys that leave as Enter does
	leave  func()
	locked bool
}

func newTitleEntry(rename func(string), turns func(k *fyne.KeyEvent) bool, leave func()) *titleEntry {
	e := &titleEntry{rename: rename, turns: turns, leave: leave}
	e.words = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	e.words.Truncation = fyne.TextTruncateEllipsis
	e.words.Hide()
	e.ExtendBaseWidget(e)
	e.TextStyle.Bold = true
	e.PlaceHolder = lang.T("Untitled")
	e.OnSubmitted = func(string) { e.leave() }
	return e
}

// lock makes the title plain words that follow the content, as those of a text do.
func (e *titleEntry) lock(on bool) {
	e.locked = on
	if on {
		e.Hide()
		e.words.Show()
	} else {
		e.words.Hide()
		e.Show()
	}
}

// follow shows the document's title, unless somebody is typing.
func (e *titleEntry) follow(title string) {
	c := fyne.CurrentApp().Driver().CanvasForObject(e)
	typing := c != nil && c.Focused() == e
	if (!typing || e.Text == e.kept) && e.Text != title {
		e.SetText(title)
	}
	e.kept = title
	if e.words.Text != title {
		e.words.SetText(title)
	}
}

// FocusLost implements fyne.Focusable.
func (e *titleEntry) FocusLost() {
	e.Entry.FocusLost()
	if e.Text != e.kept && !e.locked {
		e.kept = e.Text
		e.rename(e.Text)
	}
}

// TypedKey implements fyne.Focusable.
func (e *titleEntry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape:
		e.SetText(e.kept)
		e.leave()
		return
	case e.turns(k):
		e.leave()
		return
	}
	e.Entry.TypedKey(k)
}
