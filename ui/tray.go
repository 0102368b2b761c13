package ui

import (
	"context"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// What an invitation is before it is accepted.
const sayTray = "Nothing of these boards comes to this device before you accept. Until then those on them see your name and that you are invited, but not when you are here, unless you share another board with them."

// traySheet is the invitations by name that wait for an answer.
type traySheet struct {
	w    *Window
	page *page
	list []app.Invitation
}

// showTray is the sheet of invitations.
func (w *Window) showTray() {
	if w.together == nil {
		return
	}
	s := &traySheet{w: w, list: w.together.Invitations()}
	s.page = w.openPage(lang.T("Invitations"), shareWidth, nil, s.lay)
	s.page.modal.follow = s.follow
}

func (s *traySheet) follow() {
	if now := s.w.together.Invitations(); !s.page.working && !reflect.DeepEqual(now, s.list) {
		s.list = now
		s.page.again()
	}
}

func (s *traySheet) lay(width float32) []fyne.CanvasObject {
	pal := s.w.env.Palette()
	if len(s.list) == 0 {
		return []fyne.CanvasObject{s.w.prose(lang.T("No invitation waits."), width, pal.Ink)}
	}
	out := []fyne.CanvasObject{s.w.prose(lang.T(sayTray), width, pal.InkMuted)}
	for _, i := range s.list {
		out = append(out, ruled(), s.row(i, width))
	}
	return out
}

func (s *traySheet) row(i app.Invitation, width float32) fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	accept := newEscButton(lang.T("Accept"), nil, w.closeModal)
	accept.Importance = widget.HighImportance
	decline := newEscButton(lang.T("Decline"), nil, w.closeModal)
	accept.OnTapped = func() { s.accept(accept, i) }
	decline.OnTapped = func() { s.decline(decline, i) }
	title := lang.T("A board")
	if i.Title != "" {
		title = lang.Tf("“%s”", i.Title)
	}
	words := canvas.NewText(fitText(title, proseSize, fyne.TextStyle{Bold: true}, width-discSide-24), pal.Ink)
	words.TextSize, words.TextStyle.Bold = proseSize, true
	from := lang.Tf("%s invited you %s.", i.From.Name, clockWords(i.At, w.env.Now())) + " " + joinedAs(i.Role)
	column := container.New(stacked{grow: -1}, words, w.prose(from, width-discSide-24, pal.InkMuted), container.NewHBox(accept, decline))
	disc := container.New(stacked{grow: -1}, newDisc(lookOf(i.From), discSide))
	return container.New(inset{0, 8}, container.NewBorder(nil, nil, container.NewHBox(disc, gap(8)), nil, column))
}

// joinedAs says what this person may do after joining.
func joinedAs(r share.Role) string {
	switch r {
	case share.Store:
		return lang.T("You would keep a sealed copy.")
	case share.Write:
		return lang.T("You can edit.")
	case share.Admin:
		return lang.T("You can edit and invite.")
	}
	return lang.T("You can only read.")
}

func (s *traySheet) accept(b *escButton, i app.Invitation) {
	w := s.w
	var link share.Link
	s.page.run(b, lang.T("Accepting…"), func() (err error) {
		link, err = w.together.Accept(context.Background(), i.ID)
		return err
	}, func() { w.Open(link.Document, link.Kind) })
}

func (s *traySheet) decline(b *escButton, i app.Invitation) {
	w := s.w
	s.page.run(b, lang.T("Declining…"), func() error { return w.together.Decline(context.Background(), i.ID) }, func() {
		w.notices.say(lang.T("The invitation is declined."))
		s.follow()
	})
}
