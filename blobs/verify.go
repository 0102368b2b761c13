package blobs

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

// Trust verifies a blob before it is shown to somebody: once while the store is open, since
// reading all of a file each time would cost as much as decoding it. A damaged one is not
// here any more for Has, so that it is fetched or stored again and the good one takes its
// place. Errors: those of Verify.
func (s *Store) Trust(ctx context.Context, id ID) error {
	switch whole, read := s.verified(id); {
	case !read:
		return s.Verify(ctx, id)
	case !whole:
		return fmt.Errorf("blob %s: %w", id, ErrDamaged)
	}
	return nil
}

// Verify reads a blob and compares it with its id. It moves nothing, and remembers what
// it found. Errors: ErrBadID, ErrMissing, ErrDamaged, the context's error, the disk's.
func (s *Store) Verify(ctx context.Context, id ID) error {
	f, err := s.Open(id)
	if err != nil {
		return err
	}
	defer f.Close()
	err = verify(ctx, f, id)
	if err == nil || errors.Is(err, ErrDamaged) {
		s.remember(id, err == nil)
	}
	return err
}

func (s *Store) remember(id ID, whole bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read[id] = whole
}

// verified tells whether a blob was read, and whether it was whole then.
func (s *Store) verified(id ID) (whole, read bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	whole, read = s.read[id]
	return whole, read
}

func verify(ctx context.Context, r io.Reader, id ID) error {
	h := sha256.New()
	if _, err := io.CopyBuffer(h, contextReader{ctx, r}, make([]byte, copyBuffer)); err != nil {
		return fmt.Errorf("reading blob %s: %w", id, err)
	}
	if got := idOf(h.Sum(nil)); got != id {
		return fmt.Errorf("blob %s has the content of %s: %w", id, got, ErrDamaged)
	}
	return nil
}

// contextReader ends a long copy when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
