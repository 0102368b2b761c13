package renderers

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/ui/lang"
)

// wordEdit is a line of words that is edited on the board: what stands on a
// connector. A nil one is none. UI goroutine only.
type wordEdit struct {
	v         *BoardView
	entry     *wordEntry
	connector board.ConnectorID // or "",
	card      board.CardID      // or ""
	hint      string
	was       string
	wide      float64                              // screen units
	at        func() (middle board.Point, ok bool) // screen units; false when it has gone
	keep      func(words string)
}

// wordWide is how wide the line is at most, in screen units.
const wordWide = 200

// editLabel lets the person write on a connector.
func (v *BoardView) editLabel(id board.ConnectorID) {
	c := v.Live.Snapshot().Value.Connector(id)
	if c == nil || v.env.ReadOnly {
		return
	}
	v.editWord(&wordEdit{
		connector: id, was: c.Label, hint: lang.T("Label"), wide: wordWide,
		at: func() (board.Point, bool) {
			l, ok := v.Layout.Line(id)
			return v.view.Camera.ToScreen(l.Middle()), ok
		},
		keep: func(words string) { v.do(board.LabelConnector{ID: id, Label: words}) },
	})
}

// nameCard lets the person write the title of a frame, a column or a board.
func (v *BoardView) nameCard(p *pin) {
	const indent = 8 // screen units
	id, name, wide := p.card.ID, "", float64(wordWide)
	place := func(r board.Rect) board.Point { return board.Point{X: r.X, Y: r.Y + board.FrameTitle/2} }
	keep := func(words string) doc.Receipt { return doCommand(p.handle, cards.NameFrame{Title: words}) }
	v.Session.Editing = ""
	switch c := p.snapshot().Value.(type) {
	case cards.Frame:
		name = c.Title
	case cards.Column:
		name = c.Title
		place = func(r board.Rect) board.Point { return board.Point{X: r.X, Y: r.Y + board.ColumnTitle/2} }
		keep = func(words string) doc.Receipt { return doCommand(p.handle, cards.NameColumn{Title: words}) }
	case *board.Board:
		name, wide = c.Title, wordWide-indent
		place = func(r board.Rect) board.Point { return board.Point{X: r.X + boardIcon, Y: r.Y + r.H - boardFooter/2} }
		keep = func(words string) doc.Receipt { return doCommand(p.handle, board.SetTitle{Title: words}) }
	}
	if p.handle == nil || v.env.ReadOnly {
		return
	}
	v.editWord(&wordEdit{
		card: id, was: name, hint: lang.T("Title"), wide: wide,
		at: func() (board.Point, bool) {
			r, ok := v.Layout.Rect(id)
			at := v.view.Camera.ToScreen(place(r))
			at.X += wide/2 + indent
			return at, ok
		},
		keep: func(words string) {
			if p.handle != nil {
				v.follows(keep(words))
			}
		},
	})
	v.catchUp(func() fyne.Focusable {
		if v.word == nil {
			return nil
		}
		return v.word.entry
	})
}

func (v *BoardView) editWord(w *wordEdit) {
	v.word.finish(true)
	w.v = v
	w.entry = &wordEntry{leave: w.finish, board: v}
	w.entry.ExtendBaseWidget(w.entry)
	w.entry.SetPlaceHolder(w.hint)
	w.entry.SetText(w.was)
	w.entry.OnSubmitted = func(string) { w.finish(true) }
	v.word = w
	v.Sync()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(w.entry)
		w.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// of is the words that are edited on a connector; nil for another one.
func (w *wordEdit) of(id board.ConnectorID) *wordEdit {
	if w == nil || w.connector != id {
		return nil
	}
	return w
}

// lay puts the line over its place.
func (w *wordEdit) lay(v *BoardView) {
	if w == nil {
		return
	}
	at, ok := w.at()
	if !ok {
		w.finish(false)
		return
	}
	h := w.entry.MinSize().Height
	w.entry.Resize(fyne.NewSize(float32(w.wide), h))
	w.entry.Move(fyne.NewPos(v.onPixel(at.X-w.wide/2), v.onPixel(at.Y-float64(h)/2)))
	v.objects = append(v.objects, w.entry)
}

// finish ends the editing; what was written is kept, or put back.
func (w *wordEdit) finish(keep bool) {
	if w == nil || w.v.word != w {
		return
	}
	v := w.v
	v.word = nil
	if keep && w.entry.Text != w.was {
		w.keep(w.entry.Text)
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && c.Focused() == w.entry {
		c.Focus(v)
	}
	v.later()
}

// wordEntry is one line that Enter and leaving keep, and that Esc puts back.
type wordEntry struct {
	widget.Entry
	leave func(keep bool)
	board *BoardView
}

// TypedShortcut implements fyne.Shortcutable: what is not for writing ends it, and is the
// board's.
func (e *wordEntry) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || slices.Contains([]fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete}, c.KeyName) {
		e.Entry.TypedShortcut(s)
		return
	}
	e.leave(true)
	e.board.TypedShortcut(s)
}

// FocusLost implements fyne.Focusable.
func (e *wordEntry) FocusLost() {
	e.Entry.FocusLost()
	e.leave(true)
}

// TypedKey implements fyne.Focusable.
func (e *wordEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.leave(false)
		return
	}
	e.Entry.TypedKey(k)
}

// Colour gives a frame or a column in view a colour, "#rrggbb", or none with "".
func (v *BoardView) Colour(id board.CardID, hex string) {
	p := v.pins[id]
	if p == nil || p.handle == nil || v.env.ReadOnly {
		return
	}
	switch p.snapshot().Value.(type) {
	case cards.Frame:
		doCommand(p.handle, cards.PaintFrame{Colour: hex})
	case cards.Column:
		doCommand(p.handle, cards.PaintColumn{Colour: hex})
	}
}
