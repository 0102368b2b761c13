package paint

import "sort"

// Laid is text broken into lines, in board units from its top left corner. It is immutable and may
// be used on any goroutine.
type Laid struct {
	Width     float32 // of the widest line, without trailing white space
	Height    float32
	Lines     []Line // one at least
	Truncated bool   // Options.MaxLines cut something off

	spans []Span
	runes int
	set   *fontSet
	plain float32 // width of a space in em
}

// Line is one line. Its range of runes includes trailing white space and the newline.
type Line struct {
	Y, Height  float32
	Baseline   float32 // from the top of the Laid
	Width      float32 // without trailing white space
	Start, End int
	Runs       []Run // in the order of the text

	size float32
}

// Run is a stretch of a line in one span: a word, a part of one, or white space.
type Run struct {
	X, Advance float32
	Start, End int
	Span       int // index of the span it came from

	kind     fragKind
	word     *word
	from, to int32
	size     float32
}

// edge is where the visible text of the line ends.
func (l *Line) edge() float32 {
	for i := len(l.Runs) - 1; i >= 0; i-- {
		if l.Runs[i].kind == fragWord {
			return l.Runs[i].X + l.Runs[i].Advance
		}
	}
	return 0
}

// shrink cuts the run so that it ends at x or before; false if nothing is left of it.
func (r *Run) shrink(x float32) bool {
	if r.X+r.Advance <= x {
		return true
	}
	for to := r.to - 1; to > r.from; to-- {
		if r.word.flags[to]&stopCut == 0 {
			continue
		}
		adv := r.word.span(int(r.from), int(to)).width() * r.size
		if r.X+adv <= x {
			r.End -= int(r.to - to)
			r.to, r.Advance = to, adv
			return true
		}
	}
	return false
}

// place gives the lines their heights and their places.
func (l *Laid) place(width float32, o Options) {
	y := float32(0)
	factor := o.lineHeight()
	for i := range l.Lines {
		line := &l.Lines[i]
		line.Width = line.edge()
		l.Width = max(l.Width, line.Width)
		line.Y, line.Height = y, line.size*factor
		if o.Leading > 0 && o.Leading < maxSize {
			line.Height = o.Leading
		}
		glyphs := (l.set.ascent + l.set.descent) * line.size
		line.Baseline = y + (line.Height-glyphs)/2 + l.set.ascent*line.size
		y += line.Height
		reorder(line.Runs)
	}
	l.Height = y
	if o.Align == AlignLeft || width >= NoWrap {
		return
	}
	for _, line := range l.Lines {
		d := width - line.Width
		if o.Align == AlignCenter {
			d /= 2
		}
		for j := range line.Runs {
			line.Runs[j].X += d
		}
	}
}

// reorder mirrors the places of right-to-left words that stand side by side. This is less than the
// whole Unicode algorithm, but sentences in one direction come out right.
func reorder(runs []Run) {
	for i := 0; i < len(runs); i++ {
		if runs[i].word == nil || !runs[i].word.rtl {
			continue
		}
		j := i
		for k := i + 1; k < len(runs); k++ {
			if runs[k].kind == fragWord && runs[k].word.rtl {
				j = k
			} else if runs[k].kind != fragSpace {
				break
			}
		}
		x := runs[i].X
		for k := j; k >= i; k-- {
			runs[k].X = x
			x += runs[k].Advance
		}
		i = j
	}
}

// Head is the layout of the first n lines alone, one at least.
func (l *Laid) Head(n int) *Laid {
	if n >= len(l.Lines) {
		return l
	}
	h := *l
	h.Lines, h.Width = l.Lines[:max(n, 1):max(n, 1)], 0
	for i := range h.Lines {
		h.Width = max(h.Width, h.Lines[i].Width)
	}
	last := &h.Lines[len(h.Lines)-1]
	h.Height, h.runes = last.Y+last.Height, last.End
	return &h
}

// Len is the number of runes of the text.
func (l *Laid) Len() int { return l.runes }

// LineOf returns the index of the line in which a caret at the offset stands.
func (l *Laid) LineOf(offset int) int {
	i := sort.Search(len(l.Lines), func(i int) bool { return l.Lines[i].Start > offset })
	return max(0, i-1)
}

// LineAt returns the index of the line at the height y, the nearest if there is none.
func (l *Laid) LineAt(y float32) int {
	i := sort.Search(len(l.Lines), func(i int) bool { return l.Lines[i].Y > y })
	return max(0, i-1)
}

// last is the greatest offset at which a caret still stands in line i.
func (l *Laid) last(i int) int {
	line := &l.Lines[i]
	if i == len(l.Lines)-1 && !l.endsInNewline(line) {
		return line.End
	}
	for n := len(line.Runs) - 1; n >= 0; n-- {
		r := &line.Runs[n]
		for at := r.End - 1; at >= r.Start; at-- {
			if r.stop(at) {
				return at
			}
		}
	}
	return line.Start
}

func (l *Laid) endsInNewline(line *Line) bool {
	n := len(line.Runs)
	return n > 0 && line.Runs[n-1].kind == fragNewline
}

// LineRange returns the offsets between which a caret may stand in line i.
func (l *Laid) LineRange(i int) (first, last int) {
	i = min(max(i, 0), len(l.Lines)-1)
	return l.Lines[i].Start, l.last(i)
}
