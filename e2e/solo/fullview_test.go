package solo

import "testing"

func TestKeysWorkInAFullViewAtOnce(t *testing.T) {
	p := newPerson(t)
	p.open()
	board := p.still()
	p.drop(603, 43, write(t, "Paper.pdf", pdfOf("The first page", "The second page")))
	p.awaitCards(2)
	p.key("Escape") // nothing is selected
	board = p.still()
	p.changes(func() { p.doubleClick(700, 300) })
	p.keep("pdf-full")
	p.changes(func() { p.key("Ctrl+f"); p.write("second") })
	p.keep("pdf-found")
	p.changes(func() { p.key("Escape"); p.key("Alt+Left") })
	p.point(1500, 900)
	if n := different(board, p.keep("pdf-back")); n > 2000 {
		t.Errorf("%d pixels differ from the board that was left", n)
	}
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
