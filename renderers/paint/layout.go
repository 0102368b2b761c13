package paint

import "unicode/utf8"

// Layout breaks the spans into lines no wider than width (board units): at white space, around
// ideographs, and inside words that are wider than a line. Spans join without a break between.
// A newline always ends a line; white space at the end of a line hangs over. Time is linear.
func (s *Shaper) Layout(spans []Span, width float32, o Options) *Laid {
	if set := fonts(); set != s.set {
		s.reset(set)
	}
	if width != width || width < 0 { // NaN, or less than nothing
		width = 0
	}
	s.frags = s.frags[:0]
	runes, prev := 0, rune(0)
	for i, sp := range spans {
		runes, prev = s.cut(sp.Text, sp.Style, int32(i), runes, prev)
	}
	b := breaker{width: width, tab: o.Tab, laid: &Laid{
		spans: spans, runes: runes, set: s.set, plain: s.word(" ", slotRegular).advance,
	}}
	if b.tab <= 0 {
		b.tab = 2 * firstSize(spans)
	}
	b.runs = make([]Run, 0, len(s.frags)+8)
	b.size = firstSize(spans)
	b.breakAll(s.frags)
	l := b.laid
	if o.MaxLines > 0 && len(l.Lines) > o.MaxLines {
		s.truncate(l, width, o)
	}
	l.place(width, o)
	return l
}

// Plain lays one span out.
func (s *Shaper) Plain(text string, st Style, width float32, o Options) *Laid {
	return s.Layout([]Span{{Text: text, Style: st}}, width, o)
}

// Measure returns the width of text on one line, in board units.
func (s *Shaper) Measure(text string, st Style) float32 {
	l := s.Plain(text, st, NoWrap, Options{})
	line := l.Lines[0]
	return line.edge()
}

func firstSize(spans []Span) float32 {
	if len(spans) == 0 {
		return BodySize
	}
	return spans[0].size()
}

// breaker fills lines greedily.
type breaker struct {
	laid       *Laid
	width, tab float32
	runs       []Run // of all lines, one after another
	first      int   // the current line's first run
	start      int   // and first rune
	x          float32
	size       float32 // the largest of the line, or of the newline that made it
	filled     bool    // the line has a word
	line       Line
}

func (b *breaker) breakAll(frags []frag) {
	for i := 0; i < len(frags); {
		switch f := &frags[i]; f.kind {
		case fragWord:
			j, w := i+1, f.advance
			for j < len(frags) && frags[j].kind == fragWord && frags[j].glue {
				w += frags[j].advance
				j++
			}
			b.unit(frags[i:j], w)
			i = j
			continue
		case fragTab:
			next := (float32(int(b.x/b.tab)) + 1) * b.tab
			if next-b.x < 1 {
				next += b.tab
			}
			b.put(f, next-b.x)
		case fragSpace:
			b.put(f, f.advance)
		case fragNewline:
			b.put(f, 0)
			b.end(f.end)
			b.size = f.size
		}
		i++
	}
	b.end(b.laid.runes)
}

// unit places words that belong together, on the next line or in pieces if need be.
func (b *breaker) unit(frags []frag, w float32) {
	if b.x+w > b.width && b.x > 0 {
		b.end(frags[0].start)
	}
	for i := range frags {
		f := &frags[i]
		if b.x+f.advance <= b.width {
			b.put(f, f.advance)
			continue
		}
		b.pieces(f)
	}
}

// pieces breaks one word wherever the line is full; a line takes one letter at least.
func (b *breaker) pieces(f *frag) {
	w := f.word
	n := int(f.to)
	for from := 0; from < n; {
		to, covered := from, w.span(from, from)
		for next := from + 1; next <= n; next++ {
			covered = w.with(covered, next-1)
			if next < n && w.flags[next]&stopCut == 0 {
				continue
			}
			full := b.x+covered.width()*f.size > b.width
			if full && (to > from || b.x > 0) {
				break
			}
			to = next
			if full {
				break
			}
		}
		if to == from {
			b.end(f.start + from)
			continue
		}
		part := *f
		part.start, part.end = f.start+from, f.start+to
		part.from, part.to = int32(from), int32(to)
		b.put(&part, w.span(from, to).width()*f.size)
		from = to
	}
}

func (b *breaker) put(f *frag, advance float32) {
	if len(b.runs) == b.first || f.size > b.size {
		b.size = f.size
	}
	b.runs = append(b.runs, Run{
		X: b.x, Advance: advance, Start: f.start, End: f.end, Span: int(f.span),
		kind: f.kind, word: f.word, from: f.from, to: f.to, size: f.size,
	})
	b.x += advance
}

// end closes the current line before the rune next.
func (b *breaker) end(next int) {
	l := Line{Start: b.start, End: next, size: b.size, Runs: b.runs[b.first:len(b.runs):len(b.runs)]}
	b.laid.Lines = append(b.laid.Lines, l)
	b.first, b.start, b.x = len(b.runs), next, 0
}

// truncate keeps the first lines and ends the last one in an ellipsis.
func (s *Shaper) truncate(l *Laid, width float32, o Options) {
	l.Truncated = true
	l.Lines = l.Lines[:o.MaxLines]
	last := &l.Lines[o.MaxLines-1]
	st := Style{Size: last.size}
	span := 0
	if len(last.Runs) > 0 {
		span = last.Runs[0].Span
		st = l.spans[span].Style
	}
	dots := s.word("…", st.slot())
	adv := dots.advance * st.size()
	runs := append([]Run(nil), last.Runs...)
	for len(runs) > 0 {
		r := &runs[len(runs)-1]
		if r.kind == fragWord && r.shrink(width-adv) {
			break
		}
		runs = runs[:len(runs)-1]
	}
	x, at := float32(0), last.Start
	if n := len(runs); n > 0 {
		x, at = runs[n-1].X+runs[n-1].Advance, runs[n-1].End
	}
	last.Runs = append(runs, Run{
		X: x, Advance: adv, Start: at, End: at, Span: span,
		word: dots, to: int32(utf8.RuneCountInString("…")), size: st.size(),
	})
}
