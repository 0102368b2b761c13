package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/ui/lang"
)

// pastBar lies below a board of the past: what is shown and who did it, a track of all
// changes, and what can be done.
type pastBar struct {
	h      *pastView
	object *fyne.Container
	paper  *canvas.Rectangle
	edge   *canvas.Rectangle
	disc   *canvas.Circle
	title  *canvas.Text
	did    *canvas.Text
	count  *canvas.Text
	cards  *escButton
	board  *escButton
	shut   *escButton
	row    *pastRow
	track  *pastTrack
	chosen int // cards, as the button says
}

const (
	pastTitle = 15
	pastDid   = 13
	pastCount = 12
)

func newPastBar(h *pastView) *pastBar {
	b := &pastBar{h: h, paper: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil), disc: canvas.NewCircle(nil), chosen: -1}
	b.title, b.did, b.count = canvas.NewText("", nil), canvas.NewText("", nil), canvas.NewText("", nil)
	b.title.TextSize, b.title.TextStyle.Bold = pastTitle, true
	b.did.TextSize, b.count.TextSize = pastDid, pastCount
	b.count.Alignment = fyne.TextAlignTrailing
	b.edge.SetMinSize(fyne.NewSize(1, 1))
	b.cards = b.button(restoreWords(1), h.restoreCards)
	b.board = b.button(lang.T("Restore this board"), h.restoreBoard)
	b.board.Importance = widget.HighImportance
	b.shut = b.button(lang.T("Close"), h.w.leavePast)
	before, after := b.button("", func() { h.step(-1, false) }), b.button("", func() { h.step(1, false) })
	before.Icon, after.Icon = theme.NavigateBackIcon(), theme.NavigateNextIcon()
	before.Importance, after.Importance = widget.LowImportance, widget.LowImportance
	b.track = newPastTrack(h)
	b.row = &pastRow{b}
	head := container.New(b.row, b.disc, b.title, b.did, b.cards, b.board, b.shut)
	foot := container.NewBorder(nil, nil, before, container.NewHBox(after, container.New(fixedWidth(96), b.count)), b.track)
	inside := container.New(inset{12, 6}, container.New(stacked{grow: -1}, head, foot))
	b.object = container.NewStack(b.paper, container.New(stacked{grow: 1}, b.edge, inside))
	return b
}

// button is one that gives the keys back to the board.
func (b *pastBar) button(words string, do func()) *escButton {
	return newEscButton(words, func() {
		b.h.w.focusBody()
		do()
	}, b.h.w.leavePast)
}

// follow shows the moment.
func (b *pastBar) follow() {
	h := b.h
	m := h.past.Moments[h.at]
	c := h.past.People[m.Who].Colour
	b.disc.FillColor = rgb(c)
	b.disc.Refresh()
	b.row.words()
	setText(b.count, lang.Tf("%d of %d", h.at+1, len(h.past.Moments)))
	b.chosen = -1
	b.followSelection()
	b.track.follow()
}

// followSelection says what the buttons would do; it does nothing while that is the same.
func (b *pastBar) followSelection() {
	n := b.h.board.Session.Selection.Len()
	if n == b.chosen {
		return
	}
	b.chosen = n
	b.cards.SetText(restoreWords(n))
	enable(&b.cards.Button, n > 0 && !b.h.newest() && !b.h.busy)
	enable(&b.board.Button, !b.h.newest() && !b.h.busy)
	b.object.Refresh()
}

// colors follows the theme.
func (b *pastBar) colors() {
	pal := b.h.w.env.Palette()
	b.paper.FillColor, b.edge.FillColor = pal.Paper, pal.PaperEdge
	b.title.Color, b.did.Color, b.count.Color = pal.Ink, pal.InkMuted, pal.InkMuted
	b.track.colors()
	b.follow()
	b.object.Refresh()
}

// pastRow lays out the upper half of the bar: the author's colour, when, what, and the
// buttons. Where it is narrow, what was done goes first; then the buttons have a line of
// their own.
type pastRow struct{ b *pastBar }

const (
	pastGap   = 8
	leastWhen = 150 // narrower the buttons go below
	leastDid  = 80
	pastDisc  = 14
)

func (l *pastRow) buttons() []fyne.CanvasObject {
	return []fyne.CanvasObject{l.b.cards, l.b.board, l.b.shut}
}

func (l *pastRow) buttonsWidth() (w, h float32) {
	for _, o := range l.buttons() {
		m := o.MinSize()
		w, h = w+m.Width+pastGap, max(h, m.Height)
	}
	return w - pastGap, h
}

// broken reports whether the buttons lie below the words.
func (l *pastRow) broken(width float32) bool {
	w, _ := l.buttonsWidth()
	return width-w-pastGap < leastWhen+pastDisc+pastGap
}

// MinSize implements fyne.Layout.
func (l *pastRow) MinSize([]fyne.CanvasObject) fyne.Size {
	w, h := l.buttonsWidth()
	if l.broken(l.width()) {
		h += l.b.title.MinSize().Height + 4
	}
	return fyne.NewSize(w, h)
}

// width is how wide the window lets the row be.
func (l *pastRow) width() float32 { return l.b.h.w.win.Canvas().Size().Width - 24 }

// words puts as much into the row as there is room for.
func (l *pastRow) words() {
	b := l.b
	room := l.width() - pastDisc - pastGap
	if w, _ := l.buttonsWidth(); !l.broken(l.width()) {
		room -= w + 2*pastGap
	}
	setText(b.title, fitText(b.h.title(), pastTitle, b.title.TextStyle, room))
	room -= b.title.MinSize().Width + 2*pastGap
	did := ""
	if room > leastDid {
		did = fitText(b.h.did(), pastDid, fyne.TextStyle{}, room)
	}
	setText(b.did, did)
}

// Layout implements fyne.Layout.
func (l *pastRow) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	b := l.b
	l.words()
	w, h := l.buttonsWidth()
	line, x, y := size.Height, size.Width, float32(0)
	if l.broken(l.width()) {
		line = b.title.MinSize().Height
		x, y = w, line+4
	}
	for _, o := range []fyne.CanvasObject{b.shut, b.board, b.cards} {
		m := o.MinSize()
		x -= m.Width
		o.Move(fyne.NewPos(x, y+(size.Height-y-h)/2))
		o.Resize(fyne.NewSize(m.Width, h))
		x -= pastGap
	}
	b.disc.Resize(fyne.NewSquareSize(pastDisc))
	b.disc.Move(fyne.NewPos(0, (line-pastDisc)/2))
	x = pastDisc + pastGap
	for _, t := range []*canvas.Text{b.title, b.did} {
		m := t.MinSize()
		t.Resize(m)
		t.Move(fyne.NewPos(x, (line-m.Height)/2))
		x += m.Width + 2*pastGap
	}
}
