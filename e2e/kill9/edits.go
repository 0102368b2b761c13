package kill9

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// shared is the number of documents of each type that all workers edit.
const shared = 2

// step is how far one move goes, in board units.
const step = board.Grid

func named(what string, n any) doc.ID {
	return doc.NewID(sha256.Sum256(fmt.Append(nil, "kill9 ", what, " ", n)))
}

// prepare makes the shared documents; those of earlier runs are there already.
func (v *victim) prepare() error {
	var list []doc.Receipt
	for n := range shared {
		list = append(list,
			v.store.Create(named("text", n), cards.NewText("")),
			v.store.Create(named("todo", n), cards.NewTodo("")),
			v.store.Create(named("board", n), board.Create("", "")))
	}
	for n := range workers {
		list = append(list, v.store.Create(named("undo", n), cards.NewText("")))
	}
	for _, r := range list {
		if err := r.Wait(context.Background()); err != nil && !outcome(err) {
			return fmt.Errorf("making a document: %w", err)
		}
	}
	return nil
}

// worker makes edits of all sorts, one after the other.
type worker struct {
	*victim
	name   string
	random *rand.Rand
	count  int
	texts  [shared]*doc.Live[cards.Text]
	todos  [shared]*doc.Live[cards.Todo]
	boards [shared]*doc.Live[*board.Board]
	mine   *doc.Live[cards.Text] // nobody else edits or undoes here
}

func (v *victim) work(n int) error {
	seed := fnv.New64a()
	fmt.Fprint(seed, v.run)
	w := &worker{victim: v, name: fmt.Sprintf("%s.%d", v.run, n), random: rand.New(rand.NewPCG(seed.Sum64(), uint64(n)))}
	for i := range shared {
		w.texts[i] = doc.Open(v.store, named("text", i), "text", cards.TextCodec{})
		w.todos[i] = doc.Open(v.store, named("todo", i), "todo", cards.TodoCodec{})
		w.boards[i] = doc.Open(v.store, named("board", i), "board", board.Codec{})
	}
	w.mine = doc.Open(v.store, named("undo", n), "text", cards.TextCodec{})
	sorts := []func() error{w.create, w.write, w.write, w.addItem, w.tick, w.pin, w.move, w.move, w.undo, w.undo, w.write, w.dropItem}
	if v.liar {
		sorts = []func() error{w.create, w.write, w.addItem, w.pin}
	}
	for range maxEdits {
		select {
		case <-v.closing:
			return nil
		default:
		}
		if err := sorts[w.random.IntN(len(sorts))](); err != nil {
			return err
		}
	}
	return nil
}

// token is new each time, in all runs of a profile.
func (w *worker) token() string {
	w.count++
	return fmt.Sprintf("%s.%d", w.name, w.count)
}

func (w *worker) create() error {
	t := w.token()
	id := named("new", t)
	return w.saved(w.store.Create(id, cards.NewText(t+"\n")), fact{there, isLine, id, t})
}

// write puts a line somewhere into a text.
func (w *worker) write() error { return w.writeTo(w.texts[w.random.IntN(shared)], w.token()) }

func (w *worker) writeTo(text *doc.Live[cards.Text], t string) error {
	return w.saved(text.Do(insertLine{t, w.random.IntN(1 << 20)}), fact{there, isLine, text.ID(), t})
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
		w.say(fact{maybe, isLine, id, undo.Label})
		return w.saved(w.mine.Undo(), fact{gone, isLine, id, undo.Label})
	case dice == 1 && canRedo:
		w.say(fact{maybe, isLine, id, redo.Label})
		return w.saved(w.mine.Redo(), fact{there, isLine, id, redo.Label})
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
	return w.saved(todo.Do(add), fact{there, isItem, todo.ID(), t})
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
	return w.saved(todo.Do(cards.TickItem{ID: it.ID, Done: true}), fact{there, isDone, todo.ID(), it.ID})
}

// passing tells the items that are removed again; nobody else touches them.
func passing(id string) bool { return strings.HasSuffix(id, "x") }

func (w *worker) dropItem() error {
	todo := w.todos[w.random.IntN(shared)]
	t := w.token() + "x"
	if err := w.saved(todo.Do(cards.AddItem{ID: t, Text: t}), fact{there, isItem, todo.ID(), t}); err != nil {
		return err
	}
	w.say(fact{maybe, isItem, todo.ID(), t})
	return w.saved(todo.Do(cards.RemoveItem{ID: t}), fact{gone, isItem, todo.ID(), t})
}

func (w *worker) pin() error {
	b := w.boards[w.random.IntN(shared)]
	t := w.token()
	pin := board.Pin{ID: board.CardID(t), Link: share.Link{Document: named("text", 0), Kind: cards.KindText}, At: board.Point{Y: float64(w.count * step)}}
	return w.saved(b.Do(board.AddCards{Cards: []board.Pin{pin}}), fact{there, isCard, b.ID(), t})
}

// move moves a card one step to the right: how far it came counts the moves.
func (w *worker) move() error {
	b := w.boards[w.random.IntN(shared)]
	list := b.Snapshot().Value
	if list == nil || len(list.Cards) == 0 {
		return nil
	}
	id := list.Cards[w.random.IntN(len(list.Cards))].ID
	return w.saved(b.Do(board.MoveCards{IDs: []board.CardID{id}, By: board.Point{X: step}}), fact{there, isMove, b.ID(), string(id)})
}
