package ui

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestFoldTakesCaseAndAccentsAway(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Harbour WALK", "harbour walk"},
		{"Äpfel, Öl, Straße", "apfel, ol, strasse"},
		{"Žluťoučký kůň", "zlutoucky kun"},
		{"e\u0301te\u0301", "ete"}, // accents of their own
		{"ŁÓDŹ Ærø Øst", "lodz aero ost"},
		{"Việt Nam", "viet nam"},
		{"ﬁne ＡＢＣ", "fine abc"},
		{"Москва", "москва"},
		{"ёлка", "елка"},
		{"हिन्दी", "हिन्दी"}, // vowel signs are letters
		{"日本", "日本"},
		{"", ""},
	} {
		if got := fold(c.in); got != c.want {
			t.Errorf("fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestMarkFindsTheOriginalLetters(t *testing.T) {
	long := strings.Repeat("wort ", 30)
	for _, c := range []struct {
		name, text, query string
		want              marked
	}{
		{"plain", "Meet at the bridge", "THE", marked{"Meet at ", "the", " bridge"}},
		{"accents in the text", "Über die Brücke", "brucke", marked{"Über die ", "Brücke", ""}},
		{"accents in the query", "an old cafe here", "café", marked{"an old ", "cafe", " here"}},
		{"one letter becomes two", "Die Straße dort", "strasse", marked{"Die ", "Straße", " dort"}},
		{"half of such a letter", "Straße", "stras", marked{"", "Straß", "e"}},
		{"an accent after the hit", "re\u0301sume\u0301 sent", "resume", marked{"", "re\u0301sume\u0301", " sent"}},
		{"lines are joined", "one\n\n  two\tthree", "two", marked{"one ", "two", " three"}},
		{"what is before is cut", long + "ziel", "ziel", marked{"…" + strings.TrimLeft(long[len(long)-28:], " "), "ziel", ""}},
	} {
		got, ok := markIn(c.text, fold(c.text), fold(c.query))
		if !ok || got != c.want {
			t.Errorf("%s: %q %v, want %q", c.name, got, ok, c.want)
		}
	}
	if _, ok := markIn("nothing of the kind", "nothing of the kind", "harbour"); ok {
		t.Error("found what is not there")
	}
	if m, ok := markIn("all", "all", ""); ok || m.before != "all" {
		t.Error("an empty query marks something", m)
	}
}

// TestMarkIsAPartOfTheText tries texts and queries made of awkward pieces. (A
// fuzz target here would instrument the whole toolkit.)
func TestMarkIsAPartOfTheText(t *testing.T) {
	pieces := []string{"Die Straße", "é", "e\u0301", "\u0301", "a", "ß", "SS", "İ", "ﬁ", " ", "\xff", "\xfe", "b", "Å", "中", "\u0345", "ΐ"}
	r := rand.New(rand.NewPCG(3, 3))
	piece := func(most int) string {
		out := ""
		for range r.IntN(most + 1) {
			out += pieces[r.IntN(len(pieces))]
		}
		return out
	}
	for range 20000 {
		text, query := piece(6), piece(2)
		folded, q := fold(text), fold(query)
		at := strings.Index(folded, q)
		if q == "" || at < 0 {
			continue
		}
		from, to := unfoldRange(text, at, at+len(q))
		if from < 0 || to > len(text) || from > to {
			t.Fatalf("%q in %q: %d to %d of %d bytes", query, text, from, to, len(text))
		}
		if got := fold(text[from:to]); !strings.Contains(got, q) {
			t.Fatalf("%q in %q: %q does not hold it", query, text, got)
		}
	}
}
