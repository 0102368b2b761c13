package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/ui/lang"
)

const (
	lowImportance = widget.LowImportance

	commentDisc   = 22
	commentIndent = commentDisc + 8
	commentText   = 13
	commentSmall  = 11
)

// rows are the comments from top to bottom: those that are open, and the others
// behind a button.
func (p *comments) rows(s doc.Snapshot[cards.Comments]) fyne.CanvasObject {
	column := container.New(stacked{grow: -1})
	width := float32(commentsWidth - 2*commentsPad)
	var open, settled []cards.Comment
	for _, c := range s.Value.List {
		if c.Resolved {
			settled = append(settled, c)
		} else {
			open = append(open, c)
		}
	}
	if s.State == doc.Ready && len(open) == 0 {
		column.Add(p.w.prose(lang.T("Nothing is open. What you write here is for everybody who has this card."), width, p.w.env.Palette().InkMuted))
	}
	if n := len(settled); n > 0 {
		words := lang.Tf("Show %d resolved", n)
		if p.settled {
			words = lang.T("Hide what is resolved")
		}
		column.Add(p.links(action{words, func() { p.settled = !p.settled; p.follow() }}))
	}
	if p.settled {
		p.addAll(column, settled, width)
	}
	p.addAll(column, open, width)
	return column
}

// addAll adds comments, the newest if there are very many.
func (p *comments) addAll(column *fyne.Container, list []cards.Comment, width float32) {
	pal := p.w.env.Palette()
	from := 0
	if n := len(list) - commentsShown; n > 0 {
		column.Add(p.w.prose(lang.N(n, "An older one is not shown.", "%d older ones are not shown."), width, pal.InkFaint))
		list, from = list[n:], n
	}
	for i := range list {
		c := &list[i]
		line := canvas.NewRectangle(pal.Rule)
		line.SetMinSize(fyne.NewSize(1, 1))
		column.Add(container.New(inset{0, 4}, line))
		number := 0
		if c.At.On && !c.Resolved {
			number = from + i + 1
		}
		p.add(column, c, c.Message, "", number, width)
		for _, m := range c.Answers {
			inner := container.New(stacked{grow: -1})
			p.add(inner, c, m, m.ID, 0, width-commentIndent)
			column.Add(container.New(indent{commentIndent, 0}, inner))
		}
		if !p.w.env.ReadOnly {
			settle := action{lang.T("Resolve"), func() { p.do(cards.ResolveComment{ID: c.ID, Resolved: true}, ignore) }}
			if c.Resolved {
				settle = action{lang.T("Open again"), func() { p.do(cards.ResolveComment{ID: c.ID}, ignore) }}
			}
			column.Add(p.links(action{lang.T("Answer"), func() { p.turnTo(subject{comment: c.ID}, "") }}, settle))
		}
	}
}

func ignore(error) {}

// add adds one message with what its author may do. The number is that of its
// mark on the card, or "".
func (p *comments) add(column *fyne.Container, of *cards.Comment, m cards.Message, answer string, number int, width float32) {
	pal := p.w.env.Palette()
	if m.Text == "" {
		column.Add(p.w.prose(lang.T("This comment was deleted."), width, pal.InkFaint))
		return
	}
	look := p.w.look(m.Author)
	clock := canvas.NewText(writtenWords(m.Time, p.w.env.Now()), pal.InkFaint)
	clock.TextSize = commentSmall
	if m.Edited > 0 {
		clock.Text += ", " + lang.T("edited")
	}
	name := canvas.NewText("", pal.Ink)
	name.TextSize, name.TextStyle.Bold = commentText, true
	name.Text = fitText(look.Name, commentText, name.TextStyle, width-commentIndent-clock.MinSize().Width-46)
	row := container.NewHBox(newDisc(look, commentDisc), name, container.NewCenter(clock))
	if number > 0 {
		mark := canvas.NewText(lang.Tf("at %d", number), pal.Accent)
		mark.TextSize, mark.TextStyle.Bold = commentSmall, true
		row.Add(container.NewCenter(mark))
	}
	column.Add(row)
	ink := pal.Ink
	if of.Resolved {
		ink = pal.InkMuted
	}
	words := container.New(stacked{grow: -1})
	for _, paragraph := range strings.Split(m.Text, "\n") {
		for _, line := range breakLines(paragraph, commentText, width-commentIndent) {
			t := canvas.NewText(line, ink)
			t.TextSize = commentText
			words.Add(t)
		}
	}
	column.Add(container.New(indent{commentIndent + 4, 4}, words))
	if m.Author == p.w.me() && !p.w.env.ReadOnly {
		to := subject{comment: of.ID, answer: answer, changes: true}
		column.Add(container.New(indent{commentIndent - 4, 0}, p.links(
			action{lang.T("Edit"), func() { p.turnTo(to, m.Text) }},
			action{lang.T("Delete"), func() {
				p.do(cards.DeleteComment{Comment: of.ID, Answer: answer, Author: p.w.me()}, ignore)
			}},
		)))
	}
}

// action is a small button.
type action struct {
	words string
	do    func()
}

// links are small buttons in a row.
func (p *comments) links(all ...action) fyne.CanvasObject {
	row := container.NewHBox()
	for _, a := range all {
		b := newEscButton(a.words, a.do, p.close)
		b.Importance = lowImportance
		row.Add(b)
	}
	return container.NewThemeOverride(row, smallButtons{p.w.fyne.Settings().Theme()})
}

// smallButtons is the theme with buttons that take the room of a line.
type smallButtons struct{ fyne.Theme }

// Size implements fyne.Theme.
func (t smallButtons) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return commentSmall + 1
	case theme.SizeNameInnerPadding:
		return 4
	}
	return t.Theme.Size(n)
}

// writtenWords says when something was written, as seen from now.
func writtenWords(ms int64, now time.Time) string {
	at := time.UnixMilli(ms)
	switch {
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return at.Format("15:04")
	case at.Year() == now.Year():
		return lang.Time(at, "2 Jan 15:04")
	}
	return lang.Time(at, "2 Jan 2006 15:04")
}
