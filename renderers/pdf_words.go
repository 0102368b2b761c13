package renderers

import (
	"strings"
	"unicode"

	"corkboard/renderers/paint"
)

// pdfHit is a place where the searched text stands: a rectangle for each line
// that it runs over, in points of the page.
type pdfHit struct {
	Page  int
	Rects []paint.Rect
}

// maxHitsPerPage bounds what one letter finds in a long table.
const maxHitsPerPage = 2000

// findOnPage lists where query stands on a page, whatever the case; runs of
// white space count as one space, and so does the end of a line.
func findOnPage(words []Word, query string, page int) []pdfHit {
	want := folded(strings.Join(strings.Fields(query), " "))
	if len(want) == 0 {
		return nil
	}
	var text []rune
	var of []int // the word that each rune belongs to; a space to the word before it
	starts := make([]int, len(words))
	for i, w := range words {
		if i > 0 {
			text, of = append(text, ' '), append(of, i-1)
		}
		starts[i] = len(text)
		for _, r := range folded(w.Text) {
			text, of = append(text, r), append(of, i)
		}
	}
	var hits []pdfHit
	for i := 0; i+len(want) <= len(text) && len(hits) < maxHitsPerPage; {
		if !begins(text[i:], want) {
			i++
			continue
		}
		hits = append(hits, pdfHit{Page: page, Rects: spanRects(words, starts, of, i, i+len(want))})
		i += len(want)
	}
	return hits
}

// folded is the text in lower case, rune by rune, so that places are kept.
func folded(s string) []rune {
	r := []rune(s)
	for i := range r {
		r[i] = unicode.ToLower(r[i])
	}
	return r
}

func begins(text, want []rune) bool {
	for i, r := range want {
		if text[i] != r {
			return false
		}
	}
	return true
}

// spanRects covers the runes [from, to) of the joined words.
func spanRects(words []Word, starts, of []int, from, to int) []paint.Rect {
	var out []Word
	for i := of[from]; i <= of[to-1]; i++ {
		n := len([]rune(words[i].Text))
		a, b := max(0, from-starts[i]), min(n, to-starts[i])
		if a >= b {
			continue
		}
		r := words[i].Rect // letters are taken for equally wide
		r.X, r.W = r.X+r.W*float32(a)/float32(n), r.W*float32(b-a)/float32(n)
		out = append(out, Word{Rect: r})
	}
	return lineRects(out)
}

// lineRects joins the rectangles of words that follow each other on a line.
func lineRects(words []Word) []paint.Rect {
	var out []paint.Rect
	for i, w := range words {
		if i > 0 && sameLine(words[i-1].Rect, w.Rect) {
			out[len(out)-1] = union(out[len(out)-1], w.Rect)
		} else {
			out = append(out, w.Rect)
		}
	}
	return out
}

// sameLine reports whether b goes on in the line of a: half of the lower one
// lies beside the other, further right and not a column away.
func sameLine(a, b paint.Rect) bool {
	lower := min(a.H, b.H)
	overlap := min(a.Y+a.H, b.Y+b.H) - max(a.Y, b.Y)
	return overlap*2 >= lower && b.X >= a.X && b.X-(a.X+a.W) < 2*max(a.H, b.H)
}

// nearestWord is the word at or nearest to a place, or -1. Lines count more
// than places on them: a drag beside a line takes its end.
func nearestWord(words []Word, at Point) int {
	best, least := -1, float32(0)
	for i, w := range words {
		dx := max(w.Rect.X-at.X, at.X-w.Rect.X-w.Rect.W, 0)
		dy := max(w.Rect.Y-at.Y, at.Y-w.Rect.Y-w.Rect.H, 0)
		if d := dx*dx + 36*dy*dy; best < 0 || d < least {
			best, least = i, d
		}
	}
	return best
}

// wordSpot is a word of a document.
type wordSpot struct{ Page, Word int }

func (s wordSpot) before(t wordSpot) bool {
	return s.Page < t.Page || s.Page == t.Page && s.Word < t.Word
}

// wordRange is the words from one to another, both included; the zero range
// with None is no word.
type wordRange struct {
	Anchor, Focus wordSpot
	None          bool
}

// ordered is the range from its first to its last word.
func (r wordRange) ordered() (first, last wordSpot) {
	if r.Focus.before(r.Anchor) {
		return r.Focus, r.Anchor
	}
	return r.Anchor, r.Focus
}

// on is the part of the range on a page: words [from, to).
func (r wordRange) on(page, words int) (from, to int) {
	first, last := r.ordered()
	if r.None || page < first.Page || page > last.Page {
		return 0, 0
	}
	to = words
	if page == first.Page {
		from = min(first.Word, words)
	}
	if page == last.Page {
		to = min(last.Word+1, words)
	}
	return from, max(from, to)
}

// joinWords is the text of words: a space between two, a newline where a new
// line begins.
func joinWords(words []Word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			if sameLine(words[i-1].Rect, w.Rect) {
				b.WriteByte(' ')
			} else {
				b.WriteByte('\n')
			}
		}
		b.WriteString(w.Text)
	}
	return b.String()
}
