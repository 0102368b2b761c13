package bitflip

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/proof"
	"corkboard/search"
	"corkboard/share"
)

// patience bounds what is waited for.
const patience = time.Minute

func options(dir string, meets bool) app.Options {
	o := app.Options{Profile: dir, Log: slog.New(slog.DiscardHandler), NoWeb: true, Code: filepath.Join(filepath.Dir(dir), "code")}
	if meets {
		o.Network = app.Network{On: true, Listen: []string{"127.0.0.1:0"}, NoLAN: true}
	}
	return o
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// original is what flips are made in.
type original struct {
	dir, friend string // two profiles that share a board
	truth       shown
	anew        shown // the same with pictures that are made anew: other levels are exact
}

// build lets the program make both profiles.
func build(t *testing.T, dir string) original {
	t.Helper()
	o := original{dir: filepath.Join(dir, "profile"), friend: filepath.Join(dir, "friend")}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	a, err := app.Open(ctx, options(o.dir, true))
	must(t, err)
	b, err := app.Open(ctx, options(o.friend, true))
	must(t, err)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	plans := fill(t, ctx, a)
	link, err := a.CopyLink(ctx, plans, share.Write)
	must(t, err)
	_, err = b.Join(ctx, link)
	must(t, err)
	meet(t, ctx, a, b)
	want := len(files(ctx, a))
	if !proof.Eventually(ctx, func() bool { return len(files(ctx, b)) >= 1 && a.SyncState(plans).Have == 1 }) {
		t.Fatalf("the friend has %d of %d files", len(files(ctx, b)), want)
	}
	must(t, b.Close(ctx))
	a.UpdateDevice(func(d *app.Device) { d.BackedUp = 1234567 })
	if !proof.Eventually(ctx, func() bool { return idle(a) }) {
		t.Fatal("the index is never complete")
	}
	must(t, a.Close(ctx))
	a, err = app.Open(ctx, options(o.dir, false)) // so that nothing is on its way any more
	must(t, err)
	o.truth = look(ctx, a)
	if len(o.truth.named) > 0 {
		t.Fatalf("the undamaged profile: %v", o.truth.named)
	}
	must(t, a.Close(ctx))
	bare := filepath.Join(dir, "bare")
	must(t, copyOf(o.dir, bare))
	must(t, os.RemoveAll(filepath.Join(bare, "pictures")))
	a, err = app.Open(ctx, options(bare, false))
	must(t, err)
	o.anew = look(ctx, a)
	must(t, a.Close(ctx))
	return o
}

func meet(t *testing.T, ctx context.Context, a, b *app.App) {
	t.Helper()
	if !proof.Eventually(ctx, func() bool { return len(a.Addresses()) > 0 && len(b.Addresses()) > 0 }) {
		t.Fatal("no addresses")
	}
	must(t, b.DialManually(ctx, a.Addresses()[0]))
}

func idle(a *app.App) bool {
	s := a.IndexState()
	return !s.Working && s.Behind == 0 && s.Files == 0
}

// fill writes cards, lists, boards and files, and shares a board.
func fill(t *testing.T, ctx context.Context, a *app.App) (shared doc.ID) {
	t.Helper()
	for n := range 8 {
		_, link, r := a.NewCard(a.Home(), string(cards.KindText), board.Point{X: float64(n * 300)})
		must(t, r.Wait(ctx))
		live := doc.Open(a.Docs(), link.Document, "text", cards.TextCodec{})
		must(t, awaitReady(ctx, live))
		for line := range 12 {
			was := live.Snapshot().Value.Text
			now := was + strings.Repeat(fmt.Sprintf("word%d line%d ", n, line), 20) + "\n"
			must(t, live.Do(cards.EditText{Was: was, Now: now}).Wait(ctx))
		}
		live.Close()
	}
	for n, b := range [][]byte{picture(900, 700), picture(40, 30), bytes.Repeat([]byte("noise "), 30_000)} {
		_, err := a.ImportBytes(ctx, a.Home(), board.Point{Y: float64(n * 400)}, fmt.Sprintf("file%d.png", n), b)
		must(t, err)
	}
	id, r := a.NewDocument(cards.KindBoard, board.Create("Plans", ""))
	must(t, r.Wait(ctx))
	for range 3 {
		_, _, r := a.NewCard(id, string(cards.KindTodo), board.Point{})
		must(t, r.Wait(ctx))
	}
	_, err := a.ImportBytes(ctx, id, board.Point{Y: 900}, "shared.png", picture(300, 300))
	must(t, err)
	shared, err = a.Share(ctx, id)
	must(t, err)
	must(t, a.Flush(ctx))
	return shared
}

func awaitReady[T any](ctx context.Context, live *doc.Live[T]) error {
	proof.Eventually(ctx, func() bool { return live.Snapshot().State != doc.Loading })
	return live.Snapshot().Err
}

func picture(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x * y), uint8(x ^ y*7), uint8(y*31 + w), 255})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // memory does not fail
	return b.Bytes()
}

// found is what a search for a word shows.
func found(ctx context.Context, a *app.App, word string) (string, error) {
	r, err := a.Search(ctx, search.Query{Text: word})
	var out []string
	for _, h := range r.Shown.Hits {
		out = append(out, fmt.Sprintf("%s %q %q", h.ID, h.Title, h.Snippet.Text))
	}
	return strings.Join(out, "\n"), err
}
