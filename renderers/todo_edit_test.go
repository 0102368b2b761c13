package renderers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"corkboard/cards"
	"corkboard/doc"
)

// todoDesk is a to-do editor in a window, with all that it needs.
type todoDesk struct {
	*desk
	h    *deskHandle
	e    todoEditor
	win  fyne.Window
	left int
}

func newTodoDesk(t *testing.T, h *deskHandle) *todoDesk {
	t.Helper()
	test.NewTempApp(t)
	d := &todoDesk{desk: newDesk(), h: h}
	d.e = newTodoEditor(EditorHost{Env: d.Env, Handle: h, Leave: func() { d.left++ }}).(todoEditor)
	d.e.typing.after = d.clock.after
	d.win = test.NewTempWindow(t, d.e.Object())
	d.win.SetPadded(false)
	d.win.Resize(fyne.NewSize(300, 400))
	return d
}

func emptyTodo(t *testing.T) *deskHandle {
	return newDeskHandle(t, todoTestView, cards.NewTodo(""))
}

// list is the document as text: "x" before items that are done.
func (d *todoDesk) list() string {
	d.e.typing.flush()
	var out []string
	for _, it := range todoOf(d.h).Items {
		s := it.Text
		if it.Done {
			s = "x " + s
		}
		out = append(out, s)
	}
	return strings.Join(out, "|")
}

// shown is the list that the editor shows.
func (d *todoDesk) shown() string {
	var out []string
	for _, it := range d.e.items {
		out = append(out, it.Text)
	}
	return strings.Join(out, "|")
}

func (d *todoDesk) keys(names ...fyne.KeyName) {
	for _, n := range names {
		typeKey(d.win.Canvas().Focused(), n)
	}
}

func (d *todoDesk) write(s string) { test.Type(d.win.Canvas().Focused(), s) }

// press clicks with the mouse at a place of the card.
func (d *todoDesk) press(x, y float32) {
	m := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary}
	d.e.MouseDown(m)
	d.e.MouseUp(m)
}

func (d *todoDesk) want(t *testing.T, want string) {
	t.Helper()
	if got := d.list(); got != want {
		t.Errorf("the document says %q, want %q", got, want)
	}
	d.settle(d.e.flights)
	if got := d.shown(); got != want && want == d.list() {
		plain := strings.ReplaceAll(want, "x ", "")
		if got != plain {
			t.Errorf("the editor shows %q, want %q", got, plain)
		}
	}
	if len(d.h.fails) > 0 {
		t.Errorf("refused: %v", d.h.fails)
	}
}

func TestTodoEditorWritesAList(t *testing.T) {
	d := newTodoDesk(t, emptyTodo(t))
	d.e.Focus(d.win.Canvas(), Point{-1, -1})
	d.write("milk")
	d.keys(fyne.KeyReturn)
	d.write("eggs")
	d.keys(fyne.KeyReturn)
	d.keys(fyne.KeyEscape)
	d.want(t, "milk|eggs")
	if d.left != 1 {
		t.Errorf("left %d times", d.left)
	}
}

func TestTodoEditorTypesIntoTheRightItemBeforeTheDocumentAnswers(t *testing.T) {
	h := emptyTodo(t)
	h.hold()
	d := newTodoDesk(t, h)
	d.e.Focus(d.win.Canvas(), Point{-1, -1})
	d.write("milk")
	d.keys(fyne.KeyReturn)
	d.write("eggs")
	d.e.Show(h.Snapshot().Value) // of before it all
	d.write("!")
	d.e.typing.flush()
	h.release()
	d.want(t, "milk|eggs!")
}

func TestTodoEditorSplitsAndJoins(t *testing.T) {
	d := newTodoDesk(t, newDeskHandle(t, todoTestView, cards.NewTodo("T", cards.NewItem{ID: "a", Text: "breadbutter"}, cards.NewItem{ID: "b", Text: "jam"})))
	d.e.write(todoSlot{id: "a"}, 5)
	d.keys(fyne.KeyReturn)
	d.want(t, "bread|butter|jam")
	d.keys(fyne.KeyBackspace)
	d.want(t, "breadbutter|jam")
	typeUndo(d.win.Canvas().Focused())
	d.want(t, "bread|butter|jam")
	typeUndo(d.win.Canvas().Focused())
	d.want(t, "breadbutter|jam")
}

func TestTodoEditorBackspaceRemovesAnEmptyItem(t *testing.T) {
	d := newTodoDesk(t, newDeskHandle(t, todoTestView, cards.NewTodo("T", cards.NewItem{ID: "a", Text: "one"}, cards.NewItem{ID: "b", Text: ""}, cards.NewItem{ID: "c", Text: "three"})))
	d.e.write(todoSlot{id: "b"}, 0)
	d.keys(fyne.KeyBackspace)
	d.write("!")
	d.want(t, "one!|three")
}

func TestTabLeadsIntoAListAndEscOut(t *testing.T) {
	d := newTodoDesk(t, newDeskHandle(t, todoTestView, cards.NewTodo("Trip", cards.NewItem{ID: "a", Text: "Milk"}, cards.NewItem{ID: "b", Text: "Bread"})))
	c := d.win.Canvas()
	c.FocusNext()
	if c.Focused() == nil || !d.e.AcceptsTab() {
		t.Fatalf("%T has the keys and nothing is written in", c.Focused())
	}
	d.write("!")
	if got := d.list(); got != "Milk!|Bread" {
		t.Errorf("the list is %q", got)
	}
	d.keys(fyne.KeyEscape)
	if d.left != 1 || d.e.AcceptsTab() {
		t.Errorf("left %d times, and Tab is kept: %v", d.left, d.e.AcceptsTab())
	}

	d = newTodoDesk(t, emptyTodo(t)) // looking at a list adds nothing to it
	d.win.Canvas().FocusNext()
	d.keys(fyne.KeyEscape)
	if got := d.list(); got != "" || d.left != 1 {
		t.Errorf("the list is %q, left %d times", got, d.left)
	}

	d = newTodoDesk(t, emptyTodo(t))
	d.Env.ReadOnly = true
	d.win.Canvas().FocusNext()
	d.keys(fyne.KeyEscape)
	if d.left != 1 || d.e.AcceptsTab() {
		t.Error("a list that can only be read keeps the keys")
	}
}

func TestTodoEditorWalksBetweenItems(t *testing.T) {
	d := newTodoDesk(t, newDeskHandle(t, todoTestView, cards.NewTodo("T", cards.NewItem{ID: "a", Text: "one"}, cards.NewItem{ID: "b", Text: "two"})))
	d.e.write(todoSlot{id: "b"}, -1)
	d.keys(fyne.KeyUp)
	d.write("1")
	d.keys(fyne.KeyUp)
	d.write("!")
	d.want(t, "one1|two")
	if got := todoOf(d.h).Title; got != "T!" {
		t.Errorf("title %q", got)
	}
	d.keys(fyne.KeyReturn)
	d.write("0")
	d.want(t, "0one1|two")
}

func TestTodoEditorMouse(t *testing.T) {
	d := newTodoDesk(t, sampleTodo(t))
	v := &d.e.view
	row := func(i int) float32 { return v.ys[i] + todoLineH/2 }
	d.press(cardPadX+4, row(2))
	d.want(t, "x Send the invitations|Choose a place that is large enough for everybody and not too far from the station|x Order cake|x Call the band|Reply to Ana|x Borrow chairs|Thank everybody")
	d.press(v.width-5, row(1))
	d.press(v.width-5, row(0))
	d.want(t, "x Order cake|x Call the band|Reply to Ana|x Borrow chairs|Thank everybody")
	d.press(todoTextX+1, row(2))
	d.write("Quickly r")
	d.want(t, "x Order cake|x Call the band|Quickly rReply to Ana|x Borrow chairs|Thank everybody")
	d.press(todoTextX+1, row(5))
	d.write("Sleep")
	d.want(t, "x Order cake|x Call the band|Quickly rReply to Ana|x Borrow chairs|Thank everybody|Sleep")
}

func TestTodoEditorMakesItemsOfPastedLines(t *testing.T) {
	d := newTodoDesk(t, newDeskHandle(t, todoTestView, cards.NewTodo("T", cards.NewItem{ID: "a", Text: "one"}, cards.NewItem{ID: "b", Text: "two"})))
	d.e.write(todoSlot{id: "a"}, -1)
	d.e.pen.Replace(" and\n- [x] half\n\n * third\n")
	d.want(t, "one and|x half|third|two")
	d.write("!")
	d.want(t, "one and|x half|third!|two")
	typeUndo(d.win.Canvas().Focused())
	typeUndo(d.win.Canvas().Focused())
	d.want(t, "one|two")
	d.e.write(todoSlot{title: true}, -1)
	d.e.pen.Replace("\nU")
	d.e.typing.end()
	if got := todoOf(d.h).Title; got != "T U" {
		t.Errorf("title %q", got)
	}
}

func TestTodoEditorDragsAnItem(t *testing.T) {
	d := newTodoDesk(t, newDeskHandle(t, todoTestView, cards.NewTodo("T", cards.NewItem{ID: "a", Text: "one"}, cards.NewItem{ID: "b", Text: "two"}, cards.NewItem{ID: "c", Text: "three"})))
	drag := func(from, to float32) {
		m := fyne.PointEvent{Position: fyne.NewPos(5, from)}
		d.e.MouseDown(&desktop.MouseEvent{PointEvent: m, Button: desktop.MouseButtonPrimary})
		m.Position.Y = to
		d.e.Dragged(&fyne.DragEvent{PointEvent: m})
		d.e.DragEnd()
	}
	ys := d.e.view.ys
	drag(ys[0]+5, ys[3]+5)
	d.want(t, "two|three|one")
	drag(ys[2]+5, ys[0]-2)
	d.want(t, "one|two|three")
	drag(ys[1]+5, ys[1]+8)
	d.want(t, "one|two|three")
}

func TestTodoEditorDueDate(t *testing.T) {
	d := newTodoDesk(t, sampleTodo(t))
	d.press(d.e.view.width-cardPadX-6, d.e.view.ys[0]+todoLineH/2)
	if d.e.due == nil {
		t.Fatal("no popup")
	}
	d.e.due.submit("whenever")
	if !strings.Contains(d.e.due.say.Text, "Not a date") {
		t.Errorf("nothing is said about a word that is no date: %q", d.e.due.say.Text)
	}
	d.e.due.submit("tomorrow")
	if got := todoOf(d.h).Items[0].Due; got != "2026-03-12" {
		t.Errorf("due %q", got)
	}
}

func TestTodoEditorFollowsOthers(t *testing.T) {
	d := newTodoDesk(t, sampleTodo(t))
	d.e.write(todoSlot{id: "c"}, -1)
	d.write("s")
	d.h.foreign(t, doc.Splice{Path: doc.At("items", "c", "text"), From: 0, Insert: "Please: "}, doc.Delete{Path: doc.At("items", "a")})
	d.e.Show(nil)
	if got := d.e.pen.Text(); got != "Please: Order cakes" {
		t.Errorf("the editor shows %q", got)
	}
	d.h.foreign(t, doc.Delete{Path: doc.At("items", "c")})
	d.e.Show(nil)
	if d.e.live != (todoSlot{id: "b"}) {
		t.Errorf("after its item was removed the caret is in %+v", d.e.live)
	}
}

func TestTodoEditorIsAsHighAsTheCard(t *testing.T) {
	d := newTodoDesk(t, sampleTodo(t))
	_, want := naturalTodo(newTestShaper(), todoOf(d.h), 300)
	if got := d.e.Natural(300); got != want {
		t.Errorf("the editor wants %v, the card is %v high", got, want)
	}
	d.e.write(todoSlot{id: "b"}, 0)
	if got := d.e.Natural(300); got != want {
		t.Errorf("writing in an item changes the height to %v from %v", got, want)
	}
	d.e.write(todoSlot{title: true}, 0)
	if got := d.e.Natural(300); got != want {
		t.Errorf("writing in the title changes the height to %v from %v", got, want)
	}
}
