package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
)

// Measures of the palette.
const (
	paletteWidth   = 620
	findWidth      = 400 // at the right, so that the board is seen
	paletteRows    = 9.5 // the half row tells that there is more
	commandHeight  = 36
	foundHeight    = 50
	paletteHead    = 52
	paletteFoot    = 30
	paletteMargin  = 12
	paletteLeast   = 3 // rows, however low the window is
	paletteFromTop = 72
)

// offers is what one mode of the palette lists. All of it belongs to the UI
// goroutine.
type offers interface {
	hint() string // in the empty entry
	// ask looks for other words; it may call the palette's listed later.
	ask(query string)
	count() int
	fill(r *rowView, i int)
	// perform does what a row says; again tells that the palette stays open.
	perform(i int) (again bool)
	words() string // at the foot
	height() float32
	close()
}

// sectioned are offers with captions above some rows.
type sectioned interface{ caption(i int) string }

// ticking are offers whose rows can be ticked, in the list or with Mod+Enter.
type ticking interface{ tick(i int) bool }

// placing are offers of which Shift+Enter puts a row on the shown board.
type placing interface{ put(i int) }

// archiving are offers of which Mod+Backspace puts a row into the archive, or takes it
// out.
type archiving interface{ archive(i int) }

// palette is an entry with a list below it. Which mode it is in is said by its
// offers.
type palette struct {
	w      *Window
	usual  offers // of its mode
	offers offers // what is listed
	modal  *modal
	entry  *queryEntry
	list   *rowList
	foot   *canvas.Text
	find   bool
}

// openPalette shows the palette; query is in the entry, all of it selected.
func (w *Window) openPalette(o func(*palette) offers, find bool, query string) {
	p := &palette{w: w, find: find}
	w.flew = false
	p.usual = o(p)
	p.offers = p.usual
	p.entry = newQueryEntry(p)
	p.entry.PlaceHolder = p.offers.hint()
	p.list = newRowList(w.env, p.offers.height(), func(r *rowView, i int) { p.offers.fill(r, i) }, p.perform)
	p.list.title = func(i int) string {
		if o, ok := p.offers.(sectioned); ok {
			return o.caption(i)
		}
		return ""
	}
	p.list.ticked = p.tick
	p.foot = canvas.NewText("", w.env.Palette().InkMuted)
	p.foot.TextSize = 12
	rule := canvas.NewRectangle(w.env.Palette().PaperEdge)
	rule.SetMinSize(fyne.NewSize(1, 1))
	head := container.New(inset{8, 6}, container.NewThemeOverride(p.entry, quiet{}))
	foot := container.New(inset{rowPad, 6}, p.foot)
	inside := container.New(stacked{grow: 2}, head, rule, container.NewClip(p.list), foot)
	p.modal = newModal(w, inside, false, p.place)
	p.modal.closed = p.usual.close
	p.modal.open(p.entry)
	if query == "" {
		p.offers.ask("")
		p.listed(true)
		return
	}
	p.entry.SetText(query) // asks
	p.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// place puts the palette at the top of the window: in the middle, or at the
// right where the board must be seen.
func (p *palette) place(window fyne.Size) (fyne.Position, fyne.Size) {
	width := float32(paletteWidth)
	if p.find {
		width = findWidth
	}
	width = min(width, window.Width-2*paletteMargin)
	top := min(paletteFromTop, window.Height/8)
	height := p.offers.height()
	room := window.Height - top - paletteHead - paletteFoot - paletteMargin
	list := min(p.list.whole(), paletteRows*height, max(paletteLeast*height, room))
	at := fyne.NewPos((window.Width-width)/2, top)
	if p.find {
		at = fyne.NewPos(window.Width-width-paletteMargin, barHeight+paletteMargin)
	}
	return at, fyne.NewSize(width, paletteHead+1+list+paletteFoot)
}

// listed shows what the offers list now; fresh chooses the first again.
func (p *palette) listed(fresh bool) {
	chosen := p.list.chosen
	if fresh || chosen < 0 {
		chosen = 0
	}
	setText(p.foot, p.offers.words())
	p.list.show(p.offers.count(), chosen) // before it is laid: there may be fewer
	p.modal.resized()
}

// perform does what a row says.
func (p *palette) perform(i int) {
	if i < 0 || i >= p.offers.count() {
		return
	}
	if p.offers.perform(i) {
		if p.w.modal == p.modal {
			p.w.win.Canvas().Focus(p.entry)
		}
		return
	}
}

// tick ticks a row, if that can be done.
func (p *palette) tick(i int) bool {
	o, ok := p.offers.(ticking)
	return ok && i >= 0 && i < o.(offers).count() && o.tick(i)
}

// queryEntry is the entry of the palette: it has all the keys. A letter whose
// key went down before the entry had the focus is the one that opened it, and
// no part of the query.
type queryEntry struct {
	widget.Entry
	p     *palette
	keyed bool
}

// KeyDown implements desktop.Keyable.
func (e *queryEntry) KeyDown(k *fyne.KeyEvent) {
	e.keyed = true
	e.Entry.KeyDown(k)
}

// TypedRune implements fyne.Focusable.
func (e *queryEntry) TypedRune(r rune) {
	if e.keyed {
		e.Entry.TypedRune(r)
	}
}

func newQueryEntry(p *palette) *queryEntry {
	e := &queryEntry{p: p}
	e.ExtendBaseWidget(e)
	e.OnChanged = func(query string) {
		if p.modal != nil {
			p.offer(query)
			p.listed(true)
		}
	}
	return e
}

// TypedKey implements fyne.Focusable.
func (e *queryEntry) TypedKey(k *fyne.KeyEvent) {
	l := e.p.list
	switch k.Name {
	case fyne.KeyEscape:
		e.p.w.closeModal()
	case fyne.KeyDown:
		l.walk(1)
	case fyne.KeyUp:
		l.walk(-1)
	case fyne.KeyPageDown:
		l.choose(l.chosen + l.page())
	case fyne.KeyPageUp:
		l.choose(max(0, l.chosen-l.page()))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF3:
		e.p.enter()
	default:
		e.Entry.TypedKey(k)
	}
}

// enter performs the chosen row.
func (p *palette) enter() {
	i := p.list.chosen
	if o, ok := p.offers.(placing); ok && heldMods() == board.Shift && i >= 0 && i < p.offers.count() {
		o.put(i)
		return
	}
	p.perform(i)
}

// TypedShortcut implements fyne.Shortcutable: what opens a palette changes its
// mode, or closes it.
func (e *queryEntry) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		e.Entry.TypedShortcut(s)
		return
	}
	if c.Modifier == fyne.KeyModifierShortcutDefault {
		i := e.p.list.chosen
		switch c.KeyName {
		case fyne.KeyReturn, fyne.KeyEnter:
			e.p.tick(i)
			return
		case fyne.KeyBackspace:
			if o, ok := e.p.offers.(archiving); ok && i >= 0 && i < e.p.offers.count() {
				o.archive(i)
				return
			}
		}
	}
	for _, id := range []string{"find", "everywhere", "commands", "todos", "changed"} {
		if e.p.w.hasChord(id, c) {
			e.p.w.perform(id)
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// hasChord reports whether a shortcut is one of a row's.
func (w *Window) hasChord(id string, s *desktop.CustomShortcut) bool {
	for _, c := range w.keys.Chords(id) {
		if *listenedOf(c) == *s {
			return true
		}
	}
	return false
}

// perform does a row of the board's table, also where no board is shown.
func (w *Window) perform(id string) {
	if w.board != nil {
		w.board.Perform(id)
		return
	}
	switch id {
	case "everywhere":
		w.Effect(nil, board.Everywhere{})
	case "todos":
		w.Effect(nil, board.Todos{})
	case "changed":
		w.Effect(nil, board.Changed{})
	case "trash":
		w.Effect(nil, board.Trash{})
	case "commands":
		w.Effect(nil, board.Commands{})
	case "share":
		w.Effect(nil, board.Share{})
	case "help":
		w.Effect(nil, board.Help{})
	case "quiet":
		w.Effect(nil, board.Toggle{What: "quiet"})
	case "back":
		w.Back()
	case "forward":
		w.Forward()
	case "undo":
		w.Effect(nil, board.Undo{})
	case "redo":
		w.Effect(nil, board.Redo{})
	}
}
