package textedit

import (
	"image/color"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corkboard/renderers/paint"
)

// letters writes a look as one letter: marks before all else.
func (l look) letter() rune {
	for _, c := range []struct {
		l look
		r rune
	}{{lookMark, 'm'}, {lookBold | lookItalic, 'B'}, {lookBold, 'b'}, {lookItalic, 'i'}, {lookCode, 'c'}, {lookFenced, 'c'}, {lookLink, 'l'}, {lookFaint, 'f'}, {lookStrike, 's'}, {lookMuted, 'q'}} {
		if l&c.l == c.l {
			return c.r
		}
	}
	return '.'
}

func looksOf(line string) string {
	rs := []rune(line)
	var s strings.Builder
	for _, l := range markdownLooks(rs, context{kind: leadOf(rs).kind}) {
		s.WriteRune(l.letter())
	}
	return s.String()
}

func TestMarkdownLooks(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"plain text", ".........."},
		{"# Title", "mbbbbbb"},
		{"###### a", "mmmmmmbb"},
		{"####### a", "........."},
		{"#tag", "...."},
		{"a **b** c", "..mmbmm.."},
		{"a *b* c", "..mim.."},
		{"***b***", "mmmBmmm"},
		{"__b__ _i_", "mmbmm.mim"},
		{"snake_case_name", "..............."},
		{"2 * 3 * 4", "........."},
		{"**open", "......"},
		{"a ~~b~~ ~c~", "..mmsmm...."},
		{"`a*b*`", "mccccm"},
		{"``a`b``", "mmcccmm"},
		{"`open *i*", "......mim"},
		{`\*no\*`, "m...m."},
		{"[map](http://x)", "mlllmmmmmmmmmmm"},
		{"![a](b)", "mmlmmmm"},
		{"see https://a.b/c. Yes", "....lllllllllllll....."},
		{"- item", "mm...."},
		{"12. item", "mmmm...."},
		{"    - deep", "mmmmmm...."},
		{"- [ ] do", "mmmmmm.."},
		{"- [x] did", "mmmmmmfff"},
		{"> said", "mmqqqq"},
		{"---", "mmm"},
		{"```go", "mmmmm"},
		{"-no", "..."},
		{"[a] b", "....."},
	} {
		if got := looksOf(c.line); got != c.want {
			t.Errorf("%q looks %s, want %s", c.line, got, c.want)
		}
	}
}

func TestSpansAreTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOfN(rapid.RuneFrom([]rune("a b*_`~[]()#->!\\.é日1x")), 0, 60, -1).Draw(t, "line")
		rs := []rune(line)
		under := context{kind: leadOf(rs).kind, inner: rapid.Bool().Draw(t, "inner")}
		if rapid.Bool().Draw(t, "fenced") {
			under.fence = fence{'`', 3}
		}
		got := ""
		for _, s := range spans(rs, markdownLooks(rs, under), paint.Style{}, paint.Light()) {
			got += s.Text
		}
		if got != line {
			t.Fatalf("the spans of %q are %q", line, got)
		}
	})
}

func TestHostileLinesTakeLinearTime(t *testing.T) {
	for _, unit := range []string{"*a ", "[", "`", "``` ` ", "**a* ", "_a_ ", "~~", "![](", "http://", "> "} {
		line := []rune(strings.Repeat(unit, 40_000/len(unit)))
		if looks := markdownLooks(line, context{}); len(looks) != len(line) { // would take minutes
			t.Errorf("%q: %d looks for %d runes", unit, len(looks), len(line))
		}
	}
}

// fencesOf is the fence before each line, read from the top.
func fencesOf(text string) []fence {
	var out []fence
	var f fence
	for _, line := range strings.Split(text, "\n") {
		out = append(out, f)
		f = leadOf([]rune(line)).after(f)
	}
	return out
}

func TestFencesAreCarriedToEveryBlock(t *testing.T) {
	lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "", "```", "````", "~~~", "```go", "``` `", "    ```"}), 1, 150)
	rapid.Check(t, func(t *rapid.T) {
		var b Buffer
		b.SetText(strings.Join(lines.Draw(t, "text"), "\n"))
		s := newSheet(300, "")
		s.text, s.markdown = &b.text, true
		s.reset()
		b.Changed = func(c Splice) { s.change(c) }
		for range rapid.IntRange(0, 5).Draw(t, "edits") {
			b.Select(rapid.IntRange(0, b.Len()).Draw(t, "a"), rapid.IntRange(0, b.Len()).Draw(t, "c"))
			b.Insert(strings.Join(lines.Draw(t, "insert"), "\n"))
			want := fencesOf(b.Text())
			i := 0
			for p, more := (place{}), true; more; p, more = s.list.next(p) {
				if got := s.list.fenceBefore(p); got != want[i] {
					t.Fatalf("%q: line %d stands under %v, want %v", b.Text(), i, got, want[i])
				}
				i++
			}
		}
	})
}

func TestAFenceStylesWhatFollowsWhenItIsSeen(t *testing.T) {
	var b Buffer
	b.SetText(strings.Repeat("some *words*\n", 2000))
	s := newSheet(300, "")
	s.text, s.markdown, s.pal, s.style = &b.text, true, paint.Light(), paint.Style{Color: color.RGBA{A: 255}}
	s.reset()
	b.Changed = func(c Splice) { s.change(c) }
	s.settleRange(0, 400)
	s.laid = 0
	b.Insert("```\n")
	if s.settleRange(0, 400); s.laid > 30 {
		t.Errorf("a fence laid out %d blocks", s.laid)
	}
	if p, block := s.at(b.Len() - 3); block.under.fence.n != 3 {
		t.Errorf("the line at %d is not under the fence", p.start)
	}
}

func TestLinesKeepTheirHeightWhileMarksAreTyped(t *testing.T) {
	const line = 1.4 * paint.BodySize
	for _, text := range []string{"# Title", "`code`", "```\ncode\n```", "**bold** `c` _i_", "> said", "- [x] done", ""} {
		s := newSheet(400, text)
		s.markdown, s.pal = true, paint.Light()
		s.reset()
		want := line * float32(1+strings.Count(text, "\n"))
		if h := s.heightWithin(1e6); h-want > 0.01 || want-h > 0.01 {
			t.Errorf("%q is %v high, want %v", text, h, want)
		}
	}
}
