package textedit

import (
	"slices"
	"strings"
)

// Sizes of the chunks of a rope, in runes.
const (
	maxChunk = 2048
	newChunk = 1024
	minChunk = 256 // smaller ones join a neighbour that is being changed
)

// rope is a text in chunks, so that a change moves one chunk and not the whole text. The zero value
// is empty.
type rope struct {
	chunks [][]rune // none is empty
	n      int

	near, start int // the chunk that was looked at last, and its first rune
}

func (r *rope) reset(text string) {
	*r = rope{}
	r.splice(0, 0, []rune(text))
}

// find returns the chunk in which the rune at the offset lies, and its first rune. The offset is
// less than n.
func (r *rope) find(at int) (i, start int) {
	i, start = r.near, r.start
	for at < start {
		i--
		start -= len(r.chunks[i])
	}
	for at >= start+len(r.chunks[i]) {
		start += len(r.chunks[i])
		i++
	}
	r.near, r.start = i, start
	return i, start
}

// at returns the rune at an offset less than n.
func (r *rope) at(offset int) rune {
	i, start := r.find(offset)
	return r.chunks[i][offset-start]
}

// slice appends the runes [from, to) to dst.
func (r *rope) slice(dst []rune, from, to int) []rune {
	for from < to {
		i, start := r.find(from)
		end := min(to, start+len(r.chunks[i]))
		dst = append(dst, r.chunks[i][from-start:end-start]...)
		from = end
	}
	return dst
}

// text returns the runes [from, to) as a string.
func (r *rope) text(from, to int) string {
	var s strings.Builder
	s.Grow(to - from)
	for from < to {
		i, start := r.find(from)
		end := min(to, start+len(r.chunks[i]))
		s.WriteString(string(r.chunks[i][from-start : end-start]))
		from = end
	}
	return s.String()
}

// newline returns the offset of the first newline in [from, to), or to.
func (r *rope) newline(from, to int) int {
	for from < to {
		i, start := r.find(from)
		end := min(to, start+len(r.chunks[i]))
		if k := slices.Index(r.chunks[i][from-start:end-start], '\n'); k >= 0 {
			return from + k
		}
		from = end
	}
	return to
}

// splice replaces del runes at the offset, all of them in range, by ins.
func (r *rope) splice(at, del int, ins []rune) {
	if len(r.chunks) == 0 {
		r.chunks, r.n = chunked(nil, ins), len(ins)
		return
	}
	first, start := r.find(min(at, r.n-1))
	last, end := first, start+len(r.chunks[first])
	for end < at+del {
		last++
		end += len(r.chunks[last])
	}
	r.n += len(ins) - del
	r.near, r.start = first, start
	if c := r.chunks[first]; last == first && len(c)+len(ins)-del <= maxChunk && len(c)+len(ins)-del > 0 {
		r.chunks[first] = slices.Replace(c, at-start, at-start+del, ins...)
		return
	}
	tail := r.chunks[last][at+del-(end-len(r.chunks[last])):]
	if last+1 < len(r.chunks) && len(tail) < minChunk {
		last++
		tail = append(slices.Clone(tail), r.chunks[last]...)
	}
	whole := slices.Concat(r.chunks[first][:at-start], ins, tail)
	r.chunks = slices.Replace(r.chunks, first, last+1, chunked(nil, whole)...)
	r.near, r.start = 0, 0
}

// chunked appends text in chunks of its own.
func chunked(out [][]rune, text []rune) [][]rune {
	for len(text) > 0 {
		n := len(text)
		if n > maxChunk {
			n = newChunk
		}
		out = append(out, append(make([]rune, 0, n+64), text[:n]...))
		text = text[n:]
	}
	return out
}
