package ui

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/media"
	"corkboard/share"
)

func TestMain(m *testing.M) {
	media.MaybeWorker()
	dir, err := os.MkdirTemp("", "corkboard-code-")
	if err != nil {
		panic(err)
	}
	code = dir
	result := m.Run()
	_ = os.RemoveAll(dir) // it is only a cache
	os.Exit(result)
}

// code is where the sandboxed engine is compiled once for all tests.
var code string

// desk is a window of the test driver over a real profile. Posted closures
// run where the test waits, so that one goroutine is the UI goroutine.
type desk struct {
	t     *testing.T
	app   *app.App
	w     *Window
	posts chan func()
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return newDeskOn(t, app.Options{Profile: t.TempDir()})
}

func newDeskOn(t *testing.T, o app.Options) *desk {
	t.Helper()
	f := test.NewTempApp(t)
	o.Log = slog.New(slog.DiscardHandler)
	o.Code = code
	a, err := app.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, app: a, posts: make(chan func(), 4096)}
	env := newEnv(a, f)
	env.Post = func(fn func()) { d.posts <- fn }
	d.w = newWindow(a, f, env)
	env.OpenDocument = d.w.Open
	d.w.show()
	d.w.followKeys()
	t.Cleanup(func() {
		d.w.leave()
		d.w.painters.Close()
		env.Pictures.Close()
		if err := a.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	d.until("the Home board is there", func() bool { return len(d.cards()) == 1 })
	return d
}

// until runs what is posted until something is so.
func (d *desk) until(what string, so func() bool) {
	d.t.Helper()
	end := time.After(20 * time.Second)
	for !so() {
		select {
		case f := <-d.posts:
			f()
		case <-time.After(20 * time.Millisecond): // what the store says changes without a word to the window
		case <-end:
			d.t.Fatalf("waited in vain until %s", what)
		}
	}
}

func (d *desk) cards() []*board.Card {
	if b := d.w.board.Live.Snapshot().Value; b != nil {
		return b.Cards
	}
	return nil
}

// said reports whether a notice holds these words.
func (d *desk) said(words string) bool {
	return strings.Contains(test.RenderObjectToMarkup(d.w.notices.object), words)
}

func TestWindowMakesOpensAndLeavesABoard(t *testing.T) {
	d := newDesk(t)
	home := d.w.trail.here()
	d.w.newBoard()
	d.until("the new board is pinned", func() bool { return len(d.cards()) == 2 })
	for _, c := range d.cards() {
		if c.Link.Kind == cards.KindBoard {
			d.w.openCard(d.w.board, c.ID)
		}
	}
	if d.w.trail.here() == home {
		t.Fatal("the board was not entered")
	}
	d.w.bar.rename("Garden")
	d.until("the title is followed", func() bool { return d.w.bar.title.Text == "Garden" })
	if !strings.HasPrefix(d.w.win.Title(), "Garden") {
		t.Errorf("the window is called %q", d.w.win.Title())
	}
	d.w.Back()
	if d.w.trail.here() != home || d.w.board == nil {
		t.Error("back does not lead home")
	}
	if d.app.Device().Current != d.app.Home() {
		t.Error("the device does not know which board is shown")
	}
}

func TestWindowUndoesWhatTheHandDidAndSaysSo(t *testing.T) {
	d := newDesk(t)
	d.w.newCard(d.w.board, cards.KindBoard, board.Point{X: 600, Y: 80})
	d.until("the card is pinned", func() bool { return len(d.cards()) == 2 })
	d.w.Effect(d.w.board, board.Undo{})
	d.until("it is gone", func() bool { return len(d.cards()) == 1 })
	d.until("that is said", func() bool { return d.said("Undone") })
	d.w.Effect(d.w.board, board.Redo{})
	d.until("it is back", func() bool { return len(d.cards()) == 2 })
}

func TestWindowTakesDroppedFilesAndFoldersAndNamesWhatItCannotTake(t *testing.T) {
	d := newDesk(t)
	dir := t.TempDir()
	note := filepath.Join(dir, "note.md")
	if err := os.WriteFile(note, []byte("# From outside"), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(dir, "gone.png")
	d.w.dropped(fyne.NewPos(300, 300), []fyne.URI{storage.NewFileURI(note), storage.NewFileURI(dir), storage.NewFileURI(gone)})
	d.until("the note is pinned, and that in the folder", func() bool { return len(d.cards()) == 3 })
	d.until("what is not there is refused in words", func() bool { return d.said("no such file") })
}

func TestWindowAnswersLinks(t *testing.T) {
	d := newDesk(t)
	d.w.openLink("hypermerge:/2MEMG5bNjbZTF7tUdVbdvaWyxTJvnvwhqNuLGCEHgBvr?pushpinContentType=board")
	d.until("the foreign link is explained", func() bool { return d.said("PushPin") })
	id, r := d.app.NewDocument(cards.KindText, cards.NewText("linked"))
	if err := r.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	d.w.openLink(share.Format(share.Link{Document: id, Kind: cards.KindText}))
	if d.w.trail.here().id != id || d.w.full == nil {
		t.Error("the link was not opened")
	}
	d.until("its title is shown", func() bool { return d.w.bar.title.Text == "linked" })
}

func TestWindowKeepsTheCameraOfABoard(t *testing.T) {
	d := newDesk(t)
	d.w.board.Session.Camera.Zoom = 0.5
	d.w.leave()
	d.w.show()
	if z := d.w.board.Session.Camera.Zoom; z != 0.5 {
		t.Errorf("the board came back at zoom %v", z)
	}
}
