package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/identity"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// The sheet of the recovery words.
const (
	wordsWidth  = 640
	wordColumn  = 136 // a column is never narrower
	wordHeight  = 34
	wordGap     = 6
	wordSize    = 15
	proofColumn = 90
)

const (
	wordsFor   = "Whoever has these words is you. They open your boards, here or in a copy, when nothing else does."
	wordsWrite = "Write them on paper, with their numbers, and keep it where nobody else reads it. They are shown here until you have done so, and never again."
)

// showWords is the sheet with the recovery words. They are on no clipboard and can
// only be read.
func (w *Window) showWords() {
	words, err := w.app.RecoveryWords()
	if err != nil {
		w.tell(err)
		return
	}
	written := w.mainButton(lang.T("I have written them down"), func() { w.proveWords(words) })
	later := newEscButton(lang.T("Later"), w.closeModal, w.closeModal)
	if w.app.ReadOnly() != nil {
		written.Disable()
	}
	w.openPage(lang.T("Recovery words"), wordsWidth, nil, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		return []fyne.CanvasObject{
			w.prose(lang.T(wordsFor), width, pal.Ink),
			w.prose(lang.T(wordsWrite), width, pal.InkMuted),
			container.New(inset{0, 8}, wordGrid(words, width, pal)),
			buttonRow(width, written, later),
		}
	})
}

// wordGrid is all words with their numbers, down one column after the other as on
// paper.
func wordGrid(words identity.Words, width float32, pal paint.Palette) fyne.CanvasObject {
	list := strings.Fields(words.Reveal())
	columns := max(1, min(4, int((width+wordGap)/(wordColumn+wordGap))))
	rows := (len(list) + columns - 1) / columns
	each := (width - float32(columns-1)*wordGap) / float32(columns)
	grid := container.NewWithoutLayout()
	for i, word := range list {
		cell := container.New(wordLayout{}, wordCell(i+1, word, pal)...)
		cell.Move(fyne.NewPos(float32(i/rows)*(each+wordGap), float32(i%rows)*(wordHeight+wordGap)))
		cell.Resize(fyne.NewSize(each, wordHeight))
		grid.Add(cell)
	}
	return container.New(tall{float32(rows)*(wordHeight+wordGap) - wordGap}, grid)
}

func wordCell(number int, word string, pal paint.Palette) []fyne.CanvasObject {
	box := canvas.NewRectangle(pal.PaperSunk)
	box.CornerRadius = 6
	n := canvas.NewText(fmt.Sprint(number), pal.InkMuted)
	n.TextSize, n.Alignment = 12, fyne.TextAlignTrailing
	t := canvas.NewText(word, pal.Ink)
	t.TextSize, t.TextStyle.Monospace = wordSize, true
	return []fyne.CanvasObject{box, n, t}
}

// wordLayout is a box with a number and a word.
type wordLayout struct{}

// MinSize implements fyne.Layout.
func (wordLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, wordHeight) }

// Layout implements fyne.Layout.
func (wordLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	for i, x := range []float32{6, 34} {
		t := o[i+1]
		m := t.MinSize()
		if i == 0 {
			m.Width = 20
		}
		t.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		t.Resize(m)
	}
}

// proveWords asks for two of the words; then they are taken from this device.
func (w *Window) proveWords(words identity.Words) {
	i, j := app.AskedWords(words)
	var p *page
	var done *escButton
	first := newEscEntry("", w.closeModal)
	second := newEscEntry("", w.closeModal)
	try := func() {
		one, two := first.Text, second.Text
		p.run(done, lang.T("Taking them away…"), func() error { return w.app.WordsWritten(one, two) }, func() {
			w.notices.say(lang.T("The recovery words are only on your paper now."))
			if p.shown() {
				w.showSettings()
			}
		})
	}
	done = w.mainButton(lang.T("Take them from this device"), try)
	back := newEscButton(lang.T("Show them again"), w.showWords, w.closeModal)
	first.OnSubmitted = func(string) { w.win.Canvas().Focus(second) }
	second.OnSubmitted = func(string) { try() }
	ask := lang.Tf("Read words %d and %d from your paper and type them. Then all of them are taken from this device, and only the paper has them.", i, j)
	p = w.openPage(lang.T("Have you got them?"), wordsWidth, first, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			w.prose(ask, width, w.env.Palette().Ink),
			w.field(lang.Tf("Word %d", i), first, width), w.field(lang.Tf("Word %d", j), second, width),
			buttonRow(width, done, back),
		}
	})
	p.retry = []*escEntry{first, second}
}

// field is an entry with its name before it.
func (w *Window) field(name string, entry fyne.CanvasObject, width float32) fyne.CanvasObject {
	t := canvas.NewText(name, w.env.Palette().Ink)
	t.TextSize = proseSize
	label := container.New(fixedWidth(proofColumn), container.NewVBox(gap(1), t))
	entries := container.New(fixedWidth(min(260, width-proofColumn)), entry)
	return container.New(indent{0, 8}, container.NewHBox(label, entries))
}
