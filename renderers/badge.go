package renderers

import (
	"image/color"
	"time"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Shape of cards that stand for somebody or something, in board units.
const (
	badgePad  = 14
	badgeDisc = 48
	badgeGap  = 14
	badgeSlim = 140 // a narrower card has its words below the disc
	badgeDot  = 13  // at the disc, where somebody is here
)

// badge is a card of a disc with a name and what is said of it.
type badge struct {
	name  string
	lines []string // each in one line
	said  color.RGBA
	dot   color.RGBA // transparent: none
	disc  func(s *Sheet, at paint.Rect)
}

// paint draws the badge. It gives the place of the disc, in card units.
func (b *badge) paint(s *Sheet) paint.Rect {
	side := min(float32(badgeDisc), s.H-12, s.W-12)
	at := paint.Rect{X: badgePad, Y: (s.H - side) / 2, W: side, H: side}
	slim := s.W < badgeSlim
	x, room := float32(badgePad)+side+badgeGap, s.W-2*badgePad-side-badgeGap
	if slim {
		x, room = 8, s.W-16
	}
	texts := b.words(s, room, slim)
	high := float32(0)
	for _, t := range texts {
		high += t.Height + 2
	}
	y := (s.H - high) / 2
	if slim {
		side = min(side, max(20, s.H-high-16))
		top := max(4, (s.H-side-high-4)/2)
		at = paint.Rect{X: (s.W - side) / 2, Y: top, W: side, H: side}
		y = top + side + 4
	}
	b.disc(s, at)
	b.paintDot(s, at)
	for _, t := range texts {
		if y+t.Height > s.H-2 && y > at.Y+at.H {
			break
		}
		left := x
		if slim {
			left = (s.W - t.Width) / 2
		}
		t.Draw(s.Dst, s.X+left*s.Scale, s.Y+y*s.Scale, s.Scale)
		y += t.Height + 2
	}
	return at
}

// words lays out the name and as many lines as there is room for.
func (b *badge) words(s *Sheet, room float32, slim bool) []*paint.Laid {
	room = max(1, room)
	if slim {
		return []*paint.Laid{s.Shaper.Plain(b.name, paint.Style{Size: 12, Bold: true, Color: s.Pal.Ink}, room, paint.Options{MaxLines: 1})}
	}
	names := 2
	if s.H < 70 || len(b.lines) > 1 {
		names = 1
	}
	out := []*paint.Laid{s.Shaper.Plain(b.name, paint.Style{Bold: true, Color: s.Pal.Ink}, room, paint.Options{MaxLines: names, LineHeight: 1.3})}
	high := out[0].Height
	for i, line := range b.lines {
		c := s.Pal.InkMuted
		if i == 0 && b.said.A != 0 {
			c = b.said
		}
		t := s.Shaper.Plain(line, paint.Style{Size: 12, Color: c}, room, paint.Options{MaxLines: 1})
		if high += t.Height + 2; high > s.H-8 {
			break
		}
		out = append(out, t)
	}
	return out
}

// paintDot draws a dot at the disc's right bottom.
func (b *badge) paintDot(s *Sheet, disc paint.Rect) {
	if b.dot.A == 0 {
		return
	}
	side := min(badgeDot, disc.W/2)
	at := s.Rect(disc.X+disc.W-side+1, disc.Y+disc.H-side+1, side, side)
	paint.FillRoundRect(s.Dst, at, at.W/2, s.Pal.Paper)
	paint.FillRoundRect(s.Dst, at.Inset(2*s.Scale), at.W/2, b.dot)
}

// discOf is a disc that stands for a person.
func discOf(look PersonLook, faint bool) func(s *Sheet, at paint.Rect) {
	return func(s *Sheet, at paint.Rect) { s.drawPerson(look, at, at.W*0.36, faint) }
}

// tileOf is a square with an icon.
func tileOf(icon paint.Icon) func(s *Sheet, at paint.Rect) {
	return func(s *Sheet, at paint.Rect) {
		paint.FillRoundRect(s.Dst, s.Rect(at.X, at.Y, at.W, at.H), 8*s.Scale, s.Pal.PaperSunk)
		mark := centred(at, at.W/2)
		paint.DrawIcon(s.Dst, icon, s.Rect(mark.X, mark.Y, mark.W, mark.H), s.Pal.InkMuted)
	}
}

// seenWords says when somebody was here last, on a day.
func seenWords(seen time.Time, today string) string {
	switch {
	case seen.IsZero():
		return lang.T("Not here now")
	case seen.Format(time.DateOnly) == today:
		return lang.Tf("Last seen at %s", seen.Format("15:04"))
	}
	return lang.Tf("Last seen on %s", lang.Time(seen, "2 January"))
}

// badgeNatural is the size of a badge of a kind.
func badgeNatural[T any](kind cards.Kind) func(*paint.Shaper, T, float32) (w, h float32) {
	info, _ := cards.Lookup(kind)
	return func(_ *paint.Shaper, _ T, width float32) (w, h float32) {
		if width <= 0 {
			width = float32(info.Size.W)
		}
		return width, float32(info.Size.H)
	}
}
