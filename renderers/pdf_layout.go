package renderers

import (
	"sort"

	"corkboard/renderers/paint"
)

// Where pages lie in a PDF's view. Lengths are Fyne units unless they are
// called points; page places are float64, because documents are long.
const (
	pdfMargin    = 16 // around the pages
	pdfGap       = 12 // between two of them
	pdfZoomMin   = 0.1
	pdfZoomMax   = 8
	pdfZoomWhole = 96. / 72 // 100 %: Fyne units per point
	pdfZoomFirst = 2        // as far as a document is enlarged when it is opened
	pdfSideMax   = 14400    // points: the largest page that PDF allows
	pdfA4W       = 595      // points
	pdfA4H       = 842
)

// pdfLayout is all pages below each other at one zoom. Immutable.
type pdfLayout struct {
	sizes []Point // points
	tops  []float64
	zoom  float32 // Fyne units per point
	width float32 // of the widest page with its margins
	end   float64 // below the last page and its margin
}

// layPages lays pages out. A size that no page can have becomes that of A4.
func layPages(sizes []Point, zoom float32) *pdfLayout {
	l := &pdfLayout{sizes: make([]Point, len(sizes)), tops: make([]float64, len(sizes)), zoom: zoom}
	y := float64(pdfMargin)
	for i, s := range sizes {
		if !(s.X >= 1 && s.X <= pdfSideMax && s.Y >= 1 && s.Y <= pdfSideMax) {
			s = Point{pdfA4W, pdfA4H}
		}
		l.sizes[i], l.tops[i] = s, y
		l.width = max(l.width, s.X*zoom)
		y += float64(s.Y*zoom) + pdfGap
	}
	l.width += 2 * pdfMargin
	l.end = y - pdfGap + pdfMargin
	return l
}

// height is that of a page.
func (l *pdfLayout) height(page int) float32 { return l.sizes[page].Y * l.zoom }

// pageAt is the page at a height in the document, or the one below the gap
// there; the last one beyond the end, -1 where there are no pages.
func (l *pdfLayout) pageAt(y float64) int {
	i := sort.Search(len(l.tops), func(i int) bool { return l.tops[i]+float64(l.height(i)) > y })
	return min(i, len(l.tops)-1)
}

// visible are the pages that show between two heights; first > last is none.
func (l *pdfLayout) visible(top, bottom float64) (first, last int) {
	if len(l.tops) == 0 {
		return 0, -1
	}
	first = l.pageAt(top)
	last = sort.Search(len(l.tops), func(i int) bool { return l.tops[i] >= bottom }) - 1
	return first, max(last, first)
}

// pdfView is the window on a layout.
type pdfView struct {
	*pdfLayout
	X, Y float64 // of the view's upper left corner in the document
	W, H float32
}

// clamp keeps the view on the document, narrow documents in its middle.
func (v *pdfView) clamp() {
	v.X = max(0, min(v.X, float64(v.width-v.W)))
	v.Y = max(0, min(v.Y, v.end-float64(v.H)))
}

// page is the page that one is reading: the one at the upper third.
func (v *pdfView) page() int { return v.pageAt(v.Y + float64(v.H)/3) }

// rect is where a page is in the view.
func (v *pdfView) rect(page int) paint.Rect {
	s := v.sizes[page]
	w := s.X * v.zoom
	x := (max(v.width, v.W)-w)/2 - float32(v.X)
	return paint.Rect{X: x, Y: float32(v.tops[page] - v.Y), W: w, H: s.Y * v.zoom}
}

// onPage turns a place in the view into a page and points on it. Beside the
// pages it is the nearest place beside the page.
func (v *pdfView) onPage(x, y float32) (page int, at Point) {
	page = v.pageAt(v.Y + float64(y))
	if page < 0 {
		return -1, Point{}
	}
	r := v.rect(page)
	return page, Point{(x - r.X) / v.zoom, (y - r.Y) / v.zoom}
}

// inView turns a rectangle in points of a page into one of the view.
func (v *pdfView) inView(page int, r paint.Rect) paint.Rect {
	at := v.rect(page)
	return r.Scaled(v.zoom).Moved(at.X, at.Y)
}

// relay takes another layout of the same document. The place of a page that
// is at x, y in the view stays there.
func (v *pdfView) relay(l *pdfLayout, x, y float32) {
	if v.pdfLayout == nil || len(v.tops) == 0 || len(l.tops) == 0 {
		v.pdfLayout = l
		v.clamp()
		return
	}
	page, at := v.onPage(x, y)
	page = min(page, len(l.tops)-1)
	v.pdfLayout, v.X, v.Y = l, 0, 0
	r := v.rect(page)
	v.X = float64(r.X + at.X*l.zoom - x)
	v.Y = l.tops[page] + float64(at.Y*l.zoom) - float64(y)
	v.clamp()
}

// turn shows the top of a page, which is put in the range of pages.
func (v *pdfView) turn(page int) {
	if len(v.tops) == 0 {
		return
	}
	page = max(0, min(page, len(v.tops)-1))
	v.Y = v.tops[page] - pdfMargin/2
	v.clamp()
}

// reveal scrolls as far as needed to show a rectangle of a page, in points.
func (v *pdfView) reveal(page int, r paint.Rect) {
	const room = 48
	at := v.inView(page, r)
	if at.Y < room || at.Y+at.H > v.H-room {
		v.Y += float64(at.Y - v.H/3)
	}
	if at.X < room || at.X+at.W > v.W-room {
		v.X += float64(at.X - v.W/3)
	}
	v.clamp()
}

// fitWidth is the zoom at which the widest page fills the view.
func (v *pdfView) fitWidth() float32 {
	widest := float32(0)
	for _, s := range v.sizes {
		widest = max(widest, s.X)
	}
	if widest == 0 {
		return 1
	}
	return clampPDFZoom((v.W - 2*pdfMargin) / widest)
}

func clampPDFZoom(z float32) float32 { return max(pdfZoomMin, min(z, pdfZoomMax)) }
