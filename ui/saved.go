package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
)

// settled is how long everything must have been on disk before that is said
// again: words that flicker with every key say nothing, and each change of them
// repaints the window twice.
const settled = 400 * time.Millisecond

// savedNote says in words whether everything is on disk. That something is not,
// it says at once. UI goroutine only.
// Where the keys are locked it says that, and leads to the sheet that opens them.
type savedNote struct {
	widget.BaseWidget
	w     *Window
	words *canvas.Text
	busy  bool        // it says that something is not on disk yet
	calm  *time.Timer // will say that all is well; nil when it need not
}

func newSavedNote(w *Window) *savedNote {
	n := &savedNote{w: w, words: canvas.NewText("", color.Transparent)}
	n.words.TextSize = 12
	n.ExtendBaseWidget(n)
	return n
}

// CreateRenderer implements fyne.Widget.
func (n *savedNote) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.words) }

// Tapped implements fyne.Tappable.
func (n *savedNote) Tapped(*fyne.PointEvent) {
	if n.w.locked() {
		n.w.showUnlock()
	}
}

// Cursor implements desktop.Cursorable.
func (n *savedNote) Cursor() desktop.Cursor {
	if n.w.locked() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// follow looks at the store's state.
func (n *savedNote) follow() {
	s := n.w.app.SaveState()
	if n.calm != nil {
		n.calm.Stop()
		n.calm = nil
	}
	if n.busy && s.Pending == 0 && !s.Failed {
		n.calm = time.AfterFunc(settled, func() { n.w.frames.Add(n.show) })
		return
	}
	n.say(s)
}

// show says what is so now: when the pause is over, and in another theme.
func (n *savedNote) show() { n.say(n.w.app.SaveState()) }

func (n *savedNote) say(s app.SaveState) {
	pal := n.w.env.Palette()
	words, ink := s.Words, pal.InkMuted
	switch {
	case s.Failed:
		ink = pal.Danger
	case n.w.app.ReadOnly() != nil:
		words, ink = "Read-only", pal.Warning
	case n.w.locked():
		words, ink = "Locked – unlock…", pal.Warning
	}
	n.busy = s.Pending > 0 || s.Failed
	if n.words.Text != words || n.words.Color != ink {
		n.words.Text, n.words.Color = words, ink
		n.words.Refresh()
		n.Refresh()
	}
	n.w.notices.saving(s)
}
