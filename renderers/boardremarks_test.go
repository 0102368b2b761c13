package renderers

import (
	"context"
	"sync/atomic"
	"testing"

	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// comment does something to the comments of a document.
func (x *table) comment(id doc.ID, c doc.Command[cards.Comments]) {
	x.t.Helper()
	h := x.store.Open(id, CommentsView)
	defer h.Close()
	if err := doCommand(h, c).Applied(context.Background()); err != nil {
		x.t.Fatal(err)
	}
}

func TestOpenCommentsAreMarked(t *testing.T) {
	x := newTable(t)
	said := &x.view.decor.said
	if len(said.shown) != 0 {
		t.Fatalf("%d marks where nobody has said anything", len(said.shown))
	}
	x.comment(testID(3), cards.PostComment{ID: "a", Author: "ben", Text: "Really?"})
	x.until("the mark is there", func() bool { return len(said.shown) == 1 && said.shown[0].card == todoCard })
	r, _ := x.view.Layout.Rect(todoCard)
	at := said.shown[0].at
	if card := x.view.view.Camera.RectToScreen(r); !at.Intersects(card) || at.Center().X < card.Center().X {
		t.Errorf("the mark of the card at %v is at %v", card, at)
	}
	x.comment(testID(3), cards.ResolveComment{ID: "a", Resolved: true})
	x.until("the mark is gone", func() bool { return len(said.shown) == 0 })
}

func TestAClickOnAMarkShowsTheComments(t *testing.T) {
	x := newTable(t)
	x.comment(testID(2), cards.PostComment{ID: "a", Author: "ben", Text: "Really?"})
	said := &x.view.decor.said
	x.until("the mark is there", func() bool { return len(said.shown) == 1 })
	mid := said.shown[0].at.Center()
	x.view.pointer = mid
	if x.view.Cursor() != desktop.PointerCursor {
		t.Error("the pointer does not say that one can click")
	}
	x.host.effects = nil
	x.click(float32(mid.X), float32(mid.Y), desktop.MouseButtonPrimary, 0)
	x.until("the comments are asked for", func() bool { return len(x.host.effects) > 0 })
	if len(x.host.effects) != 1 || x.host.effects[0] != (board.Comments{Card: noteCard}) {
		t.Errorf("%+v", x.host.effects)
	}
	if x.view.Session.Selection.Len() != 0 || x.view.buttons != 0 {
		t.Error("the click reached the board")
	}
}

// Far away a card has no place for a mark, and nobody looks at its comments.
func TestOnTilesNobodyLooksAtComments(t *testing.T) {
	x := newTable(t)
	x.view.Session.Camera.Zoom = 0.1
	x.view.Sync()
	for _, p := range x.view.pins {
		p.comments.close()
		p.comments = nil
	}
	x.comment(testID(2), cards.PostComment{ID: "a", Author: "ben", Text: "Really?"})
	x.settle()
	for id, p := range x.view.pins {
		if p.comments != nil {
			t.Errorf("the comments of %s are followed", id)
		}
	}
	if n := len(x.view.decor.said.shown); n != 0 {
		t.Errorf("%d marks on tiles", n)
	}
}

func TestAnotherNameIsShownInThreads(t *testing.T) {
	var name atomic.Value // painters read it
	name.Store("Ben")
	x := newTable(t, func(e *Env) {
		e.People = talkers(0)
		e.People.Look = func(string) PersonLook { return PersonLook{Name: name.Load().(string)} }
	})
	x.create(testID(9), cards.NewThread("Talk"))
	h := x.store.Open(testID(9), threadTestView)
	doCommand(h, cards.PostMessage{ID: "a", Author: "ben", Text: "Hello", Time: 5})
	h.Close()
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{{ID: "talk", Link: share.Link{Document: testID(9), Kind: cards.KindThread}, At: board.Point{X: 500, Y: 300}}}})
	x.settle()
	x.view.PeopleMoved()
	x.settle()
	p := x.view.pins["talk"]
	before := p.img
	x.view.PeopleMoved()
	x.settle()
	if p.img != before {
		t.Error("painted again for nothing")
	}
	name.Store("Benjamin")
	x.view.PeopleMoved()
	x.until("it is painted again", func() bool { return p.img != before })
}

// While comments are read, the points of the card are marked that they are about.
func TestPlacesOfCommentsAreShownWhileTheyAreRead(t *testing.T) {
	x := newTable(t)
	x.comment(testID(2), cards.PostComment{ID: "a", Author: "ben", Text: "Really?", Time: 1})
	x.comment(testID(2), cards.PostComment{ID: "b", Author: "ben", Text: "Here", Time: 2, At: cards.Place{On: true, X: 0.5, Y: 0.5}})
	said := &x.view.decor.said
	x.until("the mark is there", func() bool { return len(said.shown) == 1 })
	x.view.ShowPlaces(noteCard)
	if len(said.shown) != 2 {
		t.Fatalf("%d marks", len(said.shown))
	}
	r, _ := x.view.Layout.Rect(noteCard)
	mid, at := x.view.view.Camera.RectToScreen(r).Center(), said.shown[1].at
	if tip := (board.Point{X: at.X + remarkTip, Y: at.Y + at.H}); tip.Sub(mid).Len() > 1.5 {
		t.Errorf("the mark is at %v, the place at %v", tip, mid)
	}
	x.view.ShowPlaces("")
	if len(said.shown) != 1 {
		t.Errorf("%d marks", len(said.shown))
	}
}
