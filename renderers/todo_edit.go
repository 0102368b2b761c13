package renderers

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/renderers/textedit"
)

// todoSlot is a text of a to-do card: its title or an item. The zero slot is none.
type todoSlot struct {
	title bool
	id    string
}

func (s todoSlot) none() bool { return s == todoSlot{} }

// todoList edits a to-do card in place. Its rows are pictures, made by the
// painter's own code; only the row that is written in has a live pen. What it
// shows is the newest snapshot and, until they have landed, its own changes.
type todoList struct {
	widget.BaseWidget
	host    EditorHost
	flights *flights
	typing  *typing
	shaper  *paint.Shaper
	closed  bool
	canvas  fyne.Canvas // of the window, once it is known

	title string
	items []cards.TodoItem // never changed in place: shared with snapshots

	live todoSlot
	pen  *textedit.Editor // nil until something is written in

	zoom    float32
	natural float32 // that was told last
	top     float32 // scrolled away, board units
	view    todoView
	pointer todoPointer
	wheel   *wheel
	object  fyne.CanvasObject
	due     *duePopup
}

// todoEditor is a todoList as an Editor: both have a Show, of another meaning.
type todoEditor struct{ *todoList }

func newTodoEditor(host EditorHost) Editor { return todoEditor{makeTodoList(host)} }

func makeTodoList(host EditorHost) *todoList {
	e := &todoList{host: host, zoom: 1, shaper: paint.NewShaper()}
	e.ExtendBaseWidget(e)
	e.flights = newFlights(host.Env, e.follow)
	e.typing = &typing{pace: pace{now: host.Env.Now, after: alarmOf(host.Env), name: string(host.Env.NewID())}, send: e.sendTyped}
	e.wheel = newWheel(func(dy float32) {
		e.top -= dy / e.zoom
		e.arrange()
	})
	e.object = container.NewStack(clipping(e), e.wheel)
	e.view.init()
	e.follow()
	return e
}

// Object implements Editor.
func (e *todoList) Object() fyne.CanvasObject { return e.object }

// SetZoom implements Editor.
func (e *todoList) SetZoom(zoom float32) {
	if zoom <= 0 || zoom == e.zoom {
		return
	}
	e.zoom = zoom
	if e.pen != nil {
		e.pen.SetScale(zoom)
	}
	e.arrange()
}

// Focus implements Editor: into the text at the place, else to where one would
// write on.
func (e *todoList) Focus(c fyne.Canvas, at Point) {
	e.canvas = c
	hit := todoHit{}
	if at.X >= 0 && at.Y >= 0 {
		hit = e.hit(at)
	}
	switch n := len(e.items); {
	case hit.what == hitTitle, hit.what == hitText:
		e.writeAt(hit.slot, hit.at)
	case n == 0, hit.what == hitAdd:
		e.writeNew()
	default:
		e.write(todoSlot{id: e.items[n-1].ID}, -1)
	}
}

// writeNew puts the caret into the last item if it is empty, else into a new one.
func (e *todoList) writeNew() {
	if n := len(e.items); n > 0 && e.items[n-1].Text == "" {
		e.write(todoSlot{id: e.items[n-1].ID}, 0)
		return
	}
	e.addItem()
}

// Show implements Editor; the handle knows the newest value.
func (e todoEditor) Show(any) { e.look() }

func (e *todoList) look() {
	if !e.flights.flying() {
		e.follow()
	}
}

// follow shows the newest snapshot. An item that somebody removed while it was
// written in leaves the caret in the one above.
func (e *todoList) follow() {
	v, ok := e.host.Handle.Snapshot().Value.(cards.Todo)
	if !ok || e.closed {
		return
	}
	before := e.before(e.live)
	e.title, e.items = v.Title, v.Items
	if !e.live.none() {
		switch text, there := e.textOf(e.live); {
		case !there:
			e.typing.reset("")
			e.live = todoSlot{}
			e.write(before, -1)
		default:
			for _, s := range e.typing.follow(text) {
				e.pen.Splice(s.From, s.Delete, s.Insert)
			}
		}
	}
	e.arrange()
}

// Natural implements Editor.
func (e *todoList) Natural(width float32) float32 {
	if width <= 0 {
		width = 15 * cards.Cell
	}
	e.plan(width)
	return min(e.view.height, maxNaturalH)
}

// Close implements Editor.
func (e *todoList) Close() {
	if e.closed {
		return
	}
	e.leaveSlot()
	e.closed = true
	if e.pen != nil {
		e.pen.FocusLost() // its caret stops blinking
	}
	e.due.close()
	e.flights.close()
}

// find gives the index of an item, or -1.
func (e *todoList) find(id string) int {
	return slices.IndexFunc(e.items, func(it cards.TodoItem) bool { return it.ID == id })
}

// textOf is what is known to stand in a slot.
func (e *todoList) textOf(s todoSlot) (text string, ok bool) {
	if s.title {
		return e.title, true
	}
	if i := e.find(s.id); i >= 0 {
		return e.items[i].Text, true
	}
	return "", false
}

// before and after are the neighbours of a slot in reading order; none at the ends.
func (e *todoList) before(s todoSlot) todoSlot {
	i := e.find(s.id)
	switch {
	case s.title || s.none():
		return todoSlot{}
	case i > 0:
		return todoSlot{id: e.items[i-1].ID}
	}
	return todoSlot{title: true}
}

func (e *todoList) after(s todoSlot) todoSlot {
	i := e.find(s.id)
	if s.title {
		i = -1
	}
	if i+1 < len(e.items) {
		return todoSlot{id: e.items[i+1].ID}
	}
	return todoSlot{}
}

// today is the day of the clock, as in cards.DateLayout.
func (e *todoList) today() string { return e.host.Env.Now().Format(cards.DateLayout) }
