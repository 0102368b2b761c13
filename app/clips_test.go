package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corkboard/app/clipper"
	"corkboard/app/ipc"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// keepTest puts clips into a profile's spool.
func keepTest(t *testing.T, dir string, list ...clipper.Clip) {
	t.Helper()
	for _, c := range list {
		must(t, clipper.SpoolOf(dir).Keep(c))
	}
}

// oldProfile is a profile that was open before.
func oldProfile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	closeTest(t, openTest(t, dir))
	return dir
}

// awaitClips waits until no clip of a profile waits.
func awaitClips(t *testing.T, a *App) {
	t.Helper()
	eventually(t, a, "all clips are taken in", func() bool {
		list, err := clipper.SpoolOf(a.Profile()).List()
		must(t, err)
		return len(list) == 0
	})
}

// inboxOf is the one board called Inbox on Home.
func inboxOf(t *testing.T, a *App) *board.Board {
	t.Helper()
	var found []*board.Board
	for _, c := range readTest(t, a, a.home).Cards {
		if c.Link.Kind == cards.KindBoard {
			found = append(found, readTest(t, a, c.Link.Document))
		}
	}
	if len(found) != 1 || found[0].Title != cards.InboxTitle {
		t.Fatalf("%d boards are on Home, want the Inbox", len(found))
	}
	return found[0]
}

// kindsOn is the kinds of the cards of a board, sorted.
func kindsOn(b *board.Board) (list []string) {
	for _, c := range b.Cards {
		list = append(list, c.Link.Kind)
	}
	slices.Sort(list)
	return list
}

// urlOn is the first card of a page on a board.
func urlOn(t *testing.T, a *App, b *board.Board) cards.URL {
	t.Helper()
	for _, c := range b.Cards {
		if c.Link.Kind == cards.KindURL {
			m, err := a.readWhole(testContext(t), c.Link.Document)
			must(t, err)
			return cards.URLCodec{}.Decode(doc.NewTree(m))
		}
	}
	t.Fatal("there is no card of a page")
	return cards.URL{}
}

// serveTest answers as a window does.
func serveTest(t *testing.T, a *App) {
	t.Helper()
	t.Cleanup(a.Serve(Handlers{}))
}

func TestClipsWaitForTheNextStart(t *testing.T) {
	dir := oldProfile(t)
	keepTest(t, dir,
		clipper.Clip{Kind: clipper.Selection, Address: "https://example.org/a", Title: "A [page]", Text: " one \n\ntwo\r\nthree\n"},
		clipper.Clip{Kind: clipper.Image, Source: "https://example.org/a", Title: "A page", Name: "red.png", Data: picture(t, 400, 300)},
		clipper.Clip{Kind: clipper.Link, Address: "https://example.org/b"},
	)
	a := openWith(t, Options{Profile: dir, NoWeb: true})
	if len(readTest(t, a, a.home).Cards) != 1 {
		t.Fatal("a command without a window has taken clips in")
	}
	serveTest(t, a)
	awaitClips(t, a)
	b := inboxOf(t, a)
	if got := kindsOn(b); !slices.Equal(got, []string{cards.KindImage, cards.KindText, cards.KindURL}) {
		t.Fatalf("the Inbox has %q", got)
	}
	for i, c := range b.Cards {
		if c.Link.Kind == cards.KindText {
			if got, want := textOn(t, a, mustInbox(t, a), c.ID), "> one\n>\n> two  \n> three\n\n[A \\[page\\]](<https://example.org/a>)\n"; got != want {
				t.Errorf("the selection says %q, want %q", got, want)
			}
		}
		if c.Link.Kind == cards.KindImage {
			f := fileOn(t, a, mustInbox(t, a), c.ID)
			if f.Title != "red" || f.Width != 400 || f.Caption != "A page\nhttps://example.org/a" || c.Size != (board.Size{W: 300, H: 225 + captionRoom}) {
				t.Errorf("the image is %+v, %v", f, c.Size)
			}
		}
		for _, other := range b.Cards[:i] {
			if other.At.X == c.At.X {
				t.Errorf("two cards are in one place: %v, %v", other.At, c.At)
			}
		}
	}
	for _, on := range []doc.ID{a.home, mustInbox(t, a)} {
		if what, err := a.Undo(on); !NothingLeft(err) {
			t.Errorf("undo takes %q back, %v", what, err)
		}
	}
}

func mustInbox(t *testing.T, a *App) doc.ID {
	t.Helper()
	id, err := a.inboxDocument(testContext(t))
	must(t, err)
	return id
}

func TestClipsComeInWhileTheProgramRuns(t *testing.T) {
	dir := t.TempDir()
	a := openWith(t, Options{Profile: dir, NoWeb: true})
	serveTest(t, a)
	for n := range 3 {
		keepTest(t, dir, clipper.Clip{Kind: clipper.Selection, Text: "words"})
		r, err := ipc.Call(testContext(t), dir, ipc.Request{Verb: ipc.Clips})
		if err != nil || len(r.Errors) > 0 {
			t.Fatal(r.Errors, err)
		}
		awaitClips(t, a)
		if got := len(inboxOf(t, a).Cards); got != n+1 {
			t.Fatalf("%d cards after %d clips", got, n+1)
		}
	}
}

// A clip whose file could not be taken away is on the board once, whatever comes.
func TestAClipIsTakenOnce(t *testing.T) {
	dir := oldProfile(t)
	keepTest(t, dir, clipper.Clip{Kind: clipper.Link, Address: "https://example.org/b"})
	list, err := clipper.SpoolOf(dir).List()
	must(t, err)
	path := filepath.Join(dir, "clips", list[0])
	file, err := os.ReadFile(path)
	must(t, err)
	for range 3 {
		must(t, os.WriteFile(path, file, 0o600)) // as after a crash before it was removed
		a := openWith(t, Options{Profile: dir, NoWeb: true})
		stop := a.Serve(Handlers{})
		awaitClips(t, a)
		if got := inboxOf(t, a).Cards; len(got) != 1 {
			t.Errorf("the clip is there %d times", len(got))
		}
		stop()
		closeTest(t, a)
	}
}

// A page comes with what its reader saw, and is kept as that; nobody asks its site for it.
func TestAPageIsKeptAsItWasShown(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	a := openBeside(t, s, dir)
	serveTest(t, a)
	html := `<html><head><title>Members only</title><link rel="icon" href="/icon.png"></head><body><article><h1>Secret ferry</h1>` +
		strings.Repeat("<p>"+articleWords+"</p>", 8) + `<script>alert(1)</script></article></body></html>`
	keepTest(t, dir, clipper.Clip{Kind: clipper.Page, Address: s.URL + "/", Title: "Members only", HTML: html})
	a.Answer(testContext(t), ipc.Request{Verb: ipc.Clips})
	awaitClips(t, a)
	u := urlOn(t, a, inboxOf(t, a))
	if u.Title != "Members only" || u.Captured == 0 || u.Article.Blob == "" || u.Archive.Blob == "" || u.Icon.Blob == "" || u.Failed != "" {
		t.Errorf("%+v", u)
	}
	if n := s.asked.Load(); n != 0 {
		t.Errorf("the page was fetched %d times", n)
	}
	if text := storedText(t, a, u.Archive.Blob); !strings.Contains(text, "Secret ferry") || strings.Contains(text, "alert") {
		t.Errorf("the archive is %.300s", text)
	}
}

func TestABrokenClipHoldsNobodyUp(t *testing.T) {
	dir := oldProfile(t)
	folder := filepath.Join(dir, "clips")
	must(t, os.Mkdir(folder, 0o700))
	broken := filepath.Join(folder, strings.Repeat("0", 32)+".clip")
	must(t, os.WriteFile(broken, []byte("no clip"), 0o600))
	keepTest(t, dir, clipper.Clip{Kind: clipper.Selection, Text: "words"})
	a := openWith(t, Options{Profile: dir})
	serveTest(t, a)
	awaitClips(t, a)
	if got := len(inboxOf(t, a).Cards); got != 1 {
		t.Errorf("%d cards", got)
	}
	if b, err := os.ReadFile(broken + ".bad"); err != nil || string(b) != "no clip" {
		t.Errorf("%q, %v", b, err)
	}
}

// An Inbox that lies nowhere comes back to Home with the next clip; one that was moved stays.
func TestTheInboxCanBeFound(t *testing.T) {
	dir := t.TempDir()
	a := openWith(t, Options{Profile: dir})
	serveTest(t, a)
	clip := func() {
		t.Helper()
		keepTest(t, dir, clipper.Clip{Kind: clipper.Selection, Text: "words"})
		a.Answer(testContext(t), ipc.Request{Verb: ipc.Clips})
		awaitClips(t, a)
	}
	clip()
	id := mustInbox(t, a)
	var card board.CardID
	for _, c := range readTest(t, a, a.home).Cards {
		if c.Link.Document == id {
			card = c.ID
		}
	}
	must(t, a.do(a.home, board.RemoveCards{IDs: []board.CardID{card}}).Wait(testContext(t)))
	nowhere := func() bool {
		places, err := a.WhereIs(testContext(t), id)
		must(t, err)
		return len(places) == 0
	}
	eventually(t, a, "the search has seen it", nowhere)
	clip()
	if got := len(inboxOf(t, a).Cards); got != 2 {
		t.Errorf("%d cards", got)
	}
}

func TestInboxPlace(t *testing.T) {
	b := &board.Board{}
	taken := map[board.Point]bool{}
	for n := range 12 {
		at := inboxPlace(b)
		if taken[at] {
			t.Fatalf("card %d lies on another, at %v", n, at)
		}
		taken[at] = true
		b.Cards = append(b.Cards, &board.Card{At: at, Size: board.Size{W: inboxWidth, H: float64(100 + 40*n%5)}})
	}
	if at := (board.Point{X: arriveAt, Y: arriveAt}); !taken[at] {
		t.Errorf("nothing is at %v", at)
	}
}
