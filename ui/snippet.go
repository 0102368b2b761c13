package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corkboard/search"
	"corkboard/search/fold"
)

// How much of a text is shown around what was found, in runes.
const (
	snippetBefore = 28
	snippetAfter  = 120
)

// marked is a line of text with a part that was found; hit is "" when there is
// none.
type marked struct{ before, hit, after string }

func (m marked) String() string { return m.before + m.hit + m.after }

// markIn marks the first place in s where fold.String(s) has the folded query, and
// cuts what is far from it. ok is false when there is none.
func markIn(s, folded, query string) (m marked, ok bool) {
	at := strings.Index(folded, query)
	if at < 0 || query == "" {
		return marked{before: s}, false
	}
	from, to := fold.Unfold(s, at, at+len(query))
	return marked{tail(s[:from]), line(s[from:to]), head(s[to:])}, true
}

// tail is the end of what stands before a hit.
func tail(s string) string {
	from := len(s)
	for n := 0; from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		if n == snippetBefore {
			return "…" + strings.TrimLeft(line(s[from:]), " ")
		}
		from -= size
	}
	return strings.TrimLeft(line(s), " ")
}

// head is the beginning of what stands after a hit.
func head(s string) string {
	n := 0
	for i := range s {
		if n == snippetAfter {
			return line(s[:i]) + "…"
		}
		n++
	}
	return line(s)
}

// line makes one line of text: each run of white space is a space, and what
// would turn or hide letters is left out.
func line(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// markTyped marks a query in a line as it was typed; ok is false if it is not there. An
// empty one is everywhere.
func markTyped(s, query string) (m marked, ok bool) {
	if query = fold.String(strings.TrimSpace(query)); query == "" {
		return marked{before: s}, true
	}
	return markIn(s, fold.String(s), query)
}

// markSpans marks the first of some places in a line.
func markSpans(s string, spans []search.Span) marked {
	if len(spans) == 0 {
		return marked{before: s}
	}
	at := spans[0]
	return marked{s[:at.From], s[at.From:at.To], s[at.To:]}
}
