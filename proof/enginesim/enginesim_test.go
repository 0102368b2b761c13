// Package enginesim lets stores of ten people work on the same documents with real
// Automerge, and holds each against what its log, its cache and another engine say.
package enginesim

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore"
	"corkboard/internal/company"
	"corkboard/internal/plant"
	"corkboard/internal/proof"
	"corkboard/share"
)

const (
	short    = 1 // worlds
	people   = 10
	boards   = 20
	commands = 1000 // of a world
	planted  = "ENGINESIM_PLANTED"
)

// world is a company at work.
type world struct {
	*company.Company
	random *rand.Rand
	ids    []doc.ID // boards, and after them as many notes
	did    map[string]int
	size   int // people
	code   string
}

var errDiffers = errors.New("a document is not what it was")

func TestEngineSim(t *testing.T) {
	proof.Need(t)
	if os.Getenv(planted) != "" {
		t.Skip("a canary")
	}
	first, n := proof.Runs(t, short)
	began := time.Now()
	did, failed := map[string]int{}, 0
	for seed := first; seed < first+uint64(n); seed++ {
		if err := play(t, seed, people, commands, true, did); err != nil {
			failed++
			t.Errorf("seed %d: %v\nagain: make engine-sim N=1 SEED=%d", seed, err, seed)
		}
	}
	caught := canaries(t)
	proof.Say("engine-sim", "%d worlds of %d people, %d boards and %d notes, seeds %d-%d; %d commands, %d merges, %d quits and %d crashes in between; "+
		"documents read again: %d from the cache, %d from the log, %d from the log by the sandboxed engine; worlds that failed: %d; "+
		"canaries caught: %s; %.0f s",
		n, people, boards, boards, first, first+uint64(n)-1, did["commands"], did["merges"], did["quits"], did["crashes"],
		did["cache"], did["log"], did["sandboxed"], failed, strings.Join(caught, ", "), time.Since(began).Seconds())
}

// TestSmallWorld is what the canaries play.
func TestSmallWorld(t *testing.T) {
	if os.Getenv(planted) == "" {
		t.Skip("only canaries need it")
	}
	if err := play(t, 1, 3, 100, false, map[string]int{}); err != nil {
		t.Error(err)
	}
}

// play plays one world and tells the first thing that is wrong.
func play(t *testing.T, seed uint64, size, commands int, sandboxed bool, did map[string]int) error {
	t.Helper()
	w := &world{random: rand.New(rand.NewPCG(seed, 7)), did: did, size: size, code: t.TempDir()}
	var err error
	w.Company, err = company.Found(t.TempDir(), size, w.options())
	defer w.Abandon()
	for n := 0; n < 2*boards && err == nil; n++ {
		edits := board.Create(fmt.Sprint("board ", n), "")
		if n >= boards {
			edits = cards.NewText("a note")
		}
		var id doc.ID
		id, err = w.Create(edits...)
		w.ids = append(w.ids, id)
	}
	if err == nil {
		err = w.meet()
	}
	for n := 0; n < commands && err == nil; n++ {
		err = w.turn()
	}
	if err == nil {
		err = w.end(sandboxed)
	}
	return err
}

// options change with each start: a cache that is written at once or when the program
// quits, and few engines, so that documents are saved and loaded all the time.
func (w *world) options() docstore.Options {
	return docstore.Options{
		Code: w.code, Engines: 1 + w.random.IntN(4),
		Idle: []time.Duration{time.Nanosecond, 5 * time.Millisecond, time.Hour}[w.random.IntN(3)],
	}
}

// turn is one command of somebody, and now and then something else.
func (w *world) turn() error {
	who := w.random.IntN(w.size)
	switch w.random.IntN(60) {
	case 0, 1:
		return w.again(who)
	case 2, 3, 4, 5:
		w.did["merges"]++
		return w.merge(who, (who+1+w.random.IntN(w.size-1))%w.size)
	}
	s, at := w.Stores[who], w.random.IntN(len(w.ids))
	var err error
	if at < boards {
		err = do(w, doc.Open(s, w.ids[at], "board", board.Codec{}), w.onBoard)
	} else {
		err = do(w, doc.Open(s, w.ids[at], "text", cards.TextCodec{}), w.onNote)
	}
	w.did["commands"]++
	return err
}

// do gives a document a command, or takes one back.
func do[T any](w *world, l *doc.Live[T], command func(T) doc.Command[T]) error {
	defer l.Close()
	if err := ready(l); err != nil {
		return err
	}
	var r doc.Receipt
	switch w.random.IntN(10) {
	case 0:
		r = l.Undo()
	case 1:
		r = l.Redo()
	default:
		r = l.Do(command(l.Snapshot().Value))
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	err := r.Wait(ctx)
	for _, usual := range []error{doc.ErrNothing, doc.ErrGone, board.ErrLocked} {
		if errors.Is(err, usual) {
			return nil
		}
	}
	return err
}

func ready[T any](l *doc.Live[T]) error {
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		s := l.Snapshot()
		switch {
		case s.State == doc.Ready && s.Err == nil:
			return nil
		case s.State != doc.Loading || time.Now().After(end):
			return fmt.Errorf("%w: %s is %v: %w", errDiffers, l.ID(), s.State, s.Err)
		}
	}
}

func (w *world) onBoard(b *board.Board) doc.Command[*board.Board] {
	ids := make([]board.CardID, 0, 4)
	for _, c := range b.Cards {
		if w.random.IntN(3) == 0 {
			ids = append(ids, c.ID)
		}
	}
	at := board.Point{X: float64(w.random.IntN(4000)), Y: float64(w.random.IntN(4000))}
	name := fmt.Sprint(w.random.Uint32())
	switch w.random.IntN(9) {
	case 0:
		return board.RemoveCards{IDs: ids}
	case 1:
		return board.LockCards{IDs: ids, Locked: w.random.IntN(3) == 0}
	case 2:
		return board.GroupCards{IDs: ids, Group: name}
	case 3:
		return board.Restack{IDs: ids, To: board.Level(w.random.IntN(4))}
	case 4:
		return board.SetTitle{Title: name}
	case 5, 6:
		return board.MoveCards{IDs: ids, By: at, Gesture: "drag"}
	}
	link := share.Link{Document: w.ids[boards+w.random.IntN(boards)], Kind: "text"}
	return board.AddCards{Cards: []board.Pin{{ID: board.CardID(name), Link: link, At: at}}}
}

func (w *world) onNote(t cards.Text) doc.Command[cards.Text] {
	r := []rune(t.Text)
	from := w.random.IntN(len(r) + 1)
	to := min(len(r), from+w.random.IntN(4))
	return cards.EditText{Was: t.Text, Now: string(r[:from]) + fmt.Sprint("é", w.random.IntN(100)) + string(r[to:])}
}

// shown is all documents of one store, as they are now.
func (w *world) shown(who int) ([]doc.Map, error) {
	var out []doc.Map
	for _, id := range w.ids {
		l := doc.Open(w.Stores[who], id, "raw", doctest.Raw{})
		err := ready(l)
		if out = append(out, l.Snapshot().Value); err != nil {
			return nil, err
		}
		l.Close()
	}
	return out, nil
}

// again ends somebody's program, by quitting or by a crash, and holds what the next start
// shows against what was there.
func (w *world) again(who int) error {
	before, err := w.shown(who)
	if err != nil {
		return err
	}
	if w.random.IntN(2) == 0 {
		w.did["quits"]++
		err = w.Close(who)
	} else {
		w.did["crashes"]++
		err = w.Stores[who].Abandon()
	}
	if err != nil {
		return err
	}
	return w.reread(who, "cache", before, w.options())
}

// reread opens a store that is closed and wants it to show the same.
func (w *world) reread(who int, how string, before []doc.Map, o docstore.Options) error {
	if err := w.Reopen(who, o); err != nil {
		return err
	}
	after, err := w.shown(who)
	if err != nil {
		return err
	}
	for i := range before {
		if w.did[how]++; !doc.Equal(before[i], after[i]) {
			return fmt.Errorf("%w: person %d, document %d, read from the %s: %s, was %s", errDiffers, who, i, how, doctest.Show(after[i]), doctest.Show(before[i]))
		}
	}
	return nil
}

// end brings all together: they must show the same, and so must the log of each.
func (w *world) end(sandboxed bool) error {
	if err := w.meet(); err != nil {
		return err
	}
	for who := range w.Stores {
		if err := w.fromLog(who, sandboxed && who == 0); err != nil {
			return err
		}
	}
	return nil
}

// merge lets two have the same.
func (w *world) merge(a, b int) error {
	if err := w.Carry(a, b); err != nil {
		return err
	}
	if err := w.Carry(b, a); err != nil {
		return err
	}
	return w.same(w.Stores[a], w.Stores[b])
}

// meet lets all have the same.
func (w *world) meet() error {
	if err := w.Meet(); err != nil {
		return err
	}
	return w.same(w.Stores...)
}

// same has stores take in what came, waits until they show one version of each document,
// and wants it to read the same.
func (w *world) same(stores ...*docstore.Store) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, s := range stores {
		if err := s.TakeIn(ctx); err != nil {
			return err
		}
	}
	for _, id := range w.ids {
		var open []*doc.Live[doc.Map]
		for _, s := range stores {
			open = append(open, doc.Open(s, id, "raw", doctest.Raw{}))
		}
		err := company.Same(open...)
		for _, l := range open {
			if a, b := open[0].Snapshot().Value, l.Snapshot().Value; err == nil && !doc.Equal(a, b) {
				err = fmt.Errorf("%w: %s of one version: %s, %s", errDiffers, id, doctest.Show(a), doctest.Show(b))
			}
			l.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fromLog throws the cache away and reads all changes again, perhaps with the other engine too.
func (w *world) fromLog(who int, sandboxed bool) error {
	before, err := w.shown(who)
	if err != nil {
		return err
	}
	ways := []string{"log"}
	if sandboxed {
		ways = append(ways, "sandboxed")
	}
	for _, how := range ways {
		if err := w.Close(who); err != nil {
			return err
		}
		caches, err := filepath.Glob(filepath.Join(w.Dirs[who], "cache.db*"))
		if err != nil || len(caches) == 0 {
			return fmt.Errorf("%w: person %d has no cache: %w", errDiffers, who, err)
		}
		for _, path := range caches {
			if err := os.Remove(path); err != nil {
				return err
			}
		}
		o := w.options()
		o.Sandbox = how == "sandboxed"
		if err := w.reread(who, how, before, o); err != nil {
			return err
		}
	}
	return nil
}

// canaries are faults that a small world must notice.
func canaries(t *testing.T) (caught []string) {
	for name, fault := range map[string]plant.Fault{
		"a cache keeps an old state under a new name": {
			File: "docstore/cache.go", Old: "SET heads = excluded.heads, body = excluded.body, body_hash = excluded.body_hash", New: "SET heads = excluded.heads",
		},
	} {
		program := filepath.Join(t.TempDir(), "planted.test")
		if err := plant.Test(t.Context(), program, "./proof/enginesim", fault); err != nil {
			t.Fatal(err)
		}
		c := exec.CommandContext(t.Context(), program, "-test.run=^TestSmallWorld$")
		c.Env = append(os.Environ(), planted+"=1")
		if said, err := c.CombinedOutput(); err == nil || !strings.Contains(string(said), errDiffers.Error()) {
			t.Errorf("canary: a small world does not notice: %s: %s", name, said)
			continue
		}
		caught = append(caught, name)
	}
	return caught
}
