package app

import (
	"context"
	"errors"
	"io"
	"strings"

	"corkboard/blobs"
	"corkboard/media"
	"corkboard/search"
)

// maxFileText is how many bytes of a file's text can be found.
const maxFileText = 1 << 20

// fileBatch is how many files are listed at a time.
const fileBatch = 256

// listFiles finds the files that are here and were not read.
func (f *finder) listFiles(ctx context.Context) error {
	var unread []search.File
	for after := ""; ; {
		list, err := f.index.Unread(ctx, after, fileBatch)
		if err != nil {
			return err
		}
		for _, file := range list {
			if f.a.blobs.Has(blobs.ID(file.Blob)) {
				unread = append(unread, file)
			}
			after = file.Blob
		}
		if len(list) < fileBatch {
			break
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unread = unread
	return nil
}

// readFile reads the first of the files that were not read.
func (f *finder) readFile(ctx context.Context) error {
	f.mu.Lock()
	file := f.unread[0]
	f.mu.Unlock()
	text, err := f.a.textOf(ctx, file)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, media.ErrClosed):
		return err
	case errors.Is(err, media.ErrWorkerDied), errors.Is(err, media.ErrTimeout):
		err = f.index.Tried(ctx, file.Blob)
	default: // what is broken or locked has no text
		if err != nil {
			f.a.opts.Log.Info("the text of a file cannot be read", "mime", file.MIME, "err", err)
		}
		err = f.index.PutFile(ctx, file.Blob, text)
	}
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unread = f.unread[1:]
	return nil
}

// textOf reads the text of a file, at most maxFileText bytes. PDFs are read by the jailed
// worker, when it has nothing better to do.
func (a *App) textOf(ctx context.Context, file search.File) (string, error) {
	path, err := a.FilePath(ctx, blobs.ID(file.Blob))
	if err != nil {
		return "", err
	}
	if file.MIME == "application/pdf" {
		return a.media.AllText(media.WithPriority(ctx, media.Background), path, maxFileText)
	}
	r, err := a.blobs.Open(blobs.ID(file.Blob))
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxFileText))
	if err != nil || strings.IndexByte(string(b), 0) >= 0 {
		return "", err
	}
	return strings.ToValidUTF8(string(b), " "), nil
}
