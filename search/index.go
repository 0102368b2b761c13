package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"corkboard/doc"
	"corkboard/filesum"
	"corkboard/sqlite"
)

// ErrLost says that the index was damaged and has begun anew: what was asked for
// must be put in again.
var ErrLost = errors.New("the index of words was damaged and is made anew")

// ErrNone says that there is no index, because no file for it can be written.
var ErrNone = errors.New("there is no index of words")

// errFormat says that another version of the program made the index.
var errFormat = errors.New("it was made by another version")

// Options of an Index.
type Options struct {
	Home doc.ID       // what cannot be reached from this board is not shown among the rest
	Log  *slog.Logger // nil means slog.Default
	Lost func()       // called when the index has begun anew; must return at once
}

// Index is an open search.db. Safe on any goroutine; its methods block on the disk.
// Errors: ErrLost, ErrNone, those of sqlite and of contexts.
type Index struct {
	path string
	opt  Options
	mu   sync.RWMutex
	db   *sqlite.DB // nil if there is none
}

// Open opens the index at path. One that is damaged, or of another version, is
// deleted, and an empty one is made.
func Open(path string, o Options) (*Index, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Lost == nil {
		o.Lost = func() {}
	}
	x := &Index{path: path, opt: o}
	err := x.open()
	if err != nil {
		o.Log.Info("the index of words is made anew", "why", err)
		if err = x.clear(); err == nil {
			err = x.open()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the index of words: %w", err)
	}
	return x, nil
}

func (x *Index) open() error {
	if err := x.unchanged(); err != nil {
		return err
	}
	db, err := sqlite.Open(x.path, sqlite.Options{Migrations: schema, Relaxed: true})
	if err != nil {
		return err
	}
	var have string
	err = db.Read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&have}, "SELECT value FROM meta WHERE name = 'format'")
	})
	if err == nil && have != format {
		err = errFormat
	}
	if err != nil {
		return errors.Join(err, db.Close())
	}
	x.db = db
	return nil
}

// unchanged compares the file with its sum. A database has none of its pages, and a flipped
// bit in the words may only move a hit. So whoever closes the index leaves the sum, and
// whoever opens it takes that away: after a crash there is none, and nothing is compared.
func (x *Index) unchanged() error {
	err := filesum.Check(x.path)
	if errors.Is(err, filesum.ErrNone) {
		return nil
	}
	return errors.Join(err, os.Remove(x.path+filesum.Suffix))
}

// clear deletes the files.
func (x *Index) clear() error {
	for _, suffix := range []string{"", "-wal", "-shm", filesum.Suffix} {
		if err := os.Remove(x.path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// with runs f on the file; if that is damaged, a new one takes its place.
func (x *Index) with(f func(*sqlite.DB) error) error {
	x.mu.RLock()
	db := x.db
	if db == nil {
		x.mu.RUnlock()
		return ErrNone
	}
	err := f(db)
	x.mu.RUnlock()
	if !errors.Is(err, sqlite.ErrCorrupt) {
		return err
	}
	return x.renew(db, err)
}

// renew begins anew, unless another goroutine has done so.
func (x *Index) renew(damaged *sqlite.DB, why error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.db != damaged {
		return fmt.Errorf("%w: %w", ErrLost, why)
	}
	x.opt.Log.Warn("the index of words is damaged and is made anew", "err", why)
	_ = x.db.Close() // damaged, and of no value
	x.db = nil
	err := x.clear()
	if err == nil {
		err = x.open()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNone, err)
	}
	x.opt.Lost()
	return fmt.Errorf("%w: %w", ErrLost, why)
}

func (x *Index) read(ctx context.Context, f func(*sqlite.Tx) error) error {
	return x.with(func(db *sqlite.DB) error { return db.Read(ctx, f) })
}

func (x *Index) write(ctx context.Context, f func(*sqlite.Tx) error) error {
	return x.with(func(db *sqlite.DB) error { return db.Write(ctx, f) })
}

// Check looks through the whole file, and begins anew if it is damaged: ErrLost.
func (x *Index) Check(ctx context.Context) error {
	err := x.with(func(db *sqlite.DB) error { return db.Check(ctx) })
	if err == nil {
		err = x.write(ctx, func(tx *sqlite.Tx) error {
			return tx.Exec("INSERT INTO words (words) VALUES ('integrity-check')")
		})
	}
	if err != nil {
		return fmt.Errorf("checking the index of words: %w", err)
	}
	return nil
}

// Close closes the file; it waits for what is under way.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.db == nil {
		return nil
	}
	err := x.db.Close()
	x.db = nil
	if err == nil {
		err = filesum.Leave(x.path)
	}
	if err != nil {
		return fmt.Errorf("closing the index of words: %w", err)
	}
	return nil
}
