package renderers

import (
	"image"
	"image/draw"

	"corkboard/identity/portrait"
	"corkboard/renderers/paint"
)

// portrait is somebody's picture, nil where they have none. The caller owns it.
func (l PersonLook) portrait() *image.RGBA {
	m := portrait.Image(l.Picture)
	if m == nil {
		return nil
	}
	out := image.NewRGBA(m.Bounds())
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	return out
}

// Portrait is somebody's picture as a disc of side pixels, clear around it; nil where they
// have none. Any goroutine.
func (l PersonLook) Portrait(side int) *image.RGBA {
	m := l.portrait()
	if m == nil || side <= 0 {
		return nil
	}
	out := image.NewRGBA(image.Rect(0, 0, side, side))
	paint.DrawImage(out, paint.Rect{W: float32(side), H: float32(side)}, m, float32(side)/2)
	return out
}

// drawPerson draws a disc with somebody's picture, else of a colour with their initials.
// In card units.
func (s *Sheet) drawPerson(look PersonLook, at paint.Rect, text float32, faint bool) {
	fill, ink := paint.PersonInks(look.Colour, s.Pal)
	if faint {
		fill, ink = s.Pal.PaperSunk, s.Pal.InkMuted
	}
	r := s.Rect(at.X, at.Y, at.W, at.H)
	if m := look.portrait(); m != nil && !faint {
		paint.DrawImage(s.Dst, r, m, r.W/2)
		return
	}
	paint.FillRoundRect(s.Dst, r, r.W/2, fill)
	t := s.Shaper.Plain(paint.Initials(look.Name), paint.Style{Size: text, Bold: true, Color: ink}, paint.NoWrap, paint.Options{MaxLines: 1})
	t.Draw(s.Dst, s.X+(at.X+(at.W-t.Width)/2)*s.Scale, s.Y+(at.Y+(at.H-t.Height)/2)*s.Scale, s.Scale)
}
