package textedit

import (
	"image"
	"math"
	"sort"

	"corkboard/renderers/paint"
)

// sheet is the layout of a text in board units, block by block. Blocks are laid out when somebody
// looks at them; until then their heights are estimates.
type sheet struct {
	text     *rope
	shaper   *paint.Shaper
	style    paint.Style
	pal      paint.Palette
	markdown bool
	width    float32
	sizes    blockSizes

	list blockList
	laid int // blocks laid out so far: what a keystroke costs

	soilFrom, soilTo float64 // what was laid out since clean
	cleanHeight      float64 // of all then

	line []rune // scratch
}

// height is that of the whole text, as well as it is known.
func (s *sheet) height() float32 { return float32(s.list.height) }

// heightWithin is the height of the whole text if that is less than the limit; else it is some
// height above the limit. What counts is laid out, the rest is not.
func (s *sheet) heightWithin(limit float32) float32 {
	for p, more := (place{}), true; more; p, more = s.list.next(p) {
		p, _ = s.settle(p)
		if y := p.y + float64(s.list.block(p).height); y > float64(limit) {
			return float32(y)
		}
	}
	return s.height()
}

// at settles and finds the block in which the offset lies.
func (s *sheet) at(offset int) (place, *block) {
	var p place
	for range 8 { // settling may move where a block of a long paragraph begins
		p = s.list.atOffset(offset)
		if q, ok := s.list.prev(p); ok && !s.list.block(q).newline {
			if _, moved := s.settle(q); moved {
				continue
			}
		}
		moved := false
		if p, moved = s.settle(p); !moved {
			break
		}
	}
	return p, s.list.block(p)
}

// atY settles and finds the block at a height.
func (s *sheet) atY(y float32) (place, *block) {
	var p place
	for range 8 {
		moved := false
		if p, moved = s.settle(s.list.atY(float64(y))); !moved {
			break
		}
	}
	return p, s.list.block(p)
}

// caret returns the place of the caret. It never leaves the width, though spaces may.
func (s *sheet) caret(offset int) (x, y, h float32) {
	p, b := s.at(offset)
	x, y, h = b.laid.Caret(offset - p.start)
	return min(x, s.width), float32(p.y) + y, h
}

// hit returns the offset nearest to the point.
func (s *sheet) hit(x, y float32) int {
	switch {
	case y < 0:
		return 0
	case y >= s.height():
		return s.list.runes
	}
	p, b := s.atY(y)
	return s.inside(p, b, b.laid.Hit(x, y-float32(p.y)))
}

// inside turns an offset of a block into one of the text. The end of a block that is no end of a
// paragraph is in the next line already, so it is taken one letter back.
func (s *sheet) inside(p place, b *block, at int) int {
	if _, more := s.list.next(p); more && !b.newline && at >= b.runes {
		return prevLetter(s.text, p.start+b.runes)
	}
	return p.start + at
}

// lineRange returns the offsets between which the caret stays in the line it is in.
func (s *sheet) lineRange(offset int) (first, last int) {
	p, b := s.at(offset)
	first, last = b.laid.LineRange(b.laid.LineOf(offset - p.start))
	return p.start + first, s.inside(p, b, last)
}

// lineBox returns the top and the height of the line in which the offset lies.
func (s *sheet) lineBox(offset int) (y, h float32) {
	p, b := s.at(offset)
	line := &b.laid.Lines[b.laid.LineOf(offset-p.start)]
	return float32(p.y) + line.Y, line.Height
}

// vertical returns the offset by the height dy further down (or up), near the column x.
func (s *sheet) vertical(offset int, x, dy float32) int {
	y, h := s.lineBox(offset)
	return s.hit(x, y+h/2+dy)
}

// lineUp and lineDown return the offset in the next line, near the column x.
func (s *sheet) lineUp(offset int, x float32) int {
	p, b := s.at(offset)
	if i := b.laid.LineOf(offset - p.start); i > 0 {
		return p.start + b.laid.Hit(x, b.laid.Lines[i-1].Y)
	}
	if p.start == 0 {
		return 0
	}
	q, b := s.at(p.start - 1)
	return s.inside(q, b, b.laid.Hit(x, b.laid.Height))
}

func (s *sheet) lineDown(offset int, x float32) int {
	p, b := s.at(offset)
	if i := b.laid.LineOf(offset - p.start); i < len(b.laid.Lines)-1 {
		return s.inside(p, b, b.laid.Hit(x, b.laid.Lines[i+1].Y))
	}
	q, more := s.list.next(p)
	if !more {
		return s.list.runes
	}
	q, b = s.at(q.start)
	return s.inside(q, b, b.laid.Hit(x, 0))
}

// ranges returns the rectangles behind a range between the heights top and bottom.
func (s *sheet) ranges(from, to int, top, bottom float32) []paint.Rect {
	var out []paint.Rect
	p, more := s.list.atY(float64(top)), true
	for ; more && p.y < float64(bottom); p, more = s.list.next(p) {
		p, _ = s.settle(p)
		b, y := s.list.block(p), float32(p.y)
		for _, r := range b.laid.Select(max(from-p.start, 0), min(to-p.start, b.len())) {
			r.Y += y
			if r.Y < bottom && r.Y+r.H > top {
				out = append(out, r)
			}
		}
		if end := p.start + b.len(); b.newline && from <= end && to > end {
			x, _, h := b.laid.Caret(b.len())
			line := b.laid.Lines[len(b.laid.Lines)-1]
			out = append(out, paint.Rect{X: x, Y: y + line.Y, W: 0.25 * h, H: line.Height})
		}
	}
	return out
}

// draw draws what dst shows, the sheet's top left corner at x, y pixels.
func (s *sheet) draw(dst *image.RGBA, x, y, scale float32) {
	p, more := s.list.atY(float64((float32(dst.Rect.Min.Y)-y)/scale)), true
	for ; more; p, more = s.list.next(p) {
		top := y + float32(p.y)*scale
		if top >= float32(dst.Rect.Max.Y) {
			return
		}
		p, _ = s.settle(p)
		b := s.list.block(p)
		if b.under.code() && s.width < paint.NoWrap {
			// Whole pixels, so that no seam shows between two lines.
			y0, y1 := math.Round(float64(top)), math.Round(float64(top+b.height*scale))
			paint.FillRect(dst, paint.Rect{X: x, Y: float32(y0), W: s.width * scale, H: float32(y1 - y0)}, s.pal.CodeBg)
		}
		b.laid.Draw(dst, x, top, scale)
	}
}

// marked calls f with the rectangles behind the places of n runes each, in order, that can be seen
// between two heights.
func (s *sheet) marked(places []int, n int, top, bottom float32, f func(i int, r paint.Rect)) {
	p, more := s.list.atY(float64(top)), true
	for ; more && p.y < float64(bottom); p, more = s.list.next(p) {
		p, _ = s.settle(p)
		b := s.list.block(p)
		for i := sort.SearchInts(places, p.start-n+1); i < len(places) && places[i] < p.start+b.len(); i++ {
			from, to := max(places[i]-p.start, 0), min(places[i]+n-p.start, b.len())
			for _, r := range b.laid.Select(from, to) {
				if r = r.Moved(0, float32(p.y)); r.Y < bottom && r.Y+r.H > top {
					f(i, r)
				}
			}
		}
	}
}
