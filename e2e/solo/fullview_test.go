package solo

import (
	"image"
	"image/color"
	"testing"

	"corkboard/e2e/person"
)

func TestKeysWorkInAFullViewAtOnce(t *testing.T) {
	p := person.New(t, "solo")
	p.Open()
	p.Drop(603, 43, person.File(t, "Paper.pdf", person.PDF("The first page", "The second page")))
	p.AwaitCards(2)
	p.Sees("the page", color.RGBA{A: 255}, image.Rect(603, 43, 903, 400), 30)
	p.Still()
	p.Key("Escape") // nothing is selected
	board := p.Still()
	p.Changes(func() { p.DoubleClick(700, 300) })
	p.Keep("pdf-full")
	p.Changes(func() { p.Key("Ctrl+f"); p.Type("second") })
	p.Keep("pdf-found")
	p.Changes(func() { p.Key("Escape"); p.Key("Alt+Left") })
	p.Changes(func() { p.Key("Escape") }) // what was opened is selected
	p.Point(1500, 900)
	p.Until("the board is back as it was", func() bool { return person.Different(board, p.Look()) <= 2000 })
	p.Keep("pdf-back")
}

func TestLettersTypedAtOnceArrive(t *testing.T) {
	p := person.New(t, "solo")
	p.Open()
	p.DoubleClick(603, 43)
	p.Type("Typed at once")
	p.Key("Escape")
	p.AwaitCards(2)
	if _, ok := p.Exported()["Typed at once.md"]; !ok {
		t.Error("letters are missing")
	}
}
