package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// sayBecome is what becomes of a profile that joins.
const sayBecome = "This device then shows the Home and the boards of your other one. Nothing of yours is on this one yet, so nothing is lost."

// askForDeviceLink is the sheet where the link of another device is pasted.
func (w *Window) askForDeviceLink() {
	var p *page
	entry := newEscEntry("corkboard:/…", w.closeModal)
	goOn := func() {
		l, err := share.Parse(strings.TrimSpace(entry.Text))
		if err != nil || l.Kind != share.KindDevice {
			p.complain(w.env.Sentence(app.ErrNotDeviceLink))
			return
		}
		w.showBecome(share.Format(l))
	}
	entry.OnSubmitted = func(string) { goOn() }
	b := w.mainButton(lang.T("Continue"), goOn)
	back := newEscButton(lang.T("Back"), w.showDevices, w.closeModal)
	p = w.openPage(lang.T("Use your other device's boards here"), protectWidth, entry, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		return []fyne.CanvasObject{
			w.prose(lang.T("On your other device, open the settings, “Your devices…”, and “Add a device…”. Paste the link that it shows here."), width, pal.Ink),
			w.prose(lang.T(sayBecome), width, pal.InkMuted),
			entry, buttonRow(width, b, back),
		}
	})
}

// showBecome asks whether this device becomes another one of the person whose link it
// is.
func (w *Window) showBecome(link string) {
	switch {
	case w.together == nil:
		w.tell(app.ErrNobodyMet)
		return
	case w.refusal() != nil:
		w.tell(w.refusal())
		return
	}
	var p *page
	var b *escButton
	words := ""
	stop := newEscButton(lang.T("Cancel"), nil, w.closeModal)
	stop.Hide()
	not := newEscButton(lang.T("Not now"), w.closeModal, w.closeModal)
	show := func(said string) {
		w.frames.Add(func() {
			words = said
			b.SetText(lang.T("Waiting…"))
			p.again()
		})
	}
	b = w.mainButton(lang.T("Join my other device"), func() {
		not.Hide()
		p.runStoppable(b, stop, lang.T("Connecting…"), func(ctx context.Context) error {
			defer w.frames.Add(func() {
				words = ""
				not.Show()
			})
			return w.together.BecomeDevice(ctx, link, show)
		}, func() {
			w.closeModal()
			w.close() // and begins again as what it has become
		})
	})
	p = w.openPage(lang.T("Join your other device?"), protectWidth, b, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		if words == "" {
			return []fyne.CanvasObject{
				w.prose(lang.T("The link makes this one of the devices of the person whose link it is. Go on only if it is yours."), width, pal.Ink),
				w.prose(lang.T(sayBecome)+" "+lang.T("Corkboard then starts again by itself."), width, pal.InkMuted), buttonRow(width, b, stop, not),
			}
		}
		return []fyne.CanvasObject{
			w.prose(lang.T("Your other device shows four words now. If they are these, say yes there."), width, pal.Ink),
			w.bigWords(words, width), buttonRow(width, b, stop, not),
		}
	})
}
