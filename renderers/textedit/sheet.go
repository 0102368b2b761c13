package textedit

import (
	"image"
	"slices"
	"sort"

	"corkboard/renderers/paint"
)

// sheet is the layout of a buffer, paragraph by paragraph, in board units.
type sheet struct {
	shaper *paint.Shaper
	style  paint.Style
	spans  func(paragraph string) []paint.Span // optional look of a paragraph
	width  float32

	paras  []paragraph
	height float32
	laid   int // paragraphs laid out so far: what a keystroke costs
}

// paragraph is laid out without its newline.
type paragraph struct {
	start int
	y     float32
	laid  *paint.Laid
}

func (p *paragraph) end() int { return p.start + p.laid.Len() }

// reset lays everything out anew.
func (s *sheet) reset(text []rune) {
	s.paras = s.layout(s.paras[:0], text)
	s.stack()
}

// change lays out what a splice touched; text is the text after it.
func (s *sheet) change(c Splice, text []rune) {
	if len(s.paras) == 0 {
		s.reset(text)
		return
	}
	first, last := s.at(c.At), s.at(c.At+c.Del)
	grown := len(c.Ins) - c.Del
	from, to := s.paras[first].start, s.paras[last].end()+grown
	fresh := s.layout(nil, text[from:to])
	s.paras = slices.Replace(s.paras, first, last+1, fresh...)
	s.stack()
}

func (s *sheet) layout(out []paragraph, text []rune) []paragraph {
	for {
		n := slices.Index(text, '\n')
		line := text
		if n >= 0 {
			line = text[:n]
		}
		out = append(out, paragraph{laid: s.lay(string(line), len(line))})
		s.laid++
		if n < 0 {
			return out
		}
		text = text[n+1:]
	}
}

func (s *sheet) lay(text string, runes int) *paint.Laid {
	if s.spans != nil {
		if l := s.shaper.Layout(s.spans(text), s.width, paint.Options{}); l.Len() == runes {
			return l
		}
	}
	return s.shaper.Plain(text, s.style, s.width, paint.Options{})
}

// stack gives the paragraphs their places.
func (s *sheet) stack() {
	at, y := 0, float32(0)
	for i := range s.paras {
		p := &s.paras[i]
		p.start, p.y = at, y
		at, y = p.end()+1, y+p.laid.Height
	}
	s.height = y
}

// at returns the index of the paragraph in which the offset lies.
func (s *sheet) at(offset int) int {
	i := sort.Search(len(s.paras), func(i int) bool { return s.paras[i].start > offset })
	return max(0, i-1)
}

func (s *sheet) atY(y float32) int {
	i := sort.Search(len(s.paras), func(i int) bool { return s.paras[i].y > y })
	return max(0, i-1)
}

// caret returns the place of the caret. It never leaves the width, though spaces may.
func (s *sheet) caret(offset int) (x, y, h float32) {
	p := &s.paras[s.at(offset)]
	x, y, h = p.laid.Caret(offset - p.start)
	return min(x, s.width), p.y + y, h
}

// hit returns the offset nearest to the point.
func (s *sheet) hit(x, y float32) int {
	switch {
	case y < 0:
		return 0
	case y >= s.height:
		return s.paras[len(s.paras)-1].end()
	}
	p := &s.paras[s.atY(y)]
	return p.start + p.laid.Hit(x, y-p.y)
}

// lineRange returns the offsets between which the caret stays in the line it is in.
func (s *sheet) lineRange(offset int) (first, last int) {
	p := &s.paras[s.at(offset)]
	first, last = p.laid.LineRange(p.laid.LineOf(offset - p.start))
	return p.start + first, p.start + last
}

// vertical returns the offset by the height dy further down (or up), near the column x.
func (s *sheet) vertical(offset int, x, dy float32) int {
	p := &s.paras[s.at(offset)]
	line := p.laid.Lines[p.laid.LineOf(offset-p.start)]
	y := p.y + line.Y + line.Height/2 + dy
	return s.hit(x, y)
}

// lineUp and lineDown return the offset in the next line, near the column x.
func (s *sheet) lineUp(offset int, x float32) int {
	p := &s.paras[s.at(offset)]
	y := p.y + p.laid.Lines[p.laid.LineOf(offset-p.start)].Y
	if y <= 0 {
		return 0
	}
	i := s.atY(y - 0.01)
	q := &s.paras[i]
	return q.start + q.laid.Hit(x, y-0.01-q.y)
}

func (s *sheet) lineDown(offset int, x float32) int {
	p := &s.paras[s.at(offset)]
	line := p.laid.Lines[p.laid.LineOf(offset-p.start)]
	return s.hit(x, p.y+line.Y+line.Height+0.01)
}

// selection returns the rectangles behind a range between the heights top and bottom.
func (s *sheet) selection(from, to int, top, bottom float32) []paint.Rect {
	var out []paint.Rect
	for i := s.atY(top); i < len(s.paras) && s.paras[i].y < bottom; i++ {
		p := &s.paras[i]
		for _, r := range p.laid.Select(max(from, p.start)-p.start, min(to, p.end())-p.start) {
			r.Y += p.y
			if r.Y < bottom && r.Y+r.H > top {
				out = append(out, r)
			}
		}
		if from <= p.end() && to > p.end() { // its newline
			x, _, h := p.laid.Caret(p.laid.Len())
			line := p.laid.Lines[len(p.laid.Lines)-1]
			out = append(out, paint.Rect{X: x, Y: p.y + line.Y, W: 0.25 * h, H: line.Height})
		}
	}
	return out
}

// draw draws what dst shows, the sheet's top left corner at x, y pixels.
func (s *sheet) draw(dst *image.RGBA, x, y, scale float32) {
	for i := s.atY(-y / scale); i < len(s.paras); i++ {
		p := &s.paras[i]
		if y+p.y*scale >= float32(dst.Rect.Max.Y) {
			return
		}
		p.laid.Draw(dst, x, y+p.y*scale, scale)
	}
}
