package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers"
)

// This file holds what tests of the window do with it.

// press gives a key to what has the focus.
func (d *desk) press(names ...fyne.KeyName) {
	d.t.Helper()
	for _, n := range names {
		f := d.w.win.Canvas().Focused()
		if f == nil {
			d.t.Fatalf("nothing has the focus for %s", n)
		}
		e := &fyne.KeyEvent{Name: n}
		if k, ok := f.(desktop.Keyable); ok {
			k.KeyDown(e)
		}
		f.TypedKey(e)
	}
}

// write types letters, each after its key.
func (d *desk) write(words string) {
	d.t.Helper()
	for _, r := range words {
		f := d.w.win.Canvas().Focused()
		if k, ok := f.(desktop.Keyable); ok {
			k.KeyDown(&fyne.KeyEvent{Name: fyne.KeyName(string(r))})
		}
		f.TypedRune(r)
	}
}

// text pins a note and waits for it.
func (d *desk) text(words string, at board.Point) board.CardID {
	d.t.Helper()
	if _, err := d.app.Paste(d.t.Context(), d.w.board.Live.ID(), at, words, true); err != nil {
		d.t.Fatal(err)
	}
	var id board.CardID
	d.until("“"+words+"” is pinned", func() bool {
		for _, c := range d.cards() {
			if c.At == at {
				id = c.ID
			}
		}
		_, laid := d.w.board.Layout.Rect(id)
		return laid
	})
	return id
}

// palette is the palette that is open.
func (d *desk) palette() *palette {
	d.t.Helper()
	f, ok := d.w.win.Canvas().Focused().(*queryEntry)
	if !ok {
		d.t.Fatalf("the palette has not the focus but %T", d.w.win.Canvas().Focused())
	}
	return f.p
}

// settled runs what is posted until the board rests.
func (d *desk) settled() {
	d.t.Helper()
	d.until("the camera rests", func() bool {
		d.w.board.On(board.Tick{Millis: d.w.env.Now().UnixMilli()})
		return !d.w.board.Session.Animating()
	})
}

// large makes the window as large as a screen.
func (d *desk) large() { d.w.win.Resize(fyne.NewSize(1280, 800)) }

func (d *desk) device() *app.Device {
	dev := d.app.Device()
	return &dev
}

// summary is the one card that the title bar names.
func (d *desk) summary() renderers.Summary { return d.w.bar.chosen.shown }

// openBoard makes a board, enters it and waits for it.
func (d *desk) openBoard(t *testing.T, title string) {
	t.Helper()
	n := len(d.cards())
	d.w.newBoard()
	d.until("the board is pinned", func() bool { return len(d.cards()) == n+1 })
	for _, c := range d.cards() {
		if c.Link.Kind == cards.KindBoard {
			d.w.openCard(d.w.board, c.ID)
		}
	}
	d.w.bar.rename(title)
	d.until("it has a title", func() bool { return d.w.bar.title.Text == title })
}
