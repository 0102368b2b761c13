package doc

// Diff finds the one splice that makes was into now: the common beginning and
// end stay, the middle is replaced. Runes, never bytes.
func Diff(was, now string) (from, del int, ins string) {
	a, b := []rune(was), []rune(now)
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	end := 0
	for end < len(a)-from && end < len(b)-from && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return from, len(a) - from - end, string(b[from : len(b)-end])
}

// MapCaret carries a rune offset in was over to now, where now came from was
// by one splice: before it unchanged, after it moved along, inside it at the
// end of what was put there.
func MapCaret(was, now string, caret int) int {
	from, del, ins := Diff(was, now)
	return carryPos(caret, from, del, len([]rune(ins)), false)
}

// carryPos moves a position over a splice (from, del, ins runes). At the very
// place of an insertion a position stays before it when stay is true.
func carryPos(p, from, del, ins int, stay bool) int {
	switch {
	case p < from || p == from && stay:
		return p
	case p >= from+del:
		return p - del + ins
	}
	return from + ins
}

// Carry rewrites s so that it means the same after over has been applied to
// the same text. What over already deleted is not deleted twice. ok is false
// when nothing is left to do.
func Carry(s, over Splice) (moved Splice, ok bool) {
	ins := len([]rune(over.Insert))
	start := carryPos(s.From, over.From, over.Delete, ins, s.Delete > 0 && s.From < over.From)
	end := carryPos(s.From+s.Delete, over.From, over.Delete, ins, true)
	if s.Delete > 0 && s.From+s.Delete > over.From+over.Delete {
		end = s.From + s.Delete - over.Delete + ins
	}
	if end < start {
		end = start
	}
	s.From, s.Delete = start, end-start
	return s, s.Delete > 0 || s.Insert != ""
}

// EditText plans the change from was to now on a text that may meanwhile read
// current: the splice Was→Now carried through Was→current.
func EditText(path Path, was, now, current string) (Splice, bool) {
	from, del, ins := Diff(was, now)
	s := Splice{Path: path, From: from, Delete: del, Insert: ins}
	if del == 0 && ins == "" {
		return s, false
	}
	if was != current {
		f, d, i := Diff(was, current)
		return Carry(s, Splice{Path: path, From: f, Delete: d, Insert: i})
	}
	return s, true
}
