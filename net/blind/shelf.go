package blind

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"corkboard/net/blobsync"
	"corkboard/sqlite"
)

// Shelf is where one stream reads and brings the pieces of files: a blobsync.Sink.
// A handle can only be known from a document, so whoever names one may read its
// pieces, in whichever namespace they are; those of the own namespace come first.
// Safe on any goroutine.
type Shelf struct {
	store *Store
	into  int64 // namespace that pieces are brought to

	mu   sync.Mutex
	held []piece // not on the disk yet
	size int64   // of held, as it counts against the quota
}

type piece struct {
	handle blobsync.Handle
	number blobsync.Index
	body   []byte
}

var _ blobsync.Sink = (*Shelf)(nil)

// Shelf brings pieces to a namespace.
func (s *Store) Shelf(into int64) *Shelf { return &Shelf{store: s, into: into} }

// Present implements blobsync.Source.
func (f *Shelf) Present(ctx context.Context, h blobsync.Handle) (blobsync.Present, error) {
	var p blobsync.Present
	err := f.store.db.Read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var number int64
			if err := scan(&number); err != nil {
				return err
			}
			if n, manifest := blobsync.Index(number).Manifest(); manifest {
				p.Manifest = with(p.Manifest, n)
			} else {
				p.Content = with(p.Content, n)
			}
			return nil
		}, "SELECT DISTINCT number FROM pieces WHERE handle = ? ORDER BY number DESC", h[:])
	})
	if err != nil {
		return blobsync.Present{}, fmt.Errorf("looking for pieces: %w", err)
	}
	return p, nil
}

// with is the set with one more number; the first is the largest.
func with(b blobsync.Bits, n int) blobsync.Bits {
	if b == nil {
		b = blobsync.NewBits(n + 1)
	}
	b.Set(n)
	return b
}

// Piece implements blobsync.Source. Errors: blobsync.ErrAbsent, ErrDamaged, those of
// package sqlite.
func (f *Shelf) Piece(ctx context.Context, h blobsync.Handle, i blobsync.Index) ([]byte, error) {
	var hash, body []byte
	err := f.store.db.Read(ctx, func(tx *sqlite.Tx) error {
		return tx.Row([]any{&hash, &body}, `SELECT p.hash, b.body FROM pieces p JOIN bodies b ON b.id = p.body
			WHERE p.handle = ? AND p.number = ? ORDER BY p.namespace = ? DESC LIMIT 1`, h[:], int64(i), f.into)
	})
	switch {
	case errors.Is(err, sqlite.ErrNoRows):
		err = blobsync.ErrAbsent
	case err == nil && sha256.Sum256(body) != [32]byte(hash):
		err = ErrDamaged
	}
	if err != nil {
		return nil, fmt.Errorf("reading a piece: %w", err)
	}
	return body, nil
}

// Store implements blobsync.Sink. Errors: blobsync.ErrFull, blobsync.ErrRefused, those
// of package sqlite.
func (f *Shelf) Store(ctx context.Context, h blobsync.Handle, i blobsync.Index, sealed []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	size := f.size + cost(len(sealed))
	err := f.store.room(size)
	if err == nil {
		err = f.store.db.Read(ctx, func(tx *sqlite.Tx) error { return mayPay(tx, f.into, size) })
	}
	if err != nil {
		return fmt.Errorf("storing a piece: %w", refusal(err))
	}
	f.held = append(f.held, piece{h, i, append([]byte(nil), sealed...)})
	f.size = size
	return nil
}

// Sync implements blobsync.Sink. Errors: those of Store.
func (f *Shelf) Sync(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	held := f.held
	f.held, f.size = nil, 0
	if len(held) == 0 {
		return nil
	}
	err := f.store.write("storing pieces", func(tx *sqlite.Tx) error {
		size := int64(0)
		for _, p := range held {
			added, err := f.insert(tx, p)
			if err != nil {
				return err
			}
			if added {
				size += cost(len(p.body))
			}
		}
		return pay(tx, f.into, size)
	})
	return refusal(err)
}

// insert writes a piece that is not in the namespace yet.
func (f *Shelf) insert(tx *sqlite.Tx, p piece) (added bool, err error) {
	var there int
	err = tx.Row([]any{&there}, "SELECT count(*) FROM pieces WHERE namespace = ? AND handle = ? AND number = ?",
		f.into, p.handle[:], int64(p.number))
	if err != nil || there > 0 {
		return false, err
	}
	if err := tx.Exec("INSERT INTO bodies (body) VALUES (?)", p.body); err != nil {
		return false, err
	}
	hash := sha256.Sum256(p.body)
	return true, tx.Exec(`INSERT INTO pieces (namespace, handle, number, size, hash, body)
		VALUES (?, ?, ?, ?, ?, last_insert_rowid())`, f.into, p.handle[:], int64(p.number), len(p.body), hash[:])
}

// refusal says an error in the words of package blobsync.
func refusal(err error) error {
	switch {
	case errors.Is(err, ErrQuota), errors.Is(err, ErrFull):
		return fmt.Errorf("%w: %w", blobsync.ErrFull, err)
	case errors.Is(err, ErrGone):
		return fmt.Errorf("%w: %w", blobsync.ErrRefused, err)
	}
	return err
}
