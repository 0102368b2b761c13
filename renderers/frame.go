package renderers

import (
	"image/color"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// frameFace shows a frame: an area that can be seen through, with a border, and
// its title on a tab in the corner.
func frameFace() Typed[cards.Frame] {
	info, _ := cards.Lookup(cards.KindFrame)
	return Typed[cards.Frame]{
		Info: info, Codec: cards.FrameCodec{}, Bare: true, Flat: true, Named: true,
		Paint: paintFrame,
		Natural: func(_ *paint.Shaper, _ cards.Frame, width float32) (w, h float32) {
			if width == 0 {
				width = float32(info.Size.W)
			}
			return width, float32(info.Size.H)
		},
		Summary: func(f cards.Frame) Summary {
			return Summary{Icon: paint.IconBox, Title: titleOf(cards.KindFrame, f), Detail: lang.T("Frame")}
		},
		Block: func(f cards.Frame, pal paint.Palette) color.RGBA { return paint.Fade(frameInk(f, pal), 40) },
	}
}

// frameInk is the colour of a frame.
func frameInk(f cards.Frame, pal paint.Palette) color.RGBA {
	if c, ok := paint.BoardColor(f.Colour, false); ok {
		return c // in the dark, too: there is only a line of it, and a hint
	}
	return pal.InkFaint
}

func paintFrame(s *Sheet, f cards.Frame) []Hot {
	ink := frameInk(f, s.Pal)
	whole := s.Rect(0, 0, s.W, s.H)
	paint.FillRoundRect(s.Dst, whole, cardRadius*s.Scale, paint.Fade(ink, 22))
	paint.StrokeRoundRect(s.Dst, whole, cardRadius*s.Scale, max(1, 1.5*s.Scale), paint.Fade(ink, 190))
	title := s.Shaper.Plain(titleOf(cards.KindFrame, f), paint.Style{Bold: true, Color: s.Pal.Ink}, max(20, s.W-36), paint.Options{MaxLines: 1})
	if f.Title == "" {
		title = s.Shaper.Plain(titleOf(cards.KindFrame, f), paint.Style{Color: s.Pal.InkFaint}, max(20, s.W-36), paint.Options{MaxLines: 1})
	}
	w, h := min(title.Width+20, s.W-12), float32(board.FrameTitle)-10
	paint.FillRoundRect(s.Dst, s.Rect(6, 6, w, h), 5*s.Scale, s.Pal.Paper)
	title.Draw(s.Dst, s.X+16*s.Scale, s.Y+(6+(h-title.Height)/2)*s.Scale, s.Scale)
	return nil
}
