package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/media"
)

// maxText is the size in bytes up to which a text becomes a text card; a longer
// one is kept as a file.
const maxText = 256 << 10

// textNames are the extensions of files that become text cards.
var textNames = []string{".txt", ".md", ".markdown"}

// shortText reads a text file that becomes a text card. Anything that is in the
// way makes it a file like others.
func shortText(path string) (string, bool) {
	if !slices.Contains(textNames, strings.ToLower(filepath.Ext(path))) {
		return "", false
	}
	// Looking first: opening a pipe would block for ever.
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxText {
		return "", false
	}
	f, err := os.Open(path)
	if err != nil {
		return "", false
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err != nil || len(b) > maxText {
		return "", false
	}
	return plainText(string(b))
}

// plainText makes a card's text of a file's: no byte order mark, lines ended by
// a line feed. Texts that say nothing or hold binary are not for a card.
func plainText(s string) (string, bool) {
	s = strings.TrimPrefix(s, "\ufeff")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	ok := utf8.ValidString(s) && !strings.ContainsRune(s, 0) && strings.TrimSpace(s) != ""
	return s, ok
}

// describe is what there is to know of a stored file. What cannot be measured
// stays unknown: the card shows why. Errors: those of blobs, the context's.
func (a *App) describe(ctx context.Context, name string, blob blobs.ID, size int64) (cards.File, error) {
	title, extension := cards.SplitName(name)
	f := cards.File{
		Title: title, Extension: extension, Blob: string(blob), Size: size,
		Captured: a.opts.Now().UnixMilli(),
	}
	path, err := a.blobs.Path(blob)
	if err != nil {
		return f, err
	}
	head, err := readHead(path)
	if err != nil {
		return f, fmt.Errorf("reading a stored file: %w", err)
	}
	var kind media.Kind
	kind, f.MIME = media.Sniff(head, name)
	var info media.Info
	switch kind {
	case media.KindImage, media.KindPDF:
		info, err = a.pics.Add(ctx, a.source(blob, path, kind == media.KindPDF, 0))
	case media.KindSound, media.KindFilm:
		info, err = a.media.Probe(ctx, path)
	default:
		return f, nil
	}
	if err != nil {
		if ctx.Err() != nil {
			return f, ctx.Err()
		}
		a.opts.Log.Info("a file could not be measured", "mime", f.MIME, "error", err)
		return f, nil
	}
	f.Width, f.Height, f.Animated = info.Width, info.Height, info.Animated
	f.Duration, f.Bars = info.DurationMS, info.Bars
	if kind == media.KindPDF {
		f.Pages = info.Pages
	}
	if c := info.Average; c.A > 0 {
		f.Average = fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	}
	return f, nil
}

func readHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, media.SniffLen)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}
