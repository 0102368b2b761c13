package doc_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

// spliced carries out a splice on runes.
func spliced(s string, e doc.Splice) string {
	r := []rune(s)
	return string(slices.Concat(r[:e.From], []rune(e.Insert), r[e.From+e.Delete:]))
}

func TestDiffIsTheSmallestSplice(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 3))
		was, now := doctest.RandomText(r)+doctest.RandomText(r), doctest.RandomText(r)
		if r.IntN(2) == 0 {
			now = spliced(was, randomSplice(r, was))
		}
		from, del, ins := doc.Diff(was, now)
		if got := spliced(was, doc.Splice{From: from, Delete: del, Insert: ins}); got != now {
			t.Fatalf("%q to %q: splice %d+%d %q gives %q", was, now, from, del, ins, got)
		}
		if was == now && (del > 0 || ins != "") {
			t.Fatalf("%q: equal texts differ by %d, %q", was, del, ins)
		}
	}
}

func randomSplice(r *rand.Rand, s string) doc.Splice {
	n := len([]rune(s))
	from := r.IntN(n + 1)
	return doc.Splice{From: from, Delete: r.IntN(n - from + 1), Insert: doctest.RandomText(r)}
}

func TestMapCaret(t *testing.T) {
	for _, c := range []struct {
		was, now    string
		caret, want int
	}{
		{"hello", "hello", 3, 3},
		{"hello", "heXllo", 1, 1}, // before the change
		{"hello", "heXllo", 4, 5}, // after it
		{"hello", "heXllo", 2, 3}, // typed right at the caret: behind what was typed
		{"hello", "ho", 3, 1},     // inside what was deleted
		{"hello", "ho", 5, 2},     // after it
		{"hello", "hXXXo", 2, 4},  // inside what was replaced: at its end
		{"a😀b", "a😀éb", 3, 4},     // runes, not bytes
		{"", "text", 0, 4},        // all new
		{"text", "", 2, 0},        // all gone
		{"abc", "abcabc", 3, 6},   // at the end
		{"hello world", "world", 8, 2},
	} {
		if got := doc.MapCaret(c.was, c.now, c.caret); got != c.want {
			t.Errorf("%q to %q: caret %d goes to %d, want %d", c.was, c.now, c.caret, got, c.want)
		}
	}
}

// Every character of the text carries the law: what one of the two splices
// deletes is gone, what neither deletes stays once, what both insert is there.
func TestCarryKeepsWhatBothMeant(t *testing.T) {
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 4))
		text := "abcdefghij"[:r.IntN(11)]
		mine, theirs := plain(r, text, "XYZ"), plain(r, text, "123")
		moved, ok := doc.Carry(mine, theirs)
		got := spliced(text, theirs)
		if ok {
			got = spliced(got, moved)
		}
		for i, c := range text {
			gone := in(i, mine) || in(i, theirs)
			if strings.Count(got, string(c)) != map[bool]int{true: 0, false: 1}[gone] {
				t.Fatalf("seed %d: %q, mine %+v, theirs %+v gives %q: wrong about %q", seed, text, mine, theirs, got, c)
			}
		}
		for _, s := range []doc.Splice{mine, theirs} {
			if !strings.Contains(got, s.Insert) && !(s.Insert == theirs.Insert && mine.Delete > 0) {
				t.Fatalf("seed %d: %q, mine %+v, theirs %+v gives %q: %q is lost", seed, text, mine, theirs, got, s.Insert)
			}
		}
		if ok != (moved.Delete > 0 || moved.Insert != "") {
			t.Fatalf("seed %d: ok is %v for %+v", seed, ok, moved)
		}
	}
}

func plain(r *rand.Rand, text, insert string) doc.Splice {
	from := r.IntN(len(text) + 1)
	return doc.Splice{From: from, Delete: r.IntN(len(text) - from + 1), Insert: insert[:r.IntN(len(insert)+1)]}
}

func in(i int, s doc.Splice) bool { return i >= s.From && i < s.From+s.Delete }

func TestEditTextOverWhatOthersTyped(t *testing.T) {
	at := doc.At("t")
	for _, c := range []struct{ was, now, current, want string }{
		{"hello", "hello!", "hello", "hello!"},
		{"hello", "hello!", "oh hello", "oh hello!"},
		{"hello", "hell", "hello you", "hell you"},
		{"hello", "jello", "hello", "jello"},
		{"one two", "one", "one two three", "one three"},
		{"ab", "aXb", "aYb", "aYXb"},
		{"", "mine", "theirs", "theirsmine"},
		{"a😀b", "a😀éb", "Xa😀b", "Xa😀éb"},
		{"gone", "", "gone", ""},
	} {
		s, ok := doc.EditText(at, c.was, c.now, c.current)
		if !ok || spliced(c.current, s) != c.want {
			t.Errorf("%q to %q over %q: %+v, %v gives %q, want %q", c.was, c.now, c.current, s, ok, spliced(c.current, s), c.want)
		}
	}
	if _, ok := doc.EditText(at, "same", "same", "other"); ok {
		t.Error("no change is a splice")
	}
	if _, ok := doc.EditText(at, "word", "", ""); ok {
		t.Error("deleting what is gone is a splice")
	}
}

func FuzzEditText(f *testing.F) {
	f.Add("a😀b", "ab", "xa😀b")
	f.Fuzz(func(t *testing.T, was, now, current string) {
		s, ok := doc.EditText(doc.At("t"), was, now, current)
		if n := len([]rune(current)); ok && (s.From < 0 || s.Delete < 0 || s.From+s.Delete > n) {
			t.Fatalf("splice %+v in %d runes", s, n)
		}
	})
}
