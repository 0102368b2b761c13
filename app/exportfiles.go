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
	"strings"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// content writes the file that a card stands for, next to board.json.
func (e *export) content(ctx context.Context, job exportJob, c *board.Card, out *exportedCard) error {
	m, err := e.app.readWhole(ctx, c.Link.Document)
	if err != nil {
		return err
	}
	src := doc.NewTree(m)
	switch c.Link.Kind {
	case cards.KindText:
		t := cards.TextCodec{}.Decode(src)
		out.Title = cards.TitleOf(c.Link.Kind, t)
		out.File = e.takenIn(job.dir).take(fileName(out.Title, "md"))
		return os.WriteFile(e.path(path.Join(job.dir, out.File)), []byte(t.Text), 0o644)
	case cards.KindTodo:
		out.Title = cards.TitleOf(c.Link.Kind, cards.TodoCodec{}.Decode(src))
	case cards.KindThread:
		t := cards.ThreadCodec{}.Decode(src)
		out.Title = cards.TitleOf(c.Link.Kind, t)
		out.File = e.takenIn(job.dir).take(fileName(out.Title, "txt"))
		return os.WriteFile(e.path(path.Join(job.dir, out.File)), []byte(e.app.transcript(t)), 0o644)
	case cards.KindContact:
		out.Title = cards.TitleOf(c.Link.Kind, cards.ContactCodec{}.Decode(src))
	case cards.KindDevice:
		out.Title = cards.TitleOf(c.Link.Kind, cards.DeviceCodec{}.Decode(src))
	case cards.KindStorage:
		out.Title = cards.TitleOf(c.Link.Kind, cards.StoragePeerCodec{}.Decode(src))
	case cards.KindImage, cards.KindPDF, cards.KindFile:
		f := cards.FileCodec{}.Decode(src)
		out.Title = cards.TitleOf(c.Link.Kind, f)
		return e.original(ctx, job, f, out)
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
	name := e.takenIn(folder).take(f.SaveName())
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
	from, err := a.blobs.Open(id)
	if err != nil {
		return err
	}
	defer from.Close()
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, h), reader{ctx, from})
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil && hex.EncodeToString(h.Sum(nil)) != string(id) {
		err = fmt.Errorf("copying blob %s: %w", id, blobs.ErrDamaged)
	}
	if err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
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

// names are those taken in a folder, as file systems that ignore case see them.
type names map[string]bool

// take gives a name or, if it is taken, one with a number.
func (n names) take(name string) string {
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s (%d)%s", stem, i, extension)
	}
	n[strings.ToLower(name)] = true
	return name
}

// maxFileName bounds names made of titles, in runes.
const maxFileName = 60

// fileName makes a name that every system accepts.
func fileName(title, extension string) string {
	if r := []rune(title); len(r) > maxFileName {
		title = string(r[:maxFileName])
	}
	return cards.File{Title: cards.CleanName(title), Extension: extension}.SaveName()
}

// relative is the way from one exported folder to another, with slashes.
func relative(from, to string) string {
	r, err := filepath.Rel(filepath.FromSlash(from), filepath.FromSlash(to))
	if err != nil {
		return to
	}
	return filepath.ToSlash(r)
}
