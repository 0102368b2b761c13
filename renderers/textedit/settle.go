package textedit

import (
	"math"
	"unicode"

	"corkboard/renderers/paint"
)

// clean marks all of the layout as drawn.
func (s *sheet) clean() {
	s.soilFrom, s.soilTo, s.cleanHeight = math.Inf(1), math.Inf(-1), s.list.height
}

// soiled is the heights between which the layout has changed since clean; from is greater than to
// if it has not. What is not in view may have changed besides.
func (s *sheet) soiled() (from, to float64) {
	if s.list.height != s.cleanHeight {
		return s.soilFrom, math.Inf(1)
	}
	return s.soilFrom, s.soilTo
}

// soil notes that the block at p is another.
func (s *sheet) soil(p place, height float32) {
	s.soilFrom = min(s.soilFrom, p.y)
	s.soilTo = max(s.soilTo, p.y+float64(height))
	if s.list.block(p).height != height { // what follows is elsewhere
		s.soilTo = math.Inf(1)
	}
}

// reset forgets all layout; nothing is laid out anew yet.
func (s *sheet) reset() {
	s.soilFrom, s.soilTo = math.Inf(-1), math.Inf(1)
	s.list.reset(s.cut(nil, 0, s.text.n, true))
}

// change follows a splice that the text has seen already.
func (s *sheet) change(c Splice) {
	first := s.list.atOffset(c.At)
	last := s.list.atOffset(c.At + c.Del)
	s.loosenBefore(first, c.At)
	old := *s.list.block(first)
	from, to, n, ends := first.start, first.start, 0, false
	for p := first; ; n++ {
		b := s.list.block(p)
		to += b.runes
		q, more := s.list.next(p)
		ends = !more
		if ends || p.start >= last.start && (b.newline || to+len(c.Ins)-c.Del-from >= s.sizes.least) {
			n++
			break
		}
		p = q
	}
	fresh := s.cut(nil, from, to+len(c.Ins)-c.Del, ends)
	if q, ok := s.list.prev(first); ok && !s.list.block(q).newline {
		fresh[0].lead = lead{} // not the beginning of its paragraph
	}
	if n == 1 && len(fresh) == 1 {
		fresh[0].height = old.height // a good guess
	}
	s.list.replace(first, n, fresh)
}

// loosenBefore lets the block before be laid out anew if a change at the offset, which is in the
// block at p, might let a word go back to its last line.
func (s *sheet) loosenBefore(p place, offset int) {
	q, ok := s.list.prev(p)
	if !ok || s.list.block(q).newline {
		return
	}
	b := s.list.block(p)
	if b.laid != nil && b.laid.LineOf(offset-p.start) > 0 && s.gapIn(p.start, offset) {
		return
	}
	s.list.block(q).laid = nil
}

// gapIn tells whether there is white space in [from, to).
func (s *sheet) gapIn(from, to int) bool {
	for at := from; at < min(to, s.text.n); at++ {
		if unicode.IsSpace(s.text.at(at)) {
			return true
		}
	}
	return false
}

// settle lays a block out, if it is not, and reports whether it had to. It returns where the block
// is then in the list; what comes after it in the text may have moved.
func (s *sheet) settle(p place) (place, bool) {
	under := s.under(p)
	b := s.list.block(p)
	if b.laid != nil && b.under == under {
		return p, false
	}
	n, laid := s.layOut(p, under)
	if n != b.len() {
		s.moveEnd(p, n)
		p = s.list.atOffset(p.start)
		b = s.list.block(p)
	}
	b.laid, b.under = laid, under
	s.laid++
	s.soil(p, laid.Height)
	s.list.setHeight(p, laid.Height)
	return p, true
}

// settleRange lays out what is between two heights. It reports whether anything had to be, and how
// far that moved what was laid out there before.
func (s *sheet) settleRange(top, bottom float32) (shift float32, moved bool) {
	anchor := s.settledAt(top, bottom)
	p, more := s.list.atY(float64(top)), true
	for ; more && p.y < float64(bottom); p, more = s.list.next(p) {
		did := false
		p, did = s.settle(p)
		moved = moved || did
	}
	now := s.list.atOffset(anchor.start)
	return float32(now.y - anchor.y), moved
}

// settledAt is the first block between two heights that is laid out, or else the first of all.
func (s *sheet) settledAt(top, bottom float32) place {
	first := s.list.atY(float64(top))
	for p, more := first, true; more && p.y < float64(bottom); p, more = s.list.next(p) {
		if s.list.block(p).laid != nil {
			return p
		}
	}
	return first
}

// under is what the layout of the block at p depends on.
func (s *sheet) under(p place) context {
	if !s.markdown {
		return context{}
	}
	c := context{fence: s.list.fenceBefore(p)}
	head := p
	for q, ok := s.list.prev(p); ok && !s.list.block(q).newline; q, ok = s.list.prev(q) {
		head, c.inner = q, true
	}
	c.kind = s.list.block(head).lead.kind
	return c
}

// layOut lays the block at p out and says how many runes it should have without its newline: as
// many as it has, if a line of the paragraph begins behind them.
func (s *sheet) layOut(p place, under context) (n int, laid *paint.Laid) {
	b := s.list.block(p)
	want := b.len()
	if want > s.sizes.longest && s.width < paint.NoWrap {
		want = s.sizes.made
	}
	for ahead := s.sizes.ahead; ; ahead *= 2 {
		limit := min(p.start+want+ahead, s.text.n)
		end := s.text.newline(p.start, limit)
		whole := end < limit || limit == s.text.n
		s.line = s.text.slice(s.line[:0], p.start, end)
		laid = s.lay(s.line, under)
		if whole && end-p.start == want {
			return want, laid
		}
		lines := s.linesFor(laid, want, whole)
		if lines > 0 && lines < len(laid.Lines) {
			return laid.Lines[lines].Start, laid.Head(lines)
		}
		if whole {
			return end - p.start, laid
		}
	}
}

// linesFor is how many lines of a layout a block should take that wants so many runes: those that
// end there exactly, or those before. It is 0 if the first line reaches further; the last line of
// the layout is whole only if the paragraph ends with it.
func (s *sheet) linesFor(laid *paint.Laid, want int, whole bool) int {
	n := len(laid.Lines)
	i := laid.LineOf(want)
	switch {
	case i > 0 && laid.Lines[i].Start <= want:
		return i
	case whole:
		return n
	case n > 1:
		return 1
	}
	return 0
}

// lay lays runes of one paragraph out.
func (s *sheet) lay(text []rune, under context) *paint.Laid {
	if !s.markdown {
		return s.shaper.Plain(string(text), s.style, s.width, paint.Options{})
	}
	set := spans(text, markdownLooks(text, under), s.style, s.pal)
	return s.shaper.Layout(set, s.width, paint.Options{Leading: 1.4 * paint.BodySize})
}

// moveEnd makes the block at p n runes long, newline apart, and what follows of its paragraph
// longer or shorter by as much.
func (s *sheet) moveEnd(p place, n int) {
	b := *s.list.block(p)
	total, count, newline := b.runes, 1, b.newline
	for q, more := s.list.next(p); more && !newline && (total < n || count == 1); q, more = s.list.next(q) {
		next := s.list.block(q)
		total, count, newline = total+next.runes, count+1, next.newline
	}
	fresh := []block{{runes: n, lead: b.lead, height: b.height}}
	switch rest := total - n; {
	case rest == 1 && newline:
		fresh[0].runes, fresh[0].newline = n+1, true
	case rest > 0:
		fresh = append(fresh, block{runes: rest, newline: newline, height: s.guess(rest)})
	}
	s.list.replace(p, count, fresh)
}
