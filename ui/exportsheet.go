package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/cards"
	"corkboard/ui/lang"
)

const exchangeWidth = 600

// exportChoice is a form in which a board goes out.
type exportChoice struct {
	words, more string
	format      app.Format
	extension   string // "" is a folder
}

var exportChoices = []exportChoice{
	{lang.Key("JSON Canvas, a folder"), lang.Key("For Obsidian and others: open the folder as a vault. Notes, lists, files and the boards on this board, and all of it comes back with “Import…”."), app.FormatCanvas, ""},
	{lang.Key("JSON Canvas, one .zip file"), lang.Key("The same in one file, to send or to keep."), app.FormatCanvas, ".zip"},
	{lang.Key("Markdown, a folder"), lang.Key("A page for each board, in the order in which it is read, with the files beside."), app.FormatMarkdown, ""},
	{lang.Key("PDF"), lang.Key("A page for each board, to print and to read. Words can be selected, and links work."), app.FormatPDF, ".pdf"},
	{lang.Key("Picture (PNG)"), lang.Key("This board as it looks, without what is hidden inside cards."), app.FormatPNG, ".png"},
	{lang.Key("Drawing (SVG)"), lang.Key("This board as it looks, for drawing programs and web pages."), app.FormatSVG, ".svg"},
	{lang.Key("Everything as JSON, a folder"), lang.Key("All that is stored, with the original files, for programs."), app.FormatJSON, ""},
	{lang.Key("Bundle for those on this board"), lang.Key("All of the shared board, with its boards, files and history, sealed in one file: for a stick, or where no network is. Whoever is on the board drops it on their Corkboard, and gives you one of theirs. Nobody else can open it, and it invites nobody: send a link for that."), app.FormatBundle, app.BundleExtension},
}

// bundleChoice is the last of them.
var bundleChoice = len(exportChoices) - 1

// exportSheet is where a person chooses how a board goes out, and where to.
type exportSheet struct {
	w      *Window
	page   *page
	id     docID
	title  string
	choice int
	format *escSelect
	path   *escEntry
	do     *escButton
	browse *escButton
}

// showExport is the sheet that writes the shown board elsewhere.
func (w *Window) showExport() { w.showExportAs(0) }

// showExportAs is that sheet with one of the forms chosen.
func (w *Window) showExportAs(choice int) {
	s := &exportSheet{w: w, id: w.boardID(), choice: choice}
	s.title = w.titleOf(s.id)
	var words []string
	for _, c := range exportChoices {
		words = append(words, lang.T(c.words))
	}
	s.format = newEscSelect(words, w.closeModal)
	s.format.Selected = words[choice]
	s.path = newEscEntry(lang.T("Where to"), w.closeModal)
	s.path.SetText(s.suggestion())
	s.path.OnSubmitted = func(string) { s.run() }
	s.do = w.mainButton(lang.T("Export"), s.run)
	s.browse = newEscButton(lang.T("Choose…"), s.choose, w.closeModal)
	s.format.OnChanged = func(string) {
		s.choice = max(0, s.format.SelectedIndex())
		s.path.SetText(s.suggestion())
		s.page.complain("")
		s.page.again()
	}
	s.page = w.openPage(lang.Tf("Export “%s”", s.title), exchangeWidth, s.path, s.lay)
}

func (s *exportSheet) lay(width float32) []fyne.CanvasObject {
	c := exportChoices[s.choice]
	where := container.NewBorder(nil, nil, nil, s.browse, s.path)
	return []fyne.CanvasObject{
		container.New(inset{0, 4}, s.format),
		s.w.prose(lang.T(c.more), width, s.w.env.Palette().InkMuted),
		where, buttonRow(width, s.do),
	}
}

// suggestion is a new name beside a person's documents.
func (s *exportSheet) suggestion() string {
	return freshPath(cards.File{Title: s.title}.SaveName(), exportChoices[s.choice].extension)
}

// freshPath is a path of that name beside a person's documents where nothing is yet.
func freshPath(name, extension string) string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if docs := filepath.Join(dir, "Documents"); isFolder(docs) {
		dir = docs
	}
	path := filepath.Join(dir, name+extension)
	for i := 2; ; i++ {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) || i > 999 {
			return path
		}
		path = filepath.Join(dir, fmt.Sprintf("%s (%d)%s", name, i, extension))
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// choose asks for a place.
func (s *exportSheet) choose() {
	at := s.path.Text
	if exportChoices[s.choice].extension != "" {
		s.w.choosePlace(at, s.path.SetText)
		return
	}
	s.w.choosePath(lang.T("Choose a folder"), true, func(dir string) { s.path.SetText(filepath.Join(dir, filepath.Base(at))) })
}

// run writes the board.
func (s *exportSheet) run() {
	c, to := exportChoices[s.choice], strings.TrimSpace(s.path.Text)
	if to == "" || s.page.working {
		return
	}
	if !filepath.IsAbs(to) {
		s.page.complain(lang.T("Write where it should go in full, from the first folder on, or choose a place."))
		return
	}
	if c.extension != "" && !strings.EqualFold(filepath.Ext(to), c.extension) {
		to += c.extension
	}
	e := app.Exporting{Board: s.id, Format: c.format, To: to, Progress: func(done, total int) {
		s.w.frames.Add(func() {
			if s.page.working && total > 0 {
				s.do.SetText(lang.Tf("Exporting… %d %%", done*100/total))
			}
		})
	}}
	s.page.runUntilClosed(s.do, lang.T("Exporting…"), func(ctx context.Context) error {
		return s.w.app.ExportAs(ctx, e)
	}, func(gaveUp bool) {
		if gaveUp {
			s.w.notices.say(lang.T("The export was stopped."))
			return
		}
		if s.page.shown() {
			s.w.closeModal()
		}
		s.w.notices.say(lang.Tf("Exported to %s", to))
	})
}
