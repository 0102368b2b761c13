package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore"
	"corkboard/share"
)

// Errors of bundles that come.
var (
	// ErrNotBundle says that a file does not begin as a bundle does, or is no file.
	ErrNotBundle = errors.New("not a bundle")
	// ErrBundleNewerFile says that a later program has written a bundle.
	ErrBundleNewerFile = errors.New("the bundle is of a later program")
	// ErrBundleBroken says that too much of a bundle is damaged to go on.
	ErrBundleBroken = errors.New("too much of the bundle is damaged")
	// ErrNotForYou says that a bundle is of no board that is known here.
	ErrNotForYou = errors.New("the bundle is of no board that is known here")
	// ErrOutOfBundle says that this person is not on the board of a bundle (any more).
	ErrOutOfBundle = errors.New("this person is not on the board of the bundle")
)

// CameIn is what a bundle has brought.
type CameIn struct {
	Boards  []share.Link // the shared boards that it was of; none for what is this person's alone
	Changes int          // that were not here
	People  int          // news of those who share a board, and of what they may do, likewise
	Files   int          // that were not here
	Refused int          // items that are not genuine
	Damaged int          // places that were passed over
	Missing int          // files that are named and neither here nor whole in it
}

// IsBundle reports whether a path is for ImportBundle: it is called a bundle, or begins
// as one.
func IsBundle(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if strings.EqualFold(filepath.Ext(path), BundleExtension) {
		return true
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 16)
	n, _ := io.ReadFull(f, head)
	return chunk.IsFile(head[:n])
}

// ImportBundle takes in what a bundle holds of boards that this person is on, exactly as
// if it came from the network: each item and each piece is checked by the same functions.
// What is here already changes nothing. Who has joined by a link comes on to the board if
// the bundle has the invitation. progress is told bytes on this goroutine; nil is fine. It
// blocks; what has come until an error or the end of the context stays. Errors, inside a
// *FileError: ErrNotBundle, ErrBundleNewerFile, ErrBundleBroken, ErrNotForYou,
// ErrOutOfBundle, ErrDeviceRemoved, those of docstore and of the file system.
func (a *App) ImportBundle(ctx context.Context, path string, progress func(done, total int64)) (CameIn, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	b := &bundleIn{a: a, tell: progress, boards: map[access.RecordID]*bundleBoard{}}
	if b.tell == nil {
		b.tell = func(int64, int64) {}
	}
	err := b.open(path)
	if err == nil {
		defer b.f.Close()
		err = b.run(ctx)
	}
	switch {
	case errors.Is(err, chunk.ErrNewer):
		err = ErrBundleNewerFile
	case errors.Is(err, chunk.ErrTooLarge):
		err = ErrBundleBroken
	}
	if err != nil && ctx.Err() == nil {
		err = &FileError{Name: shown(path), Err: err}
	}
	return b.came, err
}

// bundleIn is a bundle that is being read.
type bundleIn struct {
	a      *App
	f      *os.File
	size   int64
	tell   func(done, total int64)
	came   CameIn
	boards map[access.RecordID]*bundleBoard // of which it has records
	last   *bundleBoard                     // to which the newest record belongs
	done   int64                            // bytes of items and files
	broken bool                             // it is not read to its end
}

// bundleBoard is a collection of which a bundle has something.
type bundleBoard struct {
	c       docstore.Collection
	shelf   *docstore.Shelf
	epochs  map[chunk.EpochRef]bool
	batch   [][]byte
	kinds   []chunk.Kind      // of the batch
	seen    map[[32]byte]bool // that are in the batch
	batched int               // bytes
}

func (b *bundleIn) open(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return ErrNotBundle
	}
	if b.f, err = os.Open(path); err != nil {
		return err
	}
	b.size = info.Size()
	if _, err := b.reader(); errors.Is(err, chunk.ErrMalformed) {
		_ = b.f.Close() // only read
		return ErrNotBundle
	}
	return nil
}

// reader begins to read from the beginning.
func (b *bundleIn) reader() (*chunk.FileReader, error) {
	return chunk.NewFileReader(io.NewSectionReader(b.f, 0, b.size), max(b.size, 0))
}

// run takes records first, then all else of boards that this person is on, then files.
func (b *bundleIn) run(ctx context.Context) error {
	a := b.a
	if err := a.ReadOnly(); err != nil {
		return docstore.ErrReadOnly
	}
	if a.DeviceRemoved() {
		return ErrDeviceRemoved
	}
	all, err := a.store.Collections()
	if err != nil {
		return err
	}
	if err := b.each(ctx, func(s chunk.Sealed) error { return b.record(ctx, s, all) }); err != nil {
		return err
	}
	if len(b.boards) == 0 && b.broken {
		return ErrBundleBroken
	}
	if len(b.boards) == 0 {
		return ErrNotForYou
	}
	a.takeUp(ctx)
	a.lookAround()
	if err := b.admit(); err != nil {
		return err
	}
	if err := b.each(ctx, func(s chunk.Sealed) error { return b.content(ctx, s) }); err != nil {
		return err
	}
	if err := a.store.TakeIn(ctx); err != nil {
		return err
	}
	a.lookAround()
	if err := b.takeFiles(ctx); err != nil || !b.broken {
		return err
	}
	return ErrBundleBroken
}

// over is nil at the end of the file, and where so much is damaged that it is read no
// further: what came before counts.
func (b *bundleIn) over(err error) error {
	if docstore.Passing(err) {
		return err
	}
	b.broken = b.broken || errors.Is(err, chunk.ErrMalformed)
	if b.broken || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// each reads all chunks, and what is given last is put. It counts what is damaged.
func (b *bundleIn) each(ctx context.Context, take func(chunk.Sealed) error) error {
	r, err := b.reader()
	for err == nil {
		var s chunk.Sealed
		if s, err = r.Next(); err == nil {
			err = take(s)
		}
		if err == nil {
			err = ctx.Err()
		}
	}
	if err = b.over(err); err != nil {
		return err
	}
	if r != nil {
		_, b.came.Damaged = r.Damage()
	}
	for _, to := range b.boards {
		if err := b.put(ctx, to); err != nil {
			return err
		}
	}
	return nil
}
