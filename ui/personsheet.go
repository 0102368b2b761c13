package ui

import (
	"context"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/share"
	"corkboard/ui/lang"
)

// What is said on the sheet of a person.
const (
	saySigned  = "Name and colour are verified: a device of theirs has signed them, and nobody else can change them."
	sayUnmet   = "Nothing of them has come to this device yet. Their name and colour come, signed by themselves, once you share a board."
	sayAloud   = "To be sure that it is them, compare these words aloud:"
	sayBlock   = "Their invitations are dropped without a word, neither of you sees what the other does on a board, and this device does not call theirs. They are not told."
	sayBlocked = "Blocked: their invitations are dropped without a word, and neither of you sees what the other does on a board."
	sayStays   = "Boards that both of you are on stay as they are: they still see them, and you what they write. To end that, remove them from the board or leave it."
)

const bigDisc = 64

// personSheet is what is known of somebody. UI goroutine only.
type personSheet struct {
	w      *Window
	page   *page
	person app.Person
	titles *boardTitles

	now     app.Contact
	known   bool
	on      app.Sharing // the board that is shown
	devices []app.DeviceInfo
	where   doc.ID

	role *escSelect
}

// showPerson is the sheet of what is known of somebody.
func (w *Window) showPerson(p app.Person) {
	if w.together == nil {
		return
	}
	if p == w.together.Me().Person {
		w.showProfile()
		return
	}
	s := &personSheet{w: w, person: p}
	s.titles = newBoardTitles(w, func() { s.page.again() })
	s.role = newEscSelect(roleOptions(len(roles), share.Write), w.closeModal)
	s.role.Selected = roleWords(share.Write)
	s.look()
	title := lang.T("Somebody")
	if s.known {
		title = s.now.Name
	}
	s.page = w.openPage(title, shareWidth, nil, s.lay)
	s.page.modal.follow, s.page.modal.closed = s.follow, s.titles.close
}

// look asks anew how it stands, and reports whether something is different.
func (s *personSheet) look() bool {
	t, before := s.w.together, *s
	s.now, s.known = app.Contact{Person: s.person, Name: lang.Tf("Somebody %s", string(s.person[:min(4, len(s.person))]))}, false
	for _, c := range t.Contacts() {
		if c.Person == s.person {
			s.now, s.known = c, true
		}
	}
	s.on, s.devices = t.Sharing(s.w.boardID()), t.DevicesOf(s.person)
	s.where, _ = t.Where(s.person)
	return before.known != s.known || before.where != s.where || !reflect.DeepEqual(before.now, s.now) ||
		!reflect.DeepEqual(before.on, s.on) || !reflect.DeepEqual(before.devices, s.devices)
}

func (s *personSheet) follow() {
	if s.look() && !s.page.working {
		s.page.again()
	}
}

func (s *personSheet) lay(width float32) []fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	back := newEscButton(lang.T("All people"), w.showPeople, w.closeModal)
	back.Importance = widget.LowImportance
	back.Icon = theme.NavigateBackIcon()
	out := []fyne.CanvasObject{s.head(width)}
	if s.now.Blocked {
		out = append(out, w.prose(lang.T(sayBlocked)+" "+lang.T(sayStays), width, pal.Warning))
	}
	out = append(out, s.buttons(width), ruled(), gap(8))
	out = append(out, w.prose(pick(s.now.Verified, lang.T(saySigned), lang.T(sayUnmet)), width, pal.InkMuted))
	out = append(out, w.spoken(lang.T(sayAloud), s.person, width)...)
	out = append(out, s.layBoards(width)...)
	out = append(out, s.layInvite(width)...)
	out = append(out, s.layDevices(width)...)
	return append(out, ruled(), buttonRow(width, back))
}

// head is how they show themselves, and whether they are here.
func (s *personSheet) head(width float32) fyne.CanvasObject {
	pal := s.w.env.Palette()
	name := canvas.NewText(fitText(s.now.Name, 18, fyne.TextStyle{Bold: true}, width-bigDisc-24), pal.Ink)
	name.TextSize, name.TextStyle.Bold = 18, true
	here := canvas.NewText(fitText(contactWords(s.now, s.w), proseSize, fyne.TextStyle{}, width-bigDisc-24), pal.InkMuted)
	here.TextSize = proseSize
	words := container.New(middled{}, container.New(stacked{grow: -1}, name, here))
	return container.New(inset{0, 6}, container.NewBorder(nil, nil, container.NewHBox(newDisc(contactLook(s.now), bigDisc), gap(12)), nil, words))
}

// spoken is the words by which a person can be told aloud; none for an id that is none.
func (w *Window) spoken(before string, p app.Person, width float32) []fyne.CanvasObject {
	id, err := identity.ParsePersonID(string(p))
	if err != nil {
		return nil
	}
	pal := w.env.Palette()
	words := canvas.NewText(fitText(string(id.Spoken()), proseSize, fyne.TextStyle{Bold: true}, width), pal.Ink)
	words.TextSize, words.TextStyle.Bold = proseSize, true
	return []fyne.CanvasObject{w.prose(before, width, pal.InkMuted), container.New(indent{0, 8}, words)}
}

// buttons is what can be done with them.
func (s *personSheet) buttons(width float32) fyne.CanvasObject {
	w := s.w
	var row []fyne.CanvasObject
	if s.where != "" && !s.now.Blocked {
		follow := newEscButton(lang.T("Follow"), func() { w.follow(s.person) }, w.closeModal)
		follow.Importance = widget.HighImportance
		row = append(row, follow)
	}
	pin := newEscButton(lang.T("Put on the board"), nil, w.closeModal)
	pin.OnTapped = func() {
		w.pinLater(s.page, pin, func(ctx context.Context) error {
			_, err := w.together.PinPerson(ctx, w.boardID(), s.person)
			return err
		})
	}
	if w.refusal() != nil || w.reads() {
		pin.Disable()
	}
	link := newEscButton(lang.T("Copy link"), func() { w.copyContact(s.person) }, w.closeModal)
	block := newEscButton(pick(s.now.Blocked, lang.T("Unblock"), lang.T("Block…")), s.block, w.closeModal)
	return buttonRow(width, append(row, pin, link, block)...)
}

// layBoards is the boards on which both are, or are to be.
func (s *personSheet) layBoards(width float32) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, b := range s.now.Boards {
		if b.Mine == 0 {
			continue
		}
		words := lang.Tf("They: %s. You: %s.", lower(roleWords(b.Theirs)), lower(roleWords(b.Mine)))
		switch {
		case b.Invited && b.Reached:
			words = lang.T("Invited, has not answered yet")
		case b.Invited:
			words = lang.T("Invited, and not reached yet")
		case b.Owner:
			words = lang.Tf("Theirs. You: %s.", lower(roleWords(b.Mine)))
		}
		open := newEscButton(lang.T("Open"), func() {
			s.w.closeModal()
			s.w.Open(b.Board, cards.KindBoard)
		}, s.w.closeModal)
		out = append(out, s.w.twoLines(nil, s.titles.of(b.Board), words, open, width))
	}
	if len(out) == 0 {
		return append(s.w.section(lang.T("Shared with this person")), s.w.prose(lang.T("No board."), width, s.w.env.Palette().InkMuted))
	}
	return append(s.w.section(lang.T("Shared with this person")), out...)
}

// layInvite offers the board that is shown.
func (s *personSheet) layInvite(width float32) []fyne.CanvasObject {
	w := s.w
	id := w.boardID()
	if !s.known || s.now.Blocked || w.refusal() != nil || id == w.app.Home() || s.on.Shared && (s.on.Mine != share.Admin || s.on.Removed) {
		return nil
	}
	if slices.ContainsFunc(s.on.Members, func(m app.Member) bool { return m.Person == s.person }) ||
		slices.ContainsFunc(s.now.Boards, func(b app.Common) bool { return s.on.Shared && b.Board == s.on.Root }) {
		return nil
	}
	invite := newEscButton(lang.T("Invite"), nil, w.closeModal)
	invite.OnTapped = func() { s.invite(invite, id) }
	out := w.section(lang.Tf("Invite to “%s”", short(w.titleOf(id), 40)))
	if !s.on.Shared {
		out = append(out, w.prose(lang.T("You are alone on this board so far. Inviting somebody shares it with all that lies on it."), width, w.env.Palette().InkMuted))
	}
	return append(out, buttonRow(width, container.New(fixedWidth(roleWidth), s.role), invite))
}

func (s *personSheet) invite(b *escButton, id doc.ID) {
	w, role := s.w, roleOf(s.role.Selected)
	s.page.run(b, lang.T("Inviting…"), func() error {
		now, err := w.together.Share(context.Background(), id)
		if err != nil {
			return err
		}
		if now != id {
			w.frames.Add(func() { w.moved(id, now) })
		}
		return w.together.Invite(context.Background(), now, s.person, role)
	}, func() {
		w.notices.say(lang.Tf("%s is invited. The board is theirs to read once they accept.", short(s.now.Name, 40)))
		if s.page.shown() {
			s.look()
			s.page.again()
		}
	})
}

// layDevices is what they work with.
func (s *personSheet) layDevices(width float32) []fyne.CanvasObject {
	if len(s.devices) == 0 {
		return nil
	}
	w := s.w
	out := w.section(lang.T("Devices"))
	for i, d := range s.devices {
		name := pick(d.Name == "", lang.Tf("Device %s", string(rune('1'+min(i, 8)))), d.Name)
		words := lang.T("Not here now")
		switch {
		case d.Here:
			words = lang.T("Here now")
		case !d.Seen.IsZero():
			words = lang.Tf("Last seen %s", clockWords(d.Seen, w.env.Now()))
		}
		b := newEscButton(lang.T("Put on the board"), nil, w.closeModal)
		b.Importance = widget.LowImportance
		b.OnTapped = func() {
			w.pinLater(s.page, b, func(ctx context.Context) error {
				_, err := w.together.PinDevice(ctx, w.boardID(), d.Device)
				return err
			})
		}
		if w.refusal() != nil || w.reads() {
			b.Disable()
		}
		out = append(out, w.twoLines(nil, name, words, b, width))
	}
	return out
}

// block asks first; unblocking needs no question.
func (s *personSheet) block() {
	w, name := s.w, short(s.now.Name, 40)
	if s.now.Blocked {
		if err := w.together.Block(s.person, false); err != nil {
			w.tell(err)
			return
		}
		w.notices.say(lang.Tf("%s is not blocked any more.", name))
		s.follow()
		return
	}
	again := func() { w.showPerson(s.person) }
	w.confirm(question{
		title: lang.Tf("Block %s?", name), words: []string{lang.T(sayBlock), lang.T(sayStays)},
		small: lang.T("It is kept on this device alone and can be taken back at any time."),
		does:  lang.T("Block"), doing: lang.T("Blocking…"), done: lang.Tf("%s is blocked.", name),
		do:   func() error { return w.together.Block(s.person, true) },
		next: again, back: again,
	})
}

// showContact shows the person whom a card stands for.
func (w *Window) showContact(id doc.ID) {
	h := w.env.Docs.Open(id, w.env.Registry.Face(cards.KindContact).View)
	shown := false
	var cancel func()
	look := func() {
		s := h.Snapshot()
		if shown || s.State == doc.Loading {
			return
		}
		shown = true
		cancel()
		h.Close()
		if c, ok := s.Value.(cards.Contact); ok && c.Person != "" {
			w.showPerson(app.Person(c.Person))
			return
		}
		w.tell(app.ErrAbsent)
	}
	cancel = h.Subscribe(func() { w.frames.Add(look) })
	look()
}
