package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/renderers"
)

// pointer moves over the window as the toolkit tells it: to the view in which
// the drag began, relative to it.
type pointer struct {
	d    *desk
	view *renderers.BoardView
}

func (p pointer) down(x, y float32) {
	p.view.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary})
}

func (p pointer) drag(x, y float32) {
	p.view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

func (p pointer) up(x, y float32) {
	p.view.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary})
	p.view.DragEnd()
}

// leave lets the button go outside of the board: the toolkit takes the focus
// away and tells the end of the drag.
func (p pointer) leave() {
	p.d.w.win.Canvas().Unfocus()
	p.view.DragEnd()
}

func (d *desk) placeOf(id board.CardID) fyne.Position {
	r, _ := d.w.board.Layout.Rect(id)
	c := d.w.board.Session.Camera.ToScreen(r.Center())
	return fyne.NewPos(float32(c.X), float32(c.Y))
}

func (d *desk) has(words string) bool {
	for _, c := range d.cards() {
		if d.w.env.Registry.Face(c.Link.Kind).Summary(d.w.board.Value(c.ID)).Title == words {
			return true
		}
	}
	return false
}

func TestCardsGoWhereTheirNameIsInTheTitleBar(t *testing.T) {
	d := newDesk(t)
	d.large()
	home := d.w.trail.here()
	d.openBoard(t, "Garden")
	d.text("Going home", board.Point{X: 400, Y: 300})
	id := d.cards()[0].ID
	d.until("the card is painted", func() bool { return d.has("Going home") })
	at := d.placeOf(id)
	crumb := d.w.bar.crumbs.Objects[0].(*crumb)
	to := d.onScreen(crumb).Subtract(d.onScreen(d.w.board)).AddXY(10, 10)
	p := pointer{d, d.w.board}
	p.down(at.X, at.Y)
	p.drag(at.X+20, at.Y+20)
	p.drag(to.X, to.Y)
	if d.w.bar.lit != crumb || crumb.Importance != widget.HighImportance {
		t.Fatal("the name does not light up")
	}
	p.drag(at.X, at.Y)
	if d.w.bar.lit != nil || crumb.Importance != widget.LowImportance {
		t.Fatal("the name stays lit")
	}
	p.drag(to.X, to.Y)
	p.leave()
	d.until("the card has left", func() bool { return len(d.cards()) == 0 })
	d.until("that is said", func() bool { return d.said("Moved 1 card to") })
	if d.w.bar.lit != nil {
		t.Error("the name stays lit")
	}
	d.w.Open(home.id, home.kind)
	d.until("it is at home", func() bool { return d.has("Going home") })
}

// carryIn drags a card on to a board card until that opens.
func (d *desk) carryIn() (p pointer, id board.CardID) {
	d.t.Helper()
	d.large()
	n := len(d.cards())
	into := d.text("A board", board.Point{X: 700, Y: 500}) // makes room in the layout
	d.w.board.Live.Do(board.RemoveCards{IDs: []board.CardID{into}})
	d.until("it is gone", func() bool { return len(d.cards()) == n })
	id = d.text("Carried", board.Point{X: 600, Y: 80})
	d.w.newCard(d.w.board, "board", board.Point{X: 600, Y: 400})
	d.until("the board is pinned", func() bool { return len(d.cards()) == n+2 })
	var target board.CardID
	for _, c := range d.cards() {
		if c.Link.Kind == "board" {
			target = c.ID
		}
	}
	d.until("all is laid out", func() bool {
		_, ok := d.w.board.Layout.Rect(target)
		return ok && d.app.Exists(d.w.board.Live.Snapshot().Value.Card(target).Link.Document)
	})
	from, to := d.placeOf(id), d.placeOf(target)
	p = pointer{d, d.w.board}
	p.down(from.X, from.Y)
	p.drag(from.X+20, from.Y+20)
	p.drag(to.X, to.Y)
	here := d.w.trail.here()
	d.until("the board has opened", func() bool {
		d.w.board.On(board.Tick{Millis: d.w.env.Now().UnixMilli()})
		return d.w.trail.here() != here
	})
	return p, id
}

func TestDragGoesOnInTheBoardThatOpens(t *testing.T) {
	d := newDesk(t)
	home := d.w.trail.here()
	p, id := d.carryIn()
	if !d.w.board.Session.Dragging() || p.view == d.w.board {
		t.Fatal("the hand is empty")
	}
	p.drag(500, 300)
	p.up(500, 300)
	d.until("the card has arrived", func() bool { return d.has("Carried") })
	d.until("it is selected", func() bool { return d.w.board.Session.Selection.Len() == 1 })
	d.w.Effect(d.w.board, board.Undo{})
	d.until("undo takes it away", func() bool { return len(d.cards()) == 0 })
	d.w.Open(home.id, home.kind)
	d.until("and brings it back", func() bool { return d.w.board.Live.Snapshot().Value.Card(id) != nil })
}

func TestEscGivesACarriedDragUp(t *testing.T) {
	d := newDesk(t)
	home := d.w.trail.here()
	p, id := d.carryIn()
	p.drag(500, 300)
	d.press(fyne.KeyEscape)
	if d.w.trail.here() != home {
		t.Fatal("the window did not go back")
	}
	p.drag(300, 300)
	p.up(300, 300) // the button is still held until here
	d.until("the card is where it was", func() bool {
		c := d.w.board.Live.Snapshot().Value.Card(id)
		return c != nil && c.At == board.Point{X: 600, Y: 80}
	})
}

func TestTitleBarNamesWhatIsSelected(t *testing.T) {
	d := newDesk(t)
	d.large()
	id := d.text("Named above", board.Point{X: 600, Y: 80})
	d.until("the card is painted", func() bool { return d.has("Named above") })
	at := d.w.bar.title.Position()
	d.w.board.Session.Select(id)
	d.w.board.Sync()
	if d.summary().Title != "Named above" || !d.w.bar.chosen.object.Visible() {
		t.Errorf("one card is named %+v", d.summary())
	}
	d.w.board.Perform("select-all")
	if d.summary().Title != "2 cards selected" {
		t.Errorf("two are named %+v", d.summary())
	}
	if d.w.bar.title.Position() != at {
		t.Error("the title jumped")
	}
	d.w.board.Perform("escape")
	if d.w.bar.chosen.object.Visible() {
		t.Error("nothing is named something")
	}
}

func TestMenusOfferWhatMakesSense(t *testing.T) {
	d := newDesk(t)
	d.large()
	a := d.text("A", board.Point{X: 600, Y: 80})
	b := d.text("B", board.Point{X: 600, Y: 400})
	can := func(want map[string]bool, ids ...board.CardID) {
		t.Helper()
		d.w.board.Session.Select(ids...)
		menu := d.w.cardMenu(d.w.board, a)
		for words, on := range want {
			item := itemNamed(menu, words)
			if item == nil || item.Disabled == on {
				t.Errorf("%d cards: %q is %+v", len(ids), words, item)
			}
		}
	}
	can(map[string]bool{"Group": false, "Ungroup": false, "Lock": true, "Arrange": false, "Order": true}, a)
	can(map[string]bool{"Group": true, "Ungroup": false, "Arrange": true, "Align left": true, "Distribute vertically": false, "Tidy up": true}, a, b)
	itemNamed(d.w.cardMenu(d.w.board, a), "Group").Action()
	d.until("they are a group", func() bool { return d.w.board.Layout.Card(a).Group != "" })
	can(map[string]bool{"Group": false, "Ungroup": true, "Arrange": false}, a, b)
	itemNamed(d.w.cardMenu(d.w.board, a), "Lock").Action()
	d.until("they are locked", func() bool { return d.w.board.Layout.Card(b).Locked })
	can(map[string]bool{"Unlock": true, "Cut": false, "Remove from board": false, "Copy": true, "Order": false}, a, b)
	for _, item := range d.w.boardMenu(d.w.board, board.Point{}).Items {
		if item.ChildMenu == nil && !item.IsSeparator && item.Action == nil {
			t.Errorf("%q does nothing", item.Label)
		}
	}
}

// itemNamed finds an item of a menu or of those in it.
func itemNamed(m *fyne.Menu, words string) *fyne.MenuItem {
	for _, item := range m.Items {
		if item.Label == words {
			return item
		}
		if item.ChildMenu != nil {
			if found := itemNamed(item.ChildMenu, words); found != nil {
				return found
			}
		}
	}
	return nil
}
