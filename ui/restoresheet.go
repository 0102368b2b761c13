package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/ui/lang"
)

const sayRestore = "It becomes a workspace of its own, beside what is here; nothing that is here is changed. This window closes then, and the restored one opens."

// restoreSheet is where a person makes a workspace of a backup.
type restoreSheet struct {
	w          *Window
	page       *page
	path       *escEntry
	passphrase *escEntry
	name       *escEntry
	do, browse *escButton
}

// showRestore is that sheet.
func (w *Window) showRestore() {
	s := &restoreSheet{w: w}
	s.path = newEscEntry(lang.T("File of the backup"), w.closeModal)
	s.passphrase = newSecretEntry(lang.T("Its passphrase"), w.closeModal)
	s.name = newEscEntry(lang.T("Name of the workspace"), w.closeModal)
	s.name.SetText(lang.T("Restored"))
	s.path.OnSubmitted = func(string) { w.win.Canvas().Focus(s.passphrase) }
	s.passphrase.OnSubmitted = func(string) { s.run() }
	s.name.OnSubmitted = func(string) { s.run() }
	s.do = w.mainButton(lang.T("Restore"), s.run)
	s.browse = newEscButton(lang.T("Choose…"), s.choose, w.closeModal)
	s.page = w.openPage(lang.T("Restore a backup"), exchangeWidth, s.path, s.lay)
}

func (s *restoreSheet) lay(width float32) []fyne.CanvasObject {
	pal := s.w.env.Palette()
	entries := container.New(fixedWidth(min(300, width)), container.NewVBox(s.passphrase, s.name))
	return []fyne.CanvasObject{
		s.w.prose(lang.T(sayRestore), width, pal.Ink),
		container.New(inset{0, 4}, container.NewBorder(nil, nil, nil, s.browse, s.path)),
		container.NewHBox(entries), buttonRow(width, s.do),
		s.w.prose(lang.T(sayBackupBack), width, pal.InkMuted),
	}
}

// choose asks for the file.
func (s *restoreSheet) choose() { s.w.choosePath(lang.T("Restore a backup"), false, s.path.SetText) }

// run makes the workspace and goes there. Closing the sheet gives it up.
func (s *restoreSheet) run() {
	from := strings.TrimSpace(s.path.Text)
	if from == "" || s.page.working {
		return
	}
	if !filepath.IsAbs(from) {
		s.page.complain(lang.T("Write where it is in full, from the first folder on, or choose it."))
		return
	}
	to, err := s.w.places.New(s.name.Text)
	if err != nil {
		s.page.complain(s.w.env.Sentence(err))
		return
	}
	var got app.RestoredBackup
	r := app.Restoring{File: from, Passphrase: s.passphrase.Text, Profile: to.Dir, Progress: s.w.percents(func(percent int) {
		if s.page.working {
			s.do.SetText(lang.Tf("Restoring… %d %%", percent))
		}
	})}
	s.page.retry = []*escEntry{s.passphrase}
	s.page.runUntilClosed(s.do, lang.T("Restoring…"), func(ctx context.Context) (err error) {
		got, err = s.w.app.RestoreBackup(ctx, r)
		if ctx.Err() != nil || err != nil {
			_ = os.Remove(to.Dir) // the empty folder of the workspace; one that is not stays
		}
		return err
	}, func(gaveUp bool) {
		if gaveUp {
			s.w.notices.say(lang.T("Nothing was restored."))
			return
		}
		if left := got.Damaged + got.Unsound; left > 0 {
			s.w.notices.warn(lang.N(left, "One thing was damaged before the backup was made.", "%d things were damaged before the backup was made."))
		}
		if s.page.shown() {
			s.w.closeModal()
		}
		s.w.switchTo(to)
	})
}
