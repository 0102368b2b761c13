package paint

import (
	"strings"
	"testing"
)

func kinds(blocks []Block) string {
	var s strings.Builder
	for _, b := range blocks {
		s.WriteString([...]string{"P", "H", "I", "C", "R", "T"}[b.Kind])
	}
	return s.String()
}

func TestMarkdownBlocks(t *testing.T) {
	if got := kinds(Markdown(story, MarkdownOptions{})); got != "HPIIIIIPCTT" {
		t.Errorf("the story has the blocks %s", got)
	}
	for src, want := range map[string]string{
		"":               "",
		"a\n\n---\n\nb":  "PRP",
		"    indented":   "C",
		"<b>raw</b> <i>": "P",
		"-\n- x":         "II",
	} {
		if got := kinds(Markdown(src, MarkdownOptions{})); got != want {
			t.Errorf("%q has the blocks %s, want %s", src, got, want)
		}
	}
}

func TestTasksKnowTheirPlaceInTheSource(t *testing.T) {
	src := "é\n\n- [x] one\n- [ ] two\n"
	rs := []rune(src)
	n := 0
	for _, b := range Markdown(src, MarkdownOptions{}) {
		if !b.Task {
			continue
		}
		n++
		if b.Offset < 0 || rs[b.Offset] != '[' || (rs[b.Offset+1] == 'x') != b.Done {
			t.Errorf("task %q is at %d, done %v", inlineText(b), b.Offset, b.Done)
		}
	}
	if n != 2 {
		t.Errorf("%d tasks, want 2", n)
	}
}

func TestOnlySafeAddressesAreLinks(t *testing.T) {
	for src, want := range map[string]string{
		"[a](https://x.org/y)":       "https://x.org/y",
		"[a](javascript:alert(1))":   "",
		"[a](file:///etc/passwd)":    "",
		"see http://x.org/a_b_c. ok": "http://x.org/a_b_c",
		"<corkboard:/abc?t=x>":       "corkboard:/abc?t=x",
		"(https://x.org/(y))":        "https://x.org/(y)",
		"[a](http:///nohost)":        "",
		"<me@x.org>":                 "mailto:me@x.org",
		"note: buy milk":             "",
		"`https://x.org`":            "",
	} {
		got := ""
		for _, b := range Markdown(src, MarkdownOptions{}) {
			for _, in := range b.Inlines {
				got += in.Link
			}
		}
		if got != want {
			t.Errorf("%q links to %q, want %q", src, got, want)
		}
	}
}

func TestLinksLieOnThePage(t *testing.T) {
	p := NewShaper().LayoutMarkdown(story, 232, Light(), MarkdownOptions{})
	links := p.Links()
	if len(links) != 2 || links[1].URL != "corkboard:/x" {
		t.Fatalf("links %v", links)
	}
	for _, l := range links {
		if l.Rect.X < 0 || l.Rect.X+l.Rect.W > p.Width || l.Rect.Y+l.Rect.H > p.Height {
			t.Errorf("link %v is outside the page", l)
		}
	}
	if len(p.Ticks()) != 2 {
		t.Errorf("%d ticks, want 2", len(p.Ticks()))
	}
}

func TestMaxHeightStopsTheLayout(t *testing.T) {
	s := NewShaper()
	for _, src := range []string{strings.Repeat("line\n\n", 500), strings.Repeat("word ", 5000)} {
		p := s.LayoutMarkdown(src, 200, Light(), MarkdownOptions{MaxHeight: 300})
		if !p.Cut || p.Height > 700 {
			t.Errorf("cut %v at the height %v", p.Cut, p.Height)
		}
	}
}

// attacks are texts made to be slow or deep for a parser.
func attacks() map[string]string {
	n := 50000
	many := strings.Repeat
	return map[string]string{
		"brackets": many("[", n), "images": many("![", n), "quotes": many(">", n), "spaced quotes": many("> ", n),
		"lists": many("- ", n), "numbers": many("1. ", n), "stars": many("*a ", n), "strong": many("**a *", n),
		"backticks": many("`a ``b", n), "angles": many("<a ", n), "links": many("[a](", n), "pairs": many("[a](b)", n),
		"nested links": many("[a](<b ", n), "pipes": many("|", n) + "\n" + many("|-", n/2), "rows": "a|b\n-|-\n" + many("a\n", n),
		"references": many("[a]: b\n", n), "deep list": deepList(400), "tildes": many("~~a", n), "entities": many("&#x1f600;", n),
		"newlines": many("\n", n), "hard breaks": many("a\\\n", n), "marks": many("\u0301", n), "joiners": many("\u200d", n),
		"colons": many("http:", n), "urls": many("http://a", n), "tabs": many("\t", n), "headings": many("# a\n", n),
		"html": many("<!--", n), "cdata": many("<![CDATA[", n), "fences": many("```\n", n), "zero": many("\x00", n),
		"spread brackets": many("[\n\n", n/2), "underscores": many("_a__b", n), "setext": many("a\n=\n", n/2),
	}
}

func deepList(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return s.String()
}

func TestAttacksEnd(t *testing.T) {
	s := NewShaper()
	for name, src := range attacks() {
		t.Run(name, func(t *testing.T) {
			p := s.LayoutMarkdown(src, 200, Light(), MarkdownOptions{})
			if p.Height < 0 {
				t.Errorf("height %v", p.Height)
			}
		})
	}
}

func TestDeepNestingIsPlainText(t *testing.T) {
	for _, name := range []string{"brackets", "quotes", "lists", "deep list"} {
		if got := Markdown(attacks()[name], MarkdownOptions{}); len(got) != 1 || got[0].Kind != BlockParagraph {
			t.Errorf("%s became %d blocks", name, len(got))
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add(story)
	for _, text := range samples() {
		f.Add(text)
	}
	for _, text := range attacks() {
		f.Add(text[:min(len(text), 200)])
	}
	s := NewShaper()
	f.Fuzz(func(t *testing.T, src string) {
		p := s.LayoutMarkdown(src, 150, Light(), MarkdownOptions{})
		for _, l := range p.Links() {
			if SafeURL(l.URL) == "" {
				t.Errorf("unsafe link %q", l.URL)
			}
		}
		for _, k := range p.Ticks() {
			if k.Offset >= len(src) {
				t.Errorf("a tick at %d of %d bytes", k.Offset, len(src))
			}
		}
	})
}
