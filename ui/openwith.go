package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/app/programs"
	"corkboard/cards"
	"corkboard/ui/lang"
)

const openWithWidth = 420

// maxOffered bounds how many programs are offered for a file.
const maxOffered = 12

// openWithSheet is where a person chooses the program for a file.
type openWithSheet struct {
	w    *Window
	page *page
	file cards.File
	rows []*escButton
}

// showOpenWith is that sheet, once it is known which programs there are.
func (w *Window) showOpenWith(f cards.File) {
	if f.Blob == "" {
		return
	}
	go func() {
		list := programs.For(f.SaveName(), f.MIME, lang.Now())
		w.frames.Add(func() { w.offerPrograms(f, list[:min(len(list), maxOffered)]) })
	}()
}

func (w *Window) offerPrograms(f cards.File, list []programs.Program) {
	s := &openWithSheet{w: w, file: f}
	if len(list) == 0 {
		s.row(lang.T("The usual program"), func() { w.openFile(f.Title, f.Blob, f.Extension) })
	}
	for n, p := range list {
		name := short(cards.CleanName(p.Name), 40)
		if n == 0 {
			name = lang.Tf("%s (usual)", name)
		}
		s.row(name, func() { w.openCopy(f, p.Open) })
	}
	if programs.Asks {
		s.row(lang.T("Another program…"), func() { w.openCopy(f, programs.Ask) })
	} else {
		s.row(lang.T("Another program…"), s.other)
	}
	s.rows[0].Importance = widget.HighImportance
	title := lang.Tf("Open “%s” with", short(f.SaveName(), 40))
	s.page = w.openPage(title, openWithWidth, s.rows[0], func(width float32) []fyne.CanvasObject {
		var out []fyne.CanvasObject
		for _, b := range s.rows {
			out = append(out, container.New(inset{0, 4}, b))
		}
		return append(out, w.prose(lang.T("The program gets a copy: what it changes there does not change the card."), width, w.env.Palette().InkMuted))
	})
}

// row is one choice; it closes the sheet.
func (s *openWithSheet) row(words string, do func()) {
	b := newEscButton(words, func() {
		s.w.closeModal()
		do()
	}, s.w.closeModal)
	b.Alignment = widget.ButtonAlignLeading
	s.rows = append(s.rows, b)
}

// other asks for a program by its path.
func (s *openWithSheet) other() {
	s.w.choosePath(lang.T("Choose a program"), false, func(path string) {
		s.w.openCopy(s.file, programs.Other(path).Open)
	})
}
