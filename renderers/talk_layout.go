package renderers

import (
	"image/color"
	"time"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Metrics of conversations in board units, shared by the painted card and its
// editor.
const (
	talkFace     = 24 // side of the disc of who speaks
	talkTextX    = cardPadX + talkFace + 10
	talkName     = 13
	talkSmall    = 11
	talkGap      = 10 // above who speaks
	talkTight    = 2  // above what they say next
	talkBubble   = 6  // around what one says oneself
	talkRule     = 24 // height of a line between days, and of that above what is new
	talkTogether = 5 * time.Minute
)

// talkRow is one message laid out below the one before. It does not know where
// it stands.
type talkRow struct {
	msg   cards.Message
	own   bool
	look  PersonLook
	day   *paint.Laid // the day that begins here, or nil
	fresh *paint.Laid // says that what follows is new, or nil
	name  *paint.Laid // who speaks, or nil if they go on
	clock *paint.Laid
	text  *paint.Laid
	head  float32 // height of day and fresh
	textY float32
	h     float32
}

// talkPlan is what all rows of a conversation have in common.
type talkPlan struct {
	sh    *paint.Shaper
	pal   paint.Palette
	width float32
	today string
	who   *People
	me    string
	seen  int64    // of the thread, as in People
	names []string // that can be mentioned, longest first
}

// row lays a message out that comes after another; nil is none.
func (p *talkPlan) row(before *cards.Message, m cards.Message) talkRow {
	r := talkRow{msg: m, own: m.Author == p.me && m.Author != "", look: p.who.person(m.Author)}
	now := time.UnixMilli(m.Time)
	newDay := before == nil || dayOf(*before) != dayOf(m)
	small := paint.Style{Size: talkSmall, Color: p.pal.InkMuted}
	if newDay {
		r.day = p.sh.Plain(dayWords(now, p.today), small, paint.NoWrap, paint.Options{MaxLines: 1})
		r.head += talkRule
	}
	if p.isFirstNew(before, m) {
		style := paint.Style{Size: talkSmall, Bold: true, Color: p.pal.Accent}
		r.fresh = p.sh.Plain(lang.T("New"), style, paint.NoWrap, paint.Options{MaxLines: 1})
		r.head += talkRule
	}
	y := r.head + talkTight
	if r.head > 0 || before.Author != m.Author || m.Time-before.Time > talkTogether.Milliseconds() {
		y = r.head + talkGap
		clock := now.Format("15:04")
		r.clock = p.sh.Plain(clock, small, paint.NoWrap, paint.Options{MaxLines: 1})
		name := paint.Style{Size: talkName, Bold: true, Color: p.pal.Ink}
		r.name = p.sh.Plain(r.look.Name, name, max(40, p.width-talkTextX-cardPadX-r.clock.Width-6), paint.Options{MaxLines: 1})
		y += r.name.Height + 1
	}
	r.textY = y
	r.text = p.sh.Layout(p.spans(m), p.width-talkTextX-cardPadX, paint.Options{})
	r.h = y + r.text.Height
	if r.own {
		r.textY, r.h = r.textY+talkBubble-2, r.h+2*(talkBubble-2)
	}
	return r
}

// isFirstNew reports whether a message of somebody else is the first that was not seen.
func (p *talkPlan) isFirstNew(before *cards.Message, m cards.Message) bool {
	return before != nil && p.seen > 0 && before.Time <= p.seen && m.Time > p.seen && m.Author != p.me
}

// draw paints the row with its top at the height y of the sheet.
func (r *talkRow) draw(s *Sheet, y float32) {
	top := y
	if r.day != nil {
		drawTalkRule(s, top, r.day, s.Pal.Rule)
		top += talkRule
	}
	if r.fresh != nil {
		drawTalkRule(s, top, r.fresh, s.Pal.Accent)
	}
	if r.name != nil {
		top = y + r.head + talkGap
		s.drawPerson(r.look, paint.Rect{X: cardPadX, Y: top, W: talkFace, H: talkFace}, 10.5, false)
		r.name.Draw(s.Dst, s.X+talkTextX*s.Scale, s.Y+top*s.Scale, s.Scale)
		down := r.name.Lines[0].Baseline - r.clock.Lines[0].Baseline
		r.clock.Draw(s.Dst, s.X+(talkTextX+r.name.Width+6)*s.Scale, s.Y+(top+down)*s.Scale, s.Scale)
	}
	if r.own {
		back := s.Rect(talkTextX-talkBubble, y+r.textY-talkBubble+3, min(r.text.Width, s.W-talkTextX-cardPadX)+2*talkBubble, r.text.Height+2*talkBubble-6)
		paint.FillRoundRect(s.Dst, back, talkBubble*s.Scale, paint.Fade(s.Pal.Accent, 0x1c))
	}
	r.text.Draw(s.Dst, s.X+talkTextX*s.Scale, s.Y+(y+r.textY)*s.Scale, s.Scale)
}

// drawTalkRule paints a line with words in its middle.
func drawTalkRule(s *Sheet, y float32, words *paint.Laid, c color.RGBA) {
	mid := y + float32(talkRule)/2 + 3
	x := (s.W - words.Width) / 2
	for _, part := range [2][2]float32{{cardPadX, x - 8}, {x + words.Width + 8, s.W - cardPadX}} {
		paint.FillRect(s.Dst, s.Rect(part[0], mid, max(0, part[1]-part[0]), 1), c)
	}
	words.Draw(s.Dst, s.X+x*s.Scale, s.Y+(mid-words.Height/2)*s.Scale, s.Scale)
}

// links are the places of the row that can be clicked, in card units from its top
// left corner.
func (r *talkRow) links() []paint.Link {
	out := r.text.Links()
	for i := range out {
		out[i].Rect = out[i].Rect.Moved(talkTextX, r.textY)
	}
	return out
}

func dayOf(m cards.Message) string { return time.UnixMilli(m.Time).Format(cards.DateLayout) }

// dayWords names a day as it is seen from today, a day as in cards.DateLayout.
func dayWords(at time.Time, today string) string {
	now, err := time.ParseInLocation(cards.DateLayout, today, at.Location())
	day := at.Format(cards.DateLayout)
	switch {
	case day == today:
		return lang.T("Today")
	case err == nil && day == now.AddDate(0, 0, -1).Format(cards.DateLayout):
		return lang.T("Yesterday")
	case err == nil && at.Year() == now.Year():
		return lang.Time(at, "2 January")
	}
	return lang.Time(at, "2 January 2006")
}
