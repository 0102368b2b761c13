package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/search/fold"
	"corkboard/ui/lang"
)

// settingsOwnKeys says how it stands with the person's keys, and leads to what can
// be done about it.
func (w *Window) settingsOwnKeys() fyne.CanvasObject {
	st, pal := w.app.KeyState(), w.env.Palette()
	column := container.New(stacked{grow: -1})
	row := func(buttons ...fyne.CanvasObject) {
		column.Add(container.New(inset{8, 6}, container.NewHBox(buttons...)))
	}
	note := func(o fyne.CanvasObject) { column.Add(container.New(inset{8, 2}, o)) }
	unlock := newEscButton(lang.T("Unlock…"), w.showUnlock, w.closeModal)
	words := newEscButton(lang.T("Recovery words…"), w.showWords, w.closeModal)
	protect := newEscButton(lang.T("Protect keys…"), w.showProtect, w.closeModal)
	switch {
	case !st.Known:
		note(w.smallPrint(lang.T("The system is being asked for them.")))
	case w.locked():
		note(w.smallPrint(lang.T("They are locked.")))
		row(unlock)
	case st.Err != nil:
		for _, line := range breakLines(sentence(st.Err), capText, settingsWidth-2*sheetPad) {
			note(wordOf(line, pal))
		}
	case st.WordsKept:
		dot := canvas.NewCircle(pal.Warning)
		t := canvas.NewText(lang.T("The recovery words are not written down yet."), pal.Ink)
		t.TextSize = 13
		note(container.NewHBox(container.NewCenter(container.New(square(8), dot)), t))
		row(words, protect)
	default:
		note(w.smallPrint(lang.T("The recovery words are on your paper only.") + " " + guarded(st)))
		row(protect)
	}
	return column
}

// guarded says what guards the keys.
func guarded(st app.KeyState) string {
	switch {
	case st.Renew:
		return lang.T("Their protection must be made anew.")
	case st.Protection == app.UnderPassphrase:
		return lang.T("A passphrase guards the keys.")
	case st.Protection == app.UnderKeyring:
		return lang.T("The system's keyring guards the keys.")
	}
	return lang.T("Nothing guards the keys yet.")
}

// square is a layout of one size.
type square float32

// MinSize implements fyne.Layout.
func (s square) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSquareSize(float32(s)) }

// Layout implements fyne.Layout.
func (s square) Layout(objects []fyne.CanvasObject, size fyne.Size) { inset{}.Layout(objects, size) }

// ownKeysCommands are what can be done with the keys just now.
func (w *Window) ownKeysCommands() []command {
	one := func(words string, do func()) command {
		return command{words: words, do: do, folded: fold.String(words)}
	}
	st := w.app.KeyState()
	switch {
	case w.locked():
		return []command{one(lang.T("Your keys: Unlock…"), w.showUnlock)}
	case st.Err != nil || !st.Known:
		return nil
	case st.WordsKept:
		return []command{one(lang.T("Your keys: Recovery words…"), w.showWords)}
	}
	return []command{one(lang.T("Your keys: Protect…"), w.showProtect)}
}
