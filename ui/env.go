package ui

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"image"
	"image/color"
	"log/slog"
	"net/url"
	"time"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/doc"
	"corkboard/media"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

type (
	docID       = doc.ID
	deviceState = app.Device
)

// pictureMemory bounds decoded pictures, in bytes. It need not hold all that
// is in view: cards are painted once, and a picture comes back from the disk in
// milliseconds.
const pictureMemory = 32 << 20

// newEnv connects the renderers to the program. The window fills in what
// needs a window.
func newEnv(a *app.App, f fyne.App) *renderers.Env {
	e := &renderers.Env{
		Docs:     a.Docs(),
		Post:     fyne.Do,
		Sentence: sentence,
		Now:      time.Now,
		NewID:    newID,
		Registry: renderers.NewRegistry(),
		Room:     roomsOf(a.Presence),
		ReadOnly: a.ReadOnly() != nil,
		Still:    still(a.Device().Motion, f),
		Dark: func() bool {
			l, _ := f.Settings().Theme().(look) // another theme counts as "system"
			return l.dark(f.Settings().ThemeVariant())
		},
		Copy: func(text string) { f.Clipboard().SetContent(text) },
		OpenURL: func(address string) {
			if u, err := url.Parse(address); err == nil {
				_ = f.OpenURL(u)
			}
		},
	}
	e.People = speakersOf(a)
	if slog.Default().Enabled(context.Background(), slog.LevelDebug) {
		e.Slow = func(cause string, took time.Duration) {
			slog.Debug("the window was kept busy", "cause", cause, "ms", took.Milliseconds())
		}
	}
	e.Fetch = fetcher(a)
	e.Frames = func(ctx context.Context, p renderers.Picture) ([]renderers.Frame, error) {
		return frames(ctx, a, p)
	}
	e.PageText = func(ctx context.Context, blob string, page int) (renderers.PageText, error) {
		return pageText(ctx, a, blob, page)
	}
	e.FileText = func(ctx context.Context, blob string) (string, error) { return fileText(ctx, a, blob) }
	e.PageSizes = func(ctx context.Context, blob string) ([]renderers.Point, error) {
		return pageSizes(ctx, a, blob)
	}
	e.Pictures = renderers.NewPictures(pictureMemory, e.Fetch)
	return e
}

func speakersOf(a *app.App) *renderers.People {
	return &renderers.People{
		Me: a.PersonID, Seen: a.ThreadSeen, Saw: a.SawThread,
		Look: func(id string) renderers.PersonLook {
			return lookOf(a.Speaker(id))
		},
	}
}

// fetcher decodes pictures of stored files.
func fetcher(a *app.App) func(ctx context.Context, p renderers.Picture) (*image.RGBA, error) {
	return func(ctx context.Context, p renderers.Picture) (*image.RGBA, error) {
		m, err := a.Picture(ctx, blobs.ID(p.Blob), p.PDF, p.Page, max(p.W, p.H))
		if errors.Is(err, blobs.ErrMissing) {
			err = fmt.Errorf("%w: %w", err, renderers.ErrAbsent)
		}
		return m, err
	}
}

func frames(ctx context.Context, a *app.App, p renderers.Picture) ([]renderers.Frame, error) {
	path, err := a.FilePath(ctx, blobs.ID(p.Blob))
	if err != nil {
		return nil, err
	}
	list, err := a.Media().Frames(ctx, path, media.Size{W: p.W, H: p.H}, maxFrames)
	out := make([]renderers.Frame, len(list))
	for i, f := range list {
		out[i] = renderers.Frame{Image: f.Picture, Delay: time.Duration(f.DelayMS) * time.Millisecond}
	}
	return out, err
}

// maxFrames bounds an animation in memory.
const maxFrames = 200

func pageText(ctx context.Context, a *app.App, blob string, page int) (renderers.PageText, error) {
	path, err := a.FilePath(ctx, blobs.ID(blob))
	if err != nil {
		return renderers.PageText{}, err
	}
	t, err := a.Media().Text(ctx, path, page)
	out := renderers.PageText{Text: t.Text}
	for _, line := range t.Lines {
		for _, w := range line.Words {
			r := w.Rect
			out.Words = append(out.Words, renderers.Word{Text: line.Text[w.Start:w.End], Rect: paint.Rect{
				X: float32(r.X0), Y: float32(r.Y0), W: float32(r.X1 - r.X0), H: float32(r.Y1 - r.Y0)}})
		}
	}
	return out, err
}

func pageSizes(ctx context.Context, a *app.App, blob string) ([]renderers.Point, error) {
	path, err := a.FilePath(ctx, blobs.ID(blob))
	if err != nil {
		return nil, err
	}
	info, err := a.Media().PDFInfo(ctx, path)
	var out []renderers.Point
	for _, p := range info.Sizes {
		out = append(out, renderers.Point{X: float32(p.W), Y: float32(p.H)})
	}
	return out, err
}

func newID() doc.ID {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return doc.NewID(b)
}

func hexOf(c color.Color) string {
	const digits = "0123456789ABCDEF"
	r, g, b, _ := c.RGBA()
	out := []byte{'#'}
	for _, x := range []uint32{r >> 8, g >> 8, b >> 8} {
		out = append(out, digits[x>>4&15], digits[x&15])
	}
	return string(out)
}
