package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// openLink shows the document that a link names, and joins its board first where
// the link invites to one. One to a storage peer asks whether to use that, one for a
// device whether to become it.
func (w *Window) openLink(text string) {
	l, err := share.Parse(text)
	switch {
	case err != nil:
		w.tell(err)
	case l.Kind == share.KindStorage:
		w.showStorageLink(l)
	case l.Kind == share.KindPerson:
		w.showPerson(app.Person(l.Document))
	case l.Kind == share.KindDevice:
		w.showBecome(text)
	case !l.Shared() || w.knows(l):
		w.Open(l.Document, l.Kind)
	case w.together == nil || !l.Invites():
		w.tell(share.ErrShared)
	default:
		w.showJoin(l)
	}
	w.win.RequestFocus()
}

// knows reports whether this person is on the board of a link already.
func (w *Window) knows(l share.Link) bool {
	s := w.sharing(l.Document)
	return s.Shared && !s.Removed
}

// What a link lets somebody do.
var joinWords = map[share.Role]struct{ title, means string }{
	share.Read:  {lang.Key("Join a shared board as a reader?"), lang.Key("You can read everything on it. What others write comes to this device.")},
	share.Write: {lang.Key("Join a shared board as an editor?"), lang.Key("You can read and change everything on it. What you and others write comes to the devices of everybody on it.")},
	share.Admin: {lang.Key("Join a shared board as one who decides?"), lang.Key("You can read and change everything on it, and say who else may. The link works once.")},
	share.Store: {lang.Key("Keep a shared board?"), lang.Key("This device would keep the board sealed and could not read it.")},
}

// showJoin asks whether to take up an invitation.
func (w *Window) showJoin(l share.Link) {
	if why := w.refusal(); why != nil {
		w.tell(why)
		return
	}
	w.app.ExpectOthers()
	f := newProfileFields(w)
	var p *page
	var b *escButton
	join := func() {
		name := f.name.Text
		if strings.TrimSpace(name) == "" {
			p.complain(lang.T("Type the name that the others are to see."))
			return
		}
		p.run(b, lang.T("Joining…"), func() error {
			if err := f.save(name); err != nil {
				return err
			}
			joined, err := w.together.Join(context.Background(), share.Format(l))
			if err == nil {
				l = joined
			}
			return err
		}, func() { w.Open(l.Document, l.Kind) })
	}
	b = w.mainButton(lang.T("Join"), join)
	f.name.OnSubmitted = func(string) { join() }
	not := newEscButton(lang.T("Not now"), w.closeModal, w.closeModal)
	say := joinWords[l.Role]
	p = w.openPage(lang.T(say.title), protectWidth, b, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		out := []fyne.CanvasObject{
			w.prose(lang.T(say.means), width, pal.Ink),
			w.prose(lang.T("The others see you as:"), width, pal.InkMuted),
		}
		out = append(out, f.lay(width)...)
		return append(out,
			w.prose(lang.T("What the board is called and holds is known once somebody who has it is online at the same time as you, or you open a bundle of it."), width, pal.InkMuted),
			buttonRow(width, b, not))
	})
	f.chosen = p.again
}
