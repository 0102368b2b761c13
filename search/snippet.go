package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sizes of a snippet, in bytes of the text that it is cut from.
const (
	snippetBytes = 200
	snippetLead  = 40 // before the first hit
	snippetHits  = 200
)

// Marked is a text and the places in it that were looked for: not overlapping, in
// order, whole runes.
type Marked struct {
	Text  string
	Marks []Span
}

// snippet cuts out of a text where most parts of the pattern are close together; ok
// is false if none of it is there. The result is one line.
func (p pattern) snippet(s string) (m Marked, ok bool) {
	list := p.hits(s, snippetHits)
	if len(list) == 0 {
		return m, false
	}
	best, most := 0, 0
	for n, h := range list {
		parts := map[int]bool{}
		for _, other := range list[n:] {
			if other.To > h.From+snippetBytes-snippetLead {
				break
			}
			parts[other.part] = true
		}
		if len(parts) > most {
			best, most = n, len(parts)
		}
	}
	from := max(0, list[best].From-snippetLead)
	m.Text = cut(s, from, max(from+snippetBytes, list[best].To))
	m.Marks = p.marks(m.Text)
	return m, true
}

// cut is one line of a text, from about one byte to about another, in whole words
// if there are spaces, with … where something is left out.
func cut(s string, from, to int) string {
	to = min(to, len(s))
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	body := s[from:to]
	if from > 0 {
		if n := strings.IndexFunc(body[:min(len(body), snippetLead/2)], unicode.IsSpace); n >= 0 {
			body = body[n:]
		}
	}
	if to < len(s) {
		tail := max(0, len(body)-snippetLead/2)
		if n := strings.LastIndexFunc(body[tail:], unicode.IsSpace); n >= 0 {
			body = body[:tail+n]
		}
	}
	line := oneLine(body)
	if from > 0 {
		line = "…" + line
	}
	if to < len(s) {
		line += "…"
	}
	return line
}

// oneLine puts one space for all white space and leaves out what cannot be
// shown.
func oneLine(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(clean), " ")
}
