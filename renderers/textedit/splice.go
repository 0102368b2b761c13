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

// Transform turns two splices of the same text, mine and theirs, into what each must be after the
// other: both orders give the same text. Where both type in one place, theirs comes first.
func Transform(mine, theirs Splice) (mineAfter, theirsAfter Splice) {
	switch {
	case theirs.At+theirs.Del <= mine.At:
		mineAfter, theirsAfter = mine, theirs
		mineAfter.At += len(theirs.Ins) - theirs.Del
		return mineAfter, theirsAfter
	case mine.At+mine.Del <= theirs.At:
		mineAfter, theirsAfter = mine, theirs
		theirsAfter.At += len(mine.Ins) - mine.Del
		return mineAfter, theirsAfter
	case theirs.At <= mine.At:
		theirsAfter, mineAfter = overlapped(theirs, mine)
	default:
		mineAfter, theirsAfter = overlapped(mine, theirs)
	}
	return mineAfter, theirsAfter
}

// overlapped transforms two splices that overlap; a begins first, or both at once. What either
// deletes goes, and what both type stays, first that of a.
func overlapped(a, b Splice) (aAfter, bAfter Splice) {
	aEnd, bEnd := a.At+a.Del, b.At+b.Del
	// After a, its text stands before what is left of b's.
	bAfter = Splice{At: a.At + len(a.Ins), Del: max(0, bEnd-aEnd), Ins: b.Ins}
	// After b, what a deletes is around the text of b.
	aAfter = Splice{At: a.At, Del: b.At - a.At, Ins: a.Ins}
	if rest := aEnd - bEnd; rest > 0 {
		aAfter.Del += len(b.Ins) + rest
		aAfter.Ins = slices.Concat(a.Ins, b.Ins)
	}
	return aAfter, bAfter
}

// Apply makes splices one after another.
func Apply(text string, all ...Splice) string {
	for _, s := range all {
		from := byteOf(text, s.At)
		to := from + byteOf(text[from:], s.Del)
		text = text[:from] + string(s.Ins) + text[to:]
	}
	return text
}

// byteOf is where the rune at an offset begins, or the end.
func byteOf(text string, offset int) int {
	for i := range text {
		if offset <= 0 {
			return i
		}
		offset--
	}
	return len(text)
}
