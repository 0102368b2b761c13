package renderers

import (
	"image"
	"image/color"
	"math"
	"strings"

	"corkboard/cards"
	"corkboard/renderers/paint"
)

// Shape of cards of films, in board units.
const (
	videoRatio     = 9. / 16 // of a film of unknown size, height to width
	videoMaxAspect = 1.6
	videoButton    = 52
	videoHoles     = 14 // from one hole at the edge of the film to the next
)

func videoFace() Typed[cards.File] {
	info, _ := cards.Lookup(cards.KindVideo)
	return Typed[cards.File]{
		Info: info, Codec: cards.FileCodec{},
		Paint: paintVideo, Natural: naturalVideo, Summary: summarizeFile(cards.KindVideo), Full: newVideoFull,
		Block: func(v cards.File, pal paint.Palette) color.RGBA {
			if c, ok := colourOf(v.Average); ok {
				return c
			}
			return filmGround(pal)
		},
	}
}

func naturalVideo(_ *paint.Shaper, v cards.File, width float32) (w, h float32) {
	if w = width; w <= 0 {
		info, _ := cards.Lookup(cards.KindVideo)
		w = float32(info.Size.W)
	}
	ratio := float32(videoRatio)
	if v.Width > 0 && v.Height > 0 {
		ratio = min(float32(v.Height)/float32(v.Width), videoMaxAspect)
	}
	return w, max(4*cards.Cell, float32(math.Round(float64(w*ratio)))) + cards.VideoFooter
}

// filmGround is the colour of a film without a picture.
func filmGround(pal paint.Palette) color.RGBA {
	if pal.IsDark {
		return color.RGBA{0x12, 0x14, 0x17, 0xff}
	}
	return color.RGBA{0x2b, 0x30, 0x38, 0xff}
}

// hasPoster reports whether a film has a picture that can be decoded.
func hasPoster(v cards.File) bool { return v.Average != "" && v.Blob != "" }

func paintVideo(s *Sheet, v cards.File) []Hot {
	h := max(0, s.H-cards.VideoFooter)
	area := s.Rect(0, 0, s.W, h)
	fill := func(c color.RGBA) {
		banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) { paint.FillRoundRect(dst, area, radius, c) })
	}
	if a, ok := s.coming(v); ok {
		fill(s.Pal.PaperSunk)
		paintComing(s, v, a, paint.Rect{W: s.W, H: h})
		paintVideoFooter(s, v, h)
		return nil
	}
	var img *image.RGBA
	if hasPoster(v) {
		img, _ = pictureOf(s, Picture{Blob: v.Blob, W: Level(area.W), H: Level(area.H)}) // without one the film is drawn as such
	}
	if img == nil || img.Rect.Empty() {
		fill(filmGround(s.Pal))
		paintHoles(s, h)
	} else {
		fill(color.RGBA{A: 0xff})
		at := contain(area, float32(img.Rect.Dx()), float32(img.Rect.Dy()))
		banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) { paint.DrawImage(dst, at, img, radius) })
	}
	if v.Duration > 0 && h > videoButton+40 {
		paintBadge(s, clock(v.Duration), h)
	}
	paintVideoFooter(s, v, h)
	return paintPlay(s, v, h)
}

// paintPlay is where a click plays the film with the system's program.
func paintPlay(s *Sheet, v cards.File, h float32) []Hot {
	side := min(videoButton, h-8, s.W-8)
	if side < 16 {
		return nil
	}
	at := paint.Rect{X: (s.W - side) / 2, Y: (h - side) / 2, W: side, H: side}
	r := s.Rect(at.X, at.Y, side, side)
	paint.FillCircle(s.Dst, r.X+r.W/2, r.Y+r.H/2, r.W/2, color.RGBA{0, 0, 0, 0x99})
	paint.StrokeCircle(s.Dst, r.X+r.W/2, r.Y+r.H/2, r.W/2-s.Scale, 1.5*s.Scale, color.RGBA{0xe6, 0xe6, 0xe6, 0xe6})
	mark := centred(r, r.W*0.42)
	mark.X += r.W * 0.03
	paint.DrawIcon(s.Dst, paint.IconPlay, mark, color.RGBA{0xff, 0xff, 0xff, 0xff})
	if v.Blob == "" {
		return nil
	}
	return []Hot{{Rect: at, Hand: true, Do: handOut}}
}

// paintHoles makes two rows of holes at the edges of a film.
func paintHoles(s *Sheet, h float32) {
	if h < 60 || s.Scale*videoHoles < 5 {
		return
	}
	const wide, high, edge = 8, 6, 6
	n := int((s.W - 2*edge) / videoHoles)
	from := (s.W - float32(n)*videoHoles) / 2
	hole := color.RGBA{0x26, 0x26, 0x26, 0x26}
	for i := range n {
		x := from + float32(i)*videoHoles + (videoHoles-wide)/2
		for _, y := range []float32{edge, h - edge - high} {
			paint.FillRoundRect(s.Dst, s.Rect(x, y, wide, high), 1.5*s.Scale, hole)
		}
	}
}

func paintVideoFooter(s *Sheet, v cards.File, top float32) {
	paint.FillRect(s.Dst, s.Rect(0, top, s.W, max(1, 1/s.Scale)), s.Pal.Rule)
	mid := top + (s.H-top)/2
	paint.DrawIcon(s.Dst, paint.IconFilm, s.Rect(12, mid-pdfIcon/2, pdfIcon, pdfIcon), s.Pal.InkMuted)
	left, right := float32(12+pdfIcon+8), s.W-12
	said := mediaDetail(cards.File{MIME: v.MIME, Extension: v.Extension, Size: v.Size})
	if words := strings.TrimSpace(said); words != "" {
		l := s.Shaper.Plain(words, paint.Style{Size: 12, Color: s.Pal.InkMuted}, paint.NoWrap, paint.Options{})
		if right-left-l.Width > 90 {
			right -= l.Width
			l.Draw(s.Dst, s.X+right*s.Scale, s.Y+(mid-l.Height/2)*s.Scale, s.Scale)
			right -= 10
		}
	}
	name := v.Caption
	if v.Title != "" || name == "" {
		name = titleOf(cards.KindVideo, v)
	}
	l := s.Shaper.Plain(name, paint.Style{Size: 13, Bold: true, Color: s.Pal.Ink}, max(1, right-left), paint.Options{MaxLines: 1})
	l.Draw(s.Dst, s.X+left*s.Scale, s.Y+(mid-l.Height/2)*s.Scale, s.Scale)
}
