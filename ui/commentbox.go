package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/ui/lang"
)

// commentBox is where comments are written: Enter sends, Shift+Enter breaks the
// line, Esc gives up an answer or a change, else it closes the panel.
type commentBox struct {
	widget.Entry
	p      *comments
	object fyne.CanvasObject // with what is below it
	cancel *escButton
	send   *escButton
	mods   func() board.Mods
}

func newCommentBox(p *comments) *commentBox {
	b := &commentBox{p: p, mods: heldMods}
	b.MultiLine, b.Wrapping = true, fyne.TextWrapWord
	b.ExtendBaseWidget(b)
	b.SetMinRowsVisible(2)
	b.cancel = newEscButton(lang.T("Cancel"), b.giveUp, b.giveUp)
	b.cancel.Importance = lowImportance
	b.send = newEscButton(lang.T("Comment"), p.send, p.close)
	b.send.Importance = widget.HighImportance
	b.object = container.New(stacked{grow: -1}, b, container.New(inset{0, 4}, container.NewHBox(layout.NewSpacer(), b.cancel, b.send)))
	return b
}

// text is what is written, without white space around.
func (b *commentBox) text() string { return strings.TrimSpace(b.Text) }

// TypedKey implements fyne.Focusable.
func (b *commentBox) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape:
		b.giveUp()
	case (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && !b.mods().Has(board.Shift):
		b.p.send()
	default:
		b.Entry.TypedKey(k)
	}
}

// giveUp goes back to a new comment, or closes the panel.
func (b *commentBox) giveUp() {
	if b.p.subject == (subject{}) {
		b.p.close()
		return
	}
	b.p.turnTo(subject{}, "")
}

// turnTo puts a text into the box and says what it is for.
func (p *comments) turnTo(to subject, text string) {
	p.write.SetText(text)
	p.write.CursorRow = strings.Count(text, "\n")
	p.write.CursorColumn = len([]rune(text[strings.LastIndexByte(text, '\n')+1:]))
	p.aim(to)
	p.w.win.Canvas().Focus(p.write)
}

// aim says what the box is for.
func (p *comments) aim(to subject) {
	p.subject = to
	hint, send := lang.T("Write a comment"), lang.T("Comment")
	switch {
	case to.changes:
		hint, send = lang.T("Change what you wrote"), lang.T("Save")
	case to.comment != "":
		hint, send = lang.T("Write an answer"), lang.T("Answer")
	}
	p.write.SetPlaceHolder(hint)
	p.write.send.SetText(send)
	p.write.cancel.Hidden = to == subject{}
	p.write.object.Refresh()
}
