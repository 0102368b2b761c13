package ui

import (
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// What the welcome says.
const (
	sayHello = "A board for notes, pictures and files: yours, on this device, and shared with whom you like."
	askName  = "What should others call you?"
	sayName  = "Those with whom you share a board see it. You can change it at any time."
)

// welcomeSheet greets whoever has a new profile, once. It asks for the name, and then
// offers what may be done first. UI goroutine only.
type welcomeSheet struct {
	w     *Window
	page  *page
	you   *profileFields
	named bool // the name was asked

	next, skip         *escButton
	share, join, start *escButton
	already            *escButton // joins another device
	restore            *escButton // makes a workspace of a backup

	tick *escCheck // to be found nearby
}

// welcome greets a person on a new profile, unless that was done or nothing can be
// written. Whoever tries the program out turns it off.
func (w *Window) welcome() {
	if os.Getenv("CORKBOARD_WELCOME") == "off" || w.app.Device().Welcome != app.WelcomeDue || w.together == nil || w.refusal() != nil {
		return
	}
	w.showWelcome()
}

// showWelcome is the sheet of the first run. However it is closed, it was seen.
func (w *Window) showWelcome() {
	s := &welcomeSheet{w: w, you: newProfileFields(w)}
	s.next = w.mainButton(lang.T("Continue"), s.name)
	s.skip = newEscButton(lang.T("Skip"), s.goOn, w.closeModal)
	s.share = w.mainButton(lang.T("Share a board…"), w.newSharable)
	s.join = newEscButton(lang.T("Join with a link…"), w.showPasteLink, w.closeModal)
	s.already = newEscButton(lang.T(sayAlready), w.askForDeviceLink, w.closeModal)
	s.restore = newEscButton(lang.T("Restore a backup…"), w.showRestore, w.closeModal)
	s.restore.Importance = widget.LowImportance
	s.start = newEscButton(lang.T("Just start"), w.closeModal, w.closeModal)
	s.you.name.OnSubmitted = func(string) { s.name() }
	s.tick = w.newNearbyTick()
	s.page = w.openPage(lang.T("Welcome to Corkboard"), protectWidth, s.you.name, s.lay)
	s.you.chosen = s.page.again
	s.you.name.OnChanged = func(string) { s.page.again() }
	s.you.name.TypedShortcut(&fyne.ShortcutSelectAll{}) // typing replaces what the system calls them
	s.page.modal.closed = w.welcomed
	found := s.tick.Checked
	s.page.modal.follow = func() {
		if now := w.together.Nearby().On; now != found && !s.page.working {
			found = now
			s.page.again()
		}
	}
}

// welcomed notes that the welcome was seen.
func (w *Window) welcomed() {
	w.app.UpdateDevice(func(d *deviceState) { d.Welcome = app.WelcomeSeen })
}

// name keeps the name, and goes on.
func (s *welcomeSheet) name() {
	name := s.you.name.Text
	if strings.TrimSpace(name) == "" {
		s.goOn()
		return
	}
	s.page.run(s.next, lang.T("Saving…"), func() error { return s.you.save(name) }, func() {
		if s.page.shown() {
			s.goOn()
		}
	})
}

// goOn offers what may be done first.
func (s *welcomeSheet) goOn() {
	s.named = true
	s.page.again()
	s.w.win.Canvas().Focus(s.share)
}

func (s *welcomeSheet) lay(width float32) []fyne.CanvasObject {
	pal := s.w.env.Palette()
	if !s.named {
		out := []fyne.CanvasObject{s.w.prose(lang.T(sayHello), width, pal.InkMuted), s.question(lang.T(askName))}
		out = append(out, s.you.lay(width)...)
		return append(out, s.w.prose(lang.T(sayName), width, pal.InkMuted), buttonRow(width, s.next, s.skip), buttonRow(width, s.elsewhere()...))
	}
	greeting := lang.T("What would you like to do first?")
	if me := s.w.together.Me(); me.Name != "" {
		greeting = lang.Tf("Hello %s.", short(me.Name, 40)) + " " + greeting
	}
	s.w.followTick(s.tick)
	return append([]fyne.CanvasObject{
		s.w.prose(greeting, width, pal.Ink),
		s.choice(s.share, lang.T("Makes a board and lets you invite others to it."), width),
		s.choice(s.join, lang.T("Somebody has sent you one."), width),
		s.choice(s.start, lang.T("Home is yours alone. Share is at the top of the window, joining in the menu behind the three dots."), width), ruled(),
	}, s.w.layTick(s.tick, width)...)
}

// elsewhere is for who has used Corkboard before.
func (s *welcomeSheet) elsewhere() []fyne.CanvasObject {
	if s.w.places.Usual == "" {
		return []fyne.CanvasObject{s.already}
	}
	return []fyne.CanvasObject{s.already, s.restore}
}

// question is a line that stands out.
func (s *welcomeSheet) question(words string) fyne.CanvasObject {
	t := canvas.NewText(words, s.w.env.Palette().Ink)
	t.TextSize, t.TextStyle.Bold = proseSize+2, true
	return container.New(inset{0, 6}, t)
}

// choice is a button as wide as the sheet, with what it does below it.
func (s *welcomeSheet) choice(b *escButton, words string, width float32) fyne.CanvasObject {
	return container.New(stacked{grow: -1}, container.New(inset{0, 4}, container.New(fixedWidth(width), b)),
		s.w.prose(words, width, s.w.env.Palette().InkMuted))
}

// showPasteLink asks for a link. One that is on the clipboard is offered.
func (w *Window) showPasteLink() {
	var p *page
	link := newEscEntry("corkboard:/…", w.closeModal)
	open := func(text string) {
		if text = strings.TrimSpace(text); !share.Is(text) {
			p.complain(lang.T("That is no link to a board. It begins with corkboard:"))
			return
		}
		w.closeModal()
		w.openLink(text)
	}
	link.OnSubmitted = open
	join := w.mainButton(lang.T("Continue"), func() { open(link.Text) })
	not := newEscButton(lang.T("Not now"), w.closeModal, w.closeModal)
	copied := strings.TrimSpace(w.fyne.Clipboard().Content())
	use := newEscButton(lang.T("Use the link on the clipboard"), func() { open(copied) }, w.closeModal)
	p = w.openPage(lang.T("Join with a link"), protectWidth, link, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		out := []fyne.CanvasObject{w.prose(lang.T("Paste the link that somebody has sent you."), width, pal.Ink), link}
		if share.Is(copied) {
			out = append(out, buttonRow(width, use))
		}
		return append(out, w.prose(lang.T("You see what it leads to before you join."), width, pal.InkMuted), buttonRow(width, join, not))
	})
}
