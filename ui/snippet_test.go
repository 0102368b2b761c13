package ui

import (
	"math/rand/v2"
	"strings"
	"testing"

	"corkboard/search/fold"
)

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
		got, ok := markIn(c.text, fold.String(c.text), fold.String(c.query))
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
		folded, q := fold.String(text), fold.String(query)
		at := strings.Index(folded, q)
		if q == "" || at < 0 {
			continue
		}
		from, to := fold.Unfold(text, at, at+len(q))
		if from < 0 || to > len(text) || from > to {
			t.Fatalf("%q in %q: %d to %d of %d bytes", query, text, from, to, len(text))
		}
		if got := fold.String(text[from:to]); !strings.Contains(got, q) {
			t.Fatalf("%q in %q: %q does not hold it", query, text, got)
		}
	}
}
