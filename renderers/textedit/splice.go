package textedit

import "slices"

// Splice is one change of a text: at an offset, some runes go and others come.
type Splice struct {
	At, Del int
	Ins     []rune
}

// none reports whether the splice changes nothing.
func (s Splice) none() bool { return s.Del == 0 && len(s.Ins) == 0 }

// carry moves an offset across the splice, so that it keeps the neighbours it had. An offset where
// text came in stays before it; one whose text went moves to where it was.
func (s Splice) carry(at int) int {
	switch {
	case at <= s.At:
		return at
	case at >= s.At+s.Del:
		return at + len(s.Ins) - s.Del
	}
	return s.At
}

// Join is the one splice that does what s does and then next, whose offsets are those of the text
// after s. ok is false if they are apart, so that no one splice says it.
func (s Splice) Join(next Splice) (joined Splice, ok bool) {
	end := s.At + len(s.Ins)
	switch {
	case s.none():
		return next, true
	case next.none():
		return s, true
	case next.At > end || next.At+next.Del < s.At:
		return s, false
	}
	before := max(0, s.At-next.At)        // it deletes so much before s,
	after := max(0, next.At+next.Del-end) // so much after it,
	from := max(0, next.At-s.At)          // and what s typed from here
	to := min(len(s.Ins), from+next.Del-before-after)
	return Splice{
		At: s.At - before, Del: s.Del + before + after,
		Ins: slices.Concat(s.Ins[:from], next.Ins, s.Ins[max(from, to):]),
	}, true
}
