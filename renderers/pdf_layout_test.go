package renderers

import (
	"math"
	"math/rand/v2"
	"testing"

	"corkboard/renderers/paint"
)

func TestPagesLieBelowEachOther(t *testing.T) {
	l := layPages([]Point{{600, 800}, {300, 200}, {600, 800}}, 0.5)
	if l.width != 300+2*pdfMargin {
		t.Error("width", l.width)
	}
	tops := []float64{pdfMargin, pdfMargin + 400 + pdfGap, pdfMargin + 500 + 2*pdfGap}
	for i, y := range tops {
		if l.tops[i] != y {
			t.Errorf("page %d at %v, want %v", i, l.tops[i], y)
		}
	}
	if want := tops[2] + 400 + pdfMargin; l.end != want {
		t.Error("end", l.end, want)
	}
	v := pdfView{pdfLayout: l, W: 500, H: 300}
	if r := v.rect(1); r != (paint.Rect{X: 175, Y: float32(tops[1]), W: 150, H: 100}) {
		t.Error("a narrow page is not in the middle:", r)
	}
}

func TestPagesOfStrangeSize(t *testing.T) {
	nan := float32(math.NaN())
	l := layPages([]Point{{0, 0}, {-3, 5}, {nan, nan}, {1e9, 100}, {100, float32(math.Inf(1))}}, 1)
	for i, s := range l.sizes {
		if s != (Point{pdfA4W, pdfA4H}) {
			t.Errorf("page %d is %v", i, s)
		}
	}
}

func TestVisiblePages(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 200 {
		sizes := make([]Point, 1+r.IntN(40))
		for i := range sizes {
			sizes[i] = Point{50 + r.Float32()*900, 50 + r.Float32()*900}
		}
		v := pdfView{pdfLayout: layPages(sizes, 0.2+r.Float32()*2), W: 640, H: 480}
		v.Y = r.Float64() * v.end
		v.clamp()
		first, last := v.visible(v.Y, v.Y+float64(v.H))
		for i := range sizes {
			at := v.rect(i)
			if shows := at.Y+at.H > 0.5 && at.Y < v.H-0.5; shows && (i < first || i > last) {
				t.Fatalf("page %d at %v is not among %d to %d", i, at, first, last)
			}
		}
		for _, i := range []int{first + 1, last - 1} { // those between show for certain
			if at := v.rect(min(max(i, 0), len(sizes)-1)); i > first && i < last && (at.Y+at.H <= 0 || at.Y >= v.H) {
				t.Fatalf("page %d at %v does not show", i, at)
			}
		}
	}
	if first, last := layPages(nil, 1).visible(0, 100); first <= last {
		t.Error("no pages, but", first, last)
	}
}

func TestZoomKeepsThePlace(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	sizes := make([]Point, 300)
	for i := range sizes {
		sizes[i] = Point{595, 842}
	}
	for range 300 {
		v := pdfView{pdfLayout: layPages(sizes, 1.6), W: 640, H: 480}
		v.X, v.Y = 100+r.Float64()*50, 5000+r.Float64()*100000
		x, y := r.Float32()*640, r.Float32()*480
		page, at := v.onPage(x, y)
		if at.Y < 0 || at.X < 0 {
			continue // in a gap
		}
		v.relay(layPages(sizes, 1.6*(1+r.Float32())), x, y)
		page2, at2 := v.onPage(x, y)
		if page != page2 || abs(at.X-at2.X) > 0.5 || abs(at.Y-at2.Y) > 0.5 {
			t.Fatalf("page %d %v became page %d %v", page, at, page2, at2)
		}
	}
}

func TestMeasuredSizesKeepThePlace(t *testing.T) {
	guess, real := make([]Point, 50), make([]Point, 50)
	for i := range guess {
		guess[i], real[i] = Point{595, 842}, Point{595, 842}
		if i%3 == 0 {
			real[i] = Point{842, 595}
		}
	}
	v := pdfView{pdfLayout: layPages(guess, 1), W: 640, H: 480}
	v.turn(31)
	v.relay(layPages(real, 1), v.W/2, 0)
	if p := v.pageAt(v.Y + pdfGap); p != 31 {
		t.Errorf("page 31 became page %d", p)
	}
}

func TestTurnAndReveal(t *testing.T) {
	sizes := []Point{{595, 842}, {595, 842}, {595, 842}}
	v := pdfView{pdfLayout: layPages(sizes, 1), W: 640, H: 480}
	v.turn(1)
	if v.page() != 1 || v.rect(1).Y != pdfMargin/2 {
		t.Error(v.page(), v.rect(1))
	}
	if v.turn(99); v.page() != 2 {
		t.Error("beyond the end:", v.page())
	}
	if v.turn(-5); v.page() != 0 || v.Y > pdfMargin {
		t.Error("before the start:", v.page())
	}
	word := paint.Rect{X: 100, Y: 700, W: 40, H: 12}
	v.reveal(1, word)
	if at := v.inView(1, word); at.Y < 0 || at.Y+at.H > v.H {
		t.Error("not revealed:", at)
	}
	was := v.Y
	if v.reveal(1, word); v.Y != was {
		t.Error("moved although the word was in view")
	}
	if z := v.fitWidth(); abs(z*595+2*pdfMargin-640) > 0.01 {
		t.Error("fit", z)
	}
}

func TestCoverTop(t *testing.T) {
	page := scenery(100, 141).Rect
	if p := coverTop(page, 200, 100); p.Dx() != 100 || p.Dy() != 50 || p.Min.Y != 0 {
		t.Error("a low card shows the top:", p)
	}
	if p := coverTop(page, 100, 150); p.Dy() != 141 || p.Dx() != 94 || p.Min.X != 3 {
		t.Error("a card a little too high cuts the sides:", p)
	}
	if p := coverTop(page, 100, 300); p != page {
		t.Error("a card far too high shows all:", p)
	}
}
