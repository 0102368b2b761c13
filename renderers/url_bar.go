package renderers

import (
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

// urlBar says where a page is from and when it was captured, and what can be done
// with it.
type urlBar struct {
	env   *Env
	page  cards.URL
	from  *widget.Label
	when  *widget.Label
	wrong *widget.Label // why the last capture failed
	sign  *widget.Icon

	open, again, save *Button
	buttons           *fyne.Container
	trouble           *fyne.Container
	line              *canvas.Line
	object            *fyne.Container
	slim              bool
	wide              float32 // of the buttons with words
}

// leastFrom is the room that the words at the left want; with less the buttons are icons.
const leastFrom = 160

func newURLBar(env *Env, h doc.Handle) *urlBar {
	b := &urlBar{env: env, from: widget.NewLabel(""), when: widget.NewLabel(""), wrong: widget.NewLabel(""), sign: widget.NewIcon(theme.WarningIcon())}
	b.from.Truncation = fyne.TextTruncateEllipsis
	b.from.TextStyle.Bold = true
	b.when.SizeName, b.when.Truncation = theme.SizeNameCaptionText, fyne.TextTruncateEllipsis
	b.wrong.Wrapping = fyne.TextWrapWord
	b.open = newLowButton("", theme.ComputerIcon(), func() { env.OpenURL(b.page.Address) })
	b.again = newLowButton("", theme.ViewRefreshIcon(), func() { env.capture(h) })
	b.save = newLowButton("", theme.DocumentSaveIcon(), func() {
		env.SaveFile(b.page.CardTitle(), b.page.Archive.Blob, "html")
	})
	b.buttons = container.NewHBox(b.open, b.again, b.save)
	b.trouble = container.NewBorder(nil, nil, container.NewPadded(b.sign), nil, b.wrong)
	b.trouble.Hide()
	b.line = canvas.NewLine(env.Palette().Rule)
	head := container.NewBorder(nil, nil, nil, container.NewCenter(b.buttons), container.New(closeRows{}, b.from, b.when))
	b.object = container.NewVBox(container.NewPadded(head), b.trouble, b.line)
	b.words()
	return b
}

// show follows the document.
func (b *urlBar) show(v cards.URL, fetching bool) {
	b.page = v
	b.line.StrokeColor = b.env.Palette().Rule
	if host := cards.HostOf(v.Address); b.from.Text != host {
		b.from.SetText(host)
	}
	when := ""
	switch {
	case fetching:
		when = lang.T("Fetching the page…")
	case v.Captured > 0:
		when = lang.Tf("Captured %s", lang.Time(time.UnixMilli(v.Captured), "2 Jan 2006"))
	}
	if b.when.Text != when {
		b.when.SetText(when)
	}
	why := lang.Below(v.View().Trouble)
	if fetching {
		why = ""
	} else if why != "" && v.Captured > 0 {
		why += " " + lang.T("What was captured before is kept.")
	}
	if b.wrong.Text != why {
		b.wrong.SetText(why)
	}
	b.trouble.Hidden = why == ""
	able(b.open, v.Address != "")
	able(b.again, v.Address != "" && !fetching && !b.env.ReadOnly && b.env.Capture != nil)
	able(b.save, v.Archive.Blob != "")
}

// able turns a button on or off.
func able(b *Button, on bool) {
	switch {
	case on && b.Disabled():
		b.Enable()
	case !on && !b.Disabled():
		b.Disable()
	}
}

// fit lays the bar out for a width: where it is slim the buttons have no words.
func (b *urlBar) fit(width float32) {
	if slim := width < b.wide+leastFrom; slim != b.slim {
		b.slim = slim
		b.words()
	}
}

func (b *urlBar) words() {
	for button, words := range map[*Button]string{b.open: lang.T("Open in browser"), b.again: lang.T("Capture again"), b.save: lang.T("Save page as…")} {
		if b.slim {
			words = ""
		}
		button.SetText(words)
	}
	if !b.slim {
		b.wide = b.buttons.MinSize().Width
	}
}

// closeRows lays two labels below each other, without most of the space around them.
type closeRows struct{}

// closer is how much of the space between the two is taken away.
const closer = 14

// Layout implements fyne.Layout.
func (closeRows) Layout(o []fyne.CanvasObject, size fyne.Size) {
	first := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, -2))
	o[0].Resize(fyne.NewSize(size.Width, first))
	o[1].Move(fyne.NewPos(0, first-closer))
	o[1].Resize(fyne.NewSize(size.Width, o[1].MinSize().Height))
}

// MinSize implements fyne.Layout.
func (closeRows) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height-closer)
}
