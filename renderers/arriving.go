package renderers

import (
	"errors"
	"strings"
	"time"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// ErrAbsent says that the bytes of a file are not here. Env.Fetch wraps it, so
// that a card is looked at again when they may have come.
var ErrAbsent = errors.New("the bytes of the file are not here")

// Arriving says how far a file has come that others have.
type Arriving struct {
	Done, Total int64  // bytes
	From        string // a name, or "" while nobody who has it is here
	Since       time.Time
}

// part is how much has come, from 0 to 1.
func (a Arriving) part() float32 {
	if a.Total <= 0 {
		return 0
	}
	return min(1, max(0, float32(float64(a.Done)/float64(a.Total))))
}

// size is "3.2 MB of 20 MB", or the size alone while nothing has come.
func (a Arriving) size(v cards.File) string {
	total := max(a.Total, v.Size, 0)
	switch {
	case total == 0:
		return ""
	case a.Done <= 0:
		return lang.Size(total)
	}
	return lang.Tf("%s of %s", lang.Size(a.Done), lang.Size(total))
}

// source says from whom it comes, or that somebody is waited for; today is the day
// of those who read it.
func (a Arriving) source(today string) string {
	if a.From != "" {
		return lang.Tf("Coming from %s", a.From)
	}
	switch {
	case a.Since.IsZero():
		return lang.T("Waiting for somebody who has it")
	case a.Since.Format(time.DateOnly) == today:
		return lang.Tf("Waiting for somebody who has it since %s", a.Since.Format("15:04"))
	}
	return lang.Tf("Waiting for somebody who has it since %s", lang.Time(a.Since, "2 January"))
}

// line is size and source in one line.
func (a Arriving) line(v cards.File, today string) string {
	return strings.TrimPrefix(a.size(v)+" · "+a.source(today), " · ")
}

// coming is how far the file of a card has come; ok is false when all is here or
// nothing is known of it.
func (s *Sheet) coming(v cards.File) (a Arriving, ok bool) {
	if s.Arriving == nil || v.Blob == "" {
		return Arriving{}, false
	}
	return s.Arriving(s.Doc, v.Blob)
}

const (
	barHeight  = 4
	barRoom    = 6   // above and below the bar
	comingLow  = 100 // lower there is one line of each
	comingPad  = 12
	comingIcon = 32
)

// paintComing draws in area, in card units, what is known of a file that has not
// come yet.
func paintComing(s *Sheet, v cards.File, a Arriving, area paint.Rect) {
	room := max(1, min(area.W-2*comingPad, 320))
	at := func(words string, st paint.Style, lines int) *paint.Laid {
		return s.Shaper.Plain(words, st, room, paint.Options{MaxLines: lines, LineHeight: 1.3})
	}
	small := paint.Style{Size: 12, Color: s.Pal.InkMuted}
	name := paint.Style{Bold: true, Color: s.Pal.Ink}
	texts := []*paint.Laid{at(fileName(v), name, 2), at(a.size(v), small, 1), nil, at(a.source(s.Today), small, 2)}
	if area.H < comingLow {
		texts = []*paint.Laid{at(fileName(v), name, 1), at(a.line(v, s.Today), small, 1), nil}
	}
	high := float32(0)
	for _, t := range texts {
		high += heightOf(t)
	}
	top := area.Y + (area.H-high)/2
	if icon := float32(comingIcon + 8); high+icon <= area.H-2*comingPad {
		top += icon / 2
		paint.DrawIcon(s.Dst, iconOfComing(v), s.Rect(area.X+(area.W-room)/2, top-icon, comingIcon, comingIcon), s.Pal.InkFaint)
	}
	left, y := area.X+(area.W-room)/2, max(area.Y+4, top)
	for _, t := range texts {
		if y+heightOf(t) > area.Y+area.H {
			return
		}
		if t == nil {
			paintBar(s, left, y+barRoom, room, a)
		} else {
			t.Draw(s.Dst, s.X+left*s.Scale, s.Y+y*s.Scale, s.Scale)
		}
		y += heightOf(t)
	}
}

// heightOf is the height of a text, or that of the bar with the space around it.
func heightOf(t *paint.Laid) float32 {
	if t == nil {
		return barHeight + 2*barRoom
	}
	return t.Height
}

// paintBar draws how much has come.
func paintBar(s *Sheet, x, y, w float32, a Arriving) {
	radius := barHeight / 2 * s.Scale
	paint.FillRoundRect(s.Dst, s.Rect(x, y, w, barHeight), radius, s.Pal.Rule)
	if part := a.part(); part > 0 {
		paint.FillRoundRect(s.Dst, s.Rect(x, y, max(barHeight, w*part), barHeight), radius, s.Pal.Accent)
	}
}

func iconOfComing(v cards.File) paint.Icon {
	if v.Kind() == cards.KindPDF {
		return paint.IconPDF
	}
	return fileIcon(v)
}

// OpenFull shows a document in full; a file that has not come is shown as coming
// until it is there. Nil if the face has no such view.
func OpenFull(env *Env, id doc.ID, f *Face, h doc.Handle) Full {
	switch {
	case f.Full == nil:
		return nil
	case env.Arriving == nil:
		return f.Full(env, h)
	}
	return newComingFull(env, id, f, h)
}
