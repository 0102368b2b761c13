package ui

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
	"corkboard/cards"
)

func TestFindWalksOverTheHitsOfABoard(t *testing.T) {
	d := newDesk(t)
	d.large()
	far := d.text("The harbour at six", board.Point{X: 9000, Y: 40})
	farther := d.text("Walk to the Hárbour", board.Point{X: 9000, Y: 4000})
	d.w.Effect(d.w.board, board.Find{})
	d.write("harb")
	p := d.palette()
	d.until("both are found", func() bool { return p.offers.count() == 2 && strings.HasPrefix(p.offers.words(), "2 found") })
	for _, want := range []board.CardID{far, farther, far} {
		d.press(fyne.KeyReturn)
		d.settled()
		if got := d.w.board.Session.Selection.Last(); got != want {
			t.Fatalf("went to %q instead of %q", got, want)
		}
		r, _ := d.w.board.Layout.Rect(want)
		s := d.w.board.Session
		// A text is as high as it should be only once it is measured.
		off := s.Camera.ToScreen(r.Center()).Sub(board.Point{X: s.Viewport.W / 2, Y: s.Viewport.H / 2})
		if math.Abs(off.X) > 2 || math.Abs(off.Y) > 40 {
			t.Fatalf("the card is %v off the middle", off)
		}
	}
	d.write("zzz")
	d.until("nothing is found", func() bool { return p.offers.words() == "Nothing found." })
	d.press(fyne.KeyEscape)
	if d.w.modal != nil || d.w.win.Canvas().Focused() != fyne.Focusable(d.w.board) {
		t.Error("Esc does not give the focus back")
	}
	d.press(fyne.KeyF3)
	if got := d.palette().entry.Text; got != "harbzzz" {
		t.Errorf("F3 looks for %q", got)
	}
}

func TestEverywhereOpensTheBoardOfACard(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.openBoard(t, "Garden")
	garden := d.w.trail.here()
	id := d.text("Tulip bulbs", board.Point{X: 400, Y: 400})
	d.w.Back()
	d.w.Effect(d.w.board, board.Everywhere{})
	d.write("tulip")
	p := d.palette()
	d.until("it is found", func() bool { o := p.offers.(*omniOffers); return len(o.rows) == 1 && o.rows[0].at.Board == garden.id })
	d.press(fyne.KeyReturn)
	d.until("the card is selected on its board", func() bool {
		return d.w.trail.here() == garden && d.w.board.Session.Selection.Has(id)
	})
	if d.w.modal != nil {
		t.Error("the palette is still open")
	}
}

func TestPaletteLeavesOutTheKeyThatOpenedIt(t *testing.T) {
	d := newDesk(t)
	d.w.board.TypedKey(&fyne.KeyEvent{Name: fyne.KeySlash})
	p := d.palette()
	p.entry.TypedRune('/') // the letter of the same key press
	d.write("a")
	if p.entry.Text != "a" {
		t.Errorf("the query is %q", p.entry.Text)
	}
}

func TestCommandsFilterAndPerform(t *testing.T) {
	d := newDesk(t)
	d.w.Effect(d.w.board, board.Commands{})
	p := d.palette()
	all := p.offers.count()
	if all < len(board.Conventions)/2 {
		t.Fatalf("only %d commands", all)
	}
	d.write("newtodo")
	if p.offers.count() != 0 || p.offers.words() != "No command of this name." {
		t.Errorf("%d commands, %q", p.offers.count(), p.offers.words())
	}
	p.entry.SetText("list new") // words in any order
	if p.offers.count() != 1 {
		t.Fatalf("%d commands have both words", p.offers.count())
	}
	d.press(fyne.KeyReturn)
	d.until("a list is made", func() bool {
		for _, c := range d.cards() {
			if c.Link.Kind == cards.KindTodo {
				return true
			}
		}
		return false
	})
}

func TestCommandsWithoutABoardAreThoseOfTheWindow(t *testing.T) {
	d := newDesk(t)
	id, r := d.app.NewDocument(cards.KindText, cards.NewText("alone"))
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.w.Open(id, cards.KindText)
	for _, c := range d.w.commands() {
		if strings.HasPrefix(c.words, "Arrange:") || strings.HasPrefix(c.words, "Select:") {
			t.Errorf("%q needs a board", c.words)
		}
	}
	if got := d.w.plainRow(fyne.KeySlash, 0) + " " + d.w.plainRow(fyne.KeySlash, board.Shift) + d.w.plainRow("M", 0); got != "everywhere help" {
		t.Errorf("plain keys do %q", got)
	}
	d.w.perform("commands")
	if d.palette().offers.count() < 8 {
		t.Error("the palette is nearly empty")
	}
	d.press(fyne.KeyEscape)
}

func TestPaletteChangesItsMode(t *testing.T) {
	d := newDesk(t)
	d.w.Effect(d.w.board, board.Find{})
	before := d.palette()
	before.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyP, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	if now := d.palette(); now == before || now.offers.hint() == before.offers.hint() {
		t.Error("the palette is the one before")
	}
	if n := len(d.w.win.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d sheets lie over the window", n)
	}
}

func TestPaletteArrowsGoRoundAndStayInView(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.w.Effect(d.w.board, board.Commands{})
	p := d.palette()
	d.press(fyne.KeyUp)
	if p.list.chosen != p.offers.count()-1 {
		t.Fatalf("up from the first is %d", p.list.chosen)
	}
	if y := float32(p.list.chosen)*p.list.height - p.list.top; y < 0 || y+p.list.height > p.list.Size().Height+1 {
		t.Errorf("the chosen row is at %v of %v", y, p.list.Size().Height)
	}
	d.press(fyne.KeyDown, fyne.KeyPageDown)
	if p.list.chosen != p.list.page() {
		t.Errorf("a page is %d rows, went to %d", p.list.page(), p.list.chosen)
	}
}
