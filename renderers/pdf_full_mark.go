package renderers

import (
	"strings"

	"fyne.io/fyne/v2"
)

// DoubleTapped selects a word.
func (p *pdfPages) DoubleTapped(e *fyne.PointEvent) {
	page, at := p.view.onPage(e.Position.X, e.Position.Y)
	if page < 0 {
		return
	}
	p.texts.get(page, func(t PageText) {
		if i := nearestWord(t.Words, at); i >= 0 && t.Words[i].Rect.Contains(at.X, at.Y) {
			p.mark(wordRange{Anchor: wordSpot{page, i}, Focus: wordSpot{page, i}})
		}
	})
}

// mark selects words.
func (p *pdfPages) mark(r wordRange) {
	if r != p.marked {
		p.marked = r
		p.place()
	}
}

// markPage selects all words of the page that is read.
func (p *pdfPages) markPage() {
	page := p.view.page()
	if page < 0 {
		return
	}
	p.texts.get(page, func(t PageText) {
		if n := len(t.Words); n > 0 {
			p.mark(wordRange{Anchor: wordSpot{page, 0}, Focus: wordSpot{page, n - 1}})
		}
	})
}

// copyMarked puts the selected words on the clipboard, as soon as the pages
// that they stand on have been read.
func (p *pdfPages) copyMarked() {
	if p.marked.None {
		return
	}
	r := p.marked
	first, last := r.ordered()
	var pages []string
	var read func(page int)
	read = func(page int) {
		p.texts.get(page, func(t PageText) {
			from, to := r.on(page, len(t.Words))
			if from < to {
				pages = append(pages, joinWords(t.Words[from:to]))
			}
			if page < last.Page {
				read(page + 1)
				return
			}
			p.env.Copy(strings.Join(pages, "\n"))
		})
	}
	read(first.Page)
}
