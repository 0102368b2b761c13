package blobsync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

const (
	// maxSources is how many are asked at once.
	maxSources = 4
	// lanes is how many pieces are asked of each at once.
	lanes = 8
	// reaskAfter is how long a piece may take before somebody who has nothing
	// else to do is asked for it as well.
	reaskAfter = 2 * time.Second
	// silentAfter is how long somebody may bring nothing before another is asked
	// beside them.
	silentAfter = 10 * time.Second
)

// A Partial is a file that is being written, and remembers which pieces of it
// are. Except for Finish it is used on several goroutines.
type Partial interface {
	io.ReaderAt
	io.WriterAt
	// Have says whether a piece was marked, maybe by an earlier run of the program.
	Have(piece int) bool
	// Mark notes that a piece has been written, or that it must be written again.
	Mark(piece int, have bool) error
	// Finish compares the whole file with its name, makes it durable and gives it
	// the name under which others find it.
	Finish(ctx context.Context) error
}

// A Download fetches one file. It may Run several times, until one succeeds:
// what was fetched stays.
type Download struct {
	sealer   *sealer
	into     Partial
	progress func(done, total int64)
	reask    time.Duration
	silence  time.Duration

	mu      sync.Mutex
	list    *Manifest // nil until somebody has given a good one
	done    Bits
	free    Bits // missing, and asked of nobody
	flights map[int]*flight
	left    int // missing pieces

	run     *run
	waiting []*Client     // not asked yet
	changed chan struct{} // closed when something above has changed

	telling sync.Mutex // held while progress is called
}

// run is one call of Run.
type run struct {
	ctx    context.Context
	cancel context.CancelFunc
	active int
	silent int             // of them bring nothing
	over   chan struct{}   // closed when active has become 0
	seek   context.Context // ends when there is a list
	found  context.CancelFunc
	ready  chan struct{} // closed when there is a list, and what is on disk was checked
	errs   []error       // of sources that gave up
	broken error         // of the disk here
}

// NewDownload prepares to fetch a file. progress may be nil; it is called with
// bytes on disk, one call at a time, on goroutines of the download. ErrTooLarge.
func NewDownload(f File, into Partial, progress func(done, total int64)) (*Download, error) {
	s, err := newSealer(f)
	if err != nil {
		return nil, err
	}
	return &Download{
		sealer: s, into: into, progress: progress, reask: reaskAfter, silence: silentAfter,
		flights: map[int]*flight{}, changed: make(chan struct{}),
	}, nil
}

// Add tells of somebody to ask, each once, before or while Run runs. Four are
// asked at a time; others take the place of those that end or are silent.
func (d *Download) Add(c *Client) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting = append(d.waiting, c)
	d.engage()
}

// wake lets those look again who wait for a change. d.mu is held.
func (d *Download) wake() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// Run fetches what is missing and finishes the file. It blocks, and leaves no
// goroutine. Errors: ErrNoSource with why each was given up (Add others and Run
// again), those of the Partial, the context's. Whoever was asked is asked again
// only after another Add.
func (d *Download) Run(ctx context.Context) error {
	r := &run{over: make(chan struct{}), ready: make(chan struct{})}
	r.ctx, r.cancel = context.WithCancel(ctx)
	defer r.cancel()
	r.seek, r.found = context.WithCancel(r.ctx)
	defer r.found()
	if err := d.start(r); err != nil {
		return fmt.Errorf("fetching a file: %w", err)
	}
	<-r.over // a context that ends, ends the sources
	if err := d.verdict(ctx, r); err != nil {
		return fmt.Errorf("fetching a file: %w", err)
	}
	if err := d.into.Finish(ctx); err != nil {
		return fmt.Errorf("finishing a file: %w", err)
	}
	return nil
}

// start engages the first sources. None are needed for a file without pieces, or
// for one that only has to be finished.
func (d *Download) start(r *run) error {
	if d.sealer.file.Size == 0 && d.list == nil {
		m := Manifest{}
		if err := m.Verify(d.sealer.file.Root, 0); err != nil {
			return err
		}
		d.list = &m
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.list != nil {
		r.found()
		close(r.ready)
		if d.left == 0 {
			close(r.over)
			return nil
		}
	}
	d.run = r
	d.engage()
	if r.active == 0 {
		d.run = nil
		close(r.over)
	}
	return nil
}

func (d *Download) verdict(ctx context.Context, r *run) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case r.broken != nil:
		return r.broken
	case d.list != nil && d.left == 0:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ErrNoSource, errors.Join(r.errs...))
}

// breakOff ends a run because of the disk here.
func (d *Download) breakOff(r *run, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r.broken == nil && r.ctx.Err() == nil {
		r.broken = err
	}
	r.cancel()
}

// tell reports how much is on disk.
func (d *Download) tell() {
	if d.progress == nil {
		return
	}
	d.telling.Lock()
	defer d.telling.Unlock()
	d.mu.Lock()
	total := d.sealer.file.Size
	n := int64(d.done.Count()) * PieceSize
	if last := PiecesOf(total) - 1; d.done.Has(last) {
		plain, _ := lengths(total, last)
		n += int64(plain) - PieceSize
	}
	d.mu.Unlock()
	d.progress(n, total)
}
