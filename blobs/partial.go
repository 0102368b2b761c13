package blobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/bits"
	"os"
	"path/filepath"
	"sync"
)

// partialFolder is where blobs grow that come in pieces; it lies in the temporary
// folder and survives a restart.
const partialFolder = "partial"

// marksSuffix names the file beside a partial blob that says which pieces it has.
const marksSuffix = ".have"

// Partial is a blob that is not whole yet: its file has the size of the blob, and
// marks say which pieces were written. It is safe for concurrent use until Finish
// or Close.
type Partial struct {
	store  *Store
	id     ID
	size   int64
	pieces int
	file   partialFile

	writing sync.Mutex // the system takes one write at a time; others would wait on a processor

	mu     sync.Mutex
	marks  *os.File // bit i%8, from the lowest, of byte i/8
	have   []byte
	closed bool
}

// Partial opens what is here of a blob of size bytes, or begins it. How large the
// pieces are is the caller's. What was there of another size is begun anew.
// Errors: ErrBadID, ErrBusy, ErrFull, ErrReadOnly.
func (s *Store) Partial(id ID, size int64, pieces int) (*Partial, error) {
	if err := id.check(); err != nil {
		return nil, err
	}
	if !s.enter(id) {
		return nil, fmt.Errorf("opening partial blob %s: %w", id, ErrBusy)
	}
	p := &Partial{store: s, id: id, size: size, pieces: pieces, have: make([]byte, (pieces+7)/8)}
	if err := p.open(); err != nil {
		return nil, errors.Join(storeError("opening a partial blob", err), p.Close())
	}
	return p, nil
}

func (p *Partial) open() error {
	path := p.store.partialPath(p.id)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := p.store.openPartial(path)
	if err != nil {
		return err
	}
	p.file = file
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if p.marks, err = os.OpenFile(path+marksSuffix, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	}
	if info.Size() == p.size {
		_, err = p.marks.ReadAt(p.have, 0)
		if errors.Is(err, io.EOF) { // a short file is one without marks at its end
			err = nil
		}
		return err
	}
	if err := p.marks.Truncate(0); err != nil {
		return err
	}
	return file.Truncate(p.size)
}

// ID is the name that the blob will have.
func (p *Partial) ID() ID { return p.id }

// ReadAt reads what was written; what was not is zero, or anything.
func (p *Partial) ReadAt(b []byte, at int64) (int, error) {
	n, err := p.file.ReadAt(b, at)
	if err != nil && err != io.EOF {
		err = storeError("reading a partial blob", err)
	}
	return n, err
}

// WriteAt writes a piece. It is not durable before Finish. Errors: ErrFull,
// ErrReadOnly.
func (p *Partial) WriteAt(b []byte, at int64) (int, error) {
	p.writing.Lock()
	defer p.writing.Unlock()
	n, err := p.file.WriteAt(b, at)
	return n, storeError("writing a partial blob", err)
}

// Have says whether a piece is marked. After a power cut, marks may tell of pieces
// that are not there: compare them with something.
func (p *Partial) Have(piece int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return piece >= 0 && piece < p.pieces && p.have[piece/8]>>(piece%8)&1 == 1
}

// Count is how many pieces are marked.
func (p *Partial) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, b := range p.have {
		n += bits.OnesCount8(b)
	}
	return n
}

// Mark notes that a piece was written, or that it must be written again. It
// outlasts the process, not a power cut. Errors: ErrFull, ErrReadOnly.
func (p *Partial) Mark(piece int, have bool) error {
	if piece < 0 || piece >= p.pieces {
		return fmt.Errorf("marking piece %d of %d: %w", piece, p.pieces, fs.ErrInvalid)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	b := &p.have[piece/8]
	if *b &^= 1 << (piece % 8); have {
		*b |= 1 << (piece % 8)
	}
	_, err := p.marks.WriteAt(p.have[piece/8:piece/8+1], int64(piece/8))
	return storeError("marking a piece of a blob", err)
}

// Finish verifies the whole, makes it durable and a blob like any other; the
// Partial is closed then. After an error what was written is still there. Nothing
// else may be in progress. Errors: ErrDamaged (it is not what the id names), ErrFull, ErrReadOnly,
// the context's.
func (p *Partial) Finish(ctx context.Context) error {
	if err := p.file.Chmod(0o444); err != nil {
		return storeError("protecting a blob", err)
	}
	// The disk writes while the content is read from memory.
	synced := make(chan error, 1)
	go func() { synced <- p.file.Sync() }()
	err := verify(ctx, io.NewSectionReader(p.file, 0, p.size), p.id)
	if e := <-synced; err == nil {
		err = storeError("syncing a blob", e)
	}
	if err != nil {
		return errors.Join(err, storeError("going on with a blob", p.file.Chmod(0o600)))
	}
	defer p.Close()
	if err := storeError("closing a blob", p.file.Close()); err != nil {
		return err
	}
	path := p.store.partialPath(p.id)
	if err := p.store.publish(path, p.id); err != nil {
		return err
	}
	// Marks without their file cost space, not safety.
	_ = os.Remove(path + marksSuffix)
	return nil
}

// Close keeps what is here for another time. Closing twice is harmless.
func (p *Partial) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	p.closed = true
	defer p.store.leave(p.id)
	var errs []error
	if p.file != nil {
		errs = append(errs, p.file.Close())
	}
	if p.marks != nil {
		errs = append(errs, p.marks.Close())
	}
	err := errors.Join(errs...)
	if errors.Is(err, fs.ErrClosed) { // by Finish
		err = nil
	}
	return storeError("closing a partial blob", err)
}
