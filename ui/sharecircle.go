package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// With whom a board that nobody else has can be shared.
const (
	circleMe   = "Only me"
	circleSome = "Some people"
	circleAll  = "All my contacts"
)

// circle is with whom a board is to be shared that is this person's alone.
type circle struct {
	s      *shareSheet
	who    *escSelect
	role   *escSelect
	share  *escButton
	ticked map[app.Person]*escCheck
}

func newCircle(s *shareSheet) *circle {
	c := &circle{s: s, ticked: map[app.Person]*escCheck{}}
	c.who = newEscSelect([]string{lang.T(circleMe), lang.T(circleSome), lang.T(circleAll)}, s.w.closeModal)
	c.who.Selected = lang.T(circleMe)
	c.who.OnChanged = func(string) { s.page.again() }
	c.role = s.selectRole(len(roles), share.Write, func(share.Role) {})
	c.share = s.w.mainButton("", c.begin)
	return c
}

// people is everybody who can be asked.
func (c *circle) people() []app.Contact {
	return slices.DeleteFunc(slices.Clone(c.s.contacts), func(p app.Contact) bool { return p.Blocked })
}

// chosen is those who are to be asked.
func (c *circle) chosen() (out []app.Contact) {
	for _, p := range c.people() {
		if t := c.ticked[p.Person]; c.who.Selected == lang.T(circleAll) || c.who.Selected == lang.T(circleSome) && t != nil && t.Checked {
			out = append(out, p)
		}
	}
	return out
}

// lay offers the people that are known, if there are any.
func (c *circle) lay(width float32) []fyne.CanvasObject {
	list := c.people()
	if len(list) == 0 {
		return nil
	}
	s := c.s
	out := append(s.w.section(lang.T("By name")), s.line(lang.T("This board is for"), c.who, width))
	if c.who.Selected == lang.T(circleMe) {
		return out
	}
	out = append(out, s.line(lang.T("Whoever accepts"), c.role, width))
	if c.who.Selected == lang.T(circleSome) {
		for _, p := range list {
			out = append(out, c.tick(p, width))
		}
	}
	n := len(c.chosen())
	if s.page == nil || !s.page.working {
		c.share.SetText(pick(n == 0, lang.T("Invite"), lang.Tf("Invite %s", people(n))))
		enable(&c.share.Button, n > 0)
	}
	return append(out, buttonRow(width, c.share))
}

// tick is somebody who can be chosen.
func (c *circle) tick(p app.Contact, width float32) fyne.CanvasObject {
	t := c.ticked[p.Person]
	if t == nil {
		t = newEscCheck("", c.s.w.closeModal)
		c.ticked[p.Person] = t
		t.OnChanged = func(bool) { c.s.page.again() }
	}
	t.Text = fitText(p.Name, proseSize, fyne.TextStyle{}, width-80)
	t.Refresh()
	return container.NewHBox(t)
}

// begin shares the board with those who are chosen; all of them only after a question.
func (c *circle) begin() {
	s, list, role := c.s, c.chosen(), roleOf(c.role.Selected)
	if c.who.Selected == lang.T(circleAll) {
		s.w.askForAll(len(list), role, func(p *page, b *escButton) { s.inviteAll(p, b, list, role) })
		return
	}
	s.inviteAll(s.page, c.share, list, role)
}

// askForAll asks whether everybody is to be invited who is known.
func (w *Window) askForAll(n int, role share.Role, yes func(p *page, b *escButton)) {
	var p *page
	var b *escButton
	b = w.mainButton(lang.Tf("Invite %s", people(n)), func() { yes(p, b) })
	back := newEscButton(lang.T("Back"), w.showShare, w.closeModal)
	p = w.openPage(lang.T("Invite everybody you know?"), protectWidth, nil, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			w.prose(lang.Tf("This invites %s: everybody you have met on a shared board, except those you have blocked. Each %s, and has a copy, once they accept.", people(n), lower(roleWords(role))), width, w.env.Palette().Ink),
			buttonRow(width, b, back),
		}
	})
}

// inviteAll shares the board if it is not yet, and invites a number of people; it goes
// on where one cannot be.
func (s *shareSheet) inviteAll(p *page, b *escButton, list []app.Contact, role share.Role) {
	w, id := s.w, s.id
	asked := 0
	p.run(b, lang.T("Inviting…"), func() error {
		now, err := w.together.Share(context.Background(), id)
		if err != nil {
			return err
		}
		if now != id {
			w.frames.Add(func() { w.moved(id, now) })
		}
		var all []error
		for _, c := range list {
			if err := w.together.Invite(context.Background(), now, c.Person, role); err != nil {
				all = append(all, err)
				continue
			}
			asked++
		}
		if asked > 0 {
			return nil // who was not is still offered
		}
		return errors.Join(all...)
	}, func() {
		words := lang.Tf("%s invited. The board is theirs to read once they accept.", people(asked))
		if asked < len(list) {
			words = lang.Tf("%s of %d invited; the others could not be.", people(asked), len(list))
		}
		w.notices.say(words)
		if p.shown() || w.modal == nil {
			w.showShare()
		}
	})
}
