package textedit

import (
	"testing"

	"pgregory.net/rapid"

	"corkboard/doc"
)

// spliceOf draws a splice of a text of n runes.
func spliceOf(t *rapid.T, n int, letters string) Splice {
	at := rapid.IntRange(0, n).Draw(t, "at")
	return Splice{
		At: at, Del: rapid.IntRange(0, n-at).Draw(t, "del"),
		Ins: []rune(rapid.StringOfN(rapid.RuneFrom([]rune(letters)), 0, 4, -1).Draw(t, "ins")),
	}
}

// applied makes splices one after another.
func applied(text string, all ...Splice) string {
	for _, s := range all {
		text = doc.Spliced(text, doc.Splice{From: s.At, Delete: s.Del, Insert: string(s.Ins)})
	}
	return text
}

func TestJoinedSplicesDoTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcdé日")), 0, 12, -1).Draw(t, "text")
		s := spliceOf(t, len([]rune(text)), "XYZ")
		mid := applied(text, s)
		next := spliceOf(t, len([]rune(mid)), "123")
		joined, ok := s.Join(next)
		if got, want := applied(text, joined), applied(mid, next); ok && got != want {
			t.Fatalf("%q by %+v and %+v: joined %+v gives %q, want %q", text, s, next, joined, got, want)
		}
		if apart := next.At > s.At+len(s.Ins) || next.At+next.Del < s.At; ok == apart && !s.none() && !next.none() {
			t.Fatalf("%+v and %+v: joined %v", s, next, ok)
		}
	})
}
