package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/ui/lang"
)

// What being invisible means.
const (
	sayInvisible = "You are invisible: nobody sees which board you look at or what you point at. That your device is connected can still be seen."
	sayVisible   = "Others on a board see you there again."
)

// below shows a menu under a part of the title bar, within the window.
func (w *Window) below(o fyne.CanvasObject, m *fyne.Menu) {
	w.tip.hide()
	pop := widget.NewPopUpMenu(m, w.win.Canvas())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	x := min(at.X, w.win.Canvas().Size().Width-pop.MinSize().Width-8)
	pop.ShowAtPosition(fyne.NewPos(max(0, x), barHeight))
}

// avatarMenu is what can be done with somebody on the board.
func (w *Window) avatarMenu(a *avatars, i int) {
	if i >= maxAvatars {
		w.showPeople()
		return
	}
	w.below(a, w.personMenu(app.Person(a.people[i].person), a.people[i].look.Name))
}

// personMenu is what can be done with somebody who is here.
func (w *Window) personMenu(p app.Person, name string) *fyne.Menu {
	follow := fyne.NewMenuItem(lang.T("Follow"), func() { w.follow(p) })
	if w.following.of(p) {
		follow = fyne.NewMenuItem(lang.T("Stop following"), func() { w.following.end() })
	}
	return fyne.NewMenu("",
		when(false, fyne.NewMenuItem(short(name, 40), nil)),
		fyne.NewMenuItemSeparator(),
		follow,
		fyne.NewMenuItem(lang.T("Profile…"), func() { w.showPerson(p) }),
		w.windowItem("people", lang.T("People…")),
		w.windowItem("share", lang.T("Share…")),
	)
}

// follow keeps this person's view where another's is.
func (w *Window) follow(p app.Person) {
	if w.together == nil {
		return
	}
	if m, ok := w.together.OnBoard(w.boardID(), p); ok {
		w.closeModal()
		w.following.begin(m)
	}
}

// ownMenu is what this person can do with how they are seen.
func (w *Window) ownMenu() *fyne.Menu {
	items := []*fyne.MenuItem{
		when(false, fyne.NewMenuItem(short(w.together.Me().Name, 40), nil)),
		fyne.NewMenuItemSeparator(),
		checked(w.together.Invisible(), fyne.NewMenuItem(lang.T("Invisible"), w.flipInvisible)),
		w.nearbyItem(),
		fyne.NewMenuItem(lang.T("Your name and picture…"), w.showProfile),
		w.windowItem("people", lang.T("People…")),
	}
	if w.places.Usual != "" {
		items = append(items, fyne.NewMenuItemSeparator(), w.workspacesItem())
	}
	return fyne.NewMenu("", items...)
}

// flipInvisible has others told nothing of this person, or ends that.
func (w *Window) flipInvisible() { w.setInvisible(!w.together.Invisible()) }

func (w *Window) setInvisible(on bool) {
	if err := w.together.SetInvisible(on); err != nil {
		w.tell(err)
	}
	w.bar.own.look()
	w.notices.say(pick(on, lang.T(sayInvisible), lang.T(sayVisible)))
}
