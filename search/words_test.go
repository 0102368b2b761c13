package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func wordsOf(s string) (out []string) {
	eachWord(s, func(word []byte, _, _ int) bool {
		out = append(out, string(word))
		return true
	})
	return out
}

func TestWordsAreFoldedAndDivided(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"Plain words, 42 of them.": "plain words 42 of them",
		"ÄRGER Straße façade Łódź": "arger strasse facade lodz",
		"cafe\u0301 CAFÉ":          "cafe cafe",
		"don't foo_bar a-b":        "don t foo bar a b",
		"İstanbul ışık":            "istanbul isik",
		"ﬁne ２０２４":                 "fine 2024",
		"Σίσυφος":                  "σισυφοσ",
		"東京タワー":                    "東 京 タ ワ ー",
		"ｶﾞﾗｽ ガラス":                 "カ\u3099 ラ ス",
		"서울대학교":                    "서 울 대 학 교",
		"iPhone東京15":               "iphone 東 京 15",
		"สวัสดี":                   "ส ว ั ส ด ี",
		"हिन्दी":                   "हिन्दी",
		"שָׁלוֹם":                  "שלום",
		"soft\u00adhyphen":         "softhyphen",
		"party 🎉🎉 time":            "party 🎉 🎉 time",
		"a\x00b\xffc":              "a b c",
		"10 € x²":                  "10 € x2",
		strings.Repeat("x", 100):   strings.Repeat("x", maxWord),
	} {
		if text == "ｶﾞﾗｽ ガラス" { // both ways of writing are one
			if got := wordsOf(text); !slices.Equal(got[:len(got)/2], got[len(got)/2:]) {
				t.Errorf("%q gives %q", text, got)
			}
			continue
		}
		if got := strings.Join(wordsOf(text), " "); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestWordsKnowWhereTheyWere(t *testing.T) {
	text := "Ein ÄRGERNIS, 東京 cafe\u0301!"
	var got []string
	eachWord(text, func(_ []byte, from, to int) bool {
		got = append(got, text[from:to])
		return true
	})
	if want := []string{"Ein", "ÄRGERNIS", "東", "京", "cafe\u0301"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestHitsAreMarked(t *testing.T) {
	show := func(text, query string) string {
		out, last := "", 0
		for _, m := range parse(query).marks(text) {
			out += text[last:m.From] + "[" + text[m.From:m.To] + "]"
			last = m.To
		}
		return out + text[last:]
	}
	for _, c := range [][3]string{
		{"The garden gate", "gar", "The [garden] gate"},
		{"The garden gate", "gate gard", "The [garden] [gate]"},
		{"The garden gate", "gard gate", "The garden [gate]"}, // only the last word may go on
		{"See foo.bar, or foo and bar", "foo.bar", "See [foo.bar], or foo and bar"},
		{"in 東京タワー today", "京タ", "in 東[京タ]ワー today"},
		{"Die Straße", "STRASS", "Die [Straße]"},
		{"nothing", "other", "nothing"},
	} {
		if got := show(c[0], c[1]); got != c[2] {
			t.Errorf("%q in %q: %s, want %s", c[1], c[0], got, c[2])
		}
	}
}

func TestSnippetShowsMostOfTheQuery(t *testing.T) {
	text := "harbour alone\n" + strings.Repeat("filler words here ", 100) + "\n\nthe harbour   bridge\tstands " + strings.Repeat("more filler ", 50)
	m, ok := parse("harbour bridge").snippet(text)
	if !ok || !strings.Contains(m.Text, "the harbour bridge stands") || len(m.Marks) != 2 || len(m.Text) > snippetBytes+10 {
		t.Errorf("%q %v", m.Text, m.Marks)
	}
	for n, want := range []string{"harbour", "bridge"} {
		if s := m.Marks[n]; m.Text[s.From:s.To] != want {
			t.Errorf("mark %d is %q", n, m.Text[s.From:s.To])
		}
	}
	if _, ok := parse("absent").snippet(text); ok {
		t.Error("a word that is not there has a snippet")
	}
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{
		`"`, `""" OR title:*`, "NEAR(a b)", "a AND NOT b", "^x", "{title} : y", "a\x00b", "-a +b", "col:a*", "ＡＮＤ", "a\u0301\u0301",
		"東京", "\xff\xfe", strings.Repeat("a ", 5000), strings.Repeat("\u0301", 300), "🎉", "'; DROP TABLE docs; --", "l'été",
	} {
		f.Add(s, "some text with a and b in it, "+s)
	}
	x := openTest(f)
	f.Fuzz(func(t *testing.T, query, text string) {
		p := parse(query)
		n := 0
		for _, part := range p.parts {
			n += len(part)
		}
		if n > maxQueryWords {
			t.Fatalf("%d words", n)
		}
		if !p.empty() {
			if _, err := x.Search(t.Context(), Query{Text: query}); err != nil {
				t.Fatalf("%q: %v", query, err)
			}
		}
		last := -1
		for _, m := range p.marks(text) {
			if m.From < last || m.To <= m.From || m.To > len(text) {
				t.Fatalf("%q in %q: %v", query, text, m)
			}
			last = m.To
		}
		if m, ok := p.snippet(text); ok && !utf8.ValidString(m.Text) {
			t.Fatalf("%q in %q: %q", query, text, m.Text)
		}
	})
}
