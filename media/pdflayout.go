package media

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How far the search for a line's characters looks ahead among the glyphs: far for its
// first, for lines may come in another order; near for the others, so that one missing
// glyph does not lose the line.
const (
	lookFar  = 4000
	lookNear = 8
)

// layOut gives each word the rectangle of its glyphs, or an estimate where there are none,
// as for the invisible text under a scanned page.
func layOut(lines []textLine, glyphs []glyph) *PageText {
	out := &PageText{Lines: make([]Line, len(lines))}
	found := make([][]int, len(lines))
	at := 0
	var all strings.Builder
	for i, l := range lines {
		out.Lines[i] = Line{Text: l.text, Words: splitWords(l.text)}
		found[i], at = l.match(glyphs, at)
		for _, w := range out.Lines[i].Words {
			_, last := utf8.DecodeLastRuneInString(l.text[w.Start:w.End])
			if g := found[i][w.End-last]; g >= 0 {
				glyphs[g].ends = true
			}
		}
		all.WriteString(l.text)
		all.WriteByte('\n')
	}
	setAdvances(glyphs)
	for i, l := range lines {
		l.place(&out.Lines[i], found[i], glyphs)
	}
	out.Text = all.String()
	return out
}

// place sets the rectangles of a line and its words.
func (l textLine) place(line *Line, found []int, glyphs []glyph) {
	right := l.left
	for i := range line.Words {
		w := &line.Words[i]
		w.Rect = l.wordRect(*w, found[w.Start:w.End], glyphs, right)
		if !w.Rect.sane() {
			w.Rect = Rect{} // drawn so far outside that nobody can see it
		}
		right = w.Rect.X1
		if i == 0 {
			line.Rect = w.Rect
		}
		line.Rect = line.Rect.union(w.Rect)
	}
}

// splitWords finds the runs without space.
func splitWords(s string) []Word {
	var out []Word
	start := -1
	for i, r := range s {
		switch space := unicode.IsSpace(r); {
		case space && start >= 0:
			out = append(out, Word{Start: start, End: i})
			start = -1
		case !space && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, Word{Start: start, End: len(s)})
	}
	return out
}

// match finds the glyphs of a line's characters, by byte offset, -1 where there is none. It
// searches from glyph number at and returns where the next line should begin.
func (l textLine) match(glyphs []glyph, at int) ([]int, int) {
	found := make([]int, len(l.text))
	reach, next := lookFar, at
	for i, r := range l.text {
		found[i] = -1
		if unicode.IsSpace(r) || l.skips(glyphs, next, i, r) {
			continue
		}
		for j := next; j < len(glyphs) && j < next+reach; j++ {
			if glyphs[j].r == r && l.holds(glyphs[j]) {
				found[i] = j
				next, reach = j+1, lookNear
				break
			}
		}
	}
	return found, next
}

// skips tells whether the character at byte i has no glyph of its own, because the glyph at
// hand is that of the character after it: the shape of "fi" is drawn for its f alone.
func (l textLine) skips(glyphs []glyph, next, i int, r rune) bool {
	if next >= len(glyphs) || glyphs[next].r == r || !l.holds(glyphs[next]) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(l.text[i+utf8.RuneLen(r):], unicode.IsSpace))
	return glyphs[next].r == after
}

// holds tells whether a glyph's origin is near the line's base line.
func (l textLine) holds(g glyph) bool {
	base := l.top + 0.8*l.size
	return math.Abs(g.at[5]-base) <= 0.6*l.size && g.at[4] >= l.left-l.size
}

// wordRect joins the rectangles of a word's glyphs. right is where the word before ends.
func (l textLine) wordRect(w Word, found []int, glyphs []glyph, right float64) Rect {
	var out Rect
	seen := false
	for i := range l.text[w.Start:w.End] {
		if found[i] < 0 {
			continue
		}
		r := glyphs[found[i]].rect()
		if !seen {
			out, seen = r, true
		}
		out = out.union(r)
	}
	if seen {
		return out
	}
	x := l.left
	if w.Start > 0 {
		x = right + usualSpace*l.size
	}
	width := usualAdvance * l.size * float64(utf8.RuneCountInString(l.text[w.Start:w.End]))
	return Rect{x, l.top, x + width, l.top + l.size}
}
