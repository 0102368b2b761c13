package ui

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/ui/lang"
)

// backupExtension ends the names of backups.
const backupExtension = ".corkbackup"

// What a backup is.
const (
	sayBackup     = "All boards and files, the settings and your keys, in one file that opens with this passphrase alone. Keep it on another disk or with somebody. Who forgets the passphrase cannot open it."
	sayBackupBack = "Restored, it becomes one more device of yours: you can go on here and there, and when the two meet nothing of either is lost."
)

// backupSheet is where a person writes everything to one file.
type backupSheet struct {
	w             *Window
	page          *page
	path          *escEntry
	first, second *escEntry
	do, browse    *escButton
}

// showBackup is that sheet.
func (w *Window) showBackup() {
	s := &backupSheet{w: w}
	s.path = newEscEntry(lang.T("Where to"), w.closeModal)
	s.path.SetText(backupPlace())
	s.first = newSecretEntry(lang.T("Passphrase"), w.closeModal)
	s.second = newSecretEntry(lang.T("The same once more"), w.closeModal)
	s.first.OnSubmitted = func(string) { w.win.Canvas().Focus(s.second) }
	s.second.OnSubmitted = func(string) { s.run() }
	s.do = w.mainButton(lang.T("Back up"), s.run)
	s.browse = newEscButton(lang.T("Choose…"), s.choose, w.closeModal)
	s.page = w.openPage(lang.T("Back up everything"), exchangeWidth, s.first, s.lay)
}

func (s *backupSheet) lay(width float32) []fyne.CanvasObject {
	pal := s.w.env.Palette()
	entries := container.New(fixedWidth(min(300, width)), container.NewVBox(s.first, s.second))
	return []fyne.CanvasObject{
		s.w.prose(lang.T(sayBackup), width, pal.Ink),
		container.New(inset{0, 4}, container.NewBorder(nil, nil, nil, s.browse, s.path)),
		container.NewHBox(entries), buttonRow(width, s.do),
		s.w.prose(lang.T(sayBackupBack), width, pal.InkMuted),
	}
}

// backupPlace is a new name beside a person's documents, with the day.
func backupPlace() string {
	return freshPath(lang.Tf("Corkboard of %s", time.Now().Format(time.DateOnly)), backupExtension)
}

// choose asks for a place.
func (s *backupSheet) choose() { s.w.choosePlace(s.path.Text, s.path.SetText) }

// run writes the backup. Closing the sheet gives it up.
func (s *backupSheet) run() {
	to := strings.TrimSpace(s.path.Text)
	if to == "" || s.page.working {
		return
	}
	if !filepath.IsAbs(to) {
		s.page.complain(lang.T("Write where it should go in full, from the first folder on, or choose a place."))
		return
	}
	if s.first.Text != s.second.Text {
		s.page.complain(s.w.env.Sentence(app.ErrDiffer))
		return
	}
	if !strings.EqualFold(filepath.Ext(to), backupExtension) {
		to += backupExtension
	}
	var made app.BackedUp
	b := app.BackingUp{To: to, Passphrase: s.first.Text, Progress: s.w.percents(func(percent int) {
		if s.page.working {
			s.do.SetText(lang.Tf("Backing up… %d %%", percent))
		}
	})}
	s.page.runUntilClosed(s.do, lang.T("Backing up…"), func(ctx context.Context) (err error) {
		made, err = s.w.app.Backup(ctx, b)
		return err
	}, func(gaveUp bool) {
		if gaveUp {
			s.w.notices.say(lang.T("The backup was stopped."))
			return
		}
		if s.page.shown() {
			s.w.closeModal()
		}
		s.w.notices.say(lang.Tf("Backed up to %s", to))
		if made.Damaged > 0 {
			s.w.notices.warn(lang.N(made.Damaged, "One file is damaged and is in the backup as it is.", "%d files are damaged and are in the backup as they are."))
		}
	})
}

// percents tells the UI goroutine how far something is, no more often than it changes.
func (w *Window) percents(tell func(percent int)) func(done, total int64) {
	last := -1
	return func(done, total int64) {
		now := int(done * 100 / max(total, 1))
		if now == last {
			return
		}
		last = now
		w.frames.Add(func() { tell(now) })
	}
}

// settingsBackup says when there was a backup last, and leads to the next one.
func (w *Window) settingsBackup() fyne.CanvasObject {
	words := lang.T("There is none yet. A disk that breaks takes everything with it that is on no other device of yours.")
	if at := w.app.Device().BackedUp; at != 0 {
		words = lang.Tf("The newest is of %s.", time.UnixMilli(at).Format("2006-01-02 15:04"))
	}
	column := container.New(stacked{grow: -1})
	for _, line := range breakLines(words, capText, settingsWidth-120) { // also in a narrow window
		column.Add(container.New(inset{8, 2}, wordOf(line, w.env.Palette())))
	}
	row := func(b *escButton) { column.Add(container.New(inset{8, 4}, container.NewHBox(b))) }
	row(newEscButton(lang.T("Back up everything…"), w.showBackup, w.closeModal))
	if w.places.Usual != "" {
		row(newEscButton(lang.T("Restore a backup…"), w.showRestore, w.closeModal))
	}
	return column
}
