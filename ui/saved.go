package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// settled is how long everything must have been on disk before that is said
// again: words that flicker with every key say nothing, and each change of them
// repaints the window twice.
const settled = 400 * time.Millisecond

// savedNote says in words whether everything is on disk. That something is not,
// it says at once. UI goroutine only.
// Where the keys are locked it says that, and leads to the sheet that opens them.
// Of a shared document it says also on how many devices it is.
type savedNote struct {
	widget.BaseWidget
	w     *Window
	all   string // what is to be said; where there is little room, words are less
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
func (n *savedNote) CreateRenderer() fyne.WidgetRenderer { return savedRenderer{n} }

type savedRenderer struct{ n *savedNote }

func (savedRenderer) Destroy()                       {}
func (r savedRenderer) Refresh()                     { r.Layout(r.n.Size()) }
func (r savedRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.n.words} }

// MinSize is what all words take.
func (r savedRenderer) MinSize() fyne.Size {
	return fyne.MeasureText(r.n.all, r.n.words.TextSize, r.n.words.TextStyle)
}

func (r savedRenderer) Layout(size fyne.Size) {
	n := r.n
	n.words.Resize(size)
	setText(n.words, fitText(n.all, n.words.TextSize, n.words.TextStyle, size.Width))
}

// Tapped implements fyne.Tappable.
func (n *savedNote) Tapped(*fyne.PointEvent) {
	switch {
	case n.w.locked():
		n.w.showUnlock()
	case n.w.sharing(n.w.trail.here().id).Shared:
		n.w.showShare()
	}
}

// Cursor implements desktop.Cursorable.
func (n *savedNote) Cursor() desktop.Cursor {
	if n.w.locked() || n.w.sharing(n.w.trail.here().id).Shared {
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
		n.calm = time.AfterFunc(settled, func() {
			n.w.frames.Add(func() {
				n.calm = nil
				n.show()
			})
		})
		return
	}
	n.say(s)
}

// show says what is so now: when the pause is over, and in another theme.
func (n *savedNote) show() { n.say(n.w.app.SaveState()) }

// again says what is so now, unless it waits for a pause.
func (n *savedNote) again() {
	if n.calm == nil {
		n.show()
	}
}

func (n *savedNote) say(s app.SaveState) {
	pal := n.w.env.Palette()
	words, ink := lang.Below(s.Words), pal.InkMuted
	switch {
	case s.Failed:
		ink = pal.Danger
	case n.w.app.ReadOnly() != nil:
		words, ink = lang.T("Read-only"), pal.Warning
	case n.w.locked():
		words, ink = lang.T("Locked – unlock…"), pal.Warning
	}
	n.busy = s.Pending > 0 || s.Failed
	if words == lang.Below(s.Words) && !n.busy {
		words = n.w.placed(words)
	}
	if n.all != words || n.words.Color != ink {
		n.all, n.words.Color = words, ink
		n.words.Refresh()
		n.Refresh()
		n.w.bar.lay()
	}
	n.w.notices.saving(s)
}

// placed is words that all is on disk here, and where what is shown is besides.
func (w *Window) placed(saved string) string {
	id := w.trail.here().id
	s := w.sharing(id)
	if !s.Shared {
		return saved
	}
	if s.Mine == share.Read {
		saved = lang.T("You can only read this")
	}
	state := w.together.SyncState(id)
	place := lang.Below(state.Words)
	switch {
	case s.Removed:
		return lang.Tf("%s · you are no longer on this board", saved)
	case s.Refused:
		return lang.T("This invitation is not open any more")
	case s.Waiting:
		return lang.T("Waiting for this board")
	case state.Waiting != "" && !state.Backed:
		return lang.Below(state.Waiting)
	case place == "":
		return saved
	case state.Have == 0 && !state.Backed:
		return place
	}
	return saved + " · " + lower(place)
}

// whereWords says in one line on which devices a document is; "" while nobody shares
// anything.
func (w *Window) whereWords(id docID) string {
	if w.together == nil {
		return ""
	}
	s := w.together.SyncState(id)
	if a, ok := w.together.Arriving(id); ok && a.From == "" {
		return lang.T("Its file is not here yet")
	} else if ok {
		return lang.Tf("Its file comes from %s", short(a.From, 40))
	}
	if s.Waiting != "" {
		return lang.Below(s.Words) + " · " + lower(lang.Below(s.Waiting))
	}
	return lang.Below(s.Words)
}
