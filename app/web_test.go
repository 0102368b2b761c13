package app

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/search"
)

// site is a web server with one page, and how often it was asked for it.
type site struct {
	*httptest.Server
	served atomic.Int32 // requests of any kind
	asked  atomic.Int32
	wait   chan struct{} // if not nil, the page is held back until it is closed
	code   atomic.Int32  // answered instead of the page, unless 0
}

const articleWords = "The ferry to the island leaves from the old bridge at twenty to ten, and it does not wait for anybody."

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		s.asked.Add(1)
		if s.wait != nil {
			<-s.wait
		}
		if code := int(s.code.Load()); code != 0 {
			w.WriteHeader(code)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html><head><title>other</title><meta property="og:title" content="Ferry &amp; bridge">
			<meta property="og:image" content="/lead.png"><meta name="description" content="When it leaves.">
			<link rel="icon" href="/icon.png"></head><body><article><h1>Ferry</h1>%s</article><script>alert(1)</script></body></html>`,
			strings.Repeat("<p>"+articleWords+"</p>", 8))
	})
	png := func(w, h int) http.HandlerFunc {
		b := picture(t, w, h)
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write(b)
		}
	}
	mux.HandleFunc("GET /lead.png", png(80, 40))
	mux.HandleFunc("GET /icon.png", png(32, 32))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.served.Add(1)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// address is that of the server.
func (s *site) address(t *testing.T) netip.AddrPort {
	t.Helper()
	at, err := netip.ParseAddrPort(strings.TrimPrefix(s.URL, "http://"))
	must(t, err)
	return at
}

func openBeside(t *testing.T, s *site, dir string) *App {
	return openWith(t, Options{Profile: dir, WebAllow: s.address(t)})
}

// pageOn is the page behind a card.
func pageOn(t *testing.T, a *App, on doc.ID, id board.CardID) cards.URL {
	t.Helper()
	c := readTest(t, a, on).Card(id)
	if c == nil || c.Link.Kind != cards.KindURL {
		t.Fatalf("card %q is %+v", id, c)
	}
	m, err := a.readWhole(testContext(t), c.Link.Document)
	must(t, err)
	return cards.URLCodec{}.Decode(doc.NewTree(m))
}

func storedText(t *testing.T, a *App, blob string) string {
	t.Helper()
	r, err := a.blobs.Open(blobs.ID(blob))
	must(t, err)
	defer r.Close()
	b, err := io.ReadAll(r)
	must(t, err)
	return string(b)
}

func TestAPastedAddressIsACardAtOnceAndAPageSoon(t *testing.T) {
	s := newSite(t)
	s.wait = make(chan struct{})
	dir := t.TempDir()
	a := openBeside(t, s, dir)
	on := a.Home()
	before := len(readTest(t, a, on).Cards)
	paste(t, a, on, board.Point{X: 40, Y: 40}, s.URL+"\n", false)
	pinned := readTest(t, a, on).Cards
	if len(pinned) != before+1 {
		t.Fatalf("there are %d cards", len(pinned))
	}
	card := pinned[slices.IndexFunc(pinned, func(c *board.Card) bool { return c.Link.Kind == cards.KindURL })]
	id := card.ID
	if u := pageOn(t, a, on, id); u.Address != s.URL+"/" || u.Captured != 0 || !a.Capturing(u.Address) {
		t.Fatalf("%+v", u)
	}
	close(s.wait)
	eventually(t, a, "the page", func() bool { return pageOn(t, a, on, id).Captured > 0 })
	u := pageOn(t, a, on, id)
	if u.Title != "Ferry & bridge" || u.Description != "When it leaves." || u.Failed != "" || a.Capturing(u.Address) {
		t.Errorf("%+v", u)
	}
	if p := u.Picture; p.Width != 80 || p.Height != 40 || p.MIME != "image/png" || p.Average == "" {
		t.Errorf("the picture is %+v", p)
	}
	if u.Icon.Width != 32 {
		t.Errorf("the icon is %+v", u.Icon)
	}
	s.Close() // what is kept is read without it
	if text := storedText(t, a, u.Article.Blob); !strings.Contains(text, articleWords) {
		t.Errorf("the text is %q", text)
	}
	if all := storedText(t, a, u.Archive.Blob); !strings.Contains(all, "data:image/png;base64,") && !strings.Contains(all, articleWords) || strings.Contains(all, "alert(1)") {
		t.Errorf("the archive is %.2000s", all)
	}
	eventually(t, a, "what is in the text to be found", func() bool {
		r, err := a.Search(testContext(t), search.Query{Text: "twenty island anybody"})
		must(t, err)
		return len(r.Shown.Hits) == 1 && r.Shown.Hits[0].ID == card.Link.Document
	})
	label, err := a.Undo(on)
	must(t, err)
	if left := readTest(t, a, on).Cards; len(left) != before {
		t.Errorf("after undoing %q there are %d cards", label, len(left))
	}
}

func TestAFailedCaptureKeepsTheCardAndSaysWhy(t *testing.T) {
	s := newSite(t)
	s.code.Store(http.StatusNotFound)
	a := openBeside(t, s, t.TempDir())
	on := newBoard(t, a, "Links")
	ids, err := a.AddPages(testContext(t), on, board.Point{}, []string{s.URL, "http://10.1.2.3/", "http://localhost:8765/"})
	must(t, err)
	for i, want := range []string{"status 404", cards.WebPrivate, cards.WebPrivate} {
		eventually(t, a, "the reason", func() bool { return pageOn(t, a, on, ids[i]).Failed != "" })
		if got := pageOn(t, a, on, ids[i]).Failed; got != want {
			t.Errorf("%d: %q, want %q", i, got, want)
		}
	}
	s.code.Store(0)
	must(t, a.CaptureAgain(testContext(t), readTest(t, a, on).Card(ids[0]).Link.Document))
	eventually(t, a, "the page", func() bool { u := pageOn(t, a, on, ids[0]); return u.Captured > 0 && u.Failed == "" })
}

func TestOneAddressIsFetchedOnceForAllThatWait(t *testing.T) {
	s := newSite(t)
	s.wait = make(chan struct{})
	a := openBeside(t, s, t.TempDir())
	on := newBoard(t, a, "Links")
	ids, err := a.AddPages(testContext(t), on, board.Point{}, []string{s.URL, s.URL, s.URL})
	must(t, err)
	must(t, a.CaptureAgain(testContext(t), readTest(t, a, on).Card(ids[0]).Link.Document))
	close(s.wait)
	for _, id := range ids {
		eventually(t, a, "the page", func() bool { return pageOn(t, a, on, id).Captured > 0 })
	}
	if n := s.asked.Load(); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
}

func TestClosingGivesUpWhatIsBeingFetched(t *testing.T) {
	s := newSite(t)
	s.wait = make(chan struct{})
	dir := t.TempDir()
	a := openBeside(t, s, dir)
	on := newBoard(t, a, "Links")
	ids, err := a.AddPages(testContext(t), on, board.Point{}, []string{s.URL})
	must(t, err)
	eventually(t, a, "the question", func() bool { return s.asked.Load() == 1 })
	closeTest(t, a)
	close(s.wait)
	a = openBeside(t, s, dir)
	if u := pageOn(t, a, on, ids[0]); u.Address == "" || u.Captured != 0 || u.Failed != "" || a.Capturing(u.Address) {
		t.Errorf("%+v", u)
	}
}

func TestFilesOfLinksAreCardsOfPages(t *testing.T) {
	a := openWith(t, Options{Profile: t.TempDir(), Log: slog.New(slog.DiscardHandler)})
	on := newBoard(t, a, "Links")
	var paths []string
	for name, content := range map[string]string{
		"a.url":     "[InternetShortcut]\r\nURL=http://10.0.0.1/a?b=c\r\n",
		"b.desktop": "[Desktop Entry]\nType=Link\nURL=http://10.0.0.1/a?b=c\n",
		"c.webloc":  `<plist><dict><key>URL</key><string>http://10.0.0.1/a?b=c</string></dict></plist>`,
	} {
		paths = append(paths, write(t, name, []byte(content)))
	}
	for _, r := range a.Import(testContext(t), on, board.Point{}, paths, nil) {
		must(t, r.Err)
		if u := pageOn(t, a, on, r.Card); u.Address != "http://10.0.0.1/a?b=c" {
			t.Errorf("%s: %+v", r.Path, u)
		}
	}
	other := a.Import(testContext(t), on, board.Point{}, []string{write(t, "d.desktop", []byte("[Desktop Entry]\nExec=true\n"))}, nil)
	must(t, other[0].Err)
	if k := readTest(t, a, on).Card(other[0].Card).Link.Kind; k != cards.KindFile {
		t.Errorf("a program's file is a %s", k)
	}
}

func TestAPageIsExportedWithItsArchive(t *testing.T) {
	s := newSite(t)
	a := openBeside(t, s, t.TempDir())
	on := newBoard(t, a, "Links")
	ids, err := a.AddPages(testContext(t), on, board.Point{}, []string{s.URL})
	must(t, err)
	eventually(t, a, "the page", func() bool { return pageOn(t, a, on, ids[0]).Captured > 0 })
	dir := t.TempDir() + "/out"
	must(t, a.Export(testContext(t), on, dir))
	b, err := os.ReadFile(dir + "/files/Ferry & bridge.html")
	must(t, err)
	if !strings.Contains(string(b), articleWords) {
		t.Error("the archive is another")
	}
}

func TestOfflineFetchesNothing(t *testing.T) {
	s := newSite(t)
	a := openWith(t, Options{Profile: t.TempDir(), NoWeb: true, WebAllow: s.address(t)})
	on := newBoard(t, a, "Links")
	ids, err := a.AddPages(testContext(t), on, board.Point{}, []string{s.URL})
	must(t, err)
	eventually(t, a, "the reason", func() bool { return pageOn(t, a, on, ids[0]).Failed == cards.WebOffline })
	if n := s.served.Load(); n != 0 {
		t.Errorf("it was asked %d times", n)
	}
}
