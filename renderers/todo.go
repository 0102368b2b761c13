package renderers

import (
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

func todoFace() Typed[cards.Todo] {
	info, _ := cards.Lookup(cards.KindTodo)
	return Typed[cards.Todo]{
		Info:    info,
		Codec:   cards.TodoCodec{},
		Paint:   paintTodo,
		Natural: naturalTodo,
		Summary: summarizeTodo,
		Empty: func(v cards.Todo) bool {
			for _, it := range v.Items {
				if it.Text != "" {
					return false
				}
			}
			return v.Title == ""
		},
		Edit: newTodoEditor,
		Full: newTodoFull,
	}
}

func summarizeTodo(v cards.Todo) Summary {
	s := Summary{Icon: paint.IconTodo, Title: titleOf(cards.KindTodo, v)}
	if done, total := v.Progress(); total > 0 {
		s.Detail = lang.Tf("%d of %d", done, total)
	}
	return s
}

func naturalTodo(sh *paint.Shaper, v cards.Todo, width float32) (w, h float32) {
	if width <= 0 {
		width = 15 * cards.Cell
	}
	pal := paint.Light()
	done, total := v.Progress()
	head := planTodoHeader(sh, v.Title, done, total, width, pal)
	h = cardPadY + head.h + todoLineH + todoBottom
	for _, it := range v.Items {
		if h > maxNaturalH {
			return width, maxNaturalH
		}
		row := planTodoRow(sh, it, width, "", pal)
		h += row.h
	}
	return width, min(h, maxNaturalH)
}

func paintTodo(s *Sheet, v cards.Todo) []Hot {
	if s.H*s.Scale < barsBelow {
		paintBars(s, len([]rune(titleOf(cards.KindTodo, v))))
		return nil
	}
	whole := *s
	s = &whole
	s.Dst = clipped(s.Dst, s.Rect(0, 0, s.W, s.H))
	done, total := v.Progress()
	head := planTodoHeader(s.Shaper, v.Title, done, total, s.W, s.Pal)
	head.draw(s, cardPadY, false)
	rows, more := fittingRows(s, v, cardPadY+head.h)
	y := cardPadY + head.h
	var out []Hot
	for i := range rows {
		r := &rows[i]
		r.draw(s, y, false)
		out = append(out, tickHot(r, y))
		y += r.h
	}
	switch {
	case more > 0:
		words := s.Shaper.Plain(lang.Tf("… %d more", more), paint.Style{Color: s.Pal.InkMuted, Size: 13}, s.W-todoTextX-cardPadX, paint.Options{MaxLines: 1})
		words.Draw(s.Dst, s.X+todoTextX*s.Scale, s.Y+(y+2)*s.Scale, s.Scale)
	case y+todoLineH <= s.H+1:
		drawTodoAdd(s, y)
	}
	return out
}

// todoMoreH is the height of the line that counts what does not fit.
const todoMoreH = 24

// fittingRows lays out the items that fit below y, and counts the others. If
// there are others it leaves room for the line that says so.
func fittingRows(s *Sheet, v cards.Todo, y float32) (rows []todoRow, more int) {
	for i, it := range v.Items {
		r := planTodoRow(s.Shaper, it, s.W, s.Today, s.Pal)
		if y+r.h > s.H+1 {
			more = len(v.Items) - i
			break
		}
		rows = append(rows, r)
		y += r.h
	}
	for more > 0 && len(rows) > 0 && y+todoMoreH > s.H {
		y -= rows[len(rows)-1].h
		rows = rows[:len(rows)-1]
		more++
	}
	if more == 0 {
		return rows, 0
	}
	// A long item shows its beginning rather than leave a hole.
	next := planTodoRow(s.Shaper, v.Items[len(rows)], s.W, s.Today, s.Pal)
	line := next.text.Lines[0].Height
	if lines := int((s.H - todoMoreH - y - 2*todoGap) / line); lines > 0 && lines < len(next.text.Lines) {
		next.shorten(s.Shaper, lines, s.Pal)
		rows, more = append(rows, next), more-1
	}
	return rows, more
}

// tickHot is the place that ticks an item off, somewhat larger than its box.
func tickHot(r *todoRow, y float32) Hot {
	box := r.box().Moved(0, y)
	it := r.item
	return Hot{
		Rect: paint.Rect{X: box.X - 5, Y: box.Y - 5, W: box.W + 10, H: box.H + 10},
		Hand: true,
		Do: func(_ *Env, h doc.Handle) {
			doCommand(h, cards.TickItem{ID: it.ID, Done: !it.Done})
		},
	}
}
