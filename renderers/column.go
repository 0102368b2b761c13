package renderers

import (
	"image/color"
	"strconv"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// columnFace shows a column: a head with its title and how many cards are in it, and the
// ground on which they lie.
func columnFace() Typed[cards.Column] {
	info, _ := cards.Lookup(cards.KindColumn)
	return Typed[cards.Column]{
		Info: info, Codec: cards.ColumnCodec{}, Bare: true, Named: true,
		Paint: paintColumn,
		Natural: func(_ *paint.Shaper, _ cards.Column, width float32) (w, h float32) {
			if width == 0 {
				width = float32(info.Size.W)
			}
			return width, float32(info.Size.H)
		},
		Summary: func(c cards.Column) Summary {
			return Summary{Icon: paint.IconTodo, Title: titleOf(cards.KindColumn, c), Detail: lang.T("Column")}
		},
		Block: func(c cards.Column, pal paint.Palette) color.RGBA { return columnPalette(c, pal).Paper },
	}
}

// columnPalette is what a column is drawn with: its own colour, in the dark a deep one,
// or a well in the paper.
func columnPalette(c cards.Column, pal paint.Palette) paint.Palette {
	if ground, ok := paint.BoardColor(c.Colour, pal.IsDark); ok {
		return pal.OnColor(ground)
	}
	pal.Paper = pal.PaperSunk
	return pal
}

// countRoom is what the number of cards takes of the head, in board units.
const countRoom = 52

func paintColumn(s *Sheet, c cards.Column) []Hot {
	pal := columnPalette(c, s.Pal)
	whole := s.Rect(0, 0, s.W, s.H)
	paint.FillRoundRect(s.Dst, whole, cardRadius*s.Scale, pal.Paper)
	paint.StrokeRoundRect(s.Dst, whole, cardRadius*s.Scale, max(1, s.Scale), pal.PaperEdge)
	if s.Scale*14 < labelTiny {
		return nil
	}
	const pad = board.ColumnPad + 4
	style := paint.Style{Bold: true, Color: pal.Ink}
	if c.Title == "" {
		style = paint.Style{Color: pal.InkMuted}
	}
	title := s.Shaper.Plain(titleOf(cards.KindColumn, c), style, max(20, s.W-pad-countRoom), paint.Options{MaxLines: 1})
	title.Draw(s.Dst, s.X+pad*s.Scale, s.Y+(board.ColumnTitle-title.Height)/2*s.Scale, s.Scale)
	count := s.Shaper.Plain(strconv.Itoa(s.Holds), paint.Style{Size: 13, Color: pal.InkMuted}, countRoom, paint.Options{MaxLines: 1})
	count.Draw(s.Dst, s.X+(s.W-pad-count.Width)*s.Scale, s.Y+(board.ColumnTitle-count.Height)/2*s.Scale, s.Scale)
	if s.Holds == 0 {
		hint := s.Shaper.Plain(lang.T("Drag cards here, or double-click to write one."), paint.Style{Size: 13, Color: pal.InkMuted}, max(20, s.W-2*pad), paint.Options{MaxLines: 3})
		hint.Draw(s.Dst, s.X+pad*s.Scale, s.Y+(board.ColumnTitle+2)*s.Scale, s.Scale)
	}
	return nil
}
