package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/ui/lang"
)

// fileBar names a file and hands it to other programs.
type fileBar struct {
	env    *Env
	file   cards.File
	name   *widget.Label
	detail *widget.Label
	object fyne.CanvasObject
}

// newFileBar puts extra between the names and the buttons.
func newFileBar(env *Env, extra ...fyne.CanvasObject) *fileBar {
	b := &fileBar{env: env, name: widget.NewLabel(""), detail: widget.NewLabel("")}
	b.name.TextStyle.Bold = true
	b.name.Truncation = fyne.TextTruncateEllipsis
	b.detail.SizeName = theme.SizeNameCaptionText
	right := append([]fyne.CanvasObject{container.NewCenter(b.detail)}, extra...)
	right = append(right, fileButtons(env, func() cards.File { return b.file }, true))
	b.object = container.NewPadded(container.NewBorder(nil, nil, nil, container.NewHBox(right...), b.name))
	return b
}

// fileButtons are "Open with…" and "Save as…" of the file at hand, in words or
// as icons.
func fileButtons(env *Env, file func() cards.File, words bool) fyne.CanvasObject {
	button := func(text string, icon fyne.Resource, do func(v cards.File)) *Button {
		b := NewButton(text, icon, func() { do(file()) })
		if !words {
			b.Text, b.Importance = "", widget.LowImportance
		}
		return b
	}
	return container.NewHBox(
		button(lang.T("Open with…"), theme.MailForwardIcon(), func(v cards.File) { env.OpenWith(v) }),
		button(lang.T("Save as…"), theme.DocumentSaveIcon(), func(v cards.File) { env.SaveFile(titleOf(v.Kind(), v), v.Blob, v.Extension) }),
	)
}

// show follows the document.
func (b *fileBar) show(v cards.File) {
	b.file = v
	if name := fileName(v); b.name.Text != name {
		b.name.SetText(name)
	}
	if detail := mediaDetail(v); b.detail.Text != detail {
		b.detail.SetText(detail)
	}
}
