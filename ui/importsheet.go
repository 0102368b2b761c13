package ui

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/board"
	"corkboard/ui/lang"
)

var sayImport = lang.Key("A canvas (.canvas), a folder or .zip of files or canvases, what PushPin has saved as .json, or any file. A bundle (.corkbundle) goes to the shared board it is of. All else is put beside what is on this board, folders and canvases inside as boards. Nothing that is here is changed, and one undo takes it back.")

// importSheet is where a person says what comes to the shown board.
type importSheet struct {
	w            *Window
	page         *page
	path         *escEntry
	file, folder *escButton
	do           *escButton
}

// showImport is the sheet that brings boards and files from elsewhere.
func (w *Window) showImport() {
	if why := w.elsewhen(); why != nil {
		w.tell(why)
		return
	}
	s := &importSheet{w: w}
	s.path = newEscEntry(lang.T("File or folder"), w.closeModal)
	s.path.OnSubmitted = func(string) { s.run() }
	s.do = w.mainButton(lang.T("Import"), s.run)
	s.file = newEscButton(lang.T("Choose a file…"), func() { s.choose(false) }, w.closeModal)
	s.folder = newEscButton(lang.T("Choose a folder…"), func() { s.choose(true) }, w.closeModal)
	s.page = w.openPage(lang.T("Import"), exchangeWidth, s.path, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			w.prose(lang.T(sayImport), width, w.env.Palette().InkMuted),
			container.New(inset{0, 4}, s.path),
			buttonRow(width, s.do, s.file, s.folder),
		}
	})
}

// choose asks for what to import.
func (s *importSheet) choose(folder bool) {
	s.w.choosePath(lang.T("Import"), folder, s.path.SetText)
}

// run leaves the sheet and imports; how far it is stands at the foot of the window.
func (s *importSheet) run() {
	path := strings.TrimSpace(s.path.Text)
	if path == "" {
		return
	}
	if !filepath.IsAbs(path) {
		s.page.complain(lang.T("Write where it is in full, from the first folder on, or choose it."))
		return
	}
	s.w.closeModal()
	if app.IsBundle(path) {
		s.w.takeBundles(path)
		return
	}
	s.w.bring(nil, path)
}

// bring imports what paths lead to: the first at a place, the others beside everything,
// and so the first where at is nil. What is long shows its progress.
func (w *Window) bring(at *board.Point, paths ...string) {
	id, v := w.boardID(), w.board
	done := w.notices.progress(lang.T("Importing…"))
	w.work(func(ctx context.Context) error {
		defer w.frames.Add(func() { done("") })
		var all app.Brought
		for _, path := range paths {
			b, err := w.app.ImportTree(ctx, id, at, path, func(p app.Progress) {
				w.frames.Add(func() { done(progressWords(p)) })
			})
			if err != nil {
				w.tell(err)
			}
			all.Cards = append(all.Cards, b.Cards...)
			all.Notes = append(all.Notes, b.Notes...)
			at = nil
		}
		w.frames.Add(func() {
			if len(all.Notes) > 0 {
				w.notices.warn(inOurWords(all.Notes))
			}
			if v != nil && w.board == v && len(all.Cards) > 0 {
				v.Session.Select(all.Cards...)
				v.Sync()
			}
		})
		return nil
	})
}

// inOurWords is sentences from below in the language of the window.
func inOurWords(sentences []string) string {
	out := make([]string, len(sentences))
	for i, s := range sentences {
		out[i] = lang.Below(s)
	}
	return strings.Join(out, " ")
}
