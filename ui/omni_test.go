package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
	"corkboard/cards"
)

// omni opens the omnibox and types.
func (d *desk) omni(query string) *omniOffers {
	d.t.Helper()
	d.w.Effect(d.w.board, board.Everywhere{})
	d.write(query)
	return d.palette().offers.(*omniOffers)
}

// sections is the captions of an omnibox with the titles below them.
func sections(o *omniOffers) string {
	var b strings.Builder
	for i, r := range o.rows {
		if c := o.caption(i); c != "" {
			b.WriteString(c + ":")
		}
		b.WriteString(" " + r.title.String() + "; ")
	}
	return b.String()
}

func mod(key fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func TestTheOmniboxHasSections(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.text("Mind the zoomers", board.Point{X: 400, Y: 400})
	d.openBoard(t, "Zoo")
	o := d.omni("zoo")
	want := "Boards: Zoo; Cards: Mind the zoomers; "
	d.until("all of it is found", func() bool { return strings.HasPrefix(sections(o), want) })
	if !strings.Contains(sections(o), "; Actions: Look around: Zoom in; ") {
		t.Errorf("lists %q", sections(o))
	}
	d.press(fyne.KeyEscape)
	d.w.Back()
	d.w.sought = ""
	o = d.omni("")
	d.until("what was looked at last is listed", func() bool { return strings.HasPrefix(sections(o), "Recent: Zoo; Boards: Zoo; ") })
}

func TestWhatIsWrittenWhileTheIndexIsAskedIsFound(t *testing.T) {
	d := newDesk(t)
	d.large()
	o := d.omni("zoo")
	d.until("it is answered", func() bool { return !o.asked && d.app.IndexState().Whole() })
	answers := 0
	o.look("zoo")
	o.changed() // before there is an answer
	cancel := o.cancel
	o.cancel = func() {
		answers++ // another question takes the place of this one
		cancel()
	}
	d.until("it is answered for good", func() bool { return !o.asked })
	if answers != 1 {
		t.Errorf("asked %d times more", answers)
	}
}

func TestTheArchiveIsASectionOfItsOwn(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.text("Harbour at six", board.Point{X: 400, Y: 400})
	o := d.omni("harb")
	d.until("it is found", func() bool { return strings.HasPrefix(sections(o), "Cards: Harbour at six; ") })
	archive := func() { d.palette().entry.TypedShortcut(mod(fyne.KeyBackspace)) }
	archive()
	d.until("it is archived", func() bool { return strings.HasPrefix(sections(o), "Archived: Harbour at six; ") })
	if d.palette().entry.Text != "harb" {
		t.Errorf("the query is %q now", d.palette().entry.Text)
	}
	archive()
	d.until("it is back", func() bool { return strings.HasPrefix(sections(o), "Cards: Harbour at six; ") })
}

func TestFoundDocumentsArePutOnTheBoard(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.text("Tulip bulbs", board.Point{X: 400, Y: 400})
	d.openBoard(t, "Garden")
	o := d.omni("tulip")
	d.until("it is found", func() bool { return len(o.rows) > 0 && o.rows[0].place.id != "" })
	o.put(0)
	d.until("it is pinned here, too", func() bool {
		list := d.cards()
		return len(list) == 1 && list[0].Link.Document == o.rows[0].place.id && d.w.board.Session.Selection.Has(list[0].ID)
	})
	if d.w.modal != nil {
		t.Error("the omnibox is still open")
	}
}

func TestTodosOfAllBoardsAreTickedInTheList(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.openBoard(t, "Garden")
	garden := d.w.trail.here()
	id, r := d.app.NewDocument(cards.KindTodo, cards.NewTodo("Beds", cards.NewItem{ID: "a", Text: "dig"}, cards.NewItem{ID: "b", Text: "sow"}, cards.NewItem{ID: "c", Text: "past", Done: true}))
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.app.PasteCards(garden.id, board.Point{X: 40, Y: 40}, linkTo(place{id, cards.KindTodo}), 0); err != nil {
		t.Fatal(err)
	}
	d.until("the card is there", func() bool { return len(d.cards()) == 1 })
	card := d.cards()[0].ID
	d.w.Back()
	d.w.Effect(d.w.board, board.Todos{})
	o := d.palette().offers.(*todoOffers)
	d.until("both are listed", func() bool {
		return len(o.shown) == 2 && o.shown[0].at.Title == "Garden" && o.caption(0) == "No date" && o.caption(1) == ""
	})
	d.palette().entry.TypedShortcut(mod(fyne.KeyReturn))
	d.until("the first is ticked", func() bool {
		h := d.w.env.Docs.Open(id, d.w.env.Registry.Face(cards.KindTodo).View)
		defer h.Close()
		v, _ := h.Snapshot().Value.(cards.Todo)
		return len(v.Items) == 3 && v.Items[0].Done && !v.Items[1].Done
	})
	d.write("sow")
	if len(o.shown) != 1 || o.shown[0].as.hit != "sow" {
		t.Fatalf("filtered to %+v", o.shown)
	}
	d.press(fyne.KeyReturn)
	d.until("the card is selected on its board", func() bool {
		return d.w.trail.here() == garden && d.w.board.Session.Selection.Has(card)
	})
}

func TestWhatWasRemovedIsPutBackWhereItWas(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.openBoard(t, "Garden")
	garden := d.w.trail.here()
	at := board.Point{X: 460, Y: 320}
	id := d.text("Tulip bulbs", at)
	o := d.omni("tulip")
	d.until("it is known where it lies", func() bool { return len(o.rows) == 1 && o.rows[0].at.Title == "Garden" })
	d.press(fyne.KeyEscape)
	d.w.board.Session.Select(id)
	d.w.perform("remove")
	d.until("it is gone", func() bool { return len(d.cards()) == 0 })
	d.w.Open(d.app.Home(), cards.KindBoard)
	d.w.Effect(d.w.board, board.Trash{})
	k := d.palette().offers.(*trashOffers)
	d.until("it is listed", func() bool { return len(k.shown) == 1 && k.shown[0].Title == "Garden" })
	d.press(fyne.KeyReturn)
	d.until("it is back", func() bool {
		return d.w.trail.here() == garden && len(d.cards()) == 1 && d.cards()[0].At == at && d.w.board.Session.Selection.Has(d.cards()[0].ID)
	})
}

func TestTheBoardsOfADocumentAreListed(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.openBoard(t, "Garden")
	garden := d.w.trail.here()
	card := d.text("Tulip bulbs", board.Point{X: 460, Y: 320})
	link := d.w.board.Live.Snapshot().Value.Card(card).Link
	d.openBoard(t, "Shed")
	shed := d.w.trail.here()
	d.w.board.Live.Do(board.AddCards{Cards: []board.Pin{{ID: "other", Link: link, At: board.Point{X: 100}}}})
	d.until("the card is there", func() bool { return len(d.cards()) == 1 })
	var also *fyne.MenuItem
	for _, i := range d.w.cardMenu(d.w.board, "other").Items {
		if i.Label == "Also on…" {
			also = i
		}
	}
	also.Action()
	o := d.palette().offers.(*placeOffers)
	d.until("both boards are listed", func() bool { return len(o.shown) == 2 })
	for _, r := range o.shown {
		if r.here != (r.Board == shed.id) {
			t.Errorf("%q is shown here: %v", r.Title, r.here)
		}
	}
	d.write("garden")
	d.press(fyne.KeyReturn)
	d.until("the card is selected on the other board", func() bool {
		return d.w.trail.here() == garden && d.w.board.Session.Selection.Has(card)
	})
}
