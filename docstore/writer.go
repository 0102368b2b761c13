package docstore

import (
	"context"
	"fmt"
	"sync"
	"time"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/replica"
)

// item is one plan on its way to the disk.
type item struct {
	in      *collection
	doc     *document // nil if it is of none
	begins  *beginning
	records []*loose // that go with the rows
	rows    []*chunkRow
	held    []*loose  // from elsewhere, as it came
	came    *came     // what has become of the document by it
	peer    *peer     // what another replica has
	heads   doc.Heads // of the document after it
	steps   []doc.StepChange
	time    int64
	receipt *receipt
}

// loose is a record, or a chunk of which nobody says yet what it is.
type loose struct {
	replica.Item
	place int64
}

func looseOf(list []replica.Item) []*loose {
	out := make([]*loose, len(list))
	for n, i := range list {
		out[n] = &loose{Item: i}
	}
	return out
}

// changes is how many changes the plan has left behind.
func (i *item) changes() (n int) {
	for _, r := range i.rows {
		if r.written.Kind == chunk.KindChange {
			n++
		}
	}
	return n
}

// writer is the one goroutine that writes log.db. It takes everything that is
// waiting into one transaction.
type writer struct {
	store *Store
	pause time.Duration

	mu    sync.Mutex
	queue []*item
	words map[wordOf]*item // go with the next commit
	due   bool             // there is one to come for them

	wake, again chan struct{} // capacity 1: a signal is not lost, nor counted
	done        chan struct{}
}

func newWriter(s *Store, pause time.Duration) *writer {
	return &writer{
		store: s, pause: pause, words: map[wordOf]*item{},
		wake: make(chan struct{}, 1), again: make(chan struct{}, 1),
		done: make(chan struct{}),
	}
}

func (w *writer) put(i *item) {
	w.mu.Lock()
	w.queue = append(w.queue, i)
	w.mu.Unlock()
	signal(w.wake)
}

// wordPause is how long a word of another replica waits for a commit that there is
// anyway. One that is lost is said again.
const wordPause = time.Second

// wordOf is whose word it is; of two the newer stays.
type wordOf struct {
	in      *collection
	replica [16]byte
}

// note takes a word of another replica, which needs no commit of its own.
func (w *writer) note(i *item) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.words[wordOf{i.in, i.peer.Replica}] = i
	if !w.due {
		w.due = true
		time.AfterFunc(wordPause, func() { signal(w.wake) })
	}
}

// hurry has the words written now; the receipts are counted.
func (w *writer) hurry() {
	for _, i := range w.takeWords(&w.store.board.pending) {
		w.put(i)
	}
}

func (w *writer) takeWords(p *pending) (list []*item) {
	w.mu.Lock()
	for _, i := range w.words {
		list = append(list, i)
	}
	clear(w.words)
	w.due = false
	w.mu.Unlock()
	for _, i := range list {
		i.receipt = newReceipt(p)
	}
	return list
}

func (w *writer) take() []*item {
	words := w.takeWords(nil)
	w.mu.Lock()
	defer w.mu.Unlock()
	list := append(w.queue, words...)
	w.queue = nil
	return list
}

func (w *writer) retry() { signal(w.again) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (w *writer) run() {
	defer close(w.done)
	var batch []*item
	defer func() {
		for _, i := range append(batch, w.take()...) {
			i.receipt.markSaved(fmt.Errorf("%w: %w", ErrNotSaved, doc.ErrClosed))
		}
	}()
	for {
		select {
		case <-w.wake:
		case <-w.store.quit:
			return
		}
		batch = w.take()
		if len(batch) == 0 {
			continue
		}
		board := w.store.board
		err := board.attempt(func() error { return w.store.commit(batch) })
		for err != nil {
			w.store.opt.Log.Error("saving failed", "err", err, "plans", len(batch))
			if !w.waitToRetry() {
				return
			}
			batch = append(batch, w.take()...)
			err = board.attempt(func() error { return w.store.recommit(batch) })
		}
		settle(batch)
		w.store.tellSaved(batch)
		batch = nil
	}
}

// waitToRetry is false when the store closes without having saved.
func (w *writer) waitToRetry() bool {
	timer := time.NewTimer(w.pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-w.again:
	case <-w.store.quit:
		return false
	}
	return true
}

func settle(batch []*item) {
	for _, i := range batch {
		if i.doc != nil {
			i.doc.saved(i)
		}
	}
	for _, i := range batch {
		i.receipt.markSaved(nil)
	}
}

// recommit does not know what became of the last commit: it opens the log
// anew, asks which changes are there, and writes the rest.
func (s *Store) recommit(batch []*item) error {
	if err := s.reopenLog(); err != nil {
		return err
	}
	s.unshelve() // nobody knows which places have been given
	rest, err := s.missing(context.Background(), batch)
	if err != nil || len(rest) == 0 {
		return err
	}
	return s.commit(rest)
}
