package paint

import "sort"

// stop reports whether a caret may stand before the rune at the offset, which is in the run.
func (r *Run) stop(at int) bool {
	if r.kind != fragWord || at == r.Start {
		return true
	}
	return r.word.flags[int(r.from)+at-r.Start]&stopCaret != 0
}

// x returns the place of the boundary at the offset, Start to End.
func (r *Run) x(at int) float32 {
	switch {
	case r.kind == fragWord:
		e := r.word.span(int(r.from), int(r.to))
		i := min(int(r.from)+at-r.Start, len(r.word.xs)-1)
		return r.X + (min(max(r.word.xs[i], e.left), e.right)-e.left)*r.size
	case r.End == r.Start:
		return r.X
	}
	return r.X + r.Advance*float32(at-r.Start)/float32(r.End-r.Start)
}

// Caret returns the place of the caret at the offset: x, the top y and the height, which is that of
// the letters and not of the line. Offsets out of range are taken to the nearest end.
func (l *Laid) Caret(offset int) (x, y, h float32) {
	offset = min(max(offset, 0), l.runes)
	line := &l.Lines[l.LineOf(offset)]
	h = (l.set.ascent + l.set.descent) * line.size
	y = line.Baseline - l.set.ascent*line.size
	n := len(line.Runs)
	if n == 0 {
		return 0, y, h
	}
	i := sort.Search(n, func(i int) bool { return line.Runs[i].End > offset })
	if i == n {
		i = n - 1
	}
	r := &line.Runs[i]
	return r.x(min(offset, r.End)), y, h
}

// Hit returns the offset of the caret position nearest to the point. It always lies in the line
// at the height y: the end of a line that was broken for width is before its last rune.
func (l *Laid) Hit(x, y float32) int {
	i := l.LineAt(y)
	line := &l.Lines[i]
	last := l.last(i)
	best, bestD := line.Start, float32(-1)
	for k := range line.Runs {
		r := &line.Runs[k]
		if bestD >= 0 && (r.X > x+bestD || r.X+r.Advance < x-bestD) {
			continue
		}
		for at := r.Start; at <= r.End && at <= last; at++ {
			if at == r.End && k < len(line.Runs)-1 || at < r.End && !r.stop(at) {
				continue // the end of a run is the start of the next, which may stand elsewhere
			}
			d := r.x(at) - x
			if d < 0 {
				d = -d
			}
			if bestD < 0 || d < bestD {
				best, bestD = at, d
			}
		}
	}
	return best
}

// RunAt returns the span under the point; false when the point is beside the text.
func (l *Laid) RunAt(x, y float32) (span int, ok bool) {
	if y < 0 || y >= l.Height {
		return 0, false
	}
	line := &l.Lines[l.LineAt(y)]
	for _, r := range line.Runs {
		if x >= r.X && x < r.X+r.Advance {
			return r.Span, true
		}
	}
	return 0, false
}

// Select returns the rectangles behind the runes [from, to), full lines high. A selected newline
// shows as a narrow strip.
func (l *Laid) Select(from, to int) []Rect {
	var out []Rect
	if from >= to {
		return nil
	}
	for i := l.LineOf(from); i < len(l.Lines) && l.Lines[i].Start < to; i++ {
		line := &l.Lines[i]
		lineRects := len(out)
		for k := range line.Runs {
			r := &line.Runs[k]
			a, b := max(from, r.Start), min(to, r.End)
			if a >= b {
				continue
			}
			x0, x1 := r.x(a), r.x(b)
			if x1 < x0 {
				x0, x1 = x1, x0
			}
			if r.kind == fragNewline {
				x1 += 0.3 * line.size
			}
			if n := len(out); n > lineRects && x0-(out[n-1].X+out[n-1].W) < 0.01 && x0 >= out[n-1].X {
				out[n-1].W = x1 - out[n-1].X
				continue
			}
			out = append(out, Rect{x0, line.Y, x1 - x0, line.Height})
		}
	}
	return out
}

// Link is a place that can be clicked, in board units from the top left corner of its layout.
type Link struct {
	Rect Rect
	URL  string
}

// Links returns the places of the spans that have a Link, one for each line they touch.
func (l *Laid) Links() []Link {
	var out []Link
	for i := range l.Lines {
		line := &l.Lines[i]
		joined := false
		for _, r := range line.Runs {
			url := l.spans[r.Span].Link
			if url == "" || r.kind == fragNewline {
				joined = false
				continue
			}
			if n := len(out); joined && out[n-1].URL == url && r.X >= out[n-1].Rect.X {
				out[n-1].Rect.W = r.X + r.Advance - out[n-1].Rect.X
				continue
			}
			out = append(out, Link{Rect{r.X, line.Y, r.Advance, line.Height}, url})
			joined = true
		}
	}
	return out
}
