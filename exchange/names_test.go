package exchange

import (
	"strings"
	"testing"
)

func TestNamesAreUniqueWhateverTheCase(t *testing.T) {
	n := Names{}
	for _, want := range []string{"a.txt", "A (2).txt", "a (3).txt"} {
		if got := n.Take(strings.Split(want, " ")[0][:1] + ".txt"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := FileName(strings.Repeat("é", 200)+"/..", "md"); len([]rune(got)) != maxName+3 {
		t.Errorf("got %q", got)
	}
	for _, title := range []string{"..", "", "a/b", "con", "\x00"} {
		if got := FileName(title, ""); got == "" || got == ".." || strings.ContainsAny(got, "/\x00") {
			t.Errorf("%q became %q", title, got)
		}
	}
}

func TestWhatWasLeftOutIsSaid(t *testing.T) {
	var l Left
	if said := l.Sentences(); len(said) != 0 {
		t.Errorf("nothing was left out: %q", said)
	}
	l.Note(Lines)
	l.Note(Lines)
	l.Note(NoFile)
	want := "The file of 1 card is not there.|2 lines between cards are kept, but not shown."
	if got := strings.Join(l.Sentences(), "|"); got != want {
		t.Errorf("got %q", got)
	}
	for r, w := range words {
		if w[0] == "" || !strings.Contains(w[1], "%d") {
			t.Errorf("reason %d has no words", r)
		}
	}
}
