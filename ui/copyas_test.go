package ui

import (
	"bytes"
	"image/png"
	"testing"

	"corkboard/board"
)

func TestCardsAreCopiedAsTextAndAsAPicture(t *testing.T) {
	d := newDesk(t)
	d.large()
	low := d.text("second", board.Point{X: 40, Y: 400})
	high := d.text("# first", board.Point{X: 40, Y: 40})
	d.text("not asked for", board.Point{X: 400, Y: 40})
	v := d.w.board
	v.Session.Select(low, high)
	d.w.copyText(v)
	d.until("the words are on the clipboard", func() bool { return d.w.fyne.Clipboard().Content() == "# first\n\nsecond" })

	raw, err := d.w.pictureOf(t.Context(), v.Live.ID(), []board.CardID{low, high})
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := v.Layout.Rect(low)
	b, _ := v.Layout.Rect(high)
	want := a.Union(b)
	if wide, tall := int(copiedScale*(want.W+32)), int(copiedScale*(want.H+32)); got.Width < wide-2 || got.Width > wide+2 || got.Height < tall-4 || got.Height > tall+4 {
		t.Errorf("a picture of %d × %d pixels, want about %d × %d", got.Width, got.Height, wide, tall)
	}
}
