package media

import (
	"fmt"
	"strings"
	"testing"
)

const lineHTML = `<p style="top:%gpt;left:10.0pt;line-height:10.0pt"><b><span style="font-size:10pt">%s</span></b></p>`

// drawn writes SVG as MuPDF does, size 10, each glyph at a place (x, base line).
func drawn(glyphs ...any) string {
	var b strings.Builder
	b.WriteString(`<svg><g transform="translate(0,5)">`)
	for i := 0; i < len(glyphs); i += 3 {
		fmt.Fprintf(&b, `<use data-text="%v" xlink:href="#%v" transform="matrix(10,0,0,-10,%v,%v)"/>`,
			glyphs[i], glyphs[i], glyphs[i+1], glyphs[i+2])
	}
	return b.String() + "</g></svg>"
}

func TestParseLines(t *testing.T) {
	page := `<div id="page0"><img src="data:image/png;base64,AAAA">` + fmt.Sprintf(lineHTML, 20.5, "a &lt;b&gt; &amp;\u00a0c ") +
		fmt.Sprintf(lineHTML, 40.0, " ") + `<p style="cut`
	got := parseLines(page)
	if len(got) != 1 || got[0] != (textLine{10, 20.5, 10, "a <b> &\u00a0c"}) {
		t.Errorf("%+v", got)
	}
}

func TestWordsAtTheirGlyphs(t *testing.T) {
	lines := parseLines(fmt.Sprintf(lineHTML, 92.0, "ab a"))
	// With the group's 5 the base line is at 100. The space is 4 wide.
	text := layOut(lines, parseGlyphs(drawn("a", 10, 95, "b", 15, 95, "a", 25, 95)))
	words := text.Lines[0].Words
	if len(words) != 2 {
		t.Fatalf("%+v", words)
	}
	if want := (Rect{10, 92, 22.5, 102}); words[0].Rect != want {
		t.Errorf("%v, want %v: b is only known before a space", words[0].Rect, want)
	}
	if want := (Rect{25, 92, 30, 102}); words[1].Rect != want {
		t.Errorf("%v, want %v: the last a is as wide as the first", words[1].Rect, want)
	}
}

func TestLigaturesAndMissingGlyphs(t *testing.T) {
	for name, svg := range map[string]string{
		"as one glyph":     drawn("ﬁ", 10, 95, "n", 16, 95, "d", 21, 95, "i", 30, 95, "t", 33, 95),
		"for its f alone":  drawn("f", 10, 95, "n", 16, 95, "d", 21, 95, "i", 30, 95, "t", 33, 95),
		"drawn in reverse": drawn("x", 10, 300, "f", 10, 95, "n", 16, 95, "d", 21, 95, "i", 30, 95, "t", 33, 95),
	} {
		text := layOut(parseLines(fmt.Sprintf(lineHTML, 92.0, "find it")), parseGlyphs(svg))
		find, it := text.Lines[0].Words[0].Rect, text.Lines[0].Words[1].Rect
		if find.X0 != 10 || find.X1 < 24 || find.X1 > 30 || it.X0 != 30 {
			t.Errorf("%s: find at %v, it at %v", name, find, it)
		}
	}
}

func TestBrokenSVGGivesWhatCameBefore(t *testing.T) {
	whole := drawn("a", 10, 95, "b", 15, 95)
	for cut := range whole {
		if n := len(parseGlyphs(whole[:cut])); n > 2 {
			t.Fatalf("cut at %d: %d glyphs", cut, n)
		}
	}
	if n := len(parseGlyphs(whole[:len(whole)-8])); n != 2 {
		t.Errorf("%d glyphs", n)
	}
}

func FuzzLayOut(f *testing.F) {
	f.Add(fmt.Sprintf(lineHTML, 92.0, "ﬁnd it"), drawn("ﬁ", 10, 95, "n", 16, 95))
	f.Add(`<p style="top:NaNpt;left:1e999pt">x</p>`, `<use data-text="x" transform="matrix(0,0,0,0,1e999,NaN)"/></g></g>`)
	f.Fuzz(func(t *testing.T, page, svg string) {
		text := layOut(parseLines(page), parseGlyphs(svg))
		if err := text.check(); err != nil {
			t.Fatal(err)
		}
	})
}
