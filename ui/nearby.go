package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// What is said of being found.
const (
	askNearby  = "Let people on this network find me"
	sayNearby  = "For 15 minutes. Those who tick this too see your name and colour, and you see theirs. Nobody else learns it."
	sayNoOther = "Nobody else looks at the moment. Ask them to tick this too: in the menu behind their own initials."
)

// newNearbyTick lets people nearby find this person, and shows them.
func (w *Window) newNearbyTick() *escCheck {
	c := newEscCheck(lang.T(askNearby), w.closeModal)
	c.Checked = w.together.Nearby().On
	c.OnChanged = func(on bool) { w.setNearby(on, func() { w.followTick(c) }) }
	return c
}

// setNearby begins or ends to look for people nearby; then done runs on the UI
// goroutine.
func (w *Window) setNearby(on bool, done func()) {
	go func() {
		err := w.together.SetNearby(context.Background(), on)
		w.frames.Add(func() {
			if err != nil {
				w.notices.warn(w.env.Sentence(err))
			}
			done()
		})
	}()
}

// followTick shows how it is now: it ends by itself.
func (w *Window) followTick(c *escCheck) {
	if on := w.together.Nearby().On; c.Checked != on {
		c.Checked = on
		c.Refresh()
	}
}

// layTick is the tick with what it means.
func (w *Window) layTick(c *escCheck, width float32) []fyne.CanvasObject {
	words := lang.T(sayNearby)
	if n := w.together.Nearby(); n.On {
		words = lang.Tf("Until %s. Those who tick this too see your name and colour, and you see theirs.", n.Until.In(w.env.Now().Location()).Format("15:04"))
	}
	return []fyne.CanvasObject{c, w.prose(words, width, w.env.Palette().InkMuted)}
}

// nearbyItem is the tick in a menu.
func (w *Window) nearbyItem() *fyne.MenuItem {
	on := w.together.Nearby().On
	return checked(on, fyne.NewMenuItem(lang.T(askNearby), func() {
		w.setNearby(!on, func() {
			if w.together.Nearby().On {
				w.notices.say(lang.T("For 15 minutes you can be found on this network. Who looks too is shown under Share."))
			}
		})
	}))
}

// layNearby is the people on this network who look, and can be invited.
func (s *shareSheet) layNearby(width float32) []fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	w.followTick(s.tick)
	out := append(s.w.section(lang.T("Nearby")), w.layTick(s.tick, width)...)
	if !s.near.On {
		return out
	}
	here := map[app.Person]app.Member{}
	for _, m := range s.now.Members {
		here[m.Person] = m
	}
	if len(s.near.People) == 0 {
		return append(out, w.prose(lang.T(sayNoOther), width, pal.InkMuted))
	}
	out = append(out, s.line(lang.T("Whom you invite"), s.nearRole, width))
	for _, p := range s.near.People {
		invite := newEscButton(lang.T("Invite"), nil, w.closeModal)
		invite.OnTapped = func() { s.inviteNearby(invite, p) }
		right := fyne.CanvasObject(invite)
		if m, on := here[p.Person]; on {
			right = s.still(pick(m.Invited, lang.T("Invited"), lang.T("On this board")))
		}
		out = append(out, w.twoLines(newDisc(contactLook(p), discSide), p.Name, lang.T("On this network"), right, width))
	}
	return out
}

// inviteNearby invites somebody who is there by name, and shares the board first where
// it is not yet.
func (s *shareSheet) inviteNearby(b *escButton, p app.Contact) {
	w, id, role := s.w, s.id, roleOf(s.nearRole.Selected)
	invite := func(id docID) error { return w.together.Invite(context.Background(), id, p.Person, role) }
	said := func() {
		w.notices.say(lang.Tf("%s is invited. The board is theirs to read once they accept.", p.Name))
	}
	if s.now.Shared {
		s.page.run(b, lang.T("Inviting…"), func() error { return invite(id) }, func() {
			said()
			s.follow()
		})
		return
	}
	s.page.runStoppable(b, s.stop, lang.T("Sharing the board…"), func(ctx context.Context) error {
		now, err := w.together.Share(ctx, id)
		if err != nil {
			return err
		}
		w.frames.Add(func() { s.becameShared(id, now) })
		return invite(now)
	}, said)
}

// newNearRole is what those are to do who are invited from nearby.
func (s *shareSheet) newNearRole() *escSelect {
	return s.selectRole(len(roles), share.Write, func(share.Role) {})
}
