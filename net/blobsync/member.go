package blobsync

import (
	"context"
	"fmt"
	"io"
)

// Plain is a file of this device, open.
type Plain interface {
	io.ReaderAt
	io.Closer
}

// A Lookup tells what a handle stands for, and opens that file; false if no
// document here names it or its bytes are not here. It is called on any
// goroutine, for every piece: quick, please.
type Lookup func(Handle) (f File, open func() (Plain, error), ok bool)

// Member is the Source of a device that has the plain files: it seals each piece
// when it is asked for. A file that is not what its document says is not there.
type Member struct {
	lookup Lookup
	lists  lists
}

// NewMember makes a Source of what lookup finds.
func NewMember(lookup Lookup) *Member { return &Member{lookup: lookup} }

// Present is all of a file that is here.
func (m *Member) Present(_ context.Context, h Handle) (Present, error) {
	f, _, ok := m.lookup(h)
	if !ok || f.check() != nil {
		return Present{}, nil
	}
	return Present{Manifest: AllBits(ManifestPiecesOf(f.Size)), Content: AllBits(PiecesOf(f.Size))}, nil
}

// Piece reads, compares with the manifest and seals. The first piece of a file
// costs reading all of it. Errors: ErrAbsent, those of the file.
func (m *Member) Piece(ctx context.Context, h Handle, i Index) ([]byte, error) {
	f, open, ok := m.lookup(h)
	if !ok {
		return nil, fmt.Errorf("looking for %v: %w", i, ErrAbsent)
	}
	plain, err := open()
	if err != nil {
		return nil, fmt.Errorf("opening a file to send: %w", err)
	}
	defer plain.Close()
	l, err := m.lists.of(ctx, h, f, plain)
	if err != nil {
		return nil, err
	}
	return l.seal(i, plain)
}

// Forget is for when the bytes of a file have come anew: a file that was not what
// its document says is looked at again.
func (m *Member) Forget(h Handle) { m.lists.forget(h) }
