package renderers

import (
	"image"
	"image/color"
	"math"

	"corkboard/cards"
	"corkboard/renderers/paint"
)

// How high a picture may make its card, in board units.
const (
	imageMaxH      = 720 // where the person has not chosen a width
	imageMaxAspect = 3   // times the width, where they have
	imageMinPart   = 0.4 // of the card's height is the picture's, else no caption is drawn
)

func imageFace() Typed[cards.File] {
	info, _ := cards.Lookup(cards.KindImage)
	return Typed[cards.File]{
		Info: info, Codec: cards.FileCodec{}, Bare: true,
		Paint: paintImage, Natural: naturalImage, Summary: summarizeFile(cards.KindImage),
		Block: blockOfImage, Full: newImageFull,
	}
}

func blockOfImage(v cards.File, pal paint.Palette) color.RGBA {
	if c, ok := colourOf(v.Average); ok {
		return c
	}
	return pal.PaperSunk
}

func naturalImage(sh *paint.Shaper, v cards.File, width float32) (w, h float32) {
	info, _ := cards.Lookup(cards.KindImage)
	ratio := float32(info.Size.H / info.Size.W)
	if v.Width > 0 && v.Height > 0 {
		ratio = float32(v.Height) / float32(v.Width)
	}
	if width > 0 {
		w = width
		h = min(w*ratio, max(imageMaxH, imageMaxAspect*w))
	} else {
		w = float32(info.Size.W)
		if v.Width > 0 { // a small picture is not blown up
			w = min(w, float32(v.Width))
		}
		if h = w * ratio; h > imageMaxH {
			w, h = imageMaxH/ratio, imageMaxH
		}
		w = max(w, float32(info.Min.W))
	}
	h = max(float32(math.Round(float64(h))), float32(info.Min.H))
	return w, h + captionHeight(sh, v.Caption, w)
}

func paintImage(s *Sheet, v cards.File) []Hot {
	strip := captionHeight(s.Shaper, v.Caption, s.W)
	if s.H-strip < imageMinPart*s.H {
		strip = 0
	}
	if a, ok := s.coming(v); ok {
		paintComingPicture(s, v, a, strip)
		return nil
	}
	img, err := pictureOf(s, imagePicture(v, s.W*s.Scale, (s.H-strip)*s.Scale))
	if err != nil {
		paintBroken(s, v, err)
		return nil
	}
	area := s.Rect(0, 0, s.W, s.H-strip)
	if strip > 0 {
		paint.FillRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), cardRadius*s.Scale, s.Pal.Paper)
	}
	paintPicture(s, v, area, img, strip > 0)
	if v.Animated {
		paintBadge(s, "GIF", s.H-strip)
	}
	if strip > 0 {
		paintCaption(s, v.Caption, strip)
	}
	paint.StrokeRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), cardRadius*s.Scale, max(1, s.Scale), paint.Fade(s.Pal.Ink, 0x14))
	return nil
}

// paintComingPicture holds the place of a picture that has not come yet.
func paintComingPicture(s *Sheet, v cards.File, a Arriving, strip float32) {
	paint.FillRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), cardRadius*s.Scale, s.Pal.Paper)
	area := s.Rect(0, 0, s.W, s.H-strip)
	if strip > 0 {
		banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) {
			paint.FillRoundRect(dst, area, radius, s.Pal.PaperSunk)
		})
		paintCaption(s, v.Caption, strip)
	} else {
		paint.FillRoundRect(s.Dst, area, cardRadius*s.Scale, s.Pal.PaperSunk)
	}
	paintComing(s, v, a, paint.Rect{W: s.W, H: s.H - strip})
	paint.StrokeRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), cardRadius*s.Scale, max(1, s.Scale), s.Pal.PaperEdge)
}

// imagePicture asks for enough pixels for an area of w×h, but not for more
// than there are; drawings (SVG) have as many as one likes.
func imagePicture(v cards.File, w, h float32) Picture {
	if v.MIME != "image/svg+xml" && v.Width > 0 && v.Height > 0 {
		w, h = min(w, float32(v.Width)), min(h, float32(v.Height))
	}
	return Picture{Blob: v.Blob, W: Level(w), H: Level(h)}
}

// pictureOf is the picture if it is at hand; there is none without a blob.
func pictureOf(s *Sheet, p Picture) (*image.RGBA, error) {
	if p.Blob == "" || s.Picture == nil {
		return nil, nil
	}
	return s.Picture(p)
}

// paintPicture fills area; square tells that its lower corners are not round.
func paintPicture(s *Sheet, v cards.File, area paint.Rect, img *image.RGBA, square bool) {
	round := func(draw func(*image.RGBA, float32)) {
		if square {
			banded(s.Dst, area, cardRadius*s.Scale, draw)
		} else {
			draw(s.Dst, cardRadius*s.Scale)
		}
	}
	fill := func(c color.RGBA) {
		round(func(dst *image.RGBA, radius float32) { paint.FillRoundRect(dst, area, radius, c) })
	}
	if img == nil || img.Rect.Empty() {
		fill(blockOfImage(v, s.Pal))
		if v.Blob == "" {
			paint.DrawIcon(s.Dst, paint.IconImage, centred(area, 32*s.Scale), s.Pal.InkFaint)
		}
		return
	}
	at := contain(area, float32(img.Rect.Dx()), float32(img.Rect.Dy()))
	if at != area || !img.Opaque() {
		fill(s.Pal.PaperSunk)
	}
	inset := max(at.X-area.X, at.Y-area.Y)
	round(func(dst *image.RGBA, radius float32) { paint.DrawImage(dst, at, img, max(0, radius-inset)) })
}

// contain is the largest rectangle of the ratio w:h in the middle of area; all
// of area where the ratios differ by less than one in a hundred.
func contain(area paint.Rect, w, h float32) paint.Rect {
	if w <= 0 || h <= 0 || area.W <= 0 || area.H <= 0 {
		return area
	}
	// A small picture has its sides rounded to whole pixels.
	slack := max(0.01, 1/min(w, h))
	if q := (area.W / area.H) / (w / h); q < 1+slack && q > 1-slack {
		return area
	}
	f := min(area.W/w, area.H/h)
	return paint.Rect{X: area.X + (area.W-w*f)/2, Y: area.Y + (area.H-h*f)/2, W: w * f, H: h * f}
}

func centred(r paint.Rect, side float32) paint.Rect {
	return paint.Rect{X: r.X + (r.W-side)/2, Y: r.Y + (r.H-side)/2, W: side, H: side}
}

// paintBadge draws a word in the lower left corner of what ends at bottom.
func paintBadge(s *Sheet, word string, bottom float32) {
	if s.W < 60 || s.Scale < 0.3 {
		return
	}
	l := s.Shaper.Plain(word, paint.Style{Bold: true, Size: 11, Color: s.Pal.Ink}, paint.NoWrap, paint.Options{})
	w, h := l.Width+12, float32(20)
	paint.FillRoundRect(s.Dst, s.Rect(8, bottom-h-8, w, h), 5*s.Scale, paint.Fade(s.Pal.Paper, 0xdc))
	l.Draw(s.Dst, s.X+14*s.Scale, s.Y+(bottom-h/2-8-l.Height/2)*s.Scale, s.Scale)
}

// paintBroken is a card whose picture cannot be had, with its name and why.
func paintBroken(s *Sheet, v cards.File, err error) {
	words := err.Error()
	if s.Sentence != nil {
		words = s.Sentence(err)
	}
	paintTrouble(s, fileName(v), words)
	paint.StrokeRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), cardRadius*s.Scale, max(1, s.Scale), s.Pal.PaperEdge)
}
