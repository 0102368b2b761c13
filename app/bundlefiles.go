package app

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"corkboard/access"
	"corkboard/blobs"
	"corkboard/chunk"
	"corkboard/docstore"
	"corkboard/net/blobsync"
)

// ofCollection is the files that the documents of a collection name, each once, the
// smallest first, and how many of them are not here. It reads all documents of which it is
// not known that they name none.
func (f *files) ofCollection(ctx context.Context, c docstore.Collection) (here []known, missing int, err error) {
	if err := f.look(ctx, c, 0); err != nil {
		return nil, 0, err
	}
	for id, all := range f.calls(c.ID) {
		if f.a.blobs.Has(id) {
			here = append(here, all[0])
		} else {
			missing++
		}
	}
	slices.SortFunc(here, smaller)
	return here, missing, nil
}

func smaller(x, y known) int {
	return cmp.Or(cmp.Compare(x.file.Size, y.file.Size), cmp.Compare(x.blob, y.blob))
}

// calls is how the files of a collection are called: several documents may name one, each
// with a key of its own.
func (f *files) calls(in access.RecordID) map[blobs.ID][]known {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[blobs.ID][]known{}
	for _, k := range f.known {
		if k.in == in {
			out[k.blob] = append(out[k.blob], k)
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(x, y known) int {
			a, b := x.file.Handle(), y.file.Handle()
			return bytes.Compare(a[:], b[:])
		})
	}
	return out
}

// bundlePieces is the pieces of a bundle that are of any use, by file and number. It is a
// blobsync.Source, so that they are asked for and checked as those of others are.
type bundlePieces struct {
	from io.ReaderAt
	at   map[blobsync.Handle]map[blobsync.Index]chunk.FilePiece
	size map[blobsync.Handle]int64 // of the files that are looked for
}

// note keeps where a piece is, unless it is of no file that is looked for, or there is one.
func (p *bundlePieces) note(piece chunk.FilePiece) {
	h, i := blobsync.Handle(piece.Handle), blobsync.Index(piece.Index)
	size, wanted := p.size[h]
	n, manifest := i.Manifest()
	if !wanted || n >= blobsync.PiecesOf(size) || manifest && n >= blobsync.ManifestPiecesOf(size) {
		return
	}
	if p.at[h] == nil {
		p.at[h] = map[blobsync.Index]chunk.FilePiece{}
	}
	if _, here := p.at[h][i]; !here {
		p.at[h][i] = piece
	}
}

// Present implements blobsync.Source.
func (p *bundlePieces) Present(_ context.Context, h blobsync.Handle) (blobsync.Present, error) {
	size := p.size[h]
	out := blobsync.Present{Manifest: blobsync.NewBits(blobsync.ManifestPiecesOf(size)), Content: blobsync.NewBits(blobsync.PiecesOf(size))}
	for i := range p.at[h] {
		if n, manifest := i.Manifest(); manifest {
			out.Manifest.Set(n)
		} else {
			out.Content.Set(n)
		}
	}
	return out, nil
}

// Piece implements blobsync.Source. Errors: blobsync.ErrAbsent, those of chunk.FilePiece.
func (p *bundlePieces) Piece(_ context.Context, h blobsync.Handle, i blobsync.Index) ([]byte, error) {
	piece, ok := p.at[h][i]
	if !ok {
		return nil, blobsync.ErrAbsent
	}
	return piece.Read(p.from)
}

// takeFiles fetches the files of the boards that are missing here, the smallest first.
func (b *bundleIn) takeFiles(ctx context.Context) error {
	pieces, wanted, err := b.findPieces(ctx)
	if err != nil {
		return err
	}
	for _, k := range wanted {
		err := error(blobsync.ErrAbsent)
		if len(pieces.at[k.file.Handle()]) > 0 || k.file.Size == 0 {
			err = b.a.files.fetchFrom(ctx, k, pieces)
		}
		switch {
		case err == nil:
			b.came.Files++
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, blobs.ErrFull), errors.Is(err, blobs.ErrReadOnly):
			return err
		default:
			b.a.opts.Log.Warn("a file is not whole in a bundle", "err", err)
			b.came.Missing++
		}
		b.done += k.file.Size
		b.tell(min(b.done, b.size), b.size)
	}
	b.tell(b.size, b.size)
	return nil
}

// findPieces looks what the bundle has of the files that the boards name and that are not
// here: each as it is called where most of it is.
func (b *bundleIn) findPieces(ctx context.Context) (*bundlePieces, []known, error) {
	f := b.a.files
	pieces := &bundlePieces{from: b.f, at: map[blobsync.Handle]map[blobsync.Index]chunk.FilePiece{}, size: map[blobsync.Handle]int64{}}
	missing := map[blobs.ID][]known{}
	for _, to := range b.boards {
		if err := f.look(ctx, to.c, 0); err != nil {
			return nil, nil, err
		}
		for id, all := range f.calls(to.c.ID) {
			if f.a.blobs.Has(id) {
				continue
			}
			missing[id] = append(missing[id], all...)
			for _, k := range all {
				if k.file.Size <= blobsync.MaxSize {
					pieces.size[k.file.Handle()] = k.file.Size
				}
			}
		}
	}
	if len(missing) == 0 {
		return pieces, nil, nil
	}
	r, err := b.reader()
	for err == nil {
		var p chunk.FilePiece
		if p, err = r.NextPiece(); err == nil {
			pieces.note(p)
			err = ctx.Err()
		}
	}
	if err = b.over(err); err != nil {
		return nil, nil, err
	}
	var out []known
	for _, all := range missing {
		out = append(out, slices.MaxFunc(all, func(x, y known) int {
			return cmp.Compare(len(pieces.at[x.file.Handle()]), len(pieces.at[y.file.Handle()]))
		}))
	}
	slices.SortFunc(out, smaller)
	return pieces, out, nil
}

// fetchFrom fetches a file from one source, as one of the documents that name it says. If
// it is being fetched from others, it waits for that. Errors: those of blobsync.Download.
func (f *files) fetchFrom(ctx context.Context, k known, from blobsync.Source) error {
	for {
		f.mu.Lock()
		w := f.wants[k.blob]
		if w == nil && !f.a.blobs.Has(k.blob) {
			w = &wanted{known: k, since: f.a.opts.Now()}
			f.wants[k.blob] = w
		}
		mine := w != nil && !w.fetching
		if mine {
			w.fetching, w.from = true, ""
		}
		f.mu.Unlock()
		switch {
		case w == nil: // it has come
			return nil
		case mine:
			client := blobsync.Local(ctx, from, "the bundle")
			defer client.Close()
			err := f.download(ctx, w, k.file, []*blobsync.Client{client})
			f.fetched(w, err)
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(filesPause):
		}
	}
}
