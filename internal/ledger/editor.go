package ledger

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// shared is the number of documents of each type that all workers edit.
const shared = 2

// step is how far one move goes, in board units.
const step = board.Grid

func named(what string, n any) doc.ID {
	return doc.NewID(sha256.Sum256(fmt.Append(nil, "ledger ", what, " ", n)))
}

// Workers is how many edit at a time.
const Workers = 3

// Editor makes edits of all sorts in one store and says what was acknowledged.
type Editor struct {
	Store doc.Store
	Run   string     // unique in the profile; the edits follow from it
	Say   func(Fact) // on any goroutine of Work; before it returns the fact must be on record
	Liar  bool       // says "saved" before it is
}

// Prepare makes the shared documents; those of earlier runs are there already.
func (e *Editor) Prepare(ctx context.Context) error {
	var list []doc.Receipt
	for n := range shared {
		list = append(list,
			e.Store.Create(named("text", n), cards.NewText("")),
			e.Store.Create(named("todo", n), cards.NewTodo("")),
			e.Store.Create(named("board", n), board.Create("", "")))
	}
	for n := range Workers {
		list = append(list, e.Store.Create(named("undo", n), cards.NewText("")))
	}
	for _, r := range list {
		if err := r.Wait(ctx); err != nil && !outcome(err) {
			return fmt.Errorf("making a document: %w", err)
		}
	}
	return nil
}

// worker makes edits of all sorts, one after the other.
type worker struct {
	*Editor
	ctx    context.Context
	name   string
	random *rand.Rand
	count  int
	texts  [shared]*doc.Live[cards.Text]
	todos  [shared]*doc.Live[cards.Todo]
	boards [shared]*doc.Live[*board.Board]
	mine   *doc.Live[cards.Text] // nobody else edits or undoes here
}

// Work makes at most a number of edits as worker n, from 0, until stop is closed. It
// blocks; an error says that an edit was not saved.
func (e *Editor) Work(ctx context.Context, n, most int, stop <-chan struct{}) error {
	seed := fnv.New64a()
	fmt.Fprint(seed, e.Run)
	w := &worker{Editor: e, ctx: ctx, name: fmt.Sprintf("%s.%d", e.Run, n), random: rand.New(rand.NewPCG(seed.Sum64(), uint64(n)))}
	for i := range shared {
		w.texts[i] = doc.Open(e.Store, named("text", i), "text", cards.TextCodec{})
		w.todos[i] = doc.Open(e.Store, named("todo", i), "todo", cards.TodoCodec{})
		w.boards[i] = doc.Open(e.Store, named("board", i), "board", board.Codec{})
	}
	w.mine = doc.Open(e.Store, named("undo", n), "text", cards.TextCodec{})
	sorts := []func() error{w.create, w.write, w.write, w.addItem, w.tick, w.pin, w.move, w.move, w.undo, w.undo, w.write, w.dropItem}
	if e.Liar {
		sorts = []func() error{w.create, w.write, w.addItem, w.pin}
	}
	for range most {
		select {
		case <-stop:
			return nil
		default:
		}
		if err := sorts[w.random.IntN(len(sorts))](); err != nil {
			return err
		}
	}
	return nil
}

// outcome says that an error is none: the edit met a document in which it makes no sense.
func outcome(err error) bool {
	return errors.Is(err, doc.ErrGone) || errors.Is(err, doc.ErrNothing) || errors.Is(err, doc.ErrExists)
}

// saved waits for a receipt and says what it proves.
func (w *worker) saved(r doc.Receipt, f Fact) error {
	wait := r.Wait
	if w.Liar {
		wait = r.Applied
	}
	err := wait(w.ctx)
	if outcome(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f, err)
	}
	w.Say(f)
	return nil
}
