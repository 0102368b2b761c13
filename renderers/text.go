package renderers

import (
	"image"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Metrics of text cards in board units; the painted card and its editor share
// them, so that nothing moves when editing starts.
const (
	cardPadX     = 14
	cardPadY     = 12
	textMinH     = 40
	textFade     = 28   // height of the fade of a text that does not fit
	maxNaturalH  = 1200 // cards do not grow higher by themselves
	barsBelow    = 24   // pixels: lower cards are drawn as bars
	textEmpty    = "Empty note"
	hotAllowance = 3 // a box is easier to hit than it looks
)

func textFace() Typed[cards.Text] {
	info, _ := cards.Lookup(cards.KindText)
	painter := textPainter{}
	return Typed[cards.Text]{
		Info:    info,
		Codec:   cards.TextCodec{},
		Paint:   painter.paint,
		Natural: naturalText,
		Summary: func(v cards.Text) Summary {
			return Summary{Icon: paint.IconText, Title: titleOf(cards.KindText, v)}
		},
		Empty: cards.Text.Empty,
		Edit:  newTextEditor,
		Full:  newTextFull,
	}
}

func naturalText(sh *paint.Shaper, v cards.Text, width float32) (w, h float32) {
	if width <= 0 {
		width = 15 * cards.Cell
	}
	if v.Empty() {
		return width, textMinH
	}
	page := sh.LayoutMarkdown(v.Text, width-2*cardPadX, paint.Light(), paint.MarkdownOptions{MaxHeight: maxNaturalH})
	return width, min(max(page.Height+2*cardPadY, textMinH), maxNaturalH)
}

// textPainter paints text cards. Any goroutine.
type textPainter struct{ long longPages }

func (t *textPainter) paint(s *Sheet, v cards.Text) []Hot {
	if s.H*s.Scale < barsBelow {
		paintBars(s, len([]rune(v.Title())))
		return nil
	}
	if v.Empty() {
		faint := s.Shaper.Plain(lang.T(textEmpty), paint.Style{Color: s.Pal.InkFaint}, s.W-2*cardPadX, paint.Options{MaxLines: 1})
		faint.Draw(s.Dst, s.X+cardPadX*s.Scale, s.Y+cardPadY*s.Scale, s.Scale)
		return nil
	}
	width := s.W - 2*cardPadX
	page := t.page(s, v.Text, width)
	scrolled := float32(0)
	// Half a unit of slack: natural heights are rounded on their way.
	if page.Cut || page.Height+cardPadY > s.H+0.5 {
		s.Content = page.Height + 2*cardPadY
		scrolled = max(0, min(s.Scroll, s.Content-s.H))
	}
	clip := clipped(s.Dst, s.Rect(0, 0, s.W, s.H))
	page.Draw(clip, s.X+cardPadX*s.Scale, s.Y+(cardPadY-scrolled)*s.Scale, s.Scale)
	if s.Content > 0 {
		if page.Cut || s.Content-scrolled-cardPadY > s.H+0.5 {
			fadeOut(clip, s.Rect(cardPadX/2, s.H-textFade, s.W-cardPadX, textFade), s)
		}
		if r, ok := scrollMark(s.W, s.H, scrolled, s.Content); ok {
			paint.FillRoundRect(clip, s.Rect(r.X, r.Y, r.W, r.H), r.W/2*s.Scale, scrollMarkColor(s.Pal))
		}
	}
	return textHots(s, v, page, scrolled)
}

// page lays a text out as far as it matters: as high as the card if it fits,
// else all of it.
func (t *textPainter) page(s *Sheet, src string, width float32) *paint.Page {
	const area = 40 // square units for a letter: texts that are longer hardly ever fit
	if float32(len(src))*area < s.W*s.H {
		page := s.Shaper.LayoutMarkdown(src, width, s.Pal, paint.MarkdownOptions{MaxHeight: s.H})
		if !page.Cut {
			return page
		}
	}
	return t.long.layout(s.Shaper, src, width, s.Pal)
}

// textHots lists the links and boxes of the page that can be seen on the card.
func textHots(s *Sheet, v cards.Text, page *paint.Page, scrolled float32) []Hot {
	var out []Hot
	add := func(r paint.Rect, do func(*Env, doc.Handle)) {
		r = r.Moved(cardPadX, cardPadY-scrolled)
		if y := r.Y + r.H/2; y < 0 || y > s.H {
			return
		}
		out = append(out, Hot{Rect: r, Hand: true, Do: do})
	}
	for _, l := range page.Links() {
		add(l.Rect, func(env *Env, _ doc.Handle) { env.OpenURL(l.URL) })
	}
	for _, t := range page.Ticks() {
		r := paint.Rect{X: t.Rect.X - hotAllowance, Y: t.Rect.Y - hotAllowance, W: t.Rect.W + 2*hotAllowance, H: t.Rect.H + 2*hotAllowance}
		add(r, func(_ *Env, h doc.Handle) { toggleTick(h, v.Text, t.Offset) })
	}
	return out
}

// toggleTick sends the text with the box at a rune offset turned over.
func toggleTick(h doc.Handle, was string, offset int) {
	if now, ok := toggledTick(was, offset); ok {
		doCommand(h, cards.EditText{Was: was, Now: now})
	}
}

// toggledTick turns the task box whose '[' is at the rune offset over.
func toggledTick(src string, offset int) (now string, ok bool) {
	r := []rune(src)
	if offset < 0 || offset+2 >= len(r) || r[offset] != '[' || r[offset+2] != ']' {
		return src, false
	}
	switch r[offset+1] {
	case ' ':
		r[offset+1] = 'x'
	case 'x', 'X':
		r[offset+1] = ' '
	default:
		return src, false
	}
	return string(r), true
}

// doCommand sends a typed command to an untyped handle.
func doCommand[T any](h doc.Handle, c doc.Command[T]) doc.Receipt {
	return h.Do(func(v any) (doc.Plan, error) {
		t, ok := v.(T)
		if !ok {
			return doc.Plan{}, doc.ErrGone
		}
		return c.Plan(t)
	})
}

// clipped is the part of dst inside r.
func clipped(dst *image.RGBA, r paint.Rect) *image.RGBA {
	sub, _ := dst.SubImage(image.Rect(int(r.X), int(r.Y), int(r.X+r.W+0.99), int(r.Y+r.H+0.99))).(*image.RGBA)
	return sub
}

// fadeOut lets what was drawn in r sink into the paper towards its lower edge.
func fadeOut(dst *image.RGBA, r paint.Rect, s *Sheet) {
	top, rows := int(r.Y), int(r.H)
	solid := 6 * s.Scale // nothing of the text shows in the lowest units
	for i := range rows + 1 {
		part := min(1, float32(i)/max(1, r.H-solid))
		part *= part * (3 - 2*part)
		line := paint.Rect{X: r.X, Y: float32(top + i), W: r.W, H: 1}
		paint.FillRect(dst, line, paint.Fade(s.Pal.Paper, uint8(255*min(part, 1))))
	}
	// The paper's own edge is drawn after this; the row below stays clean.
}

// paintBars draws a card that is too small for letters: a bar for its title,
// as long as the title is, and fainter ones for what follows.
func paintBars(s *Sheet, runes int) {
	w := s.W - 2*cardPadX
	h := max(2, s.H*s.Scale*0.16) / s.Scale
	y := s.H * 0.2
	title := min(max(float32(runes)*6, w*0.3), w)
	paint.FillRoundRect(s.Dst, s.Rect(cardPadX, y, title, h), h*s.Scale/2, paint.Fade(s.Pal.InkMuted, 0xb0))
	if s.H*s.Scale < 12 {
		return
	}
	paint.FillRoundRect(s.Dst, s.Rect(cardPadX, y+2*h, w*0.85, h), h*s.Scale/2, paint.Fade(s.Pal.InkFaint, 0x60))
}
