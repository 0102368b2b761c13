package textedit

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// spliceOf draws a splice of a text of n runes.
func spliceOf(t *rapid.T, n int, letters string) Splice {
	at := rapid.IntRange(0, n).Draw(t, "at")
	return Splice{
		At: at, Del: rapid.IntRange(0, n-at).Draw(t, "del"),
		Ins: []rune(rapid.StringOfN(rapid.RuneFrom([]rune(letters)), 0, 4, -1).Draw(t, "ins")),
	}
}

func TestTransformedSplicesMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcdé日")), 0, 12, -1).Draw(t, "text")
		n := len([]rune(text))
		mine, theirs := spliceOf(t, n, "XYZ"), spliceOf(t, n, "123")
		mineAfter, theirsAfter := Transform(mine, theirs)
		one, two := Apply(text, mine, theirsAfter), Apply(text, theirs, mineAfter)
		if one != two {
			t.Fatalf("%q with %+v and %+v: %q one way, %q the other", text, mine, theirs, one, two)
		}
		if !strings.Contains(one, string(mine.Ins)) || !strings.Contains(one, string(theirs.Ins)) {
			t.Fatalf("%q with %+v and %+v: something typed is lost in %q", text, mine, theirs, one)
		}
		rest := strings.NewReplacer(string(mine.Ins), "", string(theirs.Ins), "").Replace(one)
		for i, r := range []rune(text) {
			gone := i >= mine.At && i < mine.At+mine.Del || i >= theirs.At && i < theirs.At+theirs.Del
			if !gone && !strings.ContainsRune(rest, r) {
				t.Fatalf("%q with %+v and %+v: %q is gone from %q", text, mine, theirs, r, one)
			}
		}
	})
}

func TestJoinedSplicesDoTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcdé日")), 0, 12, -1).Draw(t, "text")
		s := spliceOf(t, len([]rune(text)), "XYZ")
		mid := Apply(text, s)
		next := spliceOf(t, len([]rune(mid)), "123")
		joined, ok := s.Join(next)
		if got, want := Apply(text, joined), Apply(mid, next); ok && got != want {
			t.Fatalf("%q by %+v and %+v: joined %+v gives %q, want %q", text, s, next, joined, got, want)
		}
		if apart := next.At > s.At+len(s.Ins) || next.At+next.Del < s.At; ok == apart && !s.none() && !next.none() {
			t.Fatalf("%+v and %+v: joined %v", s, next, ok)
		}
	})
}
