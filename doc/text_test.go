package doc_test

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

func randomSplice(r *rand.Rand, s string) doc.Splice {
	n := len([]rune(s))
	from := r.IntN(n + 1)
	return doc.Splice{From: from, Delete: r.IntN(n - from + 1), Insert: doctest.RandomText(r)}
}

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
		// Others wrote in two places since.
		{"one\ntwo\nthree\n", "one\ntwo!\nthree\n", "zero\none\ntwo\nthree\nfour\n", "zero\none\ntwo!\nthree\nfour\n"},
		{"- a\n- b\n", "- a\n-! b\n", "- a\n- c\n- b\n", "- a\n- c\n-! b\n"},
		{"one two three", "one two! three", "On two thrice", "On two! thrice"},
		// I wrote in two places.
		{"one two three", "One two three!", "one TWO three", "One TWO three!"},
		// They wrote in the middle of what I deleted, and the other way round.
		{"one two three", "", "one two and three", "and "},
		{"one two three", "one three", "one twXo three", "one Xthree"},
		{"one two three", "one two and three", "", "and "},
	} {
		s := doc.EditText(at, c.was, c.now, c.current)
		if got := doc.Spliced(c.current, s...); got != c.want {
			t.Errorf("%q to %q over %q: %+v gives %q, want %q", c.was, c.now, c.current, s, got, c.want)
		}
	}
	if s := doc.EditText(at, "same", "same", "other"); len(s) > 0 {
		t.Errorf("no change is %+v", s)
	}
	if s := doc.EditText(at, "word", "", ""); len(s) > 0 {
		t.Errorf("deleting what is gone is %+v", s)
	}
}

func TestSplicedCutsWhatOverhangs(t *testing.T) {
	for want, s := range map[string]doc.Splice{
		"a!":    {From: 1, Delete: 9, Insert: "!"},
		"a😀b!":  {From: 7, Delete: 2, Insert: "!"},
		"!a😀b":  {From: -3, Delete: -1, Insert: "!"},
		"a😀!éb": {From: 2, Insert: "!é"},
	} {
		if got := doc.Spliced("a😀b", s); got != want {
			t.Errorf("%+v gives %q, want %q", s, got, want)
		}
	}
}

// Texts that no document holds (they are no UTF-8) must not break anything either.
func FuzzEditText(f *testing.F) {
	f.Add("a😀b", "ab", "xa😀b")
	f.Add("one\ntwo\n", "one\n\ntwo", "two\none\n")
	f.Add("\xe2\x82", "\xe2\x82\xac", "\xac")
	f.Fuzz(func(t *testing.T, was, now, current string) {
		n := utf8.RuneCountInString(current)
		for _, s := range doc.EditText(doc.At("t"), was, now, current) {
			if s.From < 0 || s.Delete < 0 || s.From+s.Delete > n || s.Delete == 0 && s.Insert == "" {
				t.Fatalf("splice %+v in %d runes", s, n)
			}
			n += utf8.RuneCountInString(s.Insert) - s.Delete
		}
		if !utf8.ValidString(was) || !utf8.ValidString(now) {
			return
		}
		if got := doc.Spliced(was, doc.Diff(nil, was, now)...); got != now {
			t.Fatalf("%q to %q gives %q", was, now, got)
		}
	})
}
