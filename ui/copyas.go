package ui

import (
	"bytes"
	"context"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/renderers"
	"corkboard/renderers/drawing"
	"corkboard/share"
	"corkboard/ui/lang"
)

// copiedScale is how many pixels of a copied picture a board unit has.
const copiedScale = 2

// copyAsItem offers what is selected to other programs.
func (w *Window) copyAsItem(v *renderers.BoardView) *fyne.MenuItem {
	return subMenu(lang.T("Copy as"),
		fyne.NewMenuItem(lang.T("Text"), func() { w.copyText(v) }),
		fyne.NewMenuItem(lang.T("Picture"), func() { w.copyPicture(v) }))
}

// copyText puts what the selected cards say on the clipboard, in reading order.
func (w *Window) copyText(v *renderers.BoardView) {
	var links []share.Link
	for _, c := range v.Layout.Reading() {
		if v.Session.Selection.Has(c.ID) && c.LinkErr == nil {
			links = append(links, c.Link)
		}
	}
	w.work(func(ctx context.Context) error {
		text, err := w.app.TextOf(ctx, links)
		if text != "" {
			w.frames.Add(func() {
				w.cut = ""
				w.fyne.Clipboard().SetContent(text)
				w.notices.say(lang.T("Copied as text."))
			})
		}
		return err
	})
}

// copyPicture puts a picture of the selected cards on the clipboard.
func (w *Window) copyPicture(v *renderers.BoardView) {
	id, ids := v.Live.ID(), v.Session.Selection.IDs()
	w.work(func(ctx context.Context) error {
		img, err := w.pictureOf(ctx, id, ids)
		if err != nil {
			return err
		}
		if !putPicture(img) {
			w.frames.Add(func() { w.notices.say(lang.T("This system has no clipboard for pictures.")) })
			return nil
		}
		w.frames.Add(func() {
			w.cut = ""
			w.notices.say(lang.T("Copied as a picture."))
		})
		return nil
	})
}

// pictureOf is a PNG of some cards of a board. It blocks.
func (w *Window) pictureOf(ctx context.Context, id docID, ids []board.CardID) ([]byte, error) {
	var out bytes.Buffer
	err := drawing.PNGOf(ctx, drawnEnv(w.app), id, ids, copiedScale, &out)
	return out.Bytes(), err
}
