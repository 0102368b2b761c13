package doc_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"corkboard/doc"
)

// world is all that ever stood in a text whose runes are each written once.
type world struct {
	t      *testing.T
	seed   uint64
	made   []rune
	before map[[2]rune]bool // somebody saw the first stand before the second
	gone   map[rune]bool    // somebody deleted it
}

func newWorld(t *testing.T, seed uint64) *world {
	return &world{t: t, seed: seed, before: map[[2]rune]bool{}, gone: map[rune]bool{}}
}

// fresh is n new runes: letters and, here and there, what ends a word or a line.
func (w *world) fresh(r *rand.Rand, n int) string {
	for range n {
		c := rune(0x4e00 + len(w.made))
		if r.IntN(5) == 0 {
			c -= 0x2e00
		}
		w.made = append(w.made, c)
	}
	return string(w.made[len(w.made)-n:])
}

// sees notes what somebody sees.
func (w *world) sees(text string) {
	all := []rune(text)
	for i, a := range all {
		for _, b := range all[i+1:] {
			w.before[[2]rune{a, b}] = true
		}
	}
}

// types makes one to three random splices of a text, anywhere in it.
func (w *world) types(r *rand.Rand, text string) string {
	for range 1 + r.IntN(3) {
		n := len([]rune(text))
		from := r.IntN(n + 1)
		s := doc.Splice{From: from, Delete: r.IntN(min(5, n-from+1)), Insert: w.fresh(r, r.IntN(4))}
		if r.IntN(2) == 0 {
			s.Delete = 0
		}
		for _, c := range []rune(text)[from : from+s.Delete] {
			w.gone[c] = true
		}
		text = doc.Spliced(text, s)
	}
	w.sees(text)
	return text
}

// holds checks that a text has all that was written and not deleted, once, in the
// order in which everybody saw it.
func (w *world) holds(text string) {
	w.t.Helper()
	for _, c := range w.made {
		if n := strings.Count(text, string(c)); n > 1 || (n == 1) == w.gone[c] {
			w.t.Fatalf("seed %d: %q stands %d times in %q, deleted: %v", w.seed, c, n, text, w.gone[c])
		}
	}
	w.ordered(text)
}

func (w *world) ordered(text string) {
	w.t.Helper()
	all := []rune(text)
	for i, a := range all {
		for _, b := range all[i+1:] {
			if w.before[[2]rune{b, a}] {
				w.t.Fatalf("seed %d: %q stands before %q in %q", w.seed, a, b, text)
			}
		}
	}
}

// Three people write in a text, each looking at it now and then only, and some
// edits behind. Nothing is lost, doubled or put elsewhere.
func TestEditsOfSeveralPeopleBehindOneAnother(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 8))
		w := newWorld(t, seed)
		now := w.fresh(r, r.IntN(12))
		w.sees(now)
		looked := []string{now, now, now}
		for range 12 {
			who := r.IntN(len(looked))
			was := looked[who]
			mine := w.types(r, was)
			now = doc.Spliced(now, doc.EditText(doc.At("t"), was, mine, now)...)
			w.holds(now)
			if looked[who] = mine; r.IntN(2) == 0 {
				w.sees(now)
				looked[who] = now
			}
		}
	}
}

// Both orders of two changes of one text give the same.
func TestTransformedChangesMeet(t *testing.T) {
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 4))
		w := newWorld(t, seed)
		text := w.fresh(r, r.IntN(12))
		w.sees(text)
		one, two := w.types(r, text), w.types(r, text)
		mine, theirs := doc.Diff(nil, text, one), doc.Diff(nil, text, two)
		mineAfter, theirsAfter := doc.Transform(mine, theirs)
		got := doc.Spliced(two, mineAfter...)
		if other := doc.Spliced(one, theirsAfter...); got != other {
			t.Fatalf("seed %d: %q with %+v and %+v: %q one way, %q the other", seed, text, mine, theirs, got, other)
		}
		w.holds(got)
	}
}

func TestTransformAtOnePlace(t *testing.T) {
	for name, c := range map[string]struct {
		mine, theirs []doc.Splice
		want         string // of abcdef
	}{
		"both insert":               {one(2, 0, "X"), one(2, 0, "Y"), "abYXcdef"},
		"inside what I delete":      {one(1, 4, ""), one(3, 0, "Y"), "aYf"},
		"inside what I replace":     {one(1, 4, "X"), one(3, 0, "Y"), "aXYf"},
		"inside what they delete":   {one(3, 0, "X"), one(1, 4, ""), "aXf"},
		"before what they delete":   {one(1, 0, "X"), one(1, 4, "Y"), "aYXf"},
		"behind what I delete":      {one(1, 2, ""), one(3, 0, "Y"), "aYdef"},
		"both delete":               {one(1, 3, "X"), one(2, 4, "Y"), "aXY"},
		"both delete all":           {one(0, 6, ""), one(0, 6, ""), ""},
		"two inside what I delete":  {one(0, 6, ""), []doc.Splice{{From: 1, Insert: "Y"}, {From: 4, Insert: "Z"}}, "YZ"},
		"around what they put":      {[]doc.Splice{{From: 2, Insert: "X"}, {From: 3, Insert: "W"}}, one(2, 0, "Y"), "abYXWcdef"},
		"what they moved backwards": {one(3, 1, ""), []doc.Splice{{From: 0, Delete: 2}, {From: 4, Insert: "Y"}}, "cefY"},
	} {
		mine, theirs := doc.Transform(c.mine, c.theirs)
		if got := doc.Spliced(doc.Spliced("abcdef", c.theirs...), mine...); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := doc.Spliced(doc.Spliced("abcdef", c.mine...), theirs...); got != c.want {
			t.Errorf("%s, the other way: %q, want %q", name, got, c.want)
		}
	}
}

func one(from, del int, ins string) []doc.Splice {
	return []doc.Splice{{From: from, Delete: del, Insert: ins}}
}

// Where letters repeat, it cannot always be told which of them came or went. What
// stands there once is not lost for it.
func TestNothingIsLostAmongLettersThatRepeat(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 10))
		w := newWorld(t, seed)
		now := strings.Repeat([]string{"ab ", "a", "a\nb\n"}[r.IntN(3)], r.IntN(6))
		looked := []string{now, now, now}
		for range 12 {
			who := r.IntN(len(looked))
			mine := w.types(r, looked[who])
			if r.IntN(3) == 0 {
				mine = doc.Spliced(mine, doc.Splice{From: r.IntN(len([]rune(mine)) + 1), Insert: "a b\n"[:r.IntN(5)]})
			}
			now = doc.Spliced(now, doc.EditText(doc.At("t"), looked[who], mine, now)...)
			for _, c := range w.made {
				if !w.gone[c] && !strings.ContainsRune(now, c) {
					t.Fatalf("seed %d: %q is lost in %q", seed, c, now)
				}
			}
			if looked[who] = mine; r.IntN(2) == 0 {
				looked[who] = now
			}
		}
	}
}
