package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// content writes the file that a card stands for, next to board.json.
func (e *export) content(ctx context.Context, job exportJob, c *board.Card, out *exportedCard) error {
	m, err := e.app.readWhole(ctx, c.Link.Document)
	if err != nil {
		return err
	}
	src := doc.NewTree(m)
	if _, known := cards.Lookup(c.Link.Kind); known {
		out.Title = exchange.TitleOf(c.Link.Kind, m)
	}
	switch c.Link.Kind {
	case cards.KindText:
		out.File = e.takenIn(job.dir).Take(exchange.FileName(out.Title, "md"))
		return os.WriteFile(e.path(path.Join(job.dir, out.File)), []byte(cards.TextCodec{}.Decode(src).Text), 0o644)
	case cards.KindThread:
		out.File = e.takenIn(job.dir).Take(exchange.FileName(out.Title, "txt"))
		return os.WriteFile(e.path(path.Join(job.dir, out.File)), []byte(e.app.transcript(cards.ThreadCodec{}.Decode(src))), 0o644)
	case cards.KindURL:
		return e.original(ctx, job, cards.URLCodec{}.Decode(src).ArchiveFile(), out)
	case cards.KindImage, cards.KindPDF, cards.KindAudio, cards.KindVideo, cards.KindFile:
		return e.original(ctx, job, cards.FileCodec{}.Decode(src), out)
	}
	return nil
}

// original copies a stored file out.
func (e *export) original(ctx context.Context, job exportJob, f cards.File, out *exportedCard) error {
	if f.Blob == "" {
		return nil
	}
	folder := path.Join(job.dir, exportedFiles)
	if err := os.MkdirAll(e.path(folder), 0o755); err != nil {
		return err
	}
	name := e.takenIn(folder).Take(f.SaveName())
	err := e.app.CopyOut(ctx, blobs.ID(f.Blob), e.path(path.Join(folder, name)))
	switch {
	case err == nil:
		out.File = path.Join(exportedFiles, name)
		return nil
	case errors.Is(err, blobs.ErrMissing), errors.Is(err, blobs.ErrDamaged), errors.Is(err, blobs.ErrBadID):
		e.problem(out, &FileError{Name: shown(f.SaveName()), Err: err})
		return nil
	}
	return err
}

// CopyOut writes a stored file to a new path. A damaged one is not passed off
// as whole: blobs.ErrDamaged, and nothing is left there.
func (a *App) CopyOut(ctx context.Context, id blobs.ID, to string) error {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = a.copyBlob(ctx, id, f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// copyBlob writes a stored file and checks it: blobs.ErrDamaged, once it is written.
func (a *App) copyBlob(ctx context.Context, id blobs.ID, to io.Writer) error {
	from, err := a.blobs.Open(id)
	if err != nil {
		return err
	}
	defer from.Close()
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(to, h), reader{ctx, from})
	if err == nil && hex.EncodeToString(h.Sum(nil)) != string(id) {
		err = fmt.Errorf("copying blob %s: %w", id, blobs.ErrDamaged)
	}
	return err
}

// reader ends a long copy with its context.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// relative is the way from one exported folder to another, with slashes.
func relative(from, to string) string {
	r, err := filepath.Rel(filepath.FromSlash(from), filepath.FromSlash(to))
	if err != nil {
		return to
	}
	return filepath.ToSlash(r)
}
