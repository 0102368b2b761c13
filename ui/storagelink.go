package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// What a storage peer is, before one is used.
const (
	sayStorage = "A storage peer is a computer that is always on. It keeps the boards that you share, so that the others get your changes while you are away, and you theirs."
	saySealed  = "It gets everything sealed and can read nothing of it: no words, titles, names or files. It sees how many pieces there are, how large they are, and when and from which address they come. Whoever shares a board with you learns where it is."
	sayOwner   = "The link makes you its owner, and works once."
)

// storagePeer is one of this person's, by its id.
func (w *Window) storagePeer(id string) (app.StoragePeer, bool) {
	for _, p := range w.together.StoragePeers() {
		if p.ID == id {
			return p, true
		}
	}
	return app.StoragePeer{}, false
}

func isStorageLink(text string) bool {
	l, err := share.Parse(strings.TrimSpace(text))
	return err == nil && l.Kind == share.KindStorage
}

// showStorageLink asks whether to use the storage peer that a link leads to.
func (w *Window) showStorageLink(l share.Link) {
	switch {
	case w.together == nil:
		w.tell(app.ErrNobodyMet)
		return
	case w.refusal() != nil:
		w.tell(w.refusal())
		return
	}
	if p, is := w.storagePeer(string(l.Document)); is && p.Here {
		w.tell(app.ErrStorageKnown)
		return
	}
	var p *page
	var b *escButton
	stop := newEscButton(lang.T("Cancel"), nil, w.closeModal)
	stop.Hide()
	not := newEscButton(lang.T("Not now"), w.closeModal, w.closeModal)
	b = w.mainButton(lang.T("Use this storage peer"), func() {
		not.Hide()
		p.runStoppable(b, stop, lang.T("Connecting…"), func(ctx context.Context) error {
			defer w.frames.Add(not.Show)
			return w.together.AddStoragePeer(ctx, share.Format(l))
		}, func() {
			w.notices.say(lang.T("The storage peer keeps the boards that you share from now on."))
			if p.shown() {
				w.showSettings()
			}
		})
	})
	p = w.openPage(lang.T("Use a storage peer?"), protectWidth, b, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		out := []fyne.CanvasObject{w.prose(lang.T(sayStorage), width, pal.Ink), w.prose(lang.T(saySealed), width, pal.Ink)}
		where := lang.T(sayOwner)
		if at := app.PlaceOf(l.At[0]); at != "" {
			where = lang.Tf("This one is at %s.", at) + " " + lang.T(sayOwner)
		}
		return append(out, w.prose(where, width, pal.InkMuted), buttonRow(width, b, stop, not))
	})
}

// askForStorageLink is the sheet where the link of a storage peer is pasted.
func (w *Window) askForStorageLink() {
	var p *page
	entry := newEscEntry("corkboard:/…", w.closeModal)
	goOn := func() {
		switch l, err := share.Parse(strings.TrimSpace(entry.Text)); {
		case err == nil && l.Kind == share.KindStorage:
			w.showStorageLink(l)
		default:
			p.complain(w.env.Sentence(app.ErrNotStorage))
		}
	}
	entry.OnSubmitted = func(string) { goOn() }
	b := w.mainButton(lang.T("Continue"), goOn)
	back := newEscButton(lang.T("Back"), w.showSettings, w.closeModal)
	p = w.openPage(lang.T("Add a storage peer"), protectWidth, entry, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		return []fyne.CanvasObject{
			w.prose(lang.T(sayStorage), width, pal.Ink),
			w.prose(lang.T("On that computer, “storage-peer run” prints a link. Paste it here."), width, pal.Ink),
			entry, buttonRow(width, b, back),
		}
	})
}
