package ui

import (
	"errors"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/docstore"
	"corkboard/ui/lang"
)

const unlockWidth = 480

// showUnlock is the sheet over a profile whose keys are locked. Without it the
// window shows what was shown before.
func (w *Window) showUnlock() {
	st := w.app.KeyState()
	if !errors.Is(st.Err, docstore.ErrLocked) {
		w.tell(st.Err)
		return
	}
	words := newEscButton(lang.T("Use recovery words…"), w.showUnlockWords, w.closeModal)
	look := newEscButton(lang.T("Look only"), w.closeModal, w.closeModal)
	if st.Protection != app.UnderPassphrase {
		w.openPage(lang.T("Your keys are locked"), unlockWidth, nil, func(width float32) []fyne.CanvasObject {
			words.Importance = w.mainButton("", nil).Importance
			return []fyne.CanvasObject{
				w.prose(whyLocked(st.Protection), width, w.env.Palette().Ink),
				w.prose(lang.T("Until then you can look at your boards and export them."), width, w.env.Palette().InkMuted),
				buttonRow(width, words, look),
			}
		})
		return
	}
	var p *page
	var open *escButton
	phrase := newSecretEntry(lang.T("Passphrase"), w.closeModal)
	try := func() {
		typed := phrase.Text
		p.run(open, lang.T("Unlocking…"), func() error { return w.app.Unlock(typed) }, w.unlocked)
	}
	open = w.mainButton(lang.T("Unlock"), try)
	phrase.OnSubmitted = func(string) { try() }
	p = w.openPage(lang.T("Your keys are locked"), unlockWidth, phrase, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			w.prose(lang.T("Type your passphrase to go on writing. Until then you can look at your boards and export them."), width, w.env.Palette().Ink),
			phrase, buttonRow(width, open, words, look),
		}
	})
	p.retry = []*escEntry{phrase}
}

func whyLocked(p app.Protection) string {
	if p == app.UnderKeyring {
		return lang.T("The system's keyring has not given the key. Start Corkboard again to ask it once more, or use your recovery words.")
	}
	return lang.T("The key beside your keys is lost. Use your recovery words.")
}

// showUnlockWords asks for all recovery words.
func (w *Window) showUnlockWords() {
	var p *page
	var open *escButton
	words := newEscEntry(lang.T("word word word …"), w.closeModal)
	words.MultiLine, words.Wrapping = true, fyne.TextWrapWord
	words.SetMinRowsVisible(4)
	try := func() {
		typed := words.Text
		p.run(open, lang.T("Unlocking…"), func() error { return w.app.UnlockWords(typed) }, w.unlocked)
	}
	open = w.mainButton(lang.T("Unlock"), try)
	words.OnSubmitted = func(string) { try() }
	back := newEscButton(lang.T("Back"), w.showUnlock, w.closeModal)
	p = w.openPage(lang.T("Recovery words"), unlockWidth, words, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			w.prose(lang.T("Type all 24 words in their order, with spaces between."), width, w.env.Palette().Ink),
			words, buttonRow(width, open, back),
		}
	})
}

// unlocked goes on where the keys open.
func (w *Window) unlocked() {
	w.followKeys()
	w.notices.say(lang.T("Your keys are unlocked."))
	if w.app.KeyState().Renew {
		w.showProtect()
	}
}

// refusal is why nothing can be changed; nil if it can.
func (w *Window) refusal() error {
	if why := w.app.ReadOnly(); why != nil {
		return why
	}
	if w.together != nil && w.together.DeviceRemoved() {
		return app.ErrDeviceRemoved
	}
	return w.app.KeyState().Err
}

// locked reports whether a person could unlock the keys.
func (w *Window) locked() bool { return errors.Is(w.app.KeyState().Err, docstore.ErrLocked) }

// followKeys looks whether the keys are locked: then the sheet comes, once, and
// nothing can be edited until they open.
func (w *Window) followKeys() {
	why := w.app.KeyState().Err
	w.env.ReadOnly = w.refusal() != nil || w.reads()
	if was := w.keyless; was == (why != nil) {
		return
	}
	w.keyless = why != nil
	if !w.keyless || w.full != nil {
		w.show() // with editors that edit, or do not any more
	}
	if w.locked() {
		w.showUnlock()
	} else {
		w.tell(why)
	}
}
