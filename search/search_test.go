package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corkboard/cards"
	"corkboard/doc"
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
	for round := range 4 {
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
		for range 80 {
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
