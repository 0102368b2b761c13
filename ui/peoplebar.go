package ui

import (
	"strconv"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/renderers"
	"corkboard/ui/lang"
)

// peopleButtons are Share and, while invitations wait, what leads to them.
type peopleButtons struct {
	w     *Window
	share *renderers.Button
	tray  *renderers.Button
}

func newPeopleButtons(w *Window) *peopleButtons {
	b := &peopleButtons{w: w, share: w.barButton(lang.T("Share"), theme.AccountIcon(), w.showShare)}
	b.tray = w.barButton("", theme.MailComposeIcon(), w.showTray)
	b.tray.Importance = widget.HighImportance
	b.share.Hide()
	b.tray.Hide()
	return b
}

// follow says how many share what is shown, and how many invitations wait.
func (b *peopleButtons) follow() {
	w := b.w
	if w.together == nil {
		return
	}
	words := lang.T("Share")
	if s := w.sharing(w.boardID()); s.Shared && len(s.Members) > 1 {
		words += " · " + strconv.Itoa(len(s.Members))
	}
	shown := b.share.Visible()
	b.share.Show()
	changed := !shown || b.share.Text != words
	if b.share.Text != words {
		b.share.SetText(words)
	}
	waiting := ""
	if n := len(w.together.Invitations()); n > 0 {
		waiting = lang.N(n, "1 invitation", "%d invitations")
	}
	if b.tray.Text != waiting {
		changed = true
		b.tray.SetText(waiting)
	}
	if b.tray.Hidden = waiting == ""; changed {
		w.bar.lay()
	}
}
