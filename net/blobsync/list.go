package blobsync

import (
	"context"
	"fmt"
	"io"
	"sync"
)

// A list is what is kept of a file that is being sent.
type list struct {
	made     sync.Mutex // held while it is made
	sealer   *sealer    // nil until then
	manifest Manifest
	err      error // the file is not what its document says
	cost     int
	used     uint64
}

// fill reads the file, once. An error of reading or of the context is not kept.
func (l *list) fill(ctx context.Context, f File, plain io.ReaderAt) error {
	l.made.Lock()
	defer l.made.Unlock()
	if l.sealer != nil || l.err != nil {
		return l.err
	}
	s, err := newSealer(f)
	if err != nil {
		l.err = err
		return err
	}
	var sum Hasher
	from := reading{ctx, io.NewSectionReader(plain, 0, f.Size)}
	if _, err := io.CopyBuffer(&sum, from, make([]byte, PieceSize)); err != nil {
		return fmt.Errorf("reading a file to send: %w", err)
	}
	m := sum.Manifest()
	if err := m.Verify(f.Root, f.Size); err != nil {
		l.err = fmt.Errorf("looking at a file to send: %w", err)
		return l.err
	}
	l.manifest, l.sealer = m, s
	return nil
}

// seal makes one piece. ErrAbsent; ErrForged if the file has changed meanwhile.
func (l *list) seal(i Index, from io.ReaderAt) ([]byte, error) {
	n, manifest := i.Manifest()
	if _, _, ok := l.sealer.shape(i); !ok {
		return nil, fmt.Errorf("sealing %v: %w", i, ErrAbsent)
	}
	blank, plain := l.sealer.blank(i)
	if manifest {
		copy(plain, l.manifest.part(n))
		return l.sealer.seal(i, blank), nil
	}
	if got, err := from.ReadAt(plain, int64(n)*PieceSize); got < len(plain) {
		return nil, fmt.Errorf("reading %v: %w", i, err)
	}
	// Another content must never be sealed under the nonce of this one.
	if !l.manifest.fits(n, plain) {
		return nil, fmt.Errorf("reading %v: %w", i, ErrForged)
	}
	return l.sealer.seal(i, blank), nil
}

// keptPieces is for how many pieces manifests are kept, in all: 16 MiB.
const keptPieces = 2 * MaxPieces

// lists keeps those that were used last. The zero value is ready.
type lists struct {
	mu    sync.Mutex
	known map[Handle]*list
	kept  int // pieces
	clock uint64
}

// of gives the list of a file, and makes it if need be.
func (k *lists) of(ctx context.Context, h Handle, f File, plain io.ReaderAt) (*list, error) {
	l := k.take(h, f)
	if err := l.fill(ctx, f, plain); err != nil {
		return nil, err
	}
	return l, nil
}

func (k *lists) take(h Handle, f File) *list {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.clock++
	l := k.known[h]
	if l == nil {
		l = &list{cost: 1 + PiecesOf(min(f.Size, MaxSize))}
		if k.known == nil {
			k.known = map[Handle]*list{}
		}
		k.known[h] = l
		k.kept += l.cost
	}
	l.used = k.clock
	for k.kept > keptPieces && len(k.known) > 1 {
		k.drop(k.oldest())
	}
	return l
}

func (k *lists) oldest() Handle {
	var found Handle
	least := k.clock + 1
	for h, l := range k.known {
		if l.used < least {
			found, least = h, l.used
		}
	}
	return found
}

func (k *lists) forget(h Handle) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drop(h)
}

func (k *lists) drop(h Handle) {
	if l := k.known[h]; l != nil {
		k.kept -= l.cost
		delete(k.known, h)
	}
}

// reading ends a long read with its context.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
