package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/ui/lang"
)

// question is asked before something that cannot simply be taken back.
type question struct {
	title string
	about string   // what it is about, above the words; "" for what the title names
	words []string // what will be, a paragraph each
	small string   // what can be known besides
	does  string   // on the button
	doing string   // there meanwhile
	do    func() error
	done  string // is said when it was done
	next  func() // comes then, if the page is still open
	back  func() // is shown instead
}

// confirm asks a question on a page of its own.
func (w *Window) confirm(q question) {
	var p *page
	var b *escButton
	b = newEscButton(q.does, func() {
		p.run(b, q.doing, q.do, func() {
			w.notices.say(q.done)
			if p.shown() {
				q.next()
			}
		})
	}, w.closeModal)
	b.Importance = widget.DangerImportance
	back := newEscButton(lang.T("Back"), q.back, w.closeModal)
	p = w.openPage(q.title, protectWidth, nil, func(width float32) (out []fyne.CanvasObject) {
		pal := w.env.Palette()
		if q.about != "" {
			out = append(out, w.prose(q.about, width, pal.InkMuted))
		}
		for _, words := range q.words {
			out = append(out, w.prose(words, width, pal.Ink))
		}
		if q.small != "" {
			out = append(out, w.prose(q.small, width, pal.InkMuted))
		}
		return append(out, buttonRow(width, b, back))
	})
}
