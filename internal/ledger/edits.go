package ledger

import (
	"fmt"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// token is new each time, in all runs of a profile.
func (w *worker) token() string {
	w.count++
	return fmt.Sprintf("%s.%d", w.name, w.count)
}

func (w *worker) create() error {
	t := w.token()
	id := named("new", t)
	return w.saved(w.Store.Create(id, cards.NewText(t+"\n")), Fact{There, IsLine, id, t})
}

// write puts a line somewhere into a text.
func (w *worker) write() error { return w.writeTo(w.texts[w.random.IntN(shared)], w.token()) }

func (w *worker) writeTo(text *doc.Live[cards.Text], t string) error {
	return w.saved(text.Do(insertLine{t, w.random.IntN(1 << 20)}), Fact{There, IsLine, text.ID(), t})
}

// insertLine puts a line between two others of the newest text: an editor that
// showed an older one could put it into the middle of another line.
type insertLine struct {
	line string
	at   int // modulo the number of places
}

// Plan implements doc.Command. The line is the label, by which its undo step
// is known again.
func (c insertLine) Plan(t cards.Text) (doc.Plan, error) {
	lines := strings.SplitAfter(t.Text, "\n")
	at := c.at % len(lines)
	now := strings.Join(lines[:at], "") + c.line + "\n" + strings.Join(lines[at:], "")
	p, err := cards.EditText{Was: t.Text, Now: now}.Plan(t)
	p.Label = c.line
	return p, err
}

// undo writes a line, takes the newest one back (also of an earlier run), or
// does it again. The step's label is the line.
func (w *worker) undo() error {
	undo, redo, canUndo, canRedo := w.mine.Steps()
	id := w.mine.ID()
	switch dice := w.random.IntN(3); {
	case dice == 0 && canUndo:
		w.Say(Fact{Maybe, IsLine, id, undo.Label})
		return w.saved(w.mine.Undo(), Fact{Gone, IsLine, id, undo.Label})
	case dice == 1 && canRedo:
		w.Say(Fact{Maybe, IsLine, id, redo.Label})
		return w.saved(w.mine.Redo(), Fact{There, IsLine, id, redo.Label})
	}
	return w.writeTo(w.mine, w.token())
}

func (w *worker) addItem() error {
	todo := w.todos[w.random.IntN(shared)]
	t := w.token()
	add := cards.AddItem{ID: t, Text: "item " + t}
	if items := todo.Snapshot().Value.Items; len(items) > 0 {
		add.After = items[w.random.IntN(len(items))].ID
	}
	return w.saved(todo.Do(add), Fact{There, IsItem, todo.ID(), t})
}

func (w *worker) tick() error {
	todo := w.todos[w.random.IntN(shared)]
	items := todo.Snapshot().Value.Items
	if len(items) == 0 {
		return nil
	}
	it := items[w.random.IntN(len(items))]
	if it.Done || passing(it.ID) {
		return nil
	}
	return w.saved(todo.Do(cards.TickItem{ID: it.ID, Done: true}), Fact{There, IsDone, todo.ID(), it.ID})
}

// passing tells the items that are removed again; nobody else touches them.
func passing(id string) bool { return strings.HasSuffix(id, "x") }

func (w *worker) dropItem() error {
	todo := w.todos[w.random.IntN(shared)]
	t := w.token() + "x"
	if err := w.saved(todo.Do(cards.AddItem{ID: t, Text: t}), Fact{There, IsItem, todo.ID(), t}); err != nil {
		return err
	}
	w.Say(Fact{Maybe, IsItem, todo.ID(), t})
	return w.saved(todo.Do(cards.RemoveItem{ID: t}), Fact{Gone, IsItem, todo.ID(), t})
}

func (w *worker) pin() error {
	b := w.boards[w.random.IntN(shared)]
	t := w.token()
	pin := board.Pin{ID: board.CardID(t), Link: share.Link{Document: named("text", 0), Kind: cards.KindText}, At: board.Point{Y: float64(w.count * step)}}
	return w.saved(b.Do(board.AddCards{Cards: []board.Pin{pin}}), Fact{There, IsCard, b.ID(), t})
}

// move moves a card one step to the right: how far it came counts the moves.
func (w *worker) move() error {
	b := w.boards[w.random.IntN(shared)]
	list := b.Snapshot().Value
	if list == nil || len(list.Cards) == 0 {
		return nil
	}
	id := list.Cards[w.random.IntN(len(list.Cards))].ID
	return w.saved(b.Do(board.MoveCards{IDs: []board.CardID{id}, By: board.Point{X: step}}), Fact{There, IsMove, b.ID(), string(id)})
}
