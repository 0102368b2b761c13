package textedit

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

// diff is the one splice that turns was into now.
func diff(was, now []rune) Splice {
	head := 0
	for head < len(was) && head < len(now) && was[head] == now[head] {
		head++
	}
	tail := 0
	for tail < len(was)-head && tail < len(now)-head && was[len(was)-1-tail] == now[len(now)-1-tail] {
		tail++
	}
	return Splice{At: head, Del: len(was) - head - tail, Ins: now[head : len(now)-tail]}
}

// carryBack is where an offset of the text after the splice was before it, as well as can be told.
func (s Splice) carryBack(at int) int {
	return Splice{At: s.At, Del: len(s.Ins), Ins: make([]rune, s.Del)}.carry(at)
}
