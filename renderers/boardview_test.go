package renderers

import (
	"context"
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/share"
)

// deskHost notes what the board asks of its window.
type deskHost struct{ effects []board.Effect }

func (h *deskHost) Effect(_ *BoardView, e board.Effect) { h.effects = append(h.effects, e) }

// table is a board in a window of the test driver, over documents in memory.
type table struct {
	t     *testing.T
	desk  *desk
	host  *deskHost
	view  *BoardView
	store *doctest.Store
	win   fyne.Window
}

const (
	noteCard  = board.CardID("note")
	todoCard  = board.CardID("todo")
	alienCard = board.CardID("alien")
)

func testID(b byte) doc.ID { return doc.NewID([32]byte{0: b, 31: 1}) }

func newTable(t *testing.T, with ...func(*Env)) *table {
	t.Helper()
	test.NewTempApp(t)
	x := &table{t: t, desk: newDesk(), host: &deskHost{}, store: doctest.NewStore()}
	e := x.desk.Env
	e.Docs, e.Registry = x.store, NewRegistry()
	e.Sentence = func(err error) string { return "sentence: " + err.Error() }
	e.Fetch = func(context.Context, Picture) (*image.RGBA, error) { return image.NewRGBA(image.Rect(0, 0, 8, 8)), nil }
	e.Pictures = NewPictures(1<<20, e.Fetch)
	for _, f := range with {
		f(e)
	}
	x.create(testID(1), board.Create("Desk", ""))
	x.create(testID(2), cards.NewText("# Note\nwith words"))
	x.create(testID(3), cards.NewTodo("List", cards.NewItem{ID: "a", Text: "milk"}, cards.NewItem{ID: "b", Text: "bread"}))
	painters := NewPainters()
	x.view = NewBoardView(e, x.host, painters, testID(1))
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{
		{ID: noteCard, Link: share.Link{Document: testID(2), Kind: "text"}, At: board.Point{X: 100, Y: 100}},
		{ID: todoCard, Link: share.Link{Document: testID(3), Kind: "todo"}, At: board.Point{X: 500, Y: 100}},
		{ID: alienCard, Link: share.Link{Document: testID(4), Kind: "hologram"}, At: board.Point{X: 100, Y: 400}},
	}})
	x.win = test.NewTempWindow(t, x.view)
	x.win.SetPadded(false)
	x.win.Resize(fyne.NewSize(1000, 700))
	t.Cleanup(func() { x.view.Close(); painters.Close(); e.Pictures.Close() })
	x.settle()
	return x
}

func (x *table) create(id doc.ID, edits []doc.Edit) {
	x.t.Helper()
	if err := x.store.Create(id, edits).Wait(context.Background()); err != nil {
		x.t.Fatal(err)
	}
}

// settle runs what is posted until every card in view is painted.
func (x *table) settle() {
	x.t.Helper()
	for len(x.desk.posts) > 0 { // the store in memory has posted what it did
		(<-x.desk.posts)()
	}
	done := false
	x.view.Painted = func() { done = true }
	x.view.Sync()
	x.until("the board is painted", func() bool { return done })
}

// until runs what is posted until something holds, and lets time pass.
func (x *table) until(what string, holds func() bool) {
	x.t.Helper()
	for end := time.After(20 * time.Second); !holds(); {
		select {
		case f := <-x.desk.posts:
			x.desk.clock.at = x.desk.clock.at.Add(60 * time.Millisecond)
			f()
		case <-end:
			x.t.Fatalf("waited in vain until %s", what)
		}
	}
}

func (x *table) click(px, py float32, button desktop.MouseButton, mod fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: button, Modifier: mod}
	e.Position = fyne.NewPos(px, py)
	x.view.MouseDown(e)
	x.view.MouseUp(e)
	x.desk.clock.at = x.desk.clock.at.Add(time.Second)
}

func TestBoardPaintsEveryCardAlsoUnknownOnes(t *testing.T) {
	x := newTable(t)
	for _, id := range []board.CardID{noteCard, todoCard, alienCard} {
		p := x.view.pins[id]
		if p == nil || p.img == nil || p.im.Image == nil {
			t.Errorf("card %s has no picture", id)
		}
	}
	if n := len(x.view.objects); n < 4 || n > 20 {
		t.Errorf("%d objects in the tree: want the ground and a picture per card", n)
	}
	r, _ := x.view.Layout.Rect(noteCard)
	if r.W != 300 || r.H < 60 || r.H > 200 {
		t.Errorf("the note is %v: want the natural size of its text", r)
	}
}

func TestBoardClickSelectsAndDragMovesOnceInTheDocument(t *testing.T) {
	x := newTable(t)
	x.click(120, 120, desktop.MouseButtonPrimary, 0)
	if !x.view.Session.Selection.Has(noteCard) {
		t.Fatal("a click does not select")
	}
	before := x.view.Live.Snapshot().Revision
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position = fyne.NewPos(120, 120)
	x.view.MouseDown(down)
	for i := range 10 {
		d := &fyne.DragEvent{}
		d.Position = fyne.NewPos(120+float32(i)*11, 120+float32(i)*20)
		x.view.Dragged(d)
		if x.view.Live.Snapshot().Revision != before {
			t.Fatal("the document changed during the drag")
		}
	}
	up := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	up.Position = fyne.NewPos(219, 300)
	x.view.MouseUp(up)
	x.settle()
	at := x.view.Live.Snapshot().Value.Card(noteCard).At
	if at != (board.Point{X: 200, Y: 280}) {
		t.Errorf("dropped at %v, want 200 280 on the grid", at)
	}
	if got := x.view.Live.Snapshot().Revision; got != before+1 {
		t.Errorf("a drag made %d changes", got-before)
	}
}

func TestBoardTickIsAnsweredWithoutALiveWidget(t *testing.T) {
	x := newTable(t)
	p := x.view.pins[todoCard]
	if len(p.hot) < 2 {
		t.Fatalf("the to-do card has %d hot places", len(p.hot))
	}
	at := p.hot[0].Rect
	x.click(500+at.X+at.W/2, 100+at.Y+at.H/2, desktop.MouseButtonPrimary, 0)
	x.settle()
	v := p.handle.Snapshot().Value.(cards.Todo)
	if !v.Items[0].Done || v.Items[1].Done {
		t.Errorf("want the first item ticked: %+v", v.Items)
	}
	if x.view.edit != nil {
		t.Error("a tick opened the editor")
	}
}

func TestBoardEditsInPlaceAndEmptyTextVanishes(t *testing.T) {
	x := newTable(t)
	x.create(testID(9), cards.NewText(""))
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{{ID: "new", Link: share.Link{Document: testID(9), Kind: "text"}, At: board.Point{X: 500, Y: 400}}}})
	x.view.Edit("new")
	x.settle()
	if x.view.edit == nil || x.view.Session.Editing != "new" {
		t.Fatal("a new card is not being edited")
	}
	x.view.stopEdit()
	for end := time.After(20 * time.Second); x.view.Live.Snapshot().Value.Card("new") != nil; {
		select {
		case f := <-x.desk.posts:
			f()
		case <-end:
			t.Fatal("an empty text card stayed")
		}
	}
	if x.view.Live.Snapshot().Value.Card(noteCard) == nil {
		t.Error("another card went with it")
	}
}

func TestBoardHandsToItsWindowWhatItCannotDo(t *testing.T) {
	x := newTable(t)
	x.click(900, 650, desktop.MouseButtonSecondary, 0)
	x.view.TypedShortcut(&fyne.ShortcutUndo{})
	var menu, undo bool
	for _, e := range x.host.effects {
		switch e.(type) {
		case board.Menu:
			menu = true
		case board.Undo:
			undo = true
		}
	}
	if !menu || !undo {
		t.Errorf("menu %v, undo %v, want both: %v", menu, undo, x.host.effects)
	}
}

func TestBoardForgetsPicturesThatAreOutOfViewFirst(t *testing.T) {
	x := newTable(t)
	held := 0
	for _, p := range x.view.pins {
		held += p.bytes()
	}
	x.view.trimPixels(held / 2)
	for id, p := range x.view.pins {
		if p.img == nil {
			t.Errorf("card %s is in view and lost its picture", id)
		}
	}
	x.view.On(board.Wheel{At: board.Point{X: 10, Y: 10}, DY: -5000})
	x.view.trimPixels(held)
	for id, p := range x.view.pins {
		if p.img == nil {
			t.Errorf("card %s lost its picture within the budget", id)
		}
	}
	x.view.trimPixels(1)
	for id, p := range x.view.pins {
		if p.bytes() > 0 {
			t.Errorf("card %s is out of view and keeps its picture over the budget", id)
		}
	}
}

func TestAnAnimationPlaysOnTheBoardWhileItIsInView(t *testing.T) {
	x := newTable(t)
	frames := []Frame{{image.NewRGBA(image.Rect(0, 0, 4, 4)), time.Millisecond}, {image.NewRGBA(image.Rect(0, 0, 4, 4)), time.Millisecond}}
	x.view.env.Frames = func(context.Context, Picture) ([]Frame, error) { return frames, nil }
	x.create(testID(8), cards.NewFile(cards.File{Title: "cat", MIME: "image/gif", Blob: "ab", Width: 200, Height: 100, Animated: true}))
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{{ID: "gif", Link: share.Link{Document: testID(8), Kind: "image"}, At: board.Point{X: 500, Y: 400}, Size: board.Size{W: 400, H: 200}}}})
	x.settle()
	shown := map[image.Image]bool{}
	for end := time.After(20 * time.Second); len(shown) < 2; {
		select {
		case f := <-x.desk.posts:
			f()
		case <-end:
			t.Fatalf("%d of 2 frames were shown", len(shown))
		}
		if pl := x.view.players["gif"]; pl != nil && pl.im != nil {
			shown[pl.im.Image] = true
		}
	}
	x.view.env.Still = true
	x.view.Sync()
	if len(x.view.players) != 0 {
		t.Error("it goes on playing where nothing is to move")
	}
	x.view.env.Still = false
	x.view.Sync()
	if len(x.view.players) != 1 {
		t.Error("it does not play again")
	}
	x.view.On(board.Wheel{At: board.Point{X: 10, Y: 10}, DY: -5000})
	if len(x.view.players) != 0 {
		t.Error("it goes on playing out of view")
	}
}

func TestAReadOnlyBoardOpensNoEditor(t *testing.T) {
	x := newTable(t)
	x.view.env.ReadOnly = true
	x.view.Edit(noteCard)
	x.settle()
	if x.view.edit != nil || x.view.Session.Editing != "" {
		t.Error("a card of a read-only profile is being edited")
	}
}

func TestANotchOfTheWheelIsASmallStep(t *testing.T) {
	x := newTable(t)
	before := x.view.Session.Camera.Origin
	e := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}
	e.Position = fyne.NewPos(500, 300)
	x.view.Scrolled(e)
	if by := x.view.Session.Camera.Origin.Y - before.Y; by < 20 || by > 80 {
		t.Errorf("one notch pans by %v pixels", by)
	}
	x.view.Session.WheelZooms = true
	x.view.Scrolled(e)
	if z := x.view.Session.Camera.Zoom; z > 0.95 || z < 0.75 {
		t.Errorf("one notch zooms to %v", z)
	}
}
