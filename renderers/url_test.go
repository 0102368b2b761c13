package renderers

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/internal/golden"
)

// aPage is a page of which everything is kept.
func aPage() cards.URL {
	return cards.URL{
		Address: "https://www.example.org/walks/harbour", Title: "A walk along the harbour, from the old bridge to the lighthouse",
		Description: "Three hours, mostly flat, with tea on the way and a ferry back that leaves at twenty to ten.", Captured: 1_700_000_000_000,
		Picture: cards.Part{Blob: someBlob, Width: 1200, Height: 630, Average: "#8fb4a5"},
		Icon:    cards.Part{Blob: strings.Repeat("1b", 32), Width: 32, Height: 32},
		Article: cards.Part{Blob: strings.Repeat("2c", 32), MIME: "text/markdown"},
		Archive: cards.Part{Blob: strings.Repeat("3d", 32), MIME: "text/html"},
	}
}

func TestURLCardLooks(t *testing.T) {
	f := Erase(urlFace())
	whole, bare, failed, empty := aPage(), aPage(), aPage(), cards.URL{}
	bare.Picture, bare.Icon = cards.Part{}, cards.Part{}
	failed.Failed = "status 503"
	fresh := cards.URL{Address: whole.Address}
	never := cards.URL{Address: whole.Address, Failed: cards.WebPrivate}
	pics := func(p Picture) (*image.RGBA, error) {
		if p.Blob == someBlob {
			return scenery(512, 269), nil
		}
		return scenery(32, 32), nil
	}
	sh := newTestShaper()
	for _, c := range []struct {
		name    string
		v       cards.URL
		alive   any
		w, h, z float32
		pics    func(Picture) (*image.RGBA, error)
	}{
		{"url_ready", whole, nil, 0, 0, 2, pics},
		{"url_waiting", whole, nil, 0, 0, 1, ready(nil)},
		{"url_lost", whole, nil, 0, 0, 1, broken},
		{"url_fetching", fresh, true, 0, 0, 1, ready(nil)},
		{"url_fresh", fresh, nil, 0, 0, 1, ready(nil)},
		{"url_bare", bare, nil, 0, 0, 1, ready(nil)},
		{"url_failed", never, nil, 0, 0, 1, ready(nil)},
		{"url_failed_again", failed, nil, 0, 0, 1, pics},
		{"url_empty", empty, nil, 0, 0, 1, ready(nil)},
		{"url_low", whole, nil, 300, 140, 1, pics},
		{"url_least", whole, nil, 160, 60, 1, pics},
		{"url_wide", whole, nil, 600, 260, 1, pics},
		{"url_small", whole, nil, 0, 0, 0.25, pics},
	} {
		for theme, dark := range map[string]bool{"light": false, "dark": true} {
			j := testJob(f, c.v, c.w, c.h, c.z, dark)
			j.pics, j.alive = c.pics, c.alive
			golden.Picture(t, c.name+"_"+theme, j.paint(sh).img)
		}
	}
}

func TestNaturalHeightOfAPageHoldsAllOfIt(t *testing.T) {
	f := Erase(urlFace())
	sh := newTestShaper()
	for _, width := range []float32{160, 300, 700} {
		_, high := f.Natural(sh, aPage(), width)
		b := urlBody{sh: sh, view: aPage().View(), width: width}
		b.lay(high)
		if b.said == nil || b.band < width*0.5 {
			t.Errorf("%v wide: a picture of %v in %v", width, b.band, high)
		}
	}
}

// capturing is a Known to which one address is being fetched.
type capturing struct {
	Known
	address string
}

func (k capturing) Fetching(address string) bool { return address == k.address }

func TestOnlyWhatIsFetchedHereSaysSo(t *testing.T) {
	f := Erase(urlFace())
	k := capturing{address: "https://www.example.org/walks/harbour"}
	if f.alive(k, "", aPage()) != true || f.alive(k, "", cards.URL{Address: "https://other.example/"}) != nil {
		t.Error("another page is being fetched")
	}
}

func TestAFailedCardOffersToTryAgain(t *testing.T) {
	f := Erase(urlFace())
	store := doctest.NewStore()
	id := testID(9)
	if err := store.Create(id, cards.NewURL("https://example.org")).Applied(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := store.Open(id, f.View)
	defer h.Close()
	var asked doc.ID
	env := &Env{Capture: func(id doc.ID) { asked = id }}
	j := testJob(f, cards.URL{Address: "https://example.org/", Failed: cards.WebSlow}, 0, 0, 1, false)
	hot := j.paint(newTestShaper()).hot
	if len(hot) != 1 {
		t.Fatalf("%d places to click", len(hot))
	}
	hot[0].Do(env, h)
	if asked != id {
		t.Errorf("asked for %q", asked)
	}
	j.alive = true
	if hot := j.paint(newTestShaper()).hot; len(hot) != 0 {
		t.Error("what is being fetched can be asked for again")
	}
}

// fullPage opens a page in full, in a window.
func fullPage(t *testing.T, edits cards.Capture, text func() (string, error)) (*urlFull, *desk, doc.Handle) {
	t.Helper()
	test.NewTempApp(t)
	d := newDesk()
	e := d.Env
	store := doctest.NewStore()
	e.Docs, e.Registry, e.Sentence = store, NewRegistry(), func(err error) string { return err.Error() }
	e.Fetch = func(context.Context, Picture) (*image.RGBA, error) { return scenery(512, 269), nil }
	e.Pictures = NewPictures(1<<20, e.Fetch)
	t.Cleanup(e.Pictures.Close)
	e.FileText = func(context.Context, string) (string, error) { return text() }
	id := testID(8)
	if err := store.Create(id, cards.NewURL("https://example.org")).Applied(t.Context()); err != nil {
		t.Fatal(err)
	}
	live := doc.Open(store, id, cards.KindURL, cards.URLCodec{})
	defer live.Close()
	if edits.At > 0 {
		if err := live.Do(edits).Applied(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	h := store.Open(id, e.Registry.Face(cards.KindURL).View)
	t.Cleanup(h.Close)
	f := newURLFull(e, h).(*urlFull)
	t.Cleanup(f.Close)
	win := test.NewTempWindow(t, f.Object())
	win.Resize(fyne.NewSize(900, 700))
	return f, d, h
}

// until runs what is posted until something is so.
func (d *desk) until(t *testing.T, what string, so func() bool) {
	t.Helper()
	patience := time.After(20 * time.Second)
	for !so() {
		select {
		case f := <-d.posts:
			f()
		case <-patience:
			t.Fatalf("waited in vain for %q", what)
		}
	}
}

func TestAPageInFullIsReadFromWhatIsKept(t *testing.T) {
	lost := fmt.Errorf("reading: %w", ErrAbsent)
	text, err := "", lost
	c := cards.Capture{Title: "Harbour *walk*", At: 1_700_000_000_000, Article: aPage().Article, Archive: aPage().Archive}
	f, e, _ := fullPage(t, c, func() (string, error) { return text, err })
	shows := func(want string) {
		t.Helper()
		e.until(t, want, func() bool { return strings.Contains(f.page.want.src, want) })
	}
	shows("# Harbour \\*walk\\*\n")
	shows("has not come to this device yet")
	text, err = "The **text** of the page", nil
	f.FilesMoved()
	shows("The **text** of the page")
	if f.bar.from.Text != "example.org" || !strings.HasPrefix(f.bar.when.Text, "Captured ") || f.bar.trouble.Visible() {
		t.Errorf("%q, %q, %q", f.bar.from.Text, f.bar.when.Text, f.bar.wrong.Text)
	}
	var opened, saved string
	e.OpenURL = func(u string) { opened = u }
	e.SaveFile = func(title, blob, extension string) { saved = title + "." + extension + " " + blob }
	test.Tap(f.bar.open)
	test.Tap(f.bar.save)
	if opened != "https://example.org/" || saved != "Harbour *walk*.html "+c.Archive.Blob {
		t.Errorf("opened %q, saved %q", opened, saved)
	}
	if !f.bar.again.Disabled() {
		t.Error("nobody can capture, and it is offered")
	}
}

func TestAPageInFullSaysWhatIsTheMatter(t *testing.T) {
	f, e, h := fullPage(t, cards.Capture{}, func() (string, error) { return "", errors.New("unread") })
	if !strings.Contains(f.page.want.src, "Nothing of this page is kept yet") || !f.bar.save.Disabled() {
		t.Errorf("%q", f.page.want.src)
	}
	asked := 0
	e.Capture = func(doc.ID) { asked++ }
	f.Show(h.Snapshot())
	test.Tap(f.bar.again)
	e.Known = capturing{address: "https://example.org/"}
	f.Show(h.Snapshot())
	if asked != 1 || f.bar.when.Text != "Fetching the page…" || !f.bar.again.Disabled() {
		t.Errorf("asked %d times, %q", asked, f.bar.when.Text)
	}
	e.Known = nil
	live := doc.Open(e.Docs, testID(8), cards.KindURL, cards.URLCodec{})
	defer live.Close()
	if err := live.Do(cards.CaptureFailed{Why: cards.WebSlow}).Applied(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.Show(h.Snapshot())
	if !f.bar.trouble.Visible() || f.bar.wrong.Text != "The site took too long. Try again later." {
		t.Errorf("%q", f.bar.wrong.Text)
	}
}
