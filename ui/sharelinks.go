package ui

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/doc"
	"corkboard/share"
	"corkboard/ui/lang"
)

func pick(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

// leastWho is the width of the choice of somebody; where there is no room for more
// beside it, that goes below.
const leastWho = 200

// link makes the board shared if it is not yet, and puts a link to it on the
// clipboard.
func (s *shareSheet) link() {
	role := roleOf(s.role.Selected)
	if s.now.Shared {
		s.copyLink(s.make, role)
		return
	}
	w, id := s.w, s.id
	link := ""
	s.page.runStoppable(s.make, s.stop, lang.T("Sharing the board…"), func(ctx context.Context) error {
		now, err := w.together.Share(ctx, id)
		if err != nil {
			return err
		}
		w.frames.Add(func() { s.becameShared(id, now) })
		link, err = w.together.CopyLink(ctx, now, role)
		return err
	}, func() { w.linkCopied(link, role) })
}

// becameShared goes on with the shared board, with its sheet if the person still
// looks at it.
func (s *shareSheet) becameShared(old, now doc.ID) {
	open := s.page.shown()
	s.w.moved(old, now)
	if open {
		s.w.showShare()
	}
}

// copyLink puts an open link of a role, or a new one, on the clipboard.
func (s *shareSheet) copyLink(b *escButton, role share.Role) {
	link := ""
	s.page.run(b, lang.T("Making the link…"), func() (err error) {
		link, err = s.w.together.CopyLink(context.Background(), s.id, role)
		return err
	}, func() {
		s.w.linkCopied(link, role)
		s.follow()
	})
}

func (w *Window) linkCopied(link string, role share.Role) {
	w.fyne.Clipboard().SetContent(link)
	w.notices.say(lang.Tf("Link copied: whoever has it %s.", lower(roleWords(role))))
}

// layLinks is the links that let people in.
func (s *shareSheet) layLinks(width float32) []fyne.CanvasObject {
	s.make.SetText(pick(s.page != nil && s.page.working, s.make.Text, lang.T("Copy link")))
	out := s.w.section(lang.T("By link"))
	out = append(out, buttonRow(width, container.New(fixedWidth(roleWidth), s.role), s.make))
	now := s.w.env.Now()
	for _, l := range s.now.Links {
		words := lang.Tf("Made %s", clockWords(l.Created, now))
		if !l.Expires.IsZero() {
			words += ", " + lang.Tf("open until %s", lang.Time(l.Expires.In(now.Location()), "2 January 15:04"))
		}
		again := newEscButton(lang.T("Copy again"), nil, s.w.closeModal)
		again.OnTapped = func() { s.copyLink(again, l.Role) }
		revoke := newEscButton(lang.T("Revoke"), nil, s.w.closeModal)
		revoke.OnTapped = func() { s.revoke(revoke, l) }
		buttons := container.NewHBox(revoke)
		if l.Role == share.Read || l.Role == share.Write {
			buttons = container.NewHBox(again, revoke)
		}
		out = append(out, s.w.twoLines(nil, lang.Tf("Whoever has it %s", lower(roleWords(l.Role))), words, buttons, width))
	}
	return out
}

// revoke ends a link.
func (s *shareSheet) revoke(b *escButton, l app.OpenLink) {
	s.page.run(b, lang.T("Revoking…"), func() error {
		return s.w.together.RevokeLink(context.Background(), s.id, l.ID)
	}, func() {
		s.w.notices.say(lang.T("Nobody can join with that link any more. Who has joined stays."))
		s.follow()
	})
}

// layInvite is where people are invited by name.
func (s *shareSheet) layInvite(width float32) []fyne.CanvasObject {
	out := s.w.section(lang.T("By name"))
	s.names = s.invitable()
	if len(s.names) == 0 {
		return append(out, s.w.prose(lang.T("Whom you meet on a shared board can be invited by name here. Until then use a link."), width, s.w.env.Palette().InkMuted))
	}
	s.who.Options = sortedKeys(s.names)
	if len(s.names) > 1 {
		s.who.Options = append([]string{s.everybody()}, s.who.Options...)
	}
	if !slices.Contains(s.who.Options, s.who.Selected) {
		s.who.Selected = ""
	}
	s.who.Refresh()
	return append(out, buttonRow(width, container.New(fixedWidth(max(leastWho, width-roleWidth-110)), s.who), container.New(fixedWidth(roleWidth), s.asRole), s.ask))
}

// others is the contacts who are not on this board.
func (s *shareSheet) others() (out []app.Contact) {
	for _, c := range s.contacts {
		for _, p := range s.names {
			if p == c.Person {
				out = append(out, c)
			}
		}
	}
	return out
}

// invitable is those who are met and not on this board, under names that differ.
func (s *shareSheet) invitable() map[string]app.Person {
	here := map[app.Person]bool{}
	for _, m := range s.now.Members {
		here[m.Person] = true
	}
	out := map[string]app.Person{}
	for _, c := range s.contacts {
		if here[c.Person] || c.Blocked {
			continue
		}
		name := short(c.Name, 40)
		for i := 2; ; i++ {
			if _, taken := out[name]; !taken {
				break
			}
			name = short(c.Name, 40) + " (" + strconv.Itoa(i) + ")"
		}
		out[name] = c.Person
	}
	return out
}

// everybody is the choice of all who can be invited.
func (s *shareSheet) everybody() string {
	return lang.T(circleAll) + " (" + strconv.Itoa(len(s.names)) + ")"
}

func (s *shareSheet) invite() {
	if s.who.Selected == s.everybody() {
		list, role := s.others(), roleOf(s.asRole.Selected)
		s.w.askForAll(len(list), role, func(p *page, b *escButton) { s.inviteAll(p, b, list, role) })
		return
	}
	person, ok := s.names[s.who.Selected]
	if !ok {
		s.page.complain(lang.T("Choose whom to invite."))
		return
	}
	name, role := s.who.Selected, roleOf(s.asRole.Selected)
	s.page.run(s.ask, lang.T("Inviting…"), func() error {
		return s.w.together.Invite(context.Background(), s.id, person, role)
	}, func() {
		s.w.notices.say(lang.Tf("%s is invited. The board is theirs to read once they accept.", name))
		s.follow()
	})
}
