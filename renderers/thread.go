package renderers

import (
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Metrics of thread cards in board units.
const (
	threadHead    = 15  // size of the title
	threadTop     = 42  // height of the header
	threadFoot    = 50  // height of where one writes
	threadFootMin = 150 // lower cards have no foot
	threadBelow   = 10  // between the last message and the foot
	threadBox     = 32  // height of the box at the foot
	threadNoTitle = "Thread"
	threadWrite   = "Write a message"
	threadSilent  = "Nobody has said anything yet."

	// threadOnCard bounds the messages that a card shows; all are in its editor.
	threadOnCard = 200
	// threadSmall is the scale below which no more is laid out than can be seen:
	// nobody scrolls there.
	threadSmall = 0.3
)

func threadFace() Typed[cards.Thread] {
	info, _ := cards.Lookup(cards.KindThread)
	return Typed[cards.Thread]{
		Info:    info,
		Codec:   cards.ThreadCodec{},
		FromEnd: true,
		Paint:   paintThread,
		Natural: func(_ *paint.Shaper, _ cards.Thread, width float32) (w, h float32) {
			if width <= 0 {
				width = float32(info.Size.W)
			}
			return width, float32(info.Size.H)
		},
		Summary: summarizeThread,
		Empty:   cards.Thread.Empty,
		Edit:    newThreadEditor,
		Full:    newThreadFull,
	}
}

func summarizeThread(v cards.Thread) Summary {
	s := Summary{Icon: paint.IconThread, Title: titleOf(cards.KindThread, v)}
	if n := len(v.Messages); n > 0 {
		s.Detail = lang.N(n, "1 message", "%d messages")
	}
	return s
}

// threadFootOf is the height of the foot of a card of a height.
func threadFootOf(h float32) float32 {
	if h < threadFootMin {
		return 0
	}
	return threadFoot
}

func paintThread(s *Sheet, v cards.Thread) []Hot {
	if s.H*s.Scale < barsBelow {
		paintBars(s, len([]rune(titleOf(cards.KindThread, v))))
		return nil
	}
	whole := *s
	whole.Dst = clipped(s.Dst, s.Rect(0, 0, s.W, s.H))
	drawThreadHead(&whole, v.Title, v.Unread(s.People.me(), s.People.seen(s.Doc)), false)
	foot := threadFootOf(s.H)
	if foot > 0 {
		drawThreadFoot(&whole)
	}
	room := s.H - threadTop - foot
	if len(v.Messages) == 0 {
		faint := s.Shaper.Plain(lang.T(threadSilent), paint.Style{Color: s.Pal.InkFaint}, s.W-2*cardPadX, paint.Options{MaxLines: 2})
		faint.Draw(whole.Dst, s.X+cardPadX*s.Scale, s.Y+(threadTop+talkGap)*s.Scale, s.Scale)
		return nil
	}
	rows, total := lastRows(s, v.Messages, room)
	scrolled := float32(0)
	if total > room+0.5 {
		s.Content = s.H + total - room
		scrolled = max(0, min(s.Scroll, total-room))
	}
	inner := whole
	inner.Dst = clipped(whole.Dst, s.Rect(0, threadTop, s.W, room))
	y := threadTop + min(room, total) - total + scrolled
	var out []Hot
	for i := range rows {
		r := &rows[i]
		if y+r.h > threadTop && y < threadTop+room {
			r.draw(&inner, y)
			out = append(out, talkHots(r, y, room)...)
		}
		y += r.h
	}
	if r, ok := scrollMark(s.W, room, total-room-scrolled, total); ok {
		paint.FillRoundRect(inner.Dst, s.Rect(r.X, r.Y+threadTop, r.W, r.H), r.W/2*s.Scale, scrollMarkColor(s.Pal))
	}
	return out
}

// lastRows lays out the last messages and says how high they are together.
func lastRows(s *Sheet, list []cards.Message, room float32) (rows []talkRow, total float32) {
	list = list[max(0, len(list)-threadOnCard):]
	p := talkPlan{
		sh: s.Shaper, pal: s.Pal, width: s.W, today: s.Today, who: s.People, names: namesOf(list, s.People),
		me: s.People.me(), seen: s.People.seen(s.Doc),
	}
	total = threadBelow
	first := len(list)
	for first > 0 && (s.Scale >= threadSmall || total < room) {
		first--
		var before *cards.Message
		if first > 0 {
			before = &list[first-1]
		}
		rows = append(rows, p.row(before, list[first]))
		total += rows[len(rows)-1].h
	}
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	return rows, total
}

// talkHots are the links of a row that can be seen.
func talkHots(r *talkRow, y, room float32) (out []Hot) {
	for _, l := range r.links() {
		at := l.Rect.Moved(0, y)
		if mid := at.Y + at.H/2; l.URL == "" || mid < threadTop || mid > threadTop+room {
			continue
		}
		out = append(out, Hot{Rect: at, Hand: true, Do: func(env *Env, _ doc.Handle) { env.OpenURL(l.URL) }})
	}
	return out
}

// drawThreadHead paints the title and how much is new; bare leaves the title out,
// where an editor stands.
func drawThreadHead(s *Sheet, title string, unread int, bare bool) {
	right := s.W - cardPadX
	if unread > 0 {
		l := s.Shaper.Plain(lang.Tf("%d new", unread), paint.Style{Size: talkSmall, Bold: true, Color: s.Pal.OnAccent}, paint.NoWrap, paint.Options{MaxLines: 1})
		const h, pad = 18, 7
		right -= l.Width + 2*pad
		y := (threadTop - float32(h)) / 2
		paint.FillRoundRect(s.Dst, s.Rect(right, y, l.Width+2*pad, h), h/2*s.Scale, s.Pal.Accent)
		l.Draw(s.Dst, s.X+(right+pad)*s.Scale, s.Y+(y+(h-l.Height)/2)*s.Scale, s.Scale)
		right -= 8
	}
	if !bare {
		words, style := threadTitle(title, s.Pal)
		l := s.Shaper.Plain(words, style, max(40, right-cardPadX), paint.Options{MaxLines: 1})
		l.Draw(s.Dst, s.X+cardPadX*s.Scale, s.Y+(threadTop-l.Height)/2*s.Scale, s.Scale)
	}
	paint.FillRect(s.Dst, s.Rect(0, threadTop-1, s.W, 1), s.Pal.Rule)
}

func threadTitle(title string, pal paint.Palette) (string, paint.Style) {
	if title == "" {
		return lang.T(threadNoTitle), paint.Style{Bold: true, Size: threadHead, Color: pal.InkFaint}
	}
	return title, paint.Style{Bold: true, Size: threadHead, Color: pal.Ink}
}

// drawThreadFoot paints the box that invites to write.
func drawThreadFoot(s *Sheet) {
	box := paint.Rect{X: cardPadX, Y: s.H - threadFoot + (threadFoot-threadBox)/2, W: s.W - 2*cardPadX, H: threadBox}
	drawTalkBox(s, box, false)
	l := s.Shaper.Plain(lang.T(threadWrite), paint.Style{Color: s.Pal.InkFaint}, box.W-20, paint.Options{MaxLines: 1})
	l.Draw(s.Dst, s.X+(box.X+10)*s.Scale, s.Y+(box.Y+(box.H-l.Height)/2)*s.Scale, s.Scale)
}

// drawTalkBox paints the frame of what is written in.
func drawTalkBox(s *Sheet, r paint.Rect, live bool) {
	at := s.Rect(r.X, r.Y, r.W, r.H)
	paint.FillRoundRect(s.Dst, at, 6*s.Scale, s.Pal.PaperSunk)
	edge := s.Pal.Rule
	if live {
		edge = s.Pal.Accent
	}
	paint.StrokeRoundRect(s.Dst, at, 6*s.Scale, max(1, s.Scale), edge)
}
