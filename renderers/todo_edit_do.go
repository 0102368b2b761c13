package renderers

import (
	"slices"

	"corkboard/cards"
	"corkboard/doc"
)

// This file is what can be done to the list. Each action is a command of its
// own, so that two people's actions merge; the list shown here changes at
// once, and for good when the snapshot comes.

func (e *todoList) do(c doc.Command[cards.Todo]) {
	e.flights.track(doCommand(e.host.Handle, c))
}

// sendTyped is called by typing with what has been written in the live slot.
func (e *todoList) sendTyped(was, now, gesture string) {
	e.setText(e.live, was, now, gesture)
}

func (e *todoList) setText(s todoSlot, was, now, gesture string) {
	if s.title {
		e.title = now
		e.do(cards.SetTodoTitle{Was: was, Now: now, Gesture: gesture})
		return
	}
	e.change(s.id, func(it *cards.TodoItem) { it.Text = now })
	e.do(cards.EditItem{ID: s.id, Was: was, Now: now, Gesture: gesture})
}

// change changes an item of the list that is shown.
func (e *todoList) change(id string, f func(*cards.TodoItem)) {
	i := e.find(id)
	if i < 0 {
		return
	}
	e.items = slices.Clone(e.items)
	f(&e.items[i])
}

// insert puts a new item behind another ("" = on top).
func (e *todoList) insert(after, text, gesture string) string {
	id := string(e.host.Env.NewID())
	at := e.find(after) + 1
	e.items = slices.Insert(slices.Clone(e.items), at, cards.TodoItem{ID: id, Text: text})
	e.do(cards.AddItem{ID: id, After: after, Text: text, Gesture: gesture})
	return id
}

// addItem writes a new item at the end.
func (e *todoList) addItem() {
	e.leaveSlot()
	last := ""
	if n := len(e.items); n > 0 {
		last = e.items[n-1].ID
	}
	e.write(todoSlot{id: e.insert(last, "", "")}, 0)
}

func (e *todoList) remove(id, gesture string) {
	i := e.find(id)
	if i < 0 {
		return
	}
	if e.live.id == id {
		e.typing.end()
		e.live = todoSlot{}
	}
	e.items = slices.Delete(slices.Clone(e.items), i, i+1)
	e.do(cards.RemoveItem{ID: id, Gesture: gesture})
	e.arrange()
}

func (e *todoList) tick(id string) {
	i := e.find(id)
	if i < 0 {
		return
	}
	e.typing.end()
	done := !e.items[i].Done
	e.change(id, func(it *cards.TodoItem) { it.Done = done })
	e.do(cards.TickItem{ID: id, Done: done})
	e.restyle()
	e.arrange()
}

func (e *todoList) setDue(id, due string) {
	e.typing.end()
	e.change(id, func(it *cards.TodoItem) { it.Due = due })
	e.do(cards.SetDue{ID: id, Due: due})
	e.arrange()
}

// move puts an item behind another ("" = on top).
func (e *todoList) move(id, after string) {
	i := e.find(id)
	if i < 0 || id == after {
		return
	}
	e.typing.end()
	it := e.items[i]
	e.items = slices.Delete(slices.Clone(e.items), i, i+1)
	e.items = slices.Insert(e.items, e.find(after)+1, it)
	e.do(cards.MoveItem{ID: id, After: after})
	e.arrange()
}

// enter splits the item at the caret; the rest becomes the next item.
func (e *todoList) enter() {
	e.typing.end()
	from, to := e.pen.Selection()
	text := e.pen.Text()
	r := []rune(text)
	slot := e.live
	switch {
	case slot.title && len(e.items) > 0:
		e.write(todoSlot{id: e.items[0].ID}, 0)
	case slot.title:
		e.addItem()
	case len(r) == 0:
		// An empty item is the new item already.
	case to == 0:
		// The item keeps its text, tick and date; the new one goes above it.
		e.insert(e.before(slot).id, "", "")
		e.arrange()
	default:
		e.typing.bursts++
		g := e.typing.gesture()
		rest := string(r[to:])
		if from < len(r) {
			e.setText(slot, text, string(r[:from]), g)
		}
		e.typing.reset(string(r[:from]))
		e.write(todoSlot{id: e.insert(slot.id, rest, g)}, 0)
	}
}

// backspace at the start of an item joins it to the one above; an empty item
// vanishes. It reports whether it did something.
func (e *todoList) backspace() bool {
	if from, to := e.pen.Selection(); from != 0 || to != 0 || e.live.title {
		return false
	}
	slot, above := e.live, e.before(e.live)
	rest := e.pen.Text()
	if above.title && rest != "" {
		return false
	}
	e.typing.end()
	e.typing.bursts++
	g := e.typing.gesture()
	text, _ := e.textOf(above)
	if rest != "" {
		e.setText(above, text, text+rest, g)
	}
	e.remove(slot.id, g)
	e.write(above, len([]rune(text)))
	return true
}
