package docstore

import (
	"context"
	"fmt"
	"slices"
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

// What nobody waits for goes to the disk together.
const (
	gatherFor  = 30 * time.Millisecond // so long after the first of what came from elsewhere,
	gatherMost = 64 << 10              // unless that is so many bytes,
	noteAfter  = time.Second           // and so long after the first word of what others have
)

// patient says that nobody waits for an item: it is chunks from elsewhere, or what has
// become of them.
func (i *item) patient() bool {
	return i.came != nil || len(i.held) > 0 && !slices.ContainsFunc(i.held, func(l *loose) bool { return l.Sort != replica.Chunk })
}

// writer is the one goroutine that writes log.db. It takes everything that is
// waiting into one transaction.
type writer struct {
	store *Store
	pause time.Duration

	mu     sync.Mutex
	queue  []*item
	bytes  int  // of what came from elsewhere in queue
	urgent bool // somebody waits for queue
	notes  map[noteOf]*item
	due    bool // so does nobody for these, but it is time

	wake, again chan struct{} // capacity 1: a signal is not lost, nor counted
	done        chan struct{}
}

// noteOf is what a note is about; the newest counts.
type noteOf struct {
	in      *collection
	replica [16]byte
}

func newWriter(s *Store, pause time.Duration) *writer {
	return &writer{
		store: s, pause: pause, notes: map[noteOf]*item{},
		wake: make(chan struct{}, 1), again: make(chan struct{}, 1),
		done: make(chan struct{}),
	}
}

func (w *writer) put(i *item) {
	w.mu.Lock()
	w.queue = append(w.queue, i)
	for _, h := range i.held {
		w.bytes += len(h.Raw)
	}
	w.urgent = w.urgent || !i.patient() || w.bytes > gatherMost
	w.mu.Unlock()
	signal(w.wake)
}

// note puts a word of another replica on its way. What is lost of it is asked for
// again.
func (w *writer) note(in *collection, p PeerReplica) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.notes) == 0 {
		time.AfterFunc(noteAfter, w.takeNotes)
	}
	w.notes[noteOf{in, p.Replica}] = &item{in: in, peer: &peer{p}, time: p.Time, receipt: newReceipt(nil)}
}

// takeNotes puts the notes to what is waiting.
func (w *writer) takeNotes() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.due = true
	signal(w.wake)
}

// hurry has everything written now. Notes count as waited for from then on.
func (w *writer) hurry() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, i := range w.notes {
		i.receipt = newReceipt(&w.store.board.pending)
		w.queue = append(w.queue, i)
	}
	clear(w.notes)
	w.urgent = true
	signal(w.wake)
}

func (w *writer) take() []*item {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.queue
	if w.due {
		for _, i := range w.notes {
			list = append(list, i)
		}
		clear(w.notes)
	}
	w.queue, w.bytes, w.urgent, w.due = nil, 0, false, false
	return list
}

// gather waits for what comes soon after what has come from elsewhere; false when the
// store closes.
func (w *writer) gather() bool {
	timer := time.NewTimer(gatherFor)
	defer timer.Stop()
	for {
		w.mu.Lock()
		urgent := w.urgent
		w.mu.Unlock()
		if urgent {
			return true
		}
		select {
		case <-timer.C:
			return true
		case <-w.wake:
		case <-w.store.quit:
			return false
		}
	}
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
		if !w.gather() {
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
