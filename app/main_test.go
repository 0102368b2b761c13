package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/media"
)

// code is where the sandboxed engine's compiled code lies, for all tests.
var code string

func TestMain(m *testing.M) {
	media.MaybeWorker()
	maybeWriter()
	var err error
	if code, err = os.MkdirTemp("", "corkboard-app-code-"); err != nil {
		panic(err)
	}
	n := m.Run()
	os.RemoveAll(code)
	os.Exit(n)
}

func testContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// openTest opens a profile and closes it with the test.
func openTest(t *testing.T, dir string) *App {
	t.Helper()
	return openWith(t, Options{Profile: dir})
}

func openWith(t *testing.T, o Options) *App {
	t.Helper()
	o.Code = code
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a, err := Open(testContext(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeTest(t, a) })
	return a
}

// closeTest closes an App; again does nothing.
func closeTest(t *testing.T, a *App) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := a.Close(ctx); err != nil {
		t.Errorf("closing: %v", err)
	}
}

// readTest reads a board.
func readTest(t *testing.T, a *App, id doc.ID) *board.Board {
	t.Helper()
	b, err := a.readBoard(testContext(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newBoard makes an empty board.
func newBoard(t *testing.T, a *App, title string) doc.ID {
	t.Helper()
	id, r := a.NewDocument(cards.KindBoard, board.Create(title, ""))
	must(t, r.Wait(testContext(t)))
	return id
}

// newText pins a text card.
func newText(t *testing.T, a *App, on doc.ID, at board.Point, text string) board.CardID {
	t.Helper()
	id, err := a.pinNew(testContext(t), on, at, "", cards.KindText, cards.NewText(text))
	must(t, err)
	return id
}

// textOn is what a text card of a board says.
func textOn(t *testing.T, a *App, on doc.ID, id board.CardID) string {
	t.Helper()
	c := readTest(t, a, on).Card(id)
	if c == nil {
		t.Fatalf("card %q is not there", id)
	}
	m, err := a.readWhole(testContext(t), c.Link.Document)
	must(t, err)
	return cards.TextCodec{}.Decode(doc.NewTree(m)).Text
}

// fileOn is the file document behind a card of a board.
func fileOn(t *testing.T, a *App, on doc.ID, id board.CardID) cards.File {
	t.Helper()
	c := readTest(t, a, on).Card(id)
	if c == nil {
		t.Fatalf("card %q is not there", id)
	}
	m, err := a.readWhole(testContext(t), c.Link.Document)
	must(t, err)
	return cards.FileCodec{}.Decode(doc.NewTree(m))
}

// write makes a file of the test.
func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, data, 0o600))
	return path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
