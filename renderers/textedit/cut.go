package textedit

import (
	"math"
	"unicode"

	"corkboard/renderers/paint"
)

// blockSizes bounds the blocks of a paragraph, in runes. A longer paragraph is cut at the beginnings
// of lines, where a layout can begin anew and comes out as before.
type blockSizes struct {
	longest int // a block
	made    int // a new block of a long paragraph
	least   int // shorter ones join the next of their paragraph
	ahead   int // so much behind a block tells whether its last line is full
}

var standardSizes = blockSizes{longest: 4096, made: 2048, least: 512, ahead: 256}

// cut appends new blocks for the runes [from, to), where the text ends if ends is true.
func (s *sheet) cut(out []block, from, to int, ends bool) []block {
	for first := true; from < to; first = false {
		n := s.text.newline(from, to) - from
		for head := true; n > s.sizes.longest; head = false {
			k := s.breakNear(from, s.sizes.made)
			out = append(out, s.block(from, k, false, head))
			from, n = from+k, n-k
			first = false
		}
		newline := from+n < to
		head := first || len(out) == 0 || out[len(out)-1].newline
		if newline {
			n++
		}
		out = append(out, s.block(from, n, newline, head))
		from += n
	}
	if ends && (len(out) == 0 || out[len(out)-1].newline) {
		out = append(out, s.block(from, 0, false, true))
	}
	return out
}

// breakNear finds where a paragraph can be cut for now, near n runes on: behind white space if
// there is any.
func (s *sheet) breakNear(from, n int) int {
	for k := n; k > n-min(n/2, 64); k-- {
		if unicode.IsSpace(s.text.at(from + k - 1)) {
			return k
		}
	}
	return n
}

// block is a new block of n runes; head tells that a paragraph begins with it.
func (s *sheet) block(from, n int, newline, head bool) block {
	b := block{runes: n, newline: newline}
	if head && s.markdown {
		const enough = 512
		s.line = s.text.slice(s.line[:0], from, from+min(b.len(), enough))
		b.lead = leadOf(s.line)
	}
	b.height = s.guess(b.len())
	return b
}

// guess is about how high so many runes are.
func (s *sheet) guess(runes int) float32 {
	size := s.style.Size
	if size <= 0 {
		size = paint.BodySize
	}
	lines := float32(1)
	if s.width > 0 {
		lines = float32(math.Ceil(float64(float32(runes) * 0.52 * size / s.width)))
	}
	return max(1, lines) * 1.4 * size
}
