package doc_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

// someLines is a text of a few lines, of which some are alike.
func someLines(r *rand.Rand) string {
	var all []string
	for range r.IntN(12) {
		all = append(all, []string{"a", "b", "c", "d", "é日", "", "e f"}[r.IntN(7)])
	}
	return strings.Join(all, "\n")
}

func TestDiffLeadsFromOneTextToTheOther(t *testing.T) {
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 3))
		was, now := doctest.RandomText(r)+doctest.RandomText(r), doctest.RandomText(r)
		switch r.IntN(3) {
		case 0:
			now = doc.Spliced(was, randomSplice(r, was))
		case 1:
			was, now = someLines(r), someLines(r)
		}
		all := doc.Diff(doc.At("t"), was, now)
		if got := doc.Spliced(was, all...); got != now {
			t.Fatalf("seed %d: %q to %q: %+v gives %q", seed, was, now, all, got)
		}
		behind := 0
		for _, s := range all {
			if s.From < behind || s.Delete == 0 && s.Insert == "" || !s.Path.Has(doc.At("t")) {
				t.Fatalf("seed %d: %q to %q: %+v", seed, was, now, all)
			}
			behind = s.From + len([]rune(s.Insert))
		}
		if same := doc.Diff(nil, was, was); len(same) > 0 {
			t.Fatalf("%q differs from itself by %+v", was, same)
		}
	}
}

func TestDiffLeavesAloneWhatIsBetween(t *testing.T) {
	for _, c := range []struct{ was, now, want string }{
		{"hello", "heXllo", "2+0 X"},
		{"one\ntwo\nthree\nfour\nfive", "One\ntwo\nthree and more\nfour\nfive!", "0+1 O; 13+0  and more; 32+0 !"},
		{"- a\n- b\n", "- a\n- c\n- b\n", "4+0 - c\n"},
		{"one three", "one two three", "4+0 two "},
		{"a1b2c3d", "a1Xb2c3dY", "2+0 X; 8+0 Y"},
		{"abcdef", "acdXef", "1+1 ; 3+0 X"},
	} {
		var all []string
		for _, s := range doc.Diff(nil, c.was, c.now) {
			all = append(all, fmt.Sprintf("%d+%d %s", s.From, s.Delete, s.Insert))
		}
		if got := strings.Join(all, "; "); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.was, c.now, got, c.want)
		}
	}
}

// Long texts that have nothing in common, or only what is everywhere, are
// compared less closely, not for ever.
func TestDiffOfLongTextsEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	noise := func(letters string, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	for _, letters := range []string{"ab", "a\n", "a ", "abcdefghij klm\n"} {
		was, now := noise(letters, 1<<20), noise(letters, 1<<20)
		if got := doc.Spliced(was, doc.Diff(nil, was, now)...); got != now {
			t.Errorf("of %q: not the other text", letters)
		}
	}
}
