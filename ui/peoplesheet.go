package ui

import (
	"context"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/renderers"
	"corkboard/search/fold"
	"corkboard/ui/lang"
)

// What is said where nobody is known yet.
const sayNobody = "Nobody yet. Share a board, or join somebody's by a link: whom you meet there is listed here, and can be invited to other boards by name."

// peopleSheet is everybody who is known. UI goroutine only.
type peopleSheet struct {
	w      *Window
	page   *page
	seek   *escEntry
	all    []app.Contact
	stores []app.StoragePeer
}

// showPeople is the sheet of everybody who is known.
func (w *Window) showPeople() {
	if w.together == nil {
		return
	}
	s := &peopleSheet{w: w, all: w.together.Contacts(), stores: w.together.StoragePeers()}
	s.seek = newEscEntry(lang.T("Find somebody"), w.closeModal)
	s.seek.OnChanged = func(string) { s.page.again() }
	s.seek.OnSubmitted = func(string) {
		if found := s.found(); len(found) > 0 {
			w.showPerson(found[0].Person)
		}
	}
	var focus fyne.Focusable
	if len(s.all) > 0 {
		focus = s.seek
	}
	s.page = w.openPage(lang.T("People"), shareWidth, focus, s.lay)
	s.page.modal.follow = s.follow
}

func (s *peopleSheet) follow() {
	all, stores := s.w.together.Contacts(), s.w.together.StoragePeers()
	if s.page.working || reflect.DeepEqual(all, s.all) && reflect.DeepEqual(stores, s.stores) {
		return
	}
	s.all, s.stores = all, stores
	s.page.again()
}

// found is those whose names have what is typed.
func (s *peopleSheet) found() (out []app.Contact) {
	q := fold.String(strings.TrimSpace(s.seek.Text))
	for _, c := range s.all {
		if strings.Contains(fold.String(c.Name), q) {
			out = append(out, c)
		}
	}
	return out
}

func (s *peopleSheet) lay(width float32) []fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	me := w.together.Me()
	copied := newEscButton(lang.T("Copy contact link"), func() { w.copyContact(me.Person) }, w.closeModal)
	out := []fyne.CanvasObject{w.twoLines(newDisc(lookOf(me), discSide), me.Name, lang.T("You"), copied, width)}
	if len(s.all) == 0 {
		out = append(out, ruled(), container.New(inset{0, 8}, w.prose(lang.T(sayNobody), width, pal.Ink)))
		return append(out, s.layStores(width)...)
	}
	out = append(out, container.New(inset{0, 8}, s.seek))
	found := s.found()
	if len(found) == 0 {
		out = append(out, w.prose(lang.T("Nobody of this name."), width, pal.InkMuted))
	}
	var blocked []fyne.CanvasObject
	for _, c := range found {
		row := s.row(c, width)
		if c.Blocked {
			blocked = append(blocked, row)
			continue
		}
		out = append(out, row)
	}
	if len(blocked) > 0 {
		out = append(append(out, w.section(lang.T("Blocked"))...), blocked...)
	}
	return append(out, s.layStores(width)...)
}

// row is somebody; a click shows more.
func (s *peopleSheet) row(c app.Contact, width float32) fyne.CanvasObject {
	w := s.w
	var right fyne.CanvasObject = gap(1)
	if _, on := w.together.Where(c.Person); on && !c.Blocked {
		follow := newEscButton(lang.T("Follow"), func() { w.follow(c.Person) }, w.closeModal)
		follow.Importance = widget.LowImportance
		right = follow
	}
	open := newEscButton("", func() { w.showPerson(c.Person) }, w.closeModal)
	open.Icon, open.Importance = theme.NavigateNextIcon(), widget.LowImportance
	line := w.twoLines(newDisc(contactLook(c), discSide), c.Name, contactWords(c, w), container.NewHBox(right, open), width)
	return newPressable(line, func() { w.showPerson(c.Person) })
}

// layStores is this person's storage peers, to be put on a board.
func (s *peopleSheet) layStores(width float32) []fyne.CanvasObject {
	if len(s.stores) == 0 {
		return nil
	}
	w := s.w
	out := w.section(lang.T("Your storage peers"))
	for _, p := range s.stores {
		b := newEscButton(lang.T("Put on the board"), nil, w.closeModal)
		b.OnTapped = func() {
			w.pinLater(s.page, b, func(ctx context.Context) error {
				_, err := w.together.PinStoragePeer(ctx, w.boardID(), p.ID)
				return err
			})
		}
		if w.refusal() != nil || w.reads() {
			b.Disable()
		}
		out = append(out, w.twoLines(nil, p.Address, pick(p.Here, lang.T("Here now"), lang.T("Cannot be reached now")), b, width))
	}
	return out
}

// pinLater puts something on the board that is shown and says so.
func (w *Window) pinLater(p *page, b *escButton, pin func(ctx context.Context) error) {
	title := short(w.titleOf(w.boardID()), 40)
	p.run(b, lang.T("Putting it there…"), func() error { return pin(context.Background()) }, func() {
		w.notices.say(lang.Tf("It is on “%s” now.", title))
	})
}

// copyContact puts a link that names a person on the clipboard.
func (w *Window) copyContact(p app.Person) {
	w.fyne.Clipboard().SetContent(app.LinkTo(p))
	w.notices.say(lang.T("The contact link is on the clipboard. It says who that is and holds no secret."))
}

// contactWords is what is to be said of somebody below their name.
func contactWords(c app.Contact, w *Window) string {
	words := lang.T("Not here now")
	switch {
	case c.Blocked:
		words = lang.T("Blocked")
	case c.Here:
		words = lang.T("Here now")
	case !c.Seen.IsZero():
		words = lang.Tf("Last seen %s", clockWords(c.Seen, w.env.Now()))
	}
	with, asked := 0, 0
	for _, b := range c.Boards {
		if b.Invited {
			asked++
		} else if b.Mine != 0 {
			with++
		}
	}
	if with > 0 {
		words += " · " + lang.N(with, "1 board together", "%d boards together")
	}
	if asked > 0 {
		words += " · " + lang.N(asked, "1 invitation waits", "%d invitations wait")
	}
	return words
}

// pressable is a row of a sheet that answers a click.
type pressable struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	inside fyne.CanvasObject
	do     func()
	ring   renderers.Ring
}

var (
	_ fyne.Tappable      = (*pressable)(nil)
	_ fyne.Focusable     = (*pressable)(nil)
	_ desktop.Hoverable  = (*pressable)(nil)
	_ desktop.Cursorable = (*pressable)(nil)
)

func newPressable(inside fyne.CanvasObject, do func()) *pressable {
	p := &pressable{ground: canvas.NewRectangle(nil), inside: inside, do: do}
	p.ground.CornerRadius = 6
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *pressable) CreateRenderer() fyne.WidgetRenderer {
	return p.ring.Around(widget.NewSimpleRenderer(container.NewStack(p.ground, p.inside)))
}

// Tapped implements fyne.Tappable.
func (p *pressable) Tapped(*fyne.PointEvent) { p.do() }

// FocusGained implements fyne.Focusable.
func (p *pressable) FocusGained() {
	p.ring.Set(true, p)
	reveal(p)
}

// FocusLost implements fyne.Focusable.
func (p *pressable) FocusLost() { p.ring.Set(false, p) }

// TypedRune implements fyne.Focusable.
func (*pressable) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *pressable) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		leaveSheet(p)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.do()
	}
}

// Cursor implements desktop.Cursorable.
func (*pressable) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn implements desktop.Hoverable.
func (p *pressable) MouseIn(*desktop.MouseEvent) {
	p.ground.FillColor = theme.Color(theme.ColorNameHover)
	p.ground.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (*pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *pressable) MouseOut() {
	p.ground.FillColor = nil
	p.ground.Refresh()
}
