package renderers

import (
	"image"
	"image/color"
	"math"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Shape of PDF cards, in board units.
const (
	pdfRatio     = 1.414 // of a page of unknown size, height to width
	pdfMaxAspect = 3
	pdfCropPart  = 0.12 // how much of a page's width may be cut off to fill the card
	pdfIcon      = 18
)

func pdfFace() Typed[cards.File] {
	info, _ := cards.Lookup(cards.KindPDF)
	return Typed[cards.File]{
		Info: info, Codec: cards.FileCodec{},
		Paint: paintPDF, Natural: naturalPDF, Summary: summarizeFile(cards.KindPDF),
		Full: newPDFFull,
	}
}

func naturalPDF(_ *paint.Shaper, v cards.File, width float32) (w, h float32) {
	w = width
	if w <= 0 {
		w = 15 * cards.Cell
	}
	ratio := min(max(pageRatio(v), 1./pdfMaxAspect), pdfMaxAspect)
	return w, float32(math.Round(float64(w*ratio))) + cards.PDFFooter
}

func pageRatio(v cards.File) float32 {
	if v.Width <= 0 || v.Height <= 0 {
		return pdfRatio
	}
	return float32(v.Height) / float32(v.Width)
}

// pagesLabel is "12 pages"; nothing while the number is unknown.
func pagesLabel(n int) string {
	if n <= 0 {
		return ""
	}
	return lang.N(n, "1 page", "%d pages")
}

func paintPDF(s *Sheet, v cards.File) []Hot {
	h := max(0, s.H-cards.PDFFooter)
	area := s.Rect(0, 0, s.W, h)
	if a, ok := s.coming(v); ok {
		banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) {
			paint.FillRoundRect(dst, area, radius, s.Pal.PaperSunk)
		})
		paintComing(s, v, a, paint.Rect{W: s.W, H: h})
		paintPDFFooter(s, v, h)
		return nil
	}
	ask := Picture{Blob: v.Blob, PDF: true, W: Level(area.W), H: Level(area.W * pageRatio(v))}
	img, err := pictureOf(s, ask)
	if err != nil {
		paintBroken(s, v, err)
		return nil
	}
	if h > 0 {
		paintFirstPage(s, v, area, img)
	}
	paintPDFFooter(s, v, h)
	return nil
}

// paintFirstPage fills area with the page, from its top; what the card is too
// low for is cut off.
func paintFirstPage(s *Sheet, v cards.File, area paint.Rect, img *image.RGBA) {
	fill := func(c color.RGBA) {
		banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) {
			paint.FillRoundRect(dst, area, radius, c)
		})
	}
	if img == nil || img.Rect.Empty() {
		blank, ok := colourOf(v.Average)
		if !ok {
			blank = paint.Light().Paper // pages are white in the dark, too
		}
		fill(blank)
		if v.Blob == "" {
			paint.DrawIcon(s.Dst, paint.IconPDF, centred(area, 32*s.Scale), paint.Light().InkFaint)
		}
		return
	}
	part := coverTop(img.Rect, area.W, area.H)
	at := area
	if rest := area.H - area.W*float32(part.Dy())/float32(part.Dx()); rest > 1 {
		fill(s.Pal.PaperSunk)
		at.H -= rest
	}
	cut, _ := img.SubImage(part).(*image.RGBA)
	banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) {
		paint.DrawImage(dst, at, cut, radius)
	})
}

// coverTop is the part of a page that fills w×h: all of its width and the top
// of it, or, where the card is a little too high, all of its height.
func coverTop(page image.Rectangle, w, h float32) image.Rectangle {
	pw, ph := float32(page.Dx()), float32(page.Dy())
	if w <= 0 || h <= 0 {
		return page
	}
	if want := pw * h / w; want <= ph {
		page.Max.Y = page.Min.Y + max(1, int(want+0.5))
		return page
	}
	narrow := ph * w / h
	if pw-narrow > pdfCropPart*pw {
		return page
	}
	cut := int((pw - narrow) / 2)
	page.Min.X += cut
	page.Max.X -= cut
	return page
}

func paintPDFFooter(s *Sheet, v cards.File, top float32) {
	paint.FillRect(s.Dst, s.Rect(0, top, s.W, max(1, 1/s.Scale)), s.Pal.Rule)
	mid := top + (s.H-top)/2
	paint.DrawIcon(s.Dst, paint.IconPDF, s.Rect(12, mid-pdfIcon/2, pdfIcon, pdfIcon), s.Pal.Danger)
	left, right := float32(12+pdfIcon+8), s.W-12
	if words := pagesLabel(v.Pages); words != "" {
		l := s.Shaper.Plain(words, paint.Style{Size: 12, Color: s.Pal.InkMuted}, paint.NoWrap, paint.Options{})
		if right-left-l.Width > 60 {
			right -= l.Width
			l.Draw(s.Dst, s.X+right*s.Scale, s.Y+(mid-l.Height/2)*s.Scale, s.Scale)
			right -= 10
		}
	}
	st := paint.Style{Size: 13, Bold: true, Color: s.Pal.Ink}
	l := s.Shaper.Plain(v.View().Title, st, max(1, right-left), paint.Options{MaxLines: 1})
	l.Draw(s.Dst, s.X+left*s.Scale, s.Y+(mid-l.Height/2)*s.Scale, s.Scale)
}
