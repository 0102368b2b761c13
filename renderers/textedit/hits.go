package textedit

import (
	"slices"
	"sort"
	"unicode"
)

// Bounds of a search.
const (
	maxHits  = 9999 // more are not counted
	maxQuery = 256  // runes that are looked at
)

// hits is where a query stands in a text: each place, even inside another. The zero value looks for
// nothing.
type hits struct {
	query []rune // folded
	fail  []int  // for each prefix of the query, the longest one that it ends in
	at    []int  // ascending
}

// look takes another query, literal but for upper and lower case.
func (h *hits) look(query string, text *rope) {
	h.query = h.query[:0]
	for _, r := range query {
		if len(h.query) < maxQuery {
			h.query = append(h.query, folded(r))
		}
	}
	h.fail = failures(h.query)
	h.rescan(text)
}

// rescan reads the whole text.
func (h *hits) rescan(text *rope) { h.at = h.scan(h.at[:0], text, 0, text.n) }

// change follows a splice that the text has seen already. Only what is near it is read.
func (h *hits) change(s Splice, text *rope) {
	n := len(h.query)
	if n == 0 {
		return
	}
	if len(h.at) >= maxHits {
		h.rescan(text)
		return
	}
	first := sort.SearchInts(h.at, s.At-n+1)
	last := sort.SearchInts(h.at, s.At+s.Del)
	for i := last; i < len(h.at); i++ {
		h.at[i] += len(s.Ins) - s.Del
	}
	near := h.scan(nil, text, max(0, s.At-n+1), min(text.n, s.At+len(s.Ins)+n-1))
	h.at = slices.Replace(h.at, first, max(first, last), near...)
}

// scan appends the hits that lie in [from, to), in linear time.
func (h *hits) scan(out []int, text *rope, from, to int) []int {
	n := len(h.query)
	if n == 0 {
		return out
	}
	k := 0
	for at := from; at < to && len(out) < maxHits; at++ {
		r := folded(text.at(at))
		for k > 0 && h.query[k] != r {
			k = h.fail[k-1]
		}
		if h.query[k] == r {
			k++
		}
		if k == n {
			out = append(out, at+1-n)
			k = h.fail[k-1]
		}
	}
	return out
}

// next returns the first hit at the offset or after it, else the first of all; -1 if there is none.
func (h *hits) next(at int) int {
	i := sort.SearchInts(h.at, at)
	if i < len(h.at) {
		return i
	}
	return min(0, len(h.at)-1)
}

// prev returns the last hit before the offset, else the last of all; -1 if there is none.
func (h *hits) prev(at int) int {
	if i := sort.SearchInts(h.at, at) - 1; i >= 0 {
		return i
	}
	return len(h.at) - 1
}

// failures is the table of Knuth, Morris and Pratt.
func failures(query []rune) []int {
	out := make([]int, len(query))
	k := 0
	for i := 1; i < len(query); i++ {
		for k > 0 && query[k] != query[i] {
			k = out[k-1]
		}
		if query[k] == query[i] {
			k++
		}
		out[i] = k
	}
	return out
}

// folded is the rune that stands for itself in upper and lower case.
func folded(r rune) rune {
	if r < 0x80 {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r))
}
