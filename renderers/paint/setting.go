package paint

import "image/color"

// LayoutMarkdown sets a text in the colours of the palette, no wider than width (board units).
func (s *Shaper) LayoutMarkdown(src string, width float32, pal Palette, o MarkdownOptions) *Page {
	c := newCompositor(s, width, pal, o)
	c.page.Cut = len(src) > MaxMarkdown
	for _, b := range Markdown(src, o) {
		if o.MaxHeight > 0 && c.page.Height >= o.MaxHeight {
			c.page.Cut = true
			break
		}
		c.block(b)
	}
	return c.page
}

// compositor puts blocks under one another.
type compositor struct {
	s      *Shaper
	page   *Page
	pal    Palette
	width  float32
	size   float32
	height float32 // the limit, 0 is none
	prev   BlockKind
}

func newCompositor(s *Shaper, width float32, pal Palette, o MarkdownOptions) *compositor {
	size := BodySize
	if o.Size > 0 && o.Size <= maxSize {
		size = o.Size
	}
	return &compositor{s: s, page: &Page{Width: width, pal: pal}, pal: pal, width: width, size: size, height: o.MaxHeight}
}

// Measures in em of ordinary text.
const (
	indentEm  = 1.5
	quoteEm   = 0.9
	gapEm     = 0.55
	maxIndent = 8 // levels; deeper ones stand where the eighth does
)

func (c *compositor) block(b Block) {
	y := c.page.Height
	if y > 0 || len(c.page.texts)+len(c.page.boxes) > 0 {
		y += c.gap(b)
	}
	x := float32(min(b.Quote, maxIndent))*quoteEm*c.size + float32(min(b.Indent, maxIndent))*indentEm*c.size
	x = min(x, c.width*0.6)
	var h float32
	switch b.Kind {
	case BlockRule:
		h = c.size
		c.box(Rect{x, y + h/2 - 0.5, c.width - x, 1}, 0, c.pal.Rule)
	case BlockCode:
		h = c.code(b, x, y)
	default:
		h = c.text(b, x, y)
	}
	top := y
	if b.Quote > 0 && c.page.Height > 0 && b.Tight {
		top = c.page.Height
	}
	for q := range min(b.Quote, maxIndent) {
		c.box(Rect{float32(q) * quoteEm * c.size, top, 0.2 * c.size, y + h - top}, 0.1*c.size, c.pal.Rule)
	}
	c.page.Height = y + h
	c.prev = b.Kind
}

func (c *compositor) gap(b Block) float32 {
	switch {
	case b.Tight:
		return 0.12 * c.size
	case b.Kind == BlockHeading:
		return 0.9 * c.size
	case c.prev == BlockHeading:
		return 0.35 * c.size
	}
	return gapEm * c.size
}

func (c *compositor) box(r Rect, radius float32, col color.RGBA) {
	c.page.boxes = append(c.page.boxes, box{r, radius, col})
}

func (c *compositor) code(b Block, x, y float32) float32 {
	pad := 0.55 * c.size
	st := Style{Mono: true, Size: c.size * CodeSize / BodySize, Color: c.pal.Ink}
	l := c.s.Layout([]Span{{Text: inlineText(b), Style: st}}, c.width-x-2*pad, c.options())
	c.box(Rect{x, y, c.width - x, l.Height + 2*pad}, 0.35*c.size, c.pal.CodeBg)
	c.page.texts = append(c.page.texts, placed{x + pad, y + pad, l})
	return l.Height + 2*pad
}

// options stops the layout of one long block soon after the limit of the page.
func (c *compositor) options() Options {
	if c.height <= 0 {
		return Options{}
	}
	return Options{MaxLines: int(min(c.height/c.size, 1e6)) + 2}
}

func inlineText(b Block) string {
	if len(b.Inlines) == 0 {
		return ""
	}
	return b.Inlines[0].Text
}

func (c *compositor) text(b Block, x, y float32) float32 {
	base := Style{Size: c.size, Color: c.pal.Ink}
	o := c.options()
	if b.Kind == BlockHeading {
		base.Bold = true
		base.Size *= [...]float32{1.6, 1.3, 1.1}[min(max(b.Level, 1), 3)-1]
		o.LineHeight = 1.25
	}
	if b.Quote > 0 {
		base.Color = c.pal.InkMuted
	}
	if b.Task && b.Done {
		base.Color, base.Strike = c.pal.InkFaint, true
	}
	l := c.s.Layout(c.spans(b.Inlines, base), c.width-x, o)
	c.page.texts = append(c.page.texts, placed{x, y, l})
	if l.Truncated {
		c.page.Cut = true
	}
	c.mark(b, x, y, base, l)
	return l.Height
}

// mark draws what stands before an item: a box, a bullet or a number.
func (c *compositor) mark(b Block, x, y float32, base Style, l *Laid) {
	first := l.Lines[0]
	if b.Task {
		side := 1.05 * c.size
		r := Rect{x - side - 0.3*c.size, y + (first.Height-side)/2, side, side}
		c.page.ticks = append(c.page.ticks, Tick{Rect: r, Done: b.Done, Offset: b.Offset})
		return
	}
	if b.Marker == "" {
		return
	}
	st := Style{Size: c.size, Color: c.pal.InkMuted}
	m := c.s.Plain(b.Marker, st, NoWrap, Options{LineHeight: first.Height / c.size})
	c.page.texts = append(c.page.texts, placed{x - m.Width - 0.45*c.size, y + first.Baseline - m.Lines[0].Baseline, m})
}

func (c *compositor) spans(in []Inline, base Style) []Span {
	out := make([]Span, 0, len(in)+1)
	for _, t := range in {
		sp := Span{Text: t.Text, Style: base, Link: t.Link}
		sp.Bold = sp.Bold || t.Bold
		sp.Italic, sp.Strike = t.Italic, sp.Strike || t.Strike
		if t.Text == cellBreak {
			sp.Color, sp.Bold = c.pal.InkFaint, false
		}
		if t.Code {
			sp.Mono, sp.Back = true, c.pal.CodeBg
			sp.Size *= CodeSize / BodySize
		}
		if t.Link != "" {
			sp.Color, sp.Underline = c.pal.Link, true
		}
		out = append(out, sp)
	}
	if len(out) == 0 {
		out = append(out, Span{Style: base})
	}
	return out
}
