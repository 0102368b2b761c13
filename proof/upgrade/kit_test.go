package upgrade

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/media"
)

// code is where the sandboxed engine's compiled code lies, for all profiles.
var code string

func TestMain(m *testing.M) {
	media.MaybeWorker()
	var err error
	if code, err = os.MkdirTemp("", "corkboard-upgrade-code-"); err != nil {
		panic(err)
	}
	n := m.Run()
	os.RemoveAll(code)
	os.Exit(n)
}

func opened(t *testing.T, dir string) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), app.Options{
		Profile: dir, Code: code, NoWeb: true, Log: slog.New(slog.DiscardHandler),
		Network: app.Network{On: true, Listen: []string{"127.0.0.1:0"}, NoLAN: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, a) })
	return a
}

// closed closes an App; again does nothing.
func closed(t *testing.T, a *app.App) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := a.Close(ctx); err != nil {
		t.Errorf("closing: %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func boardOf(a *app.App, id doc.ID) *doc.Live[*board.Board] {
	return doc.Open[*board.Board](a.Docs(), id, cards.KindBoard, board.Codec{})
}

// read is a board as it is now.
func read(t *testing.T, a *app.App, id doc.ID) *board.Board {
	t.Helper()
	l := boardOf(a, id)
	defer l.Close()
	return doctest.AwaitState(t, l, doc.Ready).Value
}

// onBoard does something to a board and waits until it is on disk.
func onBoard(t *testing.T, a *app.App, id doc.ID, c doc.Command[*board.Board]) {
	t.Helper()
	l := boardOf(a, id)
	defer l.Close()
	doctest.AwaitState(t, l, doc.Ready)
	must(t, l.Do(c).Wait(t.Context()))
}

// within waits until something has come about.
func within(t *testing.T, what string, good func() bool) {
	t.Helper()
	for until := time.Now().Add(2 * time.Minute); !good(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("never: %s", what)
		}
	}
}

// texts are the texts of the cards of a board, as far as they can be read now.
func texts(a *app.App, id doc.ID) string {
	l := boardOf(a, id)
	defer l.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	s, err := doc.Await(ctx, l, func(s doc.Snapshot[*board.Board]) bool { return s.State == doc.Ready })
	if err != nil {
		return ""
	}
	var out []string
	for _, c := range s.Value.Cards {
		raw := doc.Open(a.Docs(), c.Link.Document, "raw", doctest.Raw{})
		if s, err := doc.Await(ctx, raw, func(s doc.Snapshot[doc.Map]) bool { return s.State == doc.Ready }); err == nil {
			text, _ := s.Value["text"].(doc.Text)
			out = append(out, string(text))
		}
		raw.Close()
	}
	return strings.Join(out, "|")
}

// listing is all that is in a profile: each document that hangs on Home, the steps that can be
// undone, the files, who shares what, and who this is. A line a thing, sorted.
func listing(t *testing.T, a *app.App) []string {
	t.Helper()
	out := map[string]bool{fmt.Sprintf("person %s %s", a.PersonID(), a.Me().Name): true}
	seen := map[doc.ID]bool{}
	var walk func(id doc.ID, kind string)
	walk = func(id doc.ID, kind string) {
		if seen[id] {
			return
		}
		seen[id] = true
		l := doc.Open(a.Docs(), id, "raw", doctest.Raw{})
		defer l.Close()
		s := doctest.AwaitState(t, l, doc.Ready)
		if s.Err != nil {
			t.Errorf("%s %s: %v", kind, id, s.Err)
		}
		out[fmt.Sprintf("%s %s %s", kind, id, doctest.Show(s.Value))] = true
		if undo, _, can, _ := l.Steps(); can {
			out[fmt.Sprintf("undo %s %s", id, undo.Label)] = true
		}
		if blob, ok := s.Value["blob"].(string); ok {
			out["content "+blob+" "+content(t, a, blobs.ID(blob))] = true
		}
		if kind != cards.KindBoard {
			return
		}
		if share := a.Sharing(id); share.Shared {
			for _, m := range share.Members {
				out[fmt.Sprintf("member %s %s %s owner=%t", id, m.Name, string(rune(m.Role)), m.Owner)] = true
			}
		}
		b := read(t, a, id)
		for _, c := range b.Cards {
			walk(c.Link.Document, c.Link.Kind)
		}
	}
	walk(a.Home(), cards.KindBoard)
	return slices.Sorted(maps.Keys(out))
}

// content is the hash and the length of a file.
func content(t *testing.T, a *app.App, id blobs.ID) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	must(t, a.CopyOut(t.Context(), id, to))
	f, err := os.Open(to)
	must(t, err)
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	must(t, err)
	return fmt.Sprintf("%s %d bytes", hex.EncodeToString(h.Sum(nil)), n)
}
