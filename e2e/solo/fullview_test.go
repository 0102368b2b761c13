package solo

import (
	"image"
	"image/color"
	"testing"
)

func TestKeysWorkInAFullViewAtOnce(t *testing.T) {
	p := newPerson(t)
	p.open()
	p.drop(603, 43, write(t, "Paper.pdf", pdfOf("The first page", "The second page")))
	p.awaitCards(2)
	p.sees("the page", color.RGBA{A: 255}, image.Rect(603, 43, 903, 400), 30)
	p.still()
	p.key("Escape") // nothing is selected
	board := p.still()
	p.changes(func() { p.doubleClick(700, 300) })
	p.keep("pdf-full")
	p.changes(func() { p.key("Ctrl+f"); p.write("second") })
	p.keep("pdf-found")
	p.changes(func() { p.key("Escape"); p.key("Alt+Left") })
	p.point(1500, 900)
	p.until("the board is back as it was", func() bool { return different(board, p.look()) <= 2000 })
	p.keep("pdf-back")
}

func TestLettersTypedAtOnceArrive(t *testing.T) {
	p := newPerson(t)
	p.open()
	p.doubleClick(603, 43)
	p.write("Typed at once")
	p.key("Escape")
	p.awaitCards(2)
	if _, ok := p.exported()["Typed at once.md"]; !ok {
		t.Error("letters are missing")
	}
}
