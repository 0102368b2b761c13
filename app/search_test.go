package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/search"
	"corkboard/share"
)

// indexed waits until the index has all that is on disk.
func indexed(t *testing.T, a *App) {
	t.Helper()
	ctx := testContext(t)
	must(t, a.Flush(ctx))
	woken := make(chan struct{}, 1)
	defer a.SubscribeIndex(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for !a.IndexState().Whole() || !followed(t, a) {
		select {
		case <-woken:
		case <-ctx.Done():
			t.Fatalf("the index does not follow: %+v", a.IndexState())
		}
	}
}

// followed reports whether the index has the versions that the log has.
func followed(t *testing.T, a *App) bool {
	t.Helper()
	list, err := a.store.Documents(testContext(t))
	must(t, err)
	have, err := a.finder.index.Stamps(testContext(t))
	must(t, err)
	gone, err := a.finder.index.Gone(testContext(t))
	must(t, err)
	for _, i := range list {
		moved := a.store.Moved(i.ID) != i.ID
		if !moved && !gone[i.Collection.String()] && have[i.ID] != stampOf(i.Heads) {
			return false
		}
	}
	return true
}

func searchTest(t *testing.T, a *App, text string) search.Results {
	t.Helper()
	r, err := a.Search(testContext(t), search.Query{Text: text})
	must(t, err)
	return r
}

// finds wants exactly these documents among what is shown.
func finds(t *testing.T, a *App, text string, want ...doc.ID) {
	t.Helper()
	r := searchTest(t, a, text)
	have := map[doc.ID]bool{}
	for _, h := range r.Shown.Hits {
		have[h.ID] = true
	}
	for _, id := range want {
		if !have[id] {
			t.Errorf("%q does not find %s", text, id)
		}
	}
	if len(have) != len(want) {
		t.Errorf("%q finds %d documents, want %d", text, len(have), len(want))
	}
}

// pinText pins a text and gives its document.
func pinText(t *testing.T, a *App, on doc.ID, text string) (doc.ID, board.CardID) {
	t.Helper()
	id, err := a.pinNew(testContext(t), on, board.Point{}, "", cards.KindText, cards.NewText(text))
	must(t, err)
	return readTest(t, a, on).Card(id).Link.Document, id
}

func edit(a *App, id doc.ID, c doc.Command[cards.Text]) doc.Receipt {
	live := doc.Open(a.Docs(), id, cards.KindText, cards.TextCodec{})
	defer live.Close()
	return live.Do(c)
}

func pinNewBoard(t *testing.T, a *App, on doc.ID, title string) doc.ID {
	t.Helper()
	id := newBoard(t, a, title)
	_, err := a.pin(testContext(t), on, "", board.Pin{Link: share.Link{Document: id, Kind: cards.KindBoard}})
	must(t, err)
	return id
}

func TestWhatIsWrittenIsFound(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	inner := pinNewBoard(t, a, a.Home(), "Gärten")
	text, card := pinText(t, a, inner, "# Serendipity\nin the Straße of 東京タワー")
	indexed(t, a)
	finds(t, a, "serendip", text)
	finds(t, a, "garten", inner)
	finds(t, a, "strasse タワー", text)
	h := searchTest(t, a, "SERENDIPITY").Shown.Hits[0]
	if h.Kind != cards.KindText || h.Title != "Serendipity" || h.Place.Board != inner || h.Place.Card != card || h.Place.Title != "Gärten" {
		t.Errorf("%+v", h)
	}

	must(t, edit(a, text, cards.SpliceText{Change: []doc.Splice{{Insert: "Felicity "}}}).Wait(testContext(t)))
	indexed(t, a)
	finds(t, a, "felicity", text)

	places, err := a.WhereIs(testContext(t), text)
	if err != nil || len(places) != 1 || places[0].Card != card {
		t.Errorf("%+v %v", places, err)
	}
	must(t, a.do(inner, board.RemoveCards{IDs: []board.CardID{card}}).Wait(testContext(t)))
	indexed(t, a)
	finds(t, a, "felicity")
	if r := searchTest(t, a, "felicity"); r.Aside.Total != 1 || r.Aside.Hits[0].Aside != search.Loose {
		t.Errorf("a card that was taken off its last board: %+v", r.Aside)
	}
	_, err = a.Undo(inner)
	must(t, err)
	indexed(t, a)
	finds(t, a, "felicity", text)
	closeTest(t, a)

	a = openTest(t, dir)
	finds(t, a, "felicity", text) // at once
	boards, err := a.Boards(testContext(t))
	if err != nil || len(boards) != 2 || a.store.Loaded() > 1 { // the workspace
		t.Errorf("boards %+v, %v; %d documents are loaded", boards, err, a.store.Loaded())
	}
	recent, err := a.Recent(testContext(t), 1)
	if err != nil || len(recent) != 1 {
		t.Errorf("%+v %v", recent, err)
	}
}

func TestIndexThatIsLostComesBack(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"search.db": os.Remove,
		"damaged":   func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("garbage ", 9000)), 0o600) },
		"both": func(path string) error {
			return errors.Join(os.Remove(path), os.Remove(filepath.Join(filepath.Dir(path), "cache.db")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			a := openTest(t, dir)
			text, _ := pinText(t, a, a.Home(), "Serendipity")
			indexed(t, a)
			closeTest(t, a)
			must(t, spoil(filepath.Join(dir, searchName)))
			a = openTest(t, dir)
			indexed(t, a)
			finds(t, a, "serendipity", text)
		})
	}
}

// A process that is killed leaves an index that is behind: the one of before.
func TestIndexCatchesUpAfterACrash(t *testing.T) {
	dir, old := t.TempDir(), t.TempDir()
	a := openTest(t, dir)
	text, _ := pinText(t, a, a.Home(), "before")
	indexed(t, a)
	closeTest(t, a)
	b, err := os.ReadFile(filepath.Join(dir, searchName))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(old, searchName), b, 0o600))

	a = openTest(t, dir)
	must(t, edit(a, text, cards.SpliceText{Change: []doc.Splice{{Delete: 6, Insert: "after"}}}).Wait(testContext(t)))
	other, _ := pinText(t, a, a.Home(), "after all")
	closeTest(t, a)
	must(t, os.WriteFile(filepath.Join(dir, searchName), b, 0o600))
	for _, suffix := range []string{"-wal", "-shm"} {
		must(t, os.RemoveAll(filepath.Join(dir, searchName+suffix)))
	}
	a = openTest(t, dir)
	indexed(t, a)
	finds(t, a, "after", text, other)
	finds(t, a, "before")
}

func TestWordsInsideFilesAreFound(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	paper, notes := filepath.Join(t.TempDir(), "paper.pdf"), filepath.Join(t.TempDir(), "notes.log")
	must(t, os.WriteFile(paper, onePage("An unexpected Serendipity"), 0o600))
	must(t, os.WriteFile(notes, []byte("plain words of a felicity\n"), 0o600))
	inner := pinNewBoard(t, a, a.Home(), "Papers")
	for _, path := range []string{paper, notes} {
		must(t, a.Import(testContext(t), inner, board.Point{}, []string{path}, nil)[0].Err)
	}
	indexed(t, a)
	r := searchTest(t, a, "serendipity").Shown
	if r.Total != 1 || r.Hits[0].Title != "paper" || !strings.Contains(r.Hits[0].Snippet.Text, "unexpected Serendipity") || r.Hits[0].Place.Board != inner {
		t.Errorf("%+v", r)
	}
	if r := searchTest(t, a, "felicity").Shown; r.Total != 1 || r.Hits[0].Title != "notes" {
		t.Errorf("%+v", r)
	}
}

// onePage is a PDF of one page with one line.
func onePage(line string) []byte {
	stream := "BT /F1 18 Tf 60 700 Td (" + line + ") Tj ET"
	var b strings.Builder
	b.WriteString("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n")
	b.WriteString("3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj\n")
	b.WriteString("4 0 obj <<>>\nstream\n" + stream + "\nendstream endobj\n5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n")
	return []byte(b.String())
}

func TestReadOnlyProfileIsSearchedToo(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	text, _ := pinText(t, a, a.Home(), "Serendipity")
	indexed(t, a)
	closeTest(t, a)
	makeNewer(t, dir)
	a = openTest(t, dir)
	if !errors.Is(a.ReadOnly(), docstore.ErrNewer) {
		t.Fatal("it can be written")
	}
	woken := make(chan struct{}, 1)
	defer a.SubscribeIndex(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for ctx := testContext(t); !a.IndexState().Whole(); {
		select {
		case <-woken:
		case <-ctx.Done():
			t.Fatalf("%+v", a.IndexState())
		}
	}
	finds(t, a, "serendipity", text)
	temp := a.finder.temp
	closeTest(t, a)
	if _, err := os.Stat(temp); temp == "" || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%q stays behind: %v", temp, err)
	}
}

func TestSearchIsCancelled(t *testing.T) {
	a := openTest(t, t.TempDir())
	ctx, cancel := context.WithCancel(testContext(t))
	cancel()
	if _, err := a.Search(ctx, search.Query{Text: "word"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	closeTest(t, a)
	if _, err := a.Search(testContext(t), search.Query{Text: "word"}); !errors.Is(err, search.ErrNone) {
		t.Errorf("got %v", err)
	}
}

func TestLockedProfileIsSearched(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	text, _ := pinText(t, a, a.Home(), "Serendipity")
	writtenDown(t, a)
	must(t, a.ProtectByPassphrase("some passphrase", "some passphrase"))
	indexed(t, a)
	closeTest(t, a)

	a = openTest(t, dir)
	finds(t, a, "serendipity", text) // as cache.db can be read
	closeTest(t, a)

	must(t, errors.Join(os.Remove(filepath.Join(dir, searchName)), os.Remove(filepath.Join(dir, "cache.db"))))
	a = openTest(t, dir)
	woken := make(chan struct{}, 1)
	defer a.SubscribeIndex(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for ctx := testContext(t); a.IndexState().Unread != 3; { // Home, the welcome card and the text
		select {
		case <-woken:
		case <-ctx.Done():
			t.Fatalf("%+v", a.IndexState())
		}
	}
	finds(t, a, "serendipity")
	must(t, a.Unlock("some passphrase"))
	indexed(t, a)
	finds(t, a, "serendipity", text)
}
