package ui

import (
	"image/color"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// barHeight is the height of the title bar.
const barHeight = 48

// titleBar is back and forward, the way here, the title, and the save state
// in words.
type titleBar struct {
	w       *Window
	object  *fyne.Container
	back    *renderers.Button
	forward *renderers.Button
	find    *renderers.Button
	row     *fyne.Container
	crumbs  *fyne.Container
	title   *titleEntry
	chosen  *noteView // what is selected
	lit     *crumb    // under a drag
	saved   *savedNote
	people  *peopleButtons
	avatars *avatars
	own     *ownDisc
	right   *fyne.Container
	ground  *canvas.Rectangle
	rule    *canvas.Rectangle
	watched []func() // give back the documents whose titles are shown
}

func newTitleBar(w *Window) *titleBar {
	b := &titleBar{w: w}
	b.back = w.barButton("", theme.NavigateBackIcon(), w.Back)
	b.forward = w.barButton("", theme.NavigateNextIcon(), w.Forward)
	b.crumbs = container.New(crumbLayout{})
	b.title = newTitleEntry(b.rename, w.turnsToBar, func() { w.focusBody() })
	b.saved = newSavedNote(w)
	b.people = newPeopleButtons(w)
	b.avatars = newAvatars(w, func() { b.row.Refresh() }, w.avatarMenu)
	b.own = newOwnDisc(w)
	create := w.barButton(lang.T("New board"), theme.ContentAddIcon(), w.newBoard)
	more := w.barButton("", theme.MoreHorizontalIcon(), w.windowMenu)
	b.find = w.barButton("", theme.SearchIcon(), func() { w.perform("everywhere") })
	left := container.NewHBox(b.back, b.forward, b.find)
	b.right = container.New(rightRow{}, b.saved, b.people.tray, container.NewHBox(b.avatars, b.own, b.people.share), create, more)
	b.ground = canvas.NewRectangle(color.Transparent)
	b.rule = canvas.NewRectangle(color.Transparent)
	b.rule.SetMinSize(fyne.NewSize(1, 1))
	b.chosen = newNoteView(w.env)
	title := container.NewStack(b.title.words, container.NewThemeOverride(b.title, quiet{}))
	b.row = container.New(titleRow{}, left, b.crumbs, title, b.chosen.object, b.right)
	b.object = container.NewStack(b.ground, container.New(stacked{grow: 0},
		container.New(inset{8, (barHeight - 1 - 36) / 2}, b.row), b.rule))
	return b
}

// show follows the trail.
func (b *titleBar) show() {
	for _, f := range b.watched {
		f()
	}
	b.watched = nil
	t := b.w.trail
	b.steps()
	b.crumbs.Objects, b.lit = nil, nil
	b.chosen.show(renderers.Summary{}, false)
	for _, p := range t.way[:len(t.way)-1] {
		crumb := newCrumb(p, func() { b.w.Open(p.id, p.kind) })
		crumb.Keys = b.w.barKey
		b.watch(p, func(title string, _ any) {
			if title = short(title, 24); title != crumb.Text {
				crumb.SetText(title)
				b.row.Refresh()
			}
		})
		b.crumbs.Add(crumb)
		b.crumbs.Add(muted("›", b.w.env))
	}
	here := t.here()
	fixed := here.kind == cards.KindText || here.kind == cards.KindTodo || here.kind == cards.KindThread
	s := b.w.sharing(here.id)
	if s.Waiting {
		b.title.follow(pick(s.Title == "", lang.T("A shared board"), s.Title))
	}
	b.title.lock(fixed || s.Waiting)
	b.watch(here, func(title string, v any) {
		if b.title.locked != fixed { // it has come
			b.title.lock(fixed)
		}
		own := title
		if board, ok := v.(*board.Board); ok {
			own = board.Title // an untitled board leaves the entry empty
		}
		b.title.follow(own)
		b.w.shown = title
		if title += " – Corkboard"; title != b.w.win.Title() {
			b.w.win.SetTitle(title)
		}
	})
	b.avatars.enter(b.w.boardID())
	if b.w.board == nil {
		b.avatars.stay() // what is shown in full is a card there
	}
	b.colors()
	b.people.follow()
	b.row.Refresh()
	b.saved.again()
}

// steps says whether one can go back and forward.
func (b *titleBar) steps() {
	enable(b.back, len(b.w.trail.past) > 0)
	enable(b.forward, len(b.w.trail.future) > 0)
}

// watch calls show with the title of a document, now and after each change.
func (b *titleBar) watch(p place, show func(title string, value any)) {
	face := b.w.env.Registry.Face(p.kind)
	h := b.w.env.Docs.Open(p.id, face.View)
	live := true
	var due atomic.Bool // a board can change thousands of times a second
	tell := func() {
		due.Store(false)
		if s := h.Snapshot(); live && s.State == doc.Ready {
			show(face.Summary(s.Value).Title, s.Value)
		}
	}
	cancel := h.Subscribe(func() {
		if !due.Swap(true) {
			b.w.frames.Add(tell)
		}
	})
	b.watched = append(b.watched, func() {
		live = false
		cancel()
		h.Close()
	})
	tell()
}

// rename gives the shown document another title.
func (b *titleBar) rename(title string) {
	here := b.w.trail.here()
	h := b.w.env.Docs.Open(here.id, b.w.env.Registry.Face(here.kind).View)
	defer h.Close()
	h.Do(func(v any) (doc.Plan, error) {
		switch v := v.(type) {
		case *board.Board:
			return board.SetTitle{Title: title}.Plan(v)
		case cards.File:
			return cards.Rename{Title: title}.Plan(v)
		}
		return doc.Plan{}, doc.ErrNothing
	})
}

// colors follows the theme.
func (b *titleBar) colors() {
	pal := b.w.env.Palette()
	b.ground.FillColor, b.rule.FillColor = pal.Paper, pal.PaperEdge
	b.ground.Refresh()
	b.rule.Refresh()
	b.chosen.colors()
	b.avatars.draw()
	b.own.look()
}

// lay gives each part of the bar its room anew.
func (b *titleBar) lay() {
	b.row.Layout.Layout(b.row.Objects, b.row.Size())
	b.right.Layout.Layout(b.right.Objects, b.right.Size()) // also where its size stays
}

// note says what is selected on a board.
func (b *titleBar) note(v *renderers.BoardView) { b.chosen.show(noteOf(v, b.w.env.Registry)) }

func enable(b fyne.Disableable, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

func iconButton(icon fyne.Resource, f func()) *renderers.Button {
	b := renderers.NewButton("", icon, f)
	b.Importance = widget.LowImportance
	return b
}

func muted(s string, env *renderers.Env) fyne.CanvasObject {
	t := canvas.NewText(s, env.Palette().InkFaint)
	return container.NewCenter(t)
}

// short cuts a title in the middle of a long way.
func short(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes-1]) + "…"
	}
	return s
}
