package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/net/qr"
	"corkboard/ui/lang"
)

// A module of a QR code is so many of Fyne's units and pixels wide, so that all are
// alike; of a large code fewer.
const (
	codeModule = 4
	codeLarge  = 60 // modules, from which on a code is large
)

// What is said while a device is added.
const (
	sayAdd   = "On the other device, start Corkboard with a new profile, open this link there or paste it under “Your devices”. The link works once, for ten minutes, while both devices are online. Show it to nobody."
	sayWords = "The other device shows four words. Are they these?"
	sayWrong = "If they are others, somebody else has opened your link: say no."
)

// addDevice is the sheet on which a device is added. UI goroutine only.
type addDevice struct {
	w     *Window
	page  *page
	shown app.Pairing
	code  fyne.CanvasObject // of the link that is shown; nil if it is too long
	again *escButton
}

// showAddDevice makes a link for another device, and shows it with a QR code.
func (w *Window) showAddDevice() {
	if w.refusal() != nil {
		w.tell(w.refusal())
		return
	}
	s := &addDevice{w: w}
	s.again = w.mainButton(lang.T("Make a link"), s.make)
	s.page = w.openPage(lang.T("Add a device"), protectWidth, nil, s.lay)
	s.page.modal.follow = s.follow
	s.page.modal.closed = w.together.CancelDeviceLink
	s.make()
}

func (s *addDevice) make() {
	s.page.run(s.again, lang.T("Making a link…"), func() error {
		_, err := s.w.together.NewDeviceLink(context.Background())
		return err
	}, s.follow)
}

// follow lays the sheet anew when it stands otherwise.
func (s *addDevice) follow() {
	now := s.w.together.Pairing()
	if now == s.shown || !s.page.shown() {
		return
	}
	if now.Link != s.shown.Link {
		s.code = codeOf(now.Link)
	}
	s.shown = now
	if now.State == app.PairingDone {
		s.w.notices.say(lang.Tf("“%s” is one of your devices now.", now.Name))
		s.w.showDevices()
		return
	}
	s.page.again()
}

func codeOf(link string) fyne.CanvasObject {
	c, err := qr.Encode(link)
	if link == "" || err != nil {
		return nil
	}
	module := codeModule
	if c.Size() >= codeLarge {
		module--
	}
	m := canvas.NewImageFromImage(c.Image(module))
	m.FillMode, m.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
	return container.New(indent{0, 8}, container.NewCenter(container.New(square(float32(c.Size()*module)), m)))
}

func (s *addDevice) lay(width float32) []fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	back := newEscButton(lang.T("Back"), w.showDevices, w.closeModal)
	say := func(words string) fyne.CanvasObject { return w.prose(words, width, pal.Ink) }
	switch p := s.shown; p.State {
	case app.PairingWaiting:
		link := p.Link
		copyIt := w.mainButton(lang.T("Copy link"), func() {
			w.fyne.Clipboard().SetContent(link)
			w.notices.say(lang.T("The link is on the clipboard."))
		})
		out := []fyne.CanvasObject{say(lang.T(sayAdd))}
		if s.code != nil {
			out = append(out, s.code)
		}
		return append(out, w.prose(lang.Tf("Waiting for the other device until %s…", p.Expires.Format("15:04")), width, pal.InkMuted), buttonRow(width, copyIt, back))
	case app.PairingAsks:
		yes := w.mainButton(lang.T("Yes, add it"), func() { s.confirm(true) })
		no := newEscButton(lang.T("No"), func() { s.confirm(false) }, w.closeModal)
		return []fyne.CanvasObject{
			say(lang.Tf("“%s” wants to become one of your devices.", p.Name)), say(lang.T(sayWords)), w.bigWords(p.Words, width),
			w.prose(lang.T(sayWrong), width, pal.InkMuted), buttonRow(width, yes, no),
		}
	case app.PairingAdding:
		return []fyne.CanvasObject{say(lang.Tf("“%s” gets what it needs…", p.Name))}
	case app.PairingRefused:
		return []fyne.CanvasObject{say(lang.T("It was not added. The link is dead.")), buttonRow(width, s.again, back)}
	case app.PairingFailed:
		return []fyne.CanvasObject{w.prose(w.env.Sentence(p.Err), width, pal.Danger), buttonRow(width, s.again, back)}
	case app.PairingOver:
		return []fyne.CanvasObject{say(lang.T("No device has come in time. The link is dead.")), buttonRow(width, s.again, back)}
	}
	return []fyne.CanvasObject{buttonRow(width, s.again, back)}
}

func (s *addDevice) confirm(yes bool) {
	if err := s.w.together.ConfirmDevice(yes); err != nil {
		s.page.complain(s.w.env.Sentence(err))
	}
}

// bigWords are words that are read out from one device to another.
func (w *Window) bigWords(words string, width float32) fyne.CanvasObject {
	column := container.New(stacked{grow: -1})
	for _, line := range breakLines(words, wordsSize, width) {
		t := canvas.NewText(line, w.env.Palette().Ink)
		t.TextSize, t.TextStyle.Bold = wordsSize, true
		column.Add(container.New(inset{0, 2}, t))
	}
	return container.New(indent{0, 12}, column)
}

const wordsSize = 20
