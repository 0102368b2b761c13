package poison

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// MaxBatch bounds the changes of one Begin.
const MaxBatch = 256

var (
	// ErrTooMany says that Begin was given more than MaxBatch changes, or a
	// document whose name is too long.
	ErrTooMany = errors.New("too much for the journal at once")
	// ErrNotNoted says that the journal could not be written: the core must
	// not be given the changes.
	ErrNotNoted = errors.New("the journal cannot be written")
)

// File is where a journal is kept. What WriteAt has written outlives the process; Sync
// returns when all outlives the machine as well.
type File interface {
	io.ReaderAt
	io.WriterAt
	Sync() error
}

// Suspect is a change that was with a core when the process died.
type Suspect struct {
	Document string
	Hash     [32]byte
	order    uint64
	slot     int
}

// Journal is a file of slots, each free or with one change. Safe on any
// goroutine.
type Journal struct {
	mu    sync.Mutex
	f     File
	taken []bool
	order uint64
}

// New reads a journal of size bytes. The suspects come in the order in which
// the core was given them; one of each document is at fault, and if its calls
// stepped it is the first.
func New(f File, size int64) (*Journal, []Suspect, error) {
	j := &Journal{f: f}
	b := make([]byte, min(size, maxSlots*slotSize))
	n, err := f.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("reading the journal: %w", err)
	}
	var left []Suspect
	for at := range slices.Chunk(b[:n], slotSize) {
		s, ok := decode(at)
		if ok {
			s.slot = len(j.taken)
			left = append(left, s)
			j.order = max(j.order, s.order)
		}
		j.taken = append(j.taken, ok)
	}
	slices.SortFunc(left, func(a, b Suspect) int { return cmp.Compare(a.order, b.order) })
	return j, left, nil
}

// Begin notes that a core is about to be given these changes of a document, in
// this order. When it returns they are in the file, whatever happens to the process; on
// an error nothing is noted.
func (j *Journal) Begin(document string, hashes ...[32]byte) (*Call, error) {
	if len(hashes) > MaxBatch || len(document) > maxDocument {
		return nil, ErrTooMany
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	c := &Call{j: j}
	for _, h := range hashes {
		slot, err := j.free()
		if err == nil {
			j.order++
			_, err = j.f.WriteAt(encode(Suspect{Document: document, Hash: h, order: j.order}), int64(slot)*slotSize)
		}
		if err != nil {
			c.clear(len(c.slots))
			return nil, fmt.Errorf("%w: %w", ErrNotNoted, err)
		}
		j.taken[slot] = true
		c.slots = append(c.slots, slot)
	}
	return c, nil
}

// free finds a slot.
func (j *Journal) free() (int, error) {
	if i := slices.Index(j.taken, false); i >= 0 {
		return i, nil
	}
	if len(j.taken) == maxSlots {
		return 0, ErrTooMany
	}
	j.taken = append(j.taken, false)
	return len(j.taken) - 1, nil
}

// Settle takes a suspect off the journal, durably. Not before it is in
// quarantine: who dies in between must meet it again.
func (j *Journal) Settle(s Suspect) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err := j.f.WriteAt(make([]byte, slotSize), int64(s.slot)*slotSize)
	if err = errors.Join(err, j.f.Sync()); err != nil {
		return fmt.Errorf("settling a suspect: %w", err)
	}
	j.taken[s.slot] = false
	return nil
}

// Close closes the file; no core may be at work.
func (j *Journal) Close() error {
	if c, ok := j.f.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// Call is a batch that a core is working on.
type Call struct {
	j     *Journal
	slots []int
}

// Step says that the core has survived the first change that is left.
func (c *Call) Step() { c.survived(1) }

// End says that it has survived all of them.
func (c *Call) End() { c.survived(MaxBatch) }

func (c *Call) survived(n int) {
	c.j.mu.Lock()
	defer c.j.mu.Unlock()
	c.clear(min(n, len(c.slots)))
}

// clear empties slots without waiting for the disk: if the power fails before
// it got there, an innocent change is suspected once. One that cannot be
// written is not used again, and suspected as well.
func (c *Call) clear(n int) {
	for _, slot := range c.slots[:n] {
		_, err := c.j.f.WriteAt(make([]byte, slotSize), int64(slot)*slotSize)
		c.j.taken[slot] = err != nil
	}
	c.slots = c.slots[n:]
}
