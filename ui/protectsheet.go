package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/ui/lang"
)

const protectWidth = 560

// What each protection means.
const (
	sayPassphrase = "Asked for at every start. Without it nobody writes as you, even with a copy of the profile; what lies on this disk can still be read. If you forget it, only the recovery words help."
	sayKeyring    = "The keys open when you log in. A mere copy of the profile does not write as you; other programs of yours may be able to read the keyring."
	sayNone       = "The keys open by themselves. Whoever gets the profile's folder or this disk can write as you."
)

// protectSheet is where a person chooses what guards their keys.
type protectSheet struct {
	w             *Window
	page          *page
	first, second *escEntry
	phrase, ring  *escButton
	none          *escButton
	ringKnown     bool // whether the keyring works is known,
	ringWorks     bool // and this is it
}

// showProtect is the sheet of protections.
func (w *Window) showProtect() {
	s := &protectSheet{w: w}
	s.first = newSecretEntry(lang.T("Passphrase"), w.closeModal)
	s.second = newSecretEntry(lang.T("The same once more"), w.closeModal)
	s.first.OnSubmitted = func(string) { w.win.Canvas().Focus(s.second) }
	s.second.OnSubmitted = func(string) { s.byPassphrase() }
	s.phrase = w.mainButton(lang.T("Set passphrase"), s.byPassphrase)
	s.ring = newEscButton(lang.T("Use the keyring"), func() {
		s.page.run(s.ring, lang.T("Asking the system…"), w.app.ProtectByKeyring, s.done)
	}, w.closeModal)
	s.none = newEscButton(lang.T("Use no protection"), func() {
		s.page.run(s.none, lang.T("Changing…"), w.app.Unprotect, s.done)
	}, w.closeModal)
	var focus fyne.Focusable
	if st := w.app.KeyState(); !st.WordsKept {
		focus = s.first
		if st.Protection == app.UnderPassphrase {
			s.phrase.Text = lang.T("Change passphrase")
		}
	}
	s.page = w.openPage(lang.T("Protect your keys"), protectWidth, focus, s.lay)
	s.page.retry = []*escEntry{s.first, s.second}
	if focus != nil {
		s.askRing()
	}
}

// askRing finds out beside the UI goroutine whether the keyring can be used.
func (s *protectSheet) askRing() {
	go func() {
		works := s.w.app.KeyringWorks()
		s.w.frames.Add(func() {
			s.ringKnown, s.ringWorks = true, works
			if s.page.shown() {
				s.page.again()
			}
		})
	}()
}

func (s *protectSheet) lay(width float32) []fyne.CanvasObject {
	w, st, pal := s.w, s.w.app.KeyState(), s.w.env.Palette()
	if st.WordsKept {
		words := w.mainButton(lang.T("Recovery words…"), w.showWords)
		return []fyne.CanvasObject{
			w.prose(lang.T("First write down the recovery words. Without them on paper, a lost passphrase or keyring would lock you out of your own boards."), width, pal.Ink),
			buttonRow(width, words),
		}
	}
	var out []fyne.CanvasObject
	if st.Renew {
		out = append(out, w.prose(lang.T("The words have opened your keys, because their protection did not. Choose one anew, or you will be asked for the words again."), width, pal.Warning))
	}
	entries := container.New(fixedWidth(min(300, width)), container.NewVBox(s.first, s.second))
	out = append(out, s.choice(lang.T("Passphrase"), lang.T(sayPassphrase), app.UnderPassphrase, st, width)...)
	out = append(out, container.NewHBox(entries), buttonRow(width, s.phrase))
	out = append(out, s.choice(lang.T("System keyring"), lang.T(sayKeyring), app.UnderKeyring, st, width)...)
	switch {
	case st.Protection == app.UnderKeyring && !st.Renew:
	case !s.ringKnown:
		out = append(out, w.prose(lang.T("Asking the system…"), width, pal.InkMuted))
	case !s.ringWorks:
		out = append(out, w.prose(lang.T("This system has none that answers."), width, pal.InkMuted))
	default:
		out = append(out, buttonRow(width, s.ring))
	}
	out = append(out, s.choice(lang.T("None"), lang.T(sayNone), app.Unprotected, st, width)...)
	if st.Protection != app.Unprotected {
		out = append(out, buttonRow(width, s.none))
	}
	return out
}

// choice is the name of a protection and what it means.
func (s *protectSheet) choice(name, means string, p app.Protection, st app.KeyState, width float32) []fyne.CanvasObject {
	pal := s.w.env.Palette()
	title := heading(name, s.w.env)
	title.TextSize = proseSize
	row := container.NewHBox(title)
	if st.Protection == p && !st.Renew {
		now := canvas.NewText(lang.T("in use"), pal.Ok)
		now.TextSize = 13
		row.Add(now)
	}
	return []fyne.CanvasObject{gap(1), widget.NewSeparator(), container.New(inset{0, 6}, row), s.w.prose(means, width, pal.InkMuted)}
}

func (s *protectSheet) byPassphrase() {
	one, two := s.first.Text, s.second.Text
	s.page.run(s.phrase, lang.T("Setting the passphrase…"), func() error { return s.w.app.ProtectByPassphrase(one, two) }, s.done)
}

// done shows what is so now.
func (s *protectSheet) done() {
	w := s.w
	switch w.app.KeyState().Protection {
	case app.UnderPassphrase:
		w.notices.say(lang.T("Your keys open with the passphrase from now on."))
	case app.UnderKeyring:
		w.notices.say(lang.T("The system's keyring guards your keys from now on."))
	default:
		w.notices.say(lang.T("Nothing guards your keys from now on."))
	}
	if s.page.shown() {
		w.showSettings()
	}
}
