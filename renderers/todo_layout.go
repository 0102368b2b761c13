package renderers

import (
	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Metrics of to-do cards in board units, shared by the painted card and its
// editor.
const (
	todoBox      = 16                             // side of a tick box
	todoTextX    = cardPadX + todoBox + 10        // where items' text begins
	todoGap      = 4                              // above and below an item's text
	todoHead     = 15                             // size of the title
	todoSmall    = 12                             // size of counts and dates
	todoBar      = 3                              // height of the progress bar
	todoDueRoom  = 20                             // kept free for the due button
	todoChipRoom = 80                             // kept free for a due date, whatever it says today
	todoBottom   = 8                              // below the last line
	todoChipH    = 18                             // height of a due date
	todoChipPad  = 7                              // left and right of its words
	todoLineH    = paint.BodySize*1.4 + 2*todoGap // height of an item of one line
	todoAdd      = "Add an item"
	todoNoTitle  = "To-do"
	todoMinTitle = 60 // width that a title has at least
)

// todoRow is one item laid out. It does not know where it stands.
type todoRow struct {
	item  cards.TodoItem
	text  *paint.Laid
	chip  *paint.Laid // due date, or nil
	late  bool
	textW float32 // width that the text may take
	h     float32
}

// todoHeader is what stands above the items.
type todoHeader struct {
	title  *paint.Laid
	count  *paint.Laid // "3 of 7", or nil
	titleW float32
	part   float32 // done, 0 to 1
	h      float32 // with the bar and the room below it
}

// todoStyle is the look of an item's text.
func todoStyle(done bool, pal paint.Palette) paint.Style {
	if done {
		return paint.Style{Color: pal.InkFaint, Strike: true}
	}
	return paint.Style{Color: pal.Ink}
}

func todoTitleStyle(title string, pal paint.Palette) (string, paint.Style) {
	if title == "" {
		return lang.T(todoNoTitle), paint.Style{Bold: true, Size: todoHead, Color: pal.InkFaint}
	}
	return title, paint.Style{Bold: true, Size: todoHead, Color: pal.Ink}
}

// planTodoHeader lays the title and the progress out for a card of width w.
func planTodoHeader(sh *paint.Shaper, title string, done, total int, w float32, pal paint.Palette) todoHeader {
	h := todoHeader{titleW: w - 2*cardPadX}
	if total > 0 {
		words := lang.Tf("%d of %d", done, total)
		h.count = sh.Plain(words, paint.Style{Size: todoSmall, Color: pal.InkMuted}, paint.NoWrap, paint.Options{MaxLines: 1})
		h.titleW = max(todoMinTitle, h.titleW-h.count.Width-12)
		h.part = float32(done) / float32(total)
	}
	text, style := todoTitleStyle(title, pal)
	h.title = sh.Plain(text, style, h.titleW, paint.Options{})
	h.h = h.title.Height + 6 + todoBar + 6
	return h
}

// planTodoRow lays one item out for a card of width w.
func planTodoRow(sh *paint.Shaper, it cards.TodoItem, w float32, today string, pal paint.Palette) todoRow {
	r := todoRow{item: it, textW: w - todoTextX - cardPadX - todoDueRoom}
	if label := DueLabel(it.Due, today); label != "" {
		r.late = cards.Overdue(it, today)
		c := pal.InkMuted
		switch {
		case r.late:
			c = pal.Danger
		case it.Done:
			c = pal.InkFaint
		}
		r.chip = sh.Plain(label, paint.Style{Size: todoSmall, Color: c}, paint.NoWrap, paint.Options{MaxLines: 1})
		r.textW = w - todoTextX - cardPadX - todoChipRoom
	}
	r.textW = max(r.textW, 40)
	r.text = sh.Plain(it.Text, todoStyle(it.Done, pal), r.textW, paint.Options{})
	r.h = r.text.Height + 2*todoGap
	return r
}

// shorten lays the row out again with at most so many lines of text.
func (r *todoRow) shorten(sh *paint.Shaper, lines int, pal paint.Palette) {
	r.text = sh.Plain(r.item.Text, todoStyle(r.item.Done, pal), r.textW, paint.Options{MaxLines: lines})
	r.h = r.text.Height + 2*todoGap
}

func (r *todoRow) chipWidth() float32 {
	if r.chip == nil {
		return 0
	}
	return r.chip.Width + 2*todoChipPad
}

// box is the place of the tick box, chipRect that of the due date, in units
// from the row's top left corner; w is the width of the card.
func (r *todoRow) box() paint.Rect {
	return paint.Rect{X: cardPadX, Y: (todoLineH - todoBox) / 2, W: todoBox, H: todoBox}
}

func (r *todoRow) chipRect(w float32) paint.Rect {
	return paint.Rect{X: w - cardPadX - r.chipWidth(), Y: (todoLineH - todoChipH) / 2, W: r.chipWidth(), H: todoChipH}
}

// draw paints the row with its top left corner at (x, y) units of the sheet;
// bare leaves the text out, where an editor stands.
func (r *todoRow) draw(s *Sheet, y float32, bare bool) {
	paint.CheckBox(s.Dst, moved(s, r.box(), y), r.item.Done, s.Pal)
	if !bare {
		r.text.Draw(s.Dst, s.X+todoTextX*s.Scale, s.Y+(y+todoGap)*s.Scale, s.Scale)
	}
	if r.chip == nil {
		return
	}
	c := r.chipRect(s.W)
	back := s.Pal.PaperSunk
	if r.late {
		back = paint.Fade(s.Pal.Danger, 0x20)
	}
	paint.FillRoundRect(s.Dst, moved(s, c, y), todoChipH/2*s.Scale, back)
	top := y + c.Y + (c.H-r.chip.Height)/2
	r.chip.Draw(s.Dst, s.X+(c.X+todoChipPad)*s.Scale, s.Y+top*s.Scale, s.Scale)
}

// draw paints the header at the height y of the sheet.
func (h *todoHeader) draw(s *Sheet, y float32, bare bool) {
	if !bare {
		h.title.Draw(s.Dst, s.X+cardPadX*s.Scale, s.Y+y*s.Scale, s.Scale)
	}
	if h.count != nil {
		first := h.title.Lines[0]
		top := y + first.Baseline - h.count.Lines[0].Baseline
		h.count.Draw(s.Dst, s.X+(s.W-cardPadX-h.count.Width)*s.Scale, s.Y+top*s.Scale, s.Scale)
	}
	bar := paint.Rect{X: cardPadX, Y: h.h - 6 - todoBar, W: s.W - 2*cardPadX, H: todoBar}
	radius := todoBar * s.Scale / 2
	paint.FillRoundRect(s.Dst, moved(s, bar, y), radius, s.Pal.Rule)
	if h.part > 0 {
		c := s.Pal.Accent
		if h.part == 1 {
			c = s.Pal.Ok
		}
		bar.W = max(todoBar, bar.W*h.part)
		paint.FillRoundRect(s.Dst, moved(s, bar, y), radius, c)
	}
}

// drawTodoAdd paints the line that invites to write another item.
func drawTodoAdd(s *Sheet, y float32) {
	c := s.Pal.InkFaint
	mid := moved(s, paint.Rect{X: cardPadX + todoBox/2, Y: todoLineH / 2}, y)
	arm := 4.5 * s.Scale
	wide := max(1, 1.4*s.Scale)
	paint.StrokeLine(s.Dst, mid.X-arm, mid.Y, mid.X+arm, mid.Y, wide, c)
	paint.StrokeLine(s.Dst, mid.X, mid.Y-arm, mid.X, mid.Y+arm, wide, c)
	words := s.Shaper.Plain(lang.T(todoAdd), paint.Style{Color: c}, s.W-todoTextX-cardPadX, paint.Options{MaxLines: 1})
	words.Draw(s.Dst, s.X+todoTextX*s.Scale, s.Y+(y+todoGap)*s.Scale, s.Scale)
}

// moved turns units of a row at the height y into pixels.
func moved(s *Sheet, r paint.Rect, y float32) paint.Rect { return s.Rect(r.X, r.Y+y, r.W, r.H) }
