package ui

import (
	"context"
	"image/color"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
	"corkboard/ui/lang"
)

const shareWidth = 600

// What sharing means, before it is begun.
const (
	sayShare = "Whoever you invite can read this board and everything on it, also the boards on it, and has a copy on their own device. Nobody else can, not even who carries it between you. " +
		"You can remove somebody later: they keep what they have until then and get nothing that is written afterwards."
	sayHome = "Home is yours alone: it is where you keep your own boards, and those that others share with you. Make a board and share that one; cards can be dragged on to it."
)

// shareSheet is where a person shares the board that is shown, and sees with whom.
// UI goroutine only.
type shareSheet struct {
	w    *Window
	page *page
	id   doc.ID

	now      app.Sharing // what is shown
	state    app.SyncState
	reach    []app.Reach
	contacts []app.Contact
	near     app.Nearby

	circle  *circle    // with whom a board is shared that is not yet
	role    *escSelect // of the link that is made
	make    *escButton
	stop    *escButton
	who     *escSelect // to be invited by name
	asRole  *escSelect
	ask     *escButton
	bundle  *escButton
	leaving *escButton

	tick     *escCheck // to be found nearby
	nearRole *escSelect
	rows     map[app.Person]*memberRow
	names    map[string]app.Person // what stands in who
}

// showShare is the sheet of those who share the board that is shown.
func (w *Window) showShare() {
	if w.together == nil {
		return
	}
	w.app.ExpectOthers()
	s := &shareSheet{w: w, id: w.boardID(), rows: map[app.Person]*memberRow{}}
	if s.id == w.app.Home() {
		s.home()
		return
	}
	s.role = s.selectRole(linkRoles, share.Write, func(share.Role) {})
	s.make = w.mainButton("", s.link)
	s.stop = newEscButton(lang.T("Cancel"), nil, w.closeModal)
	s.stop.Hide()
	s.asRole = s.selectRole(len(roles), share.Write, func(share.Role) {})
	s.who = newEscSelect(nil, w.closeModal)
	s.who.PlaceHolder = lang.T("Somebody you know")
	s.ask = newEscButton(lang.T("Invite"), s.invite, w.closeModal)
	s.circle = newCircle(s)
	s.bundle = newEscButton(lang.T("Take it along as a file…"), func() { w.showExportAs(bundleChoice) }, w.closeModal)
	s.leaving = newEscButton(lang.T("Leave this board…"), s.leave, w.closeModal)
	s.tick, s.nearRole = w.newNearbyTick(), s.newNearRole()
	s.look()
	var focus fyne.Focusable
	if !s.now.Shared {
		focus = s.make
	}
	s.page = w.openPage(s.title(), shareWidth, focus, s.lay)
	s.page.modal.follow = s.follow
}

// home says why the Home board is not shared.
func (s *shareSheet) home() {
	w := s.w
	create := w.mainButton(lang.T("Make a board to share"), func() {
		w.closeModal()
		w.newSharable()
	})
	w.openPage(lang.T("Share"), protectWidth, nil, func(width float32) []fyne.CanvasObject {
		if w.refusal() != nil {
			return []fyne.CanvasObject{w.prose(lang.T(sayHome), width, w.env.Palette().Ink)}
		}
		return []fyne.CanvasObject{w.prose(lang.T(sayHome), width, w.env.Palette().Ink), buttonRow(width, create)}
	})
}

// newSharable makes a board on Home and shows it.
func (w *Window) newSharable() {
	if why := w.refusal(); why != nil {
		w.tell(why)
		return
	}
	home := w.app.Home()
	w.work(func(ctx context.Context) error {
		at, err := w.app.FreePlace(ctx, home)
		if err != nil {
			return err
		}
		w.frames.Add(func() {
			_, link, _ := w.app.NewCard(home, cards.KindBoard, at)
			w.Open(link.Document, link.Kind)
			w.showShare()
		})
		return nil
	})
}

func (s *shareSheet) title() string {
	if !s.now.Shared {
		return lang.Tf("Share “%s”", short(s.w.titleOf(s.id), 40))
	}
	return lang.Tf("“%s” is shared", short(s.shownTitle(), 40))
}

func (s *shareSheet) shownTitle() string {
	switch {
	case s.now.Title != "":
		return s.now.Title
	case s.now.Waiting:
		return lang.T("A shared board")
	}
	return s.w.titleOf(s.now.Root)
}

// look asks anew how it stands, and reports whether something is different.
func (s *shareSheet) look() bool {
	t := s.w.together
	now, state, reach, contacts := t.Sharing(s.id), t.SyncState(s.id), t.Reach(s.id), t.Contacts()
	near := t.Nearby()
	same := reflect.DeepEqual(near, s.near) && reflect.DeepEqual(now, s.now) && state == s.state && reflect.DeepEqual(reach, s.reach) && reflect.DeepEqual(contacts, s.contacts)
	s.now, s.state, s.reach, s.contacts = now, state, reach, contacts
	s.near = near
	return !same
}

// follow lays the sheet anew when something is different.
func (s *shareSheet) follow() {
	shared := s.now.Shared
	if !s.look() || s.page.working {
		return
	}
	if s.now.Shared != shared { // with another title
		s.w.showShare()
		return
	}
	s.page.again()
}

// mayInvite reports whether this person may say who is here.
func (s *shareSheet) mayInvite() bool {
	return s.now.Mine == share.Admin && !s.now.Removed && s.w.refusal() == nil
}

func (s *shareSheet) lay(width float32) []fyne.CanvasObject {
	switch {
	case !s.now.Shared && s.w.refusal() != nil:
		return []fyne.CanvasObject{s.w.prose(s.w.env.Sentence(s.w.refusal()), width, s.w.env.Palette().Warning)}
	case !s.now.Shared:
		return s.layAlone(width)
	}
	return s.layShared(width)
}

// layAlone is a board that nobody else has.
func (s *shareSheet) layAlone(width float32) []fyne.CanvasObject {
	s.make.SetText(pick(s.page != nil && s.page.working, s.make.Text, lang.T("Create link and copy")))
	out := append([]fyne.CanvasObject{s.w.prose(lang.T(sayShare), width, s.w.env.Palette().Ink)}, s.circle.lay(width)...)
	if len(out) > 1 {
		out = append(out, s.w.section(lang.T("By link"))...)
	}
	out = append(out, s.line(lang.T("Whoever has the link"), s.role, width), buttonRow(width, s.make, s.stop))
	return append(out, s.layNearby(width)...)
}

// layShared is a board with people.
func (s *shareSheet) layShared(width float32) []fyne.CanvasObject {
	pal := s.w.env.Palette()
	var out []fyne.CanvasObject
	switch {
	case s.now.Removed:
		out = append(out, s.w.prose(lang.T("You are no longer on this board. What you had until then stays here and readable; nothing new comes, and nothing that you write is seen by the others."), width, pal.Warning))
	case s.now.Refused:
		out = append(out, s.w.prose(lang.T(sayRefused), width, pal.Warning))
	case s.now.Waiting:
		out = append(out, s.w.prose(lang.T("You have joined. The board comes as soon as somebody who has it is online at the same time as you, or when you open a bundle of it that was made after the link."), width, pal.Ink))
	case s.now.Root != s.id:
		out = append(out, s.w.prose(lang.Tf("This is part of “%s”: everything on that board is shared with the same people.", short(s.shownTitle(), 40)), width, pal.InkMuted))
	}
	out = append(out, s.layState(width)...)
	out = append(out, s.w.section(people(len(s.now.Members)))...)
	for _, m := range s.now.Members {
		out = append(out, s.row(m, width))
	}
	if s.mayInvite() {
		out = append(out, s.layLinks(width)...)
		out = append(out, s.layInvite(width)...)
		out = append(out, s.layNearby(width)...)
	}
	out = append(out, s.layBackups(width)...)
	last := []fyne.CanvasObject{s.bundle}
	if !s.now.Removed && s.w.refusal() == nil {
		last = append(last, s.leaving)
	}
	if s.now.Waiting {
		last = last[1:] // nothing has come that could be taken along
	}
	out = append(out, ruled(), buttonRow(width, last...))
	return out
}

// layState says where the board is.
func (s *shareSheet) layState(width float32) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if words := lang.Below(s.state.Words); words != "" && !s.now.Waiting {
		out = append(out, s.w.prose(words+".", width, s.w.env.Palette().InkMuted))
	}
	if s.state.Waiting != "" {
		out = append(out, s.w.prose(lang.Below(s.state.Waiting)+".", width, s.w.env.Palette().InkMuted))
	}
	return out
}

// layBackups is the storage peers that keep the board.
func (s *shareSheet) layBackups(width float32) []fyne.CanvasObject {
	if len(s.now.Backups) == 0 {
		return nil
	}
	pal := s.w.env.Palette()
	out := s.w.section(lang.T("Kept by"))
	for _, b := range s.now.Backups {
		words, ink := lang.T("cannot be reached now"), pal.InkMuted
		if b.Here {
			words, ink = lang.T("here now"), pal.Ok
		}
		out = append(out, s.pair(b.Name, words, ink, width))
	}
	return append(out, s.w.prose(lang.T("They keep the board sealed and cannot read it."), width, pal.InkMuted))
}

// section is the heading of a part of the sheet.
func (w *Window) section(words string) []fyne.CanvasObject {
	t := canvas.NewText(words, w.env.Palette().InkMuted)
	t.TextSize, t.TextStyle.Bold = 13, true
	return []fyne.CanvasObject{ruled(), container.New(inset{0, 8}, t)}
}

// ruled is a rule with space above it.
func ruled() fyne.CanvasObject {
	return container.New(stacked{grow: -1}, container.New(inset{0, 3}, gap(1)), widget.NewSeparator())
}

// pair is a name and what is to be said of it, in one line.
func (s *shareSheet) pair(name, words string, ink color.Color, width float32) fyne.CanvasObject {
	right := canvas.NewText(words, ink)
	right.TextSize = 13
	left := canvas.NewText(fitText(name, proseSize, fyne.TextStyle{}, width-right.MinSize().Width-16), s.w.env.Palette().Ink)
	left.TextSize = proseSize
	return container.New(inset{0, 5}, container.NewBorder(nil, nil, left, right))
}

// line is words with something to choose behind them.
func (s *shareSheet) line(words string, o fyne.CanvasObject, width float32) fyne.CanvasObject {
	t := canvas.NewText(words, s.w.env.Palette().Ink)
	t.TextSize = proseSize
	return buttonRow(width, container.NewCenter(t), container.New(fixedWidth(roleWidth), o))
}

// selectRole is a choice among the first n roles.
func (s *shareSheet) selectRole(n int, now share.Role, chosen func(share.Role)) *escSelect {
	sel := newEscSelect(roleOptions(n, now), s.w.closeModal)
	sel.Selected = roleWords(now)
	sel.OnChanged = func(words string) { chosen(roleOf(words)) }
	return sel
}

// people is a number of people in words.
func people(n int) string {
	return lang.N(n, "1 person", "%d people")
}
