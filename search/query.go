package search

import (
	"bytes"
	"slices"
	"strings"
)

// What a query may be at most; the rest of it does not count.
const (
	maxQueryBytes = 1 << 10
	maxQueryWords = 48
)

// pattern is a query as it is looked for: each part was typed without a space in it,
// and its words have to follow one another. The very last word may go on.
type pattern struct{ parts [][]string }

// parse reads what somebody typed. Nothing in it is a command; the pattern is empty if
// no letter or digit is in it.
func parse(typed string) pattern {
	if len(typed) > maxQueryBytes {
		typed = typed[:maxQueryBytes]
	}
	var p pattern
	n := 0
	for _, chunk := range strings.Fields(strings.ToValidUTF8(typed, " ")) {
		var part []string
		eachWord(chunk, func(word []byte, _, _ int) bool {
			part = append(part, string(word))
			n++
			return n < maxQueryWords
		})
		if len(part) > 0 {
			p.parts = append(p.parts, part)
		}
		if n >= maxQueryWords {
			break
		}
	}
	return p
}

func (p pattern) empty() bool { return len(p.parts) == 0 }

// quoted is words as one phrase of FTS5.
func quoted(list []string) string {
	return `"` + strings.ReplaceAll(strings.Join(list, " "), `"`, `""`) + `"`
}

// all wants every part somewhere.
func (p pattern) all() string {
	list := make([]string, len(p.parts))
	for n, part := range p.parts {
		list[n] = quoted(part)
	}
	return strings.Join(list, " AND ") + " *"
}

// exact wants all words in a row; a single one wholly.
func (p pattern) exact() string {
	list := slices.Concat(p.parts...)
	if len(list) == 1 {
		return quoted(list)
	}
	return quoted(list) + " *"
}

// inTitle wants it in the title.
func inTitle(expression string) string { return "{title} : (" + expression + ")" }

// Span is bytes of a text, From ≤ i < To.
type Span struct{ From, To int }

// hit is a part that was found.
type hit struct {
	Span
	part int
}

// hits finds up to most places where parts are in a text, in order.
func (p pattern) hits(s string, most int) (found []hit) {
	if p.empty() {
		return nil
	}
	longest := 0
	for _, part := range p.parts {
		longest = max(longest, len(part))
	}
	type seen struct {
		word []byte
		span Span
	}
	ring := make([]seen, longest) // the last words, the newest at n-1
	n := 0
	eachWord(s, func(word []byte, from, to int) bool {
		at := &ring[n%longest]
		at.word, at.span = append(at.word[:0], word...), Span{from, to}
		n++
		for k, part := range p.parts {
			if n < len(part) {
				continue
			}
			fits := true
			for i, want := range part {
				have := ring[(n-len(part)+i)%longest].word
				last := k == len(p.parts)-1 && i == len(part)-1
				if fits = string(have) == want || last && bytes.HasPrefix(have, []byte(want)); !fits {
					break
				}
			}
			if fits {
				first := ring[(n-len(part))%longest].span.From
				found = append(found, hit{Span{first, to}, k})
			}
		}
		return len(found) < most
	})
	return found
}

// marks is the hits in a text, joined where they touch.
func (p pattern) marks(s string) (spans []Span) {
	for _, h := range p.hits(s, maxMarks) {
		n := len(spans)
		for n > 0 && h.From <= spans[n-1].To {
			h.From, h.To = min(h.From, spans[n-1].From), max(h.To, spans[n-1].To)
			n--
		}
		spans = append(spans[:n], h.Span)
	}
	return spans
}

// maxMarks bounds what is marked in one text.
const maxMarks = 64
