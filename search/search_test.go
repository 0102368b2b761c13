package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
	"corkboard/sqlite"
)

func testID(n int) doc.ID { return doc.NewID([32]byte{byte(n), byte(n >> 8), 7}) }

var home = testID(0)

func openTest(t testing.TB) *Index { return openAt(t, filepath.Join(t.TempDir(), "search.db"), nil) }

func openAt(t testing.TB, path string, lost func()) *Index {
	t.Helper()
	x, err := Open(path, Options{Home: home, Log: slog.New(slog.DiscardHandler), Lost: lost})
	must(t, err)
	t.Cleanup(func() { x.Close() })
	return x
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, x *Index, list ...Entry) {
	t.Helper()
	_, err := x.Put(context.Background(), list)
	must(t, err)
}

func find(t testing.TB, x *Index, q Query) Results {
	t.Helper()
	r, err := x.Search(context.Background(), q)
	must(t, err)
	return r
}

func idsOf(s Section) (out []doc.ID) {
	for _, h := range s.Hits {
		out = append(out, h.ID)
	}
	return out
}

func entry(n int, title, text string) Entry {
	return Entry{ID: testID(n), Kind: cards.KindText, Title: title, Text: text, Heads: fmt.Sprint("h", n), Changed: int64(n)}
}

// has is the naive way to search: all words of every part in a row, in one of
// the texts.
func has(query string, texts ...string) bool {
	chunks := strings.Fields(query)
	for n, chunk := range chunks {
		part, found := wordsOf(chunk), false
		for _, text := range texts {
			all := wordsOf(text)
			for i := 0; i+len(part) <= len(all); i++ {
				same := slices.Equal(all[i:i+len(part)-1], part[:len(part)-1])
				end, want := all[i+len(part)-1], part[len(part)-1]
				found = found || same && (end == want || n == len(chunks)-1 && strings.HasPrefix(end, want))
			}
		}
		if !found {
			return false
		}
	}
	return true
}

var someWords = strings.Fields(`garden Gärten gate letter letters l'été été summer Straße strasse foo.bar foo bar
	東京 東京タワー 京都 서울 서울대 a ab abc x-y x y NOT AND or NEAR 42 4 c++ "quoted" col:on *star* café CAFE`)

func TestFindsWhatANaiveSearchFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	some := func(n int) string {
		var list []string
		for range n {
			list = append(list, someWords[r.IntN(len(someWords))])
		}
		return strings.Join(list, [...]string{" ", " ", "\n", ", "}[r.IntN(4)])
	}
	x := openTest(t)
	docs := map[doc.ID]Entry{}
	for round := range 6 {
		var list []Entry
		for range 60 {
			e := entry(1+r.IntN(250), some(r.IntN(4)), some(r.IntN(12)))
			e.Heads = fmt.Sprint(round)
			docs[e.ID] = e
			list = append(list, e)
		}
		put(t, x, list...)
		for n := range 10 {
			id := testID(1 + (round*10+n*7)%250)
			delete(docs, id)
			must(t, x.Remove(t.Context(), []doc.ID{id}))
		}
		for range 150 {
			query := some(1 + r.IntN(3))
			if words := strings.Fields(query); r.IntN(2) == 0 { // the last word is being typed
				last := []rune(words[len(words)-1])
				words[len(words)-1] = string(last[:1+r.IntN(len(last))])
				query = strings.Join(words, " ")
			}
			if len(wordsOf(strings.Fields(query)[0])) == 0 || slices.ContainsFunc(strings.Fields(query), func(s string) bool { return len(wordsOf(s)) == 0 }) {
				continue
			}
			var want []doc.ID
			for id, e := range docs {
				if has(query, e.Title, e.Text) {
					want = append(want, id)
				}
			}
			found := find(t, x, Query{Text: query, Limit: maxLimit})
			got := idsOf(found.Shown)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) || found.Shown.Total != len(want) {
				t.Fatalf("%q: %d found, %d wanted", query, len(got), len(want))
			}
		}
	}
	must(t, x.Check(t.Context()))
}

func TestBestComesFirst(t *testing.T) {
	x := openTest(t)
	long := strings.Repeat("other words ", 50)
	list := []Entry{
		entry(1, "Notes", long+"the red garden"),
		entry(2, "Notes", "red and a garden"),
		entry(3, "Garden that is red", ""),
		entry(4, "A red garden", ""),
		entry(5, "Notes", "red and a garden"),
		entry(6, "A red gardener of long ago", ""),
		entry(7, "Board of a red garden", ""),
		entry(8, "Nothing", "green garden"),
	}
	list[6].Kind = cards.KindBoard
	for n := range 40 { // else no word weighs anything
		list = append(list, entry(100+n, "Elsewhere", "other words"))
	}
	put(t, x, list...)
	got := idsOf(find(t, x, Query{Text: "red garden"}).Shown)
	// In a row in the title (boards first), in the title, in a row, the rest (newest first).
	if want := []doc.ID{testID(7), testID(4), testID(6), testID(3), testID(1), testID(5), testID(2)}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	r := find(t, x, Query{Text: "garden", Limit: 2})
	if r.Shown.Total != 8 || len(r.Shown.Hits) != 2 {
		t.Errorf("%d of %d", len(r.Shown.Hits), r.Shown.Total)
	}
	if first := idsOf(find(t, x, Query{Text: "gardener"}).Shown); len(first) != 1 {
		t.Errorf("a whole word finds %v", first)
	}
	if only := find(t, x, Query{Text: "garden", Kinds: []cards.Kind{cards.KindBoard, cards.KindTodo}}); only.Shown.Total != 1 {
		t.Errorf("of boards and lists %d were found", only.Shown.Total)
	}
}

func TestHostileQueriesAreWords(t *testing.T) {
	x := openTest(t)
	put(t, x, entry(1, "a AND b", `"quoted" NEAR(x, 2) title:y * ^caret {brace} NOT nothing OR something`))
	for query, want := range map[string]int{
		`"`: 0, `*`: 0, "(": 0, "\x00": 0, "": 0, "   ": 0, `"" OR ""`: 1,
		"AND": 1, "NOT": 1, "NEAR(x": 1, "a AND zebra": 0, `"quoted`: 1, "title:y": 1, "title:z": 0, "^caret": 1, "{brace}": 1,
		"absent OR something": 0, "NOT nothing": 1, "a\x00b": 0, "near x 2": 1, "docs;--": 0, "\xff\xfe": 0,
		strings.Repeat(`"`, 10<<10): 0, strings.Repeat("a ", 5<<10): 1, strings.Repeat("a", 10<<10): 0, strings.Repeat("a OR (", 200): 1,
	} {
		if got := find(t, x, Query{Text: query}).Shown.Total; got != want {
			t.Errorf("%.40q finds %d, want %d", query, got, want)
		}
	}
}

func boardEntry(n int, title string, pins ...int) Entry {
	e := entry(n, title, "")
	e.Kind = cards.KindBoard
	for i, p := range pins {
		e.Pins = append(e.Pins, Pin{board.CardID(fmt.Sprint("card", i)), testID(p), cards.KindText})
	}
	return e
}

func reach(t testing.TB, x *Index) {
	t.Helper()
	must(t, x.Reach(context.Background()))
}

func TestPlacesAndWhatIsOnNoBoard(t *testing.T) {
	x := openTest(t)
	put(t, x, boardEntry(0, "Home", 1, 2), boardEntry(1, "Inner", 3, 3), boardEntry(4, "Lost", 3, 5),
		entry(2, "word two", ""), entry(3, "word three", ""), entry(5, "word five", ""))
	reach(t, x)
	r := find(t, x, Query{Text: "word"})
	if got := idsOf(r.Shown); len(got) != 2 || len(r.Aside.Hits) != 1 || r.Aside.Hits[0].ID != testID(5) || r.Aside.Hits[0].Aside != Loose || r.Aside.Total != 1 {
		t.Fatalf("shown %v, aside %+v", got, r.Aside)
	}
	places, err := x.Places(t.Context(), testID(3))
	must(t, err)
	if len(places) != 3 || places[0].Title != "Inner" || places[0].Loose || places[2].Title != "Lost" || !places[2].Loose {
		t.Errorf("%+v", places)
	}
	if h := find(t, x, Query{Text: "three"}).Shown.Hits[0]; h.Place.Board != testID(1) || h.Place.Card != "card0" {
		t.Errorf("it is at %+v", h.Place)
	}
	if on := find(t, x, Query{Text: "word", On: testID(1)}); on.Shown.Total != 1 {
		t.Errorf("on a board %d were found", on.Shown.Total)
	}
	moved, err := x.Put(t.Context(), []Entry{boardEntry(1, "Inner renamed", 3, 3)})
	must(t, err)
	if moved {
		t.Error("a new title counts as a move")
	}
	moved, err = x.Put(t.Context(), []Entry{boardEntry(0, "Home", 1, 2, 4), boardEntry(1, "Inner")})
	must(t, err)
	reach(t, x)
	if r := find(t, x, Query{Text: "word"}); !moved || r.Shown.Total != 3 || r.Aside.Total != 0 {
		t.Errorf("after pinning the lost board: %v, %+v", moved, r)
	}
	boards, err := x.List(t.Context(), List{Kind: cards.KindBoard})
	must(t, err)
	if len(boards) != 3 || boards[1].Title != "Inner" && boards[1].Title != "Lost" {
		t.Errorf("%+v", boards)
	}
	must(t, x.Replace(t.Context(), map[doc.ID]doc.ID{testID(2): testID(9)}))
	put(t, x, entry(9, "word two, shared", ""))
	reach(t, x)
	if h := find(t, x, Query{Text: "two"}).Shown.Hits; len(h) != 1 || h[0].ID != testID(9) || h[0].Place.Board != home {
		t.Errorf("what took its place: %+v", h)
	}
}

func TestAsideStaysAside(t *testing.T) {
	x := openTest(t)
	put(t, x, boardEntry(0, "Home", 1, 2), entry(1, "word", ""))
	must(t, x.SetAside(t.Context(), map[doc.ID]Aside{testID(1): Archived, testID(2): Trashed}))
	put(t, x, entry(1, "word again", ""), entry(2, "word", ""))
	r := find(t, x, Query{Text: "word"})
	if r.Shown.Total != 0 || r.Aside.Total != 2 {
		t.Fatalf("%+v", r)
	}
	must(t, x.SetAside(t.Context(), map[doc.ID]Aside{testID(2): Trashed}))
	r = find(t, x, Query{Text: "word"})
	if got := idsOf(r.Shown); !slices.Equal(got, []doc.ID{testID(1)}) || r.Aside.Hits[0].Aside != Trashed {
		t.Fatalf("after restoring: %+v", r)
	}
}

func TestCollectionsLeave(t *testing.T) {
	x := openTest(t)
	a, b := entry(1, "word", ""), entry(2, "word", "")
	a.Collection, b.Collection = "aa", "bb"
	put(t, x, a, b)
	must(t, x.SetGone(t.Context(), []string{"aa"}))
	if got := idsOf(find(t, x, Query{Text: "word"}).Shown); !slices.Equal(got, []doc.ID{testID(2)}) {
		t.Errorf("found %v", got)
	}
	gone, err := x.Gone(t.Context())
	if err != nil || !gone["aa"] || len(gone) != 1 {
		t.Errorf("%v %v", gone, err)
	}
}

func TestFilesAreReadOnce(t *testing.T) {
	x := openTest(t)
	pdf := func(n int) Entry {
		e := entry(n, fmt.Sprint("paper ", n), "caption")
		e.Kind, e.Blob, e.MIME = cards.KindPDF, "b10b", "application/pdf"
		return e
	}
	put(t, x, pdf(1), pdf(2), entry(3, "no file", ""))
	list, err := x.Unread(t.Context(), "", 10)
	if err != nil || len(list) != 1 || list[0] != (File{"b10b", "application/pdf"}) {
		t.Fatalf("%v %v", list, err)
	}
	must(t, x.PutFile(t.Context(), "b10b", "the Serendipity\fof pages"))
	put(t, x, pdf(4))
	r := find(t, x, Query{Text: "caption serendip"}).Shown
	if r.Total != 3 || r.Hits[0].Snippet.Text != "caption" {
		t.Errorf("%+v", r)
	}
	h := find(t, x, Query{Text: "serendipity"}).Shown.Hits[0]
	if h.Snippet.Text != "the Serendipity of pages" || !slices.Equal(h.Snippet.Marks, []Span{{4, 15}}) {
		t.Errorf("%+v", h.Snippet)
	}
	bad := pdf(5)
	bad.Blob = "bad"
	put(t, x, bad)
	for n := range maxTries {
		if list, err = x.Unread(t.Context(), "", 10); err != nil || len(list) != 1 {
			t.Fatalf("after %d tries: %v %v", n, list, err)
		}
		must(t, x.Tried(t.Context(), "bad"))
	}
	if list, err = x.Unread(t.Context(), "", 10); err != nil || len(list) != 0 {
		t.Errorf("after all tries: %v %v", list, err)
	}
}

func TestDamagedIndexIsMadeAnew(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"garbage": func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte(strings.Repeat("garbage ", 4000)), 0o600))
		},
		"cut":       func(t *testing.T, path string) { must(t, os.Truncate(path, 5000)) },
		"gone":      func(t *testing.T, path string) { must(t, os.Remove(path)) },
		"other":     func(t *testing.T, path string) { retag(t, path, "UPDATE meta SET value = '0'") },
		"newer":     func(t *testing.T, path string) { retag(t, path, "PRAGMA user_version = 99") },
		"no tables": func(t *testing.T, path string) { retag(t, path, "DROP TABLE meta") },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "search.db")
			x := openAt(t, path, nil)
			put(t, x, entry(1, "word", ""))
			must(t, x.Close())
			spoil(t, path)
			x = openAt(t, path, nil)
			stamps, err := x.Stamps(t.Context())
			if err != nil || len(stamps) != 0 {
				t.Fatalf("it has %v, %v", stamps, err)
			}
			put(t, x, entry(1, "word", ""))
			if find(t, x, Query{Text: "word"}).Shown.Total != 1 {
				t.Error("what was put in again is not found")
			}
		})
	}
}

func retag(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{Migrations: schema})
	must(t, err)
	must(t, db.Write(t.Context(), func(tx *sqlite.Tx) error { return tx.Exec(statement) }))
	must(t, db.Close())
}

func TestDamageInUseIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "search.db")
	x := openAt(t, path, nil)
	var list []Entry
	for n := range 400 {
		list = append(list, entry(n, fmt.Sprint("word", n), strings.Repeat(fmt.Sprint("text", n, " "), 40)))
	}
	put(t, x, list...)
	must(t, x.Close())
	b, err := os.ReadFile(path)
	must(t, err)
	for at := 3 * 4096; at < len(b); at += 4096 { // all but the first pages
		copy(b[at:], strings.Repeat("\xff", 512))
	}
	must(t, os.WriteFile(path, b, 0o600))
	lost := 0
	x = openAt(t, path, func() { lost++ })
	if err := x.Check(t.Context()); !errors.Is(err, ErrLost) || lost != 1 {
		t.Fatalf("%v, told %d times", err, lost)
	}
	put(t, x, list...)
	must(t, x.Check(t.Context()))
	if find(t, x, Query{Text: "text7"}).Shown.Total == 0 {
		t.Error("nothing is found in the new one")
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	x := openTest(t)
	put(t, x, entry(1, "word", ""))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Search(ctx, Query{Text: "word"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	must(t, x.Close())
	if _, err := x.Search(t.Context(), Query{Text: "word"}); !errors.Is(err, ErrNone) {
		t.Errorf("got %v", err)
	}
}

func sourceOf(t testing.TB, edits []doc.Edit) doc.Source {
	t.Helper()
	tree := doc.NewTree(nil)
	_, err := tree.Apply(edits)
	must(t, err)
	return tree
}

func TestReadKnowsEveryKind(t *testing.T) {
	for kind, c := range map[cards.Kind]struct {
		edits       []doc.Edit
		title, text string
	}{
		cards.KindText:  {cards.NewText("# A note\nand more"), "A note", "and more"},
		cards.KindTodo:  {cards.NewTodo("To buy", cards.NewItem{ID: "a", Text: "bread"}), "To buy", "bread\n"},
		cards.KindPDF:   {cards.NewFile(cards.File{Title: "paper", Extension: "pdf", MIME: "application/pdf", Blob: strings.Repeat("a", 64), Caption: "read"}), "paper", "read\npaper.pdf"},
		cards.KindImage: {cards.NewFile(cards.File{Title: "photo", Extension: "png", MIME: "image/png"}), "photo", "\nphoto.png"},
		cards.KindFile:  {cards.NewFile(cards.File{Title: "data", MIME: "application/zip"}), "data", "\ndata"},
		cards.KindBoard: {board.Create("Plans", ""), "Plans", ""},
		"": {[]doc.Edit{doc.Put{Path: doc.At("title"), Value: "New"}, doc.Put{Path: doc.At("secret"), Value: "hidden"},
			doc.Put{Path: doc.At("said"), Value: doc.Map{"a": doc.Map{"body": doc.Text("hello")}}}}, "New", "hello\n"},
	} {
		e := Read(sourceOf(t, c.edits))
		if e.Kind != kind || e.Title != c.title || e.Text != c.text {
			t.Errorf("%q: %+v", kind, e)
		}
		if (e.Blob != "") != (kind == cards.KindPDF) {
			t.Errorf("%q has the text of a file %q", kind, e.Blob)
		}
	}
	for _, empty := range []cards.Kind{cards.KindText, cards.KindTodo} {
		edits, _ := cards.Empty(empty)
		if got := Read(sourceOf(t, edits)).Kind; got != empty {
			t.Errorf("an empty %s is taken for %q", empty, got)
		}
	}
	if e := Read(doc.NewTree(nil)); e.Kind != "" || e.Title != "" {
		t.Errorf("nothing is %+v", e)
	}
	plan, err := board.AddCards{Cards: []board.Pin{{ID: "c", Link: share.Link{Document: testID(3), Kind: cards.KindText}}}}.Plan(nil)
	must(t, err)
	e := Read(sourceOf(t, append(board.Create("B", ""), plan.Edits...)))
	if len(e.Pins) != 1 || e.Pins[0] != (Pin{"c", testID(3), cards.KindText}) {
		t.Errorf("pins: %+v", e.Pins)
	}
}

func TestUnknownKindIsToldByItsCard(t *testing.T) {
	x := openTest(t)
	e := entry(1, "", "strange words")
	e.Kind = ""
	b := boardEntry(0, "Home", 1)
	b.Pins[0].Kind = "sculpture"
	put(t, x, e, b)
	h := find(t, x, Query{Text: "strange"}).Shown.Hits
	if len(h) != 1 || h[0].Kind != "sculpture" || !h[0].Changed.Equal(time.UnixMilli(1)) {
		t.Errorf("%+v", h)
	}
}

func TestMoreThanIsWeighedIsFound(t *testing.T) {
	x := openTest(t)
	var list []Entry
	for n := range maxWeighed + 10 {
		list = append(list, entry(n, "", "word"))
	}
	list = append(list, entry(5000, "word", ""))
	put(t, x, list...)
	r := find(t, x, Query{Text: "wor", Limit: 3}).Shown
	if want := []doc.ID{testID(5000), testID(maxWeighed + 9), testID(maxWeighed + 8)}; r.Total != len(list) || !slices.Equal(idsOf(r), want) {
		t.Errorf("%v of %d, want %v", idsOf(r), r.Total, want)
	}
}
