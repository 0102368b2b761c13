package app

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"corkboard/chunk"
	"corkboard/docstore"
	"corkboard/net/blobsync"
)

// BundleExtension ends the names of bundles.
const BundleExtension = ".corkbundle"

// Errors of bundles that go out.
var (
	// ErrBundleAlone says that nobody else could read a bundle.
	ErrBundleAlone = errors.New("nobody else could read the bundle")
	// ErrBundleNewer says that some of it was written by a later program.
	ErrBundleNewer = errors.New("something of a later program is not in the bundle")
)

// MissingError says how many files are not in a bundle.
type MissingError struct{ Files int }

func (e *MissingError) Error() string { return fmt.Sprintf("%d files are not in the bundle", e.Files) }

// bundleOut is a bundle that is being written.
type bundleOut struct {
	a           *App
	to          *chunk.FileWriter
	items       *docstore.Shelf
	list        []docstore.Entry
	files       []known
	newer       int
	done, total int64 // bytes
	tell        func(done, total int)
}

// exportBundle writes all items of the collection of a board as they travel, and its files
// in pieces as they do. A board that is not shared goes with all that is this person's
// alone, for their other devices. What is missing is said in the error, and the rest is
// written. Errors: *ExistsError, ErrAbsent, ErrBundleAlone, *MissingError, ErrBundleNewer,
// those of docstore and of the file system.
func (a *App) exportBundle(ctx context.Context, e Exporting) error {
	of, shared, err := a.collectionOf(a.store.Moved(e.Board))
	if err != nil {
		return err
	}
	a.lookAround()
	if !shared && !a.several() {
		return ErrBundleAlone
	}
	b := &bundleOut{a: a, tell: e.Progress}
	var missing int
	c, err := a.store.Collection(of)
	if err == nil {
		b.files, missing, err = a.files.ofCollection(ctx, c)
	}
	if err == nil {
		err = a.store.Flush(ctx)
	}
	if err == nil {
		b.items, err = a.store.Shelf(of)
	}
	if err == nil {
		b.choose()
		err = replacing(e, func(w io.Writer) error { return b.write(ctx, w) })
	}
	if err != nil {
		return fmt.Errorf("writing a bundle: %w", err)
	}
	var problems []error
	if missing > 0 {
		problems = append(problems, &MissingError{Files: missing})
	}
	if b.newer > 0 {
		problems = append(problems, ErrBundleNewer)
	}
	return together(problems)
}

// choose lists the items, records first: who reads them in order can judge what follows.
func (b *bundleOut) choose() {
	b.list = b.items.After(0, 1<<40)
	rank := func(e docstore.Entry) int {
		if e.Record {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(b.list, func(x, y docstore.Entry) int { return cmp.Compare(rank(x), rank(y)) })
	for _, i := range b.list {
		b.total += int64(i.Size)
	}
	for _, k := range b.files {
		b.total += k.file.Size
	}
}

func (b *bundleOut) write(ctx context.Context, w io.Writer) (err error) {
	buffered := bufio.NewWriterSize(w, 1<<20)
	if b.to, err = chunk.NewFileWriter(buffered); err != nil {
		return err
	}
	for _, i := range b.list {
		if err := ctx.Err(); err != nil {
			return err
		}
		raw, err := b.items.Bytes(i.Key)
		if err == nil {
			err = b.to.Add(raw)
		}
		if errors.Is(err, chunk.ErrNewer) {
			b.newer++
		} else if err != nil {
			return err
		}
		b.step(int64(i.Size))
	}
	for _, k := range b.files {
		if err := b.file(ctx, k); err != nil {
			return err
		}
	}
	return errors.Join(b.to.Close(), buffered.Flush())
}

// file writes the pieces of one file, its manifest first.
func (b *bundleOut) file(ctx context.Context, k known) error {
	h := k.file.Handle()
	put := func(i blobsync.Index) error {
		sealed, err := b.a.files.member.Piece(ctx, h, i)
		if err == nil {
			err = b.to.AddPiece(h, uint32(i), sealed)
		}
		return err
	}
	for n := range blobsync.ManifestPiecesOf(k.file.Size) {
		if err := put(blobsync.ManifestIndex(n)); err != nil {
			return err
		}
	}
	left := k.file.Size
	for n := range blobsync.PiecesOf(k.file.Size) {
		if err := put(blobsync.Index(n)); err != nil {
			return err
		}
		now := min(left, blobsync.PieceSize)
		left -= now
		b.step(now)
	}
	return nil
}

func (b *bundleOut) step(n int64) {
	b.done += n
	b.tell(int(b.done>>10), int(b.total>>10))
}
