package ui

import (
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/ui/lang"
)

// What folders are for.
const (
	sayFolders  = "A folder that several devices see — of Syncthing, Dropbox or a NAS — carries shared boards without any other network. All who share a board and name the same folder here meet in it, while their Corkboard runs."
	saySeenBy   = "What stands in it is sealed. Whoever can look into it sees how many devices there are, how much passes and when, and nothing else."
	sayNoFolder = "None yet."
)

// folderSheet is the page of shared folders.
type folderSheet struct {
	w           *Window
	page        *page
	list        []app.SharedFolder
	path        *escEntry
	add, browse *escButton
}

// showFolders is that page.
func (w *Window) showFolders() {
	s := &folderSheet{w: w, list: w.app.SharedFolders()}
	s.path = newEscEntry(lang.T("Folder"), w.closeModal)
	s.path.OnSubmitted = func(string) { s.use() }
	s.add = w.mainButton(lang.T("Use this folder"), s.use)
	s.browse = newEscButton(lang.T("Choose…"), s.choose, w.closeModal)
	if w.refusal() != nil {
		s.add.Disable()
	}
	s.page = w.openPage(lang.T("Shared folders"), exchangeWidth, s.path, s.lay)
	s.page.modal.follow = s.follow
}

// follow lays the page anew when something is different.
func (s *folderSheet) follow() {
	if now := s.w.app.SharedFolders(); !reflect.DeepEqual(now, s.list) {
		s.list = now
		s.page.again()
	}
}

func (s *folderSheet) lay(width float32) []fyne.CanvasObject {
	pal := s.w.env.Palette()
	out := []fyne.CanvasObject{s.w.prose(lang.T(sayFolders), width, pal.Ink)}
	for _, f := range s.list {
		out = append(out, s.row(f, width))
	}
	if len(s.list) == 0 {
		out = append(out, s.w.prose(lang.T(sayNoFolder), width, pal.InkMuted))
	}
	return append(out,
		container.New(inset{0, 4}, container.NewBorder(nil, nil, nil, s.browse, s.path)),
		buttonRow(width, s.add), s.w.prose(lang.T(saySeenBy), width, pal.InkMuted))
}

// row is one folder: where it is, how it stands, and a button to remove it.
func (s *folderSheet) row(f app.SharedFolder, width float32) fyne.CanvasObject {
	pal := s.w.env.Palette()
	var remove *escButton
	remove = newEscButton(lang.T("Remove"), func() {
		s.page.run(remove, lang.T("Removing…"), func() error { return s.w.app.RemoveFolder(f.Path) }, s.follow)
	}, s.w.closeModal)
	name := canvas.NewText(fitText(f.Path, proseSize, fyne.TextStyle{}, width-remove.MinSize().Width-16), pal.Ink)
	name.TextSize = proseSize
	words, ink := folderWords(f, s.w.env.Now()), pal.InkMuted
	if f.Err != nil {
		words, ink = s.w.env.Sentence(f.Err), pal.Warning
	} else if f.Others > 0 {
		ink = pal.Ok
	}
	head := container.NewBorder(nil, nil, nil, container.New(middled{}, remove), container.New(middled{}, name))
	return container.New(indent{0, 8}, container.New(stacked{grow: -1}, head, s.w.smallLines(words, width, ink)))
}

// folderWords says how it stands with a folder: "1 other here · read 14:02 · written
// 14:03 · 12 kB wait to be taken".
func folderWords(f app.SharedFolder, now time.Time) string {
	words := []string{lang.T("nobody else is there now")}
	if f.Others > 0 {
		words[0] = lang.N(f.Others, "1 other device is there", "%d other devices are there")
	}
	at := func(t time.Time) string { return t.In(now.Location()).Format("15:04:05") }
	if !f.Read.IsZero() {
		words = append(words, lang.Tf("read at %s", at(f.Read)))
	}
	if !f.Written.IsZero() {
		words = append(words, lang.Tf("written at %s", at(f.Written)))
	}
	if f.Waiting > 0 {
		words = append(words, lang.Tf("%s wait to be taken", lang.Size(f.Waiting)))
	}
	return strings.Join(words, " · ")
}

// choose asks for a folder.
func (s *folderSheet) choose() { s.w.choosePath(lang.T("Choose a folder"), true, s.path.SetText) }

func (s *folderSheet) use() {
	path := strings.TrimSpace(s.path.Text)
	if path == "" || s.add.Disabled() {
		return
	}
	if !filepath.IsAbs(path) {
		s.page.complain(lang.T("Write where it is in full, from the first folder on, or choose it."))
		return
	}
	s.page.run(s.add, lang.T("Looking…"), func() error { return s.w.app.AddFolder(path) }, func() {
		s.path.SetText("")
		s.follow()
	})
}

// settingsFolders leads to the page of folders.
func (w *Window) settingsFolders() fyne.CanvasObject {
	words := lang.T(sayNoFolder)
	if n := len(w.app.SharedFolders()); n > 0 {
		words = lang.N(n, "1 folder is used.", "%d folders are used.")
	}
	open := newEscButton(lang.T("Shared folders…"), w.showFolders, w.closeModal)
	return container.New(stacked{grow: -1}, container.New(inset{8, 2}, w.smallPrint(words)), container.New(inset{8, 6}, container.NewHBox(open)))
}
