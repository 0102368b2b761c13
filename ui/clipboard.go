package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/board"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// copy puts links to cards on the clipboard; the app remembers how they lay.
func (w *Window) copy(v *renderers.BoardView, ids []board.CardID) {
	w.cut = ""
	if text := w.app.CopyCards(v.Live.ID(), ids); text != "" {
		w.fyne.Clipboard().SetContent(text)
	}
}

// cutOut copies cards and takes them off the board. Pasted, they are the same
// cards: nobody is asked.
func (w *Window) cutOut(v *renderers.BoardView, ids []board.CardID) {
	w.copy(v, ids)
	w.cut = w.fyne.Clipboard().Content()
	v.Live.Do(board.RemoveCards{IDs: ids})
}

// paste puts what the clipboard holds on the board. Cards of our own ask
// whether the same card or a double is wanted; a link to a storage peer belongs on
// no board and is opened.
func (w *Window) paste(v *renderers.BoardView, e board.Paste) {
	at, plain := e.At, e.Plain
	text := w.fyne.Clipboard().Content()
	id := v.Live.ID()
	switch {
	case !plain && isStorageLink(text):
		w.openLink(strings.TrimSpace(text))
		return
	case plain || !w.app.Copied(text):
	case w.cut == text:
		w.cut = "" // once: then there would be two of them
		w.pasteCards(v, e, text, app.PasteLink)
		return
	default:
		w.pasteMenu(v, e, text)
		return
	}
	if text == "" {
		w.pastePicture(v, at)
		return
	}
	w.selectLater(v, func(ctx context.Context) ([]board.CardID, error) { return w.app.Paste(ctx, id, at, text, plain) })
}

func (w *Window) pasteMenu(v *renderers.BoardView, e board.Paste, text string) {
	with := func(mode app.PasteMode) func() { return func() { w.pasteCards(v, e, text, mode) } }
	menu := fyne.NewMenu("",
		fyne.NewMenuItem(lang.T("Paste as duplicate"), with(app.PasteDuplicate)),
		fyne.NewMenuItem(lang.T("Paste link to the same card"), with(app.PasteLink)))
	w.popUp(menu, v, v.Session.Camera.ToScreen(e.At))
}

func (w *Window) pasteCards(v *renderers.BoardView, e board.Paste, text string, mode app.PasteMode) {
	id := v.Live.ID()
	w.selectLater(v, func(context.Context) ([]board.CardID, error) { return w.app.PasteInto(id, e.At, e.Into, text, mode) })
}

// popUp shows a menu at a place of the board.
func (w *Window) popUp(m *fyne.Menu, v *renderers.BoardView, at board.Point) {
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(v)
	widget.ShowPopUpMenuAtPosition(m, w.win.Canvas(), origin.AddXY(float32(at.X), float32(at.Y)))
}

// pastePicture takes a picture from the clipboard of the system.
func (w *Window) pastePicture(v *renderers.BoardView, at board.Point) {
	id := v.Live.ID()
	w.selectLater(v, func(ctx context.Context) ([]board.CardID, error) {
		png := clipboardPNG()
		if len(png) == 0 {
			w.frames.Add(func() { w.notices.say(lang.T("There is nothing on the clipboard to paste.")) })
			return nil, nil
		}
		card, err := w.app.ImportBytes(ctx, id, at, lang.T("Pasted picture.png"), png)
		return []board.CardID{card}, err
	})
}
