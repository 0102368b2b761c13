package paint

import (
	"image"
	"image/color"
)

// greekPx is the size in pixels below which text is drawn as bars.
const greekPx = 3

// Draw draws the text with its top left corner at x, y (pixels of dst), scale pixels a board unit.
// Lines outside dst cost nothing.
func (l *Laid) Draw(dst *image.RGBA, x, y, scale float32) {
	if !(scale > 0) || dst.Rect.Empty() {
		return
	}
	top, bottom := float32(dst.Rect.Min.Y), float32(dst.Rect.Max.Y)
	for i := l.LineAt((top - y) / scale); i < len(l.Lines); i++ {
		line := &l.Lines[i]
		if y+line.Y*scale >= bottom {
			break
		}
		if line.size*scale < greekPx {
			l.drawBars(dst, line, x, y, scale)
			continue
		}
		l.drawBacks(dst, line, x, y, scale)
		base := floor(y + line.Baseline*scale + 0.5)
		for k := range line.Runs {
			r := &line.Runs[k]
			st := &l.spans[r.Span].Style
			if r.kind == fragWord && st.Color != (color.RGBA{}) {
				r.draw(dst, x, base, scale, st.Color)
			}
		}
		l.drawRules(dst, line, x, base, scale)
	}
}

func (r *Run) draw(dst *image.RGBA, x float32, base int, scale float32, c color.RGBA) {
	em := r.size * scale
	left := r.word.span(int(r.from), int(r.to)).left
	pen := x + r.X*scale - left*em
	if x0 := x + r.X*scale; x0 > float32(dst.Rect.Max.X)+2*em || x0+r.Advance*scale < float32(dst.Rect.Min.X)-2*em {
		return
	}
	whole := r.from == 0 && int(r.to) == len(r.word.xs)-1
	key := maskKey{size: int32(em*64 + 0.5)}
	for i := range r.word.glyphs {
		g := &r.word.glyphs[i]
		if !whole && (g.at < r.from || g.at >= r.to) {
			continue
		}
		if g.gid == 0 {
			missing(dst, Rect{pen + g.x*em, float32(base) - 0.72*em, g.width * em, 0.72 * em}, c)
			continue
		}
		gx := pen + g.x*em + 0.125
		px := floor(gx)
		key.font, key.gid, key.sub = g.face.font, g.gid, uint8((gx-float32(px))*4)&3
		if m := glyphMask(g.face, key); m.w > 0 {
			blit(dst, m, px+m.x, base+floor(g.y*em+0.5)+m.y, c)
		}
	}
}

// missing draws the frame that stands for a glyph that no font has.
func missing(dst *image.RGBA, r Rect, c color.RGBA) {
	d := 0.08 * r.H
	StrokeRoundRect(dst, Rect{r.X + d, r.Y, max(0, r.W-2*d), r.H}, 2*d, max(0.75*d, 0.6), Fade(c, 110))
}

// stretch is a part of a line in one span.
type stretch struct {
	x0, x1 float32
	span   int
}

// stretches joins neighbouring runs of the same span; white space at the end of the line is left out.
func (line *Line) stretches() []stretch {
	var out []stretch
	edge := line.edge()
	for _, r := range line.Runs {
		if r.kind == fragNewline || r.X >= edge {
			continue
		}
		if n := len(out); n > 0 && out[n-1].span == r.Span && r.X >= out[n-1].x0 {
			out[n-1].x1 = max(out[n-1].x1, r.X+r.Advance)
			continue
		}
		out = append(out, stretch{r.X, r.X + r.Advance, r.Span})
	}
	return out
}

func (l *Laid) drawBars(dst *image.RGBA, line *Line, x, y, scale float32) {
	h := max(0.5*line.size*scale, 0.6)
	top := y + line.Baseline*scale - h
	for _, p := range line.stretches() {
		c := l.spans[p.span].Color
		FillRect(dst, Rect{x + p.x0*scale, top, (p.x1 - p.x0) * scale, h}, Fade(c, 110))
	}
}

func (l *Laid) drawBacks(dst *image.RGBA, line *Line, x, y, scale float32) {
	if !l.anyBack() {
		return
	}
	for _, p := range line.stretches() {
		st := l.spans[p.span].Style
		if st.Back == (color.RGBA{}) {
			continue
		}
		size := st.size()
		r := Rect{p.x0 - 0.15*size, line.Baseline - 1.02*size, p.x1 - p.x0 + 0.3*size, 1.36 * size}.Scaled(scale)
		FillRoundRect(dst, r.Moved(x, y), 0.25*size*scale, st.Back)
	}
}

func (l *Laid) anyBack() bool {
	for i := range l.spans {
		if l.spans[i].Back != (color.RGBA{}) {
			return true
		}
	}
	return false
}

// drawRules draws underlines and strikes, on whole pixels so that they are crisp.
func (l *Laid) drawRules(dst *image.RGBA, line *Line, x float32, base int, scale float32) {
	ruled := false
	for i := range line.Runs {
		st := &l.spans[line.Runs[i].Span].Style
		ruled = ruled || st.Underline || st.Strike
	}
	if !ruled {
		return
	}
	for _, p := range line.stretches() {
		st := l.spans[p.span].Style
		em := st.size() * scale
		thick := max(1, float32(floor(em*0.06+0.5)))
		if st.Underline {
			top := float32(base + max(1, floor(em*0.12+0.5)))
			FillRect(dst, Rect{x + p.x0*scale, top, (p.x1 - p.x0) * scale, thick}, st.Color)
		}
		if st.Strike {
			top := float32(base - floor(em*0.27+0.5))
			FillRect(dst, Rect{x + p.x0*scale, top, (p.x1 - p.x0) * scale, thick}, st.Color)
		}
	}
}
