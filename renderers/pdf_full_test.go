package renderers

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"corkboard/cards"
)

// book opens a PDF of n pages; each says its number in words and "needle" on
// every third.
func book(t *testing.T, n int) (*fileDesk, *pdfFull, fyne.Window) {
	t.Helper()
	d := newFileDesk(t)
	for i := range n {
		d.sizes = append(d.sizes, Point{595, 842})
		line := "nothing here"
		if i%3 == 2 {
			line = "a Needle and a needle"
		}
		d.texts = append(d.texts, typeset(fmt.Sprintf("page number %d", i+1), line))
	}
	full, w, _ := d.open(t, cards.KindPDF, cards.File{
		Title: "Book", Extension: "pdf", MIME: "application/pdf", Blob: someBlob, Width: 595, Height: 842, Pages: n,
	})
	return d, full.(*pdfFull), w
}

func press(p *pdfPages, at fyne.Position) {
	p.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
}

func (d *fileDesk) wordAt(f *pdfFull, page, word int) fyne.Position {
	r := f.pages.view.inView(page, d.texts[page][word].Rect)
	return fyne.NewPos(r.X+r.W/2, r.Y+r.H/2)
}

func TestPDFDrawsOnlyWhatShows(t *testing.T) {
	d, f, w := book(t, 400)
	d.until(t, "first page", func() bool { return f.pages.sheets[0] != nil && f.pages.sheets[0].im.Image != nil })
	d.until(t, "second page", func() bool { return f.pages.sheets[1] != nil && f.pages.sheets[1].im.Image != nil })
	if n := len(f.pages.sheets); n > 4 {
		t.Errorf("%d pages are on the screen", n)
	}
	for _, p := range d.wishes() {
		if p.Page > 3 || !p.PDF || p.W != Level(float32(p.W)) {
			t.Errorf("asked for %+v", p)
		}
	}
	savePicture(t, "pdf_full", w)
	if w.Canvas().Focused() != fyne.Focusable(f.pages) {
		t.Error("keys do not scroll at once")
	}
	f.pages.turn(250)
	d.until(t, "page 251", func() bool { return f.pages.sheets[250] != nil && f.pages.sheets[250].im.Image != nil })
	if f.pages.sheets[0] != nil {
		t.Error("the first page is still on the screen")
	}
	if n := len(f.pages.objects); n > 16 {
		t.Errorf("%d objects", n)
	}
}

func TestPDFMeasuresItsPages(t *testing.T) {
	d := newFileDesk(t)
	d.sizes = []Point{{595, 842}, {842, 595}, {300, 300}}
	full, _, _ := d.open(t, cards.KindPDF, cards.File{Title: "Book", MIME: "application/pdf", Blob: someBlob})
	f := full.(*pdfFull)
	d.until(t, "sizes", func() bool { return len(f.pages.view.sizes) == 3 })
	if f.pages.view.sizes[1] != d.sizes[1] || f.bar.page.Text != "1 / 3" {
		t.Error(f.pages.view.sizes, f.bar.page.Text)
	}
}

func TestPDFTurnsPages(t *testing.T) {
	_, f, w := book(t, 12)
	if f.bar.page.Text != "1 / 12" || !f.bar.previous.Disabled() {
		t.Error(f.bar.page.Text)
	}
	test.Tap(f.bar.next)
	if f.bar.page.Text != "2 / 12" || f.bar.previous.Disabled() {
		t.Error(f.bar.page.Text)
	}
	w.Canvas().Focus(f.bar.page)
	f.bar.page.SetText("7")
	f.bar.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f.pages.view.page() != 6 || f.bar.page.Text != "7 / 12" || w.Canvas().Focused() != fyne.Focusable(f.pages) {
		t.Error(f.pages.view.page(), f.bar.page.Text)
	}
	for _, c := range []struct {
		key  fyne.KeyName
		page int
	}{{fyne.KeyHome, 0}, {fyne.KeyEnd, 11}} {
		if f.pages.TypedKey(&fyne.KeyEvent{Name: c.key}); f.pages.view.page() != c.page {
			t.Error(c.key, f.pages.view.page())
		}
	}
	y := f.pages.view.Y
	f.pages.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	f.pages.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	f.pages.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if want := y - float64(f.pages.view.H-scrollStep) - 25 - scrollStep; f.pages.view.Y != want {
		t.Error(f.pages.view.Y, want)
	}
	width := f.pages.view.width
	f.pages.TypedRune('+')
	if f.pages.view.width <= width || f.pages.fitted {
		t.Error("+ does not zoom")
	}
	if f.pages.fitWidth(); abs(f.pages.view.width-f.pages.view.W) > 1 {
		t.Error("fit width:", f.pages.view.width, f.pages.view.W)
	}
}

func TestPDFScrollBar(t *testing.T) {
	d, f, _ := book(t, 100)
	d.until(t, "first page", func() bool { return f.pages.sheets[0].im.Image != nil })
	p := f.pages
	press(p, fyne.NewPos(p.view.W-6, 10))
	p.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, p.view.H)})
	if p.view.page() != 99 {
		t.Error("the bar's end is not the document's:", p.view.page())
	}
	if p.sheets[99].asked != (Picture{}) {
		t.Error("pages are drawn while they fly past")
	}
	p.DragEnd()
	d.until(t, "last page", func() bool { return p.sheets[99].im.Image != nil })
}

func TestPDFSelectsAndCopies(t *testing.T) {
	d, f, _ := book(t, 5)
	p := f.pages
	press(p, d.wordAt(f, 0, 1)) // "number", when the page has been read
	d.until(t, "words", func() bool { return p.hold.words })
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: d.wordAt(f, 0, 4)}})
	p.DragEnd()
	p.TypedShortcut(&fyne.ShortcutCopy{})
	if d.copied != "number 1\nnothing here" {
		t.Errorf("copied %q", d.copied)
	}
	lit := 0
	for _, r := range p.rects {
		if r.Visible() {
			lit++
		}
	}
	if lit != 2 {
		t.Errorf("%d rectangles for two lines", lit)
	}
	press(p, d.wordAt(f, 0, 0))
	p.DragEnd()
	if !p.marked.None {
		t.Error("a click does not take the selection away")
	}
	p.DoubleTapped(&fyne.PointEvent{Position: d.wordAt(f, 0, 2)})
	if p.copyMarked(); d.copied != "1" {
		t.Errorf("double-click: %q", d.copied)
	}
	p.TypedShortcut(&fyne.ShortcutSelectAll{})
	if p.copyMarked(); d.copied != "page number 1\nnothing here" {
		t.Errorf("all of the page: %q", d.copied)
	}
	p.mark(wordRange{Anchor: wordSpot{3, 0}, Focus: wordSpot{1, 3}}) // pages that were never read
	d.copied = ""
	p.copyMarked()
	d.until(t, "copy", func() bool { return d.copied != "" })
	if want := "nothing here\npage number 3\na Needle and a needle\npage"; d.copied != want {
		t.Errorf("copied %q, want %q", d.copied, want)
	}
}

func TestPDFFinds(t *testing.T) {
	d, f, w := book(t, 9)
	p := f.pages
	p.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault})
	if w.Canvas().Focused() != fyne.Focusable(f.bar.find) {
		t.Fatal("Mod+F does not go to the search field")
	}
	test.Type(f.bar.find, "needle")
	d.until(t, "end of the search", func() bool { return p.find != nil && p.find.next() < 0 && f.bar.count.Text == "1 of 6" })
	if p.view.page() != 2 {
		t.Error("the first hit is not shown:", p.view.page())
	}
	enter := &fyne.KeyEvent{Name: fyne.KeyReturn}
	f.bar.find.TypedKey(enter)
	f.bar.find.TypedKey(enter)
	if f.bar.count.Text != "3 of 6" || p.view.page() != 5 {
		t.Error(f.bar.count.Text, p.view.page())
	}
	f.bar.find.held = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	f.bar.find.TypedKey(enter)
	if f.bar.count.Text != "2 of 6" {
		t.Error("Shift+Enter:", f.bar.count.Text)
	}
	d.until(t, "page", func() bool { return p.sheets[2] != nil && p.sheets[2].im.Image != nil })
	savePicture(t, "pdf_find", w)
	f.bar.find.SetText("unicorn")
	d.until(t, "failure", func() bool { return f.bar.count.Text == "Not found" })
	f.bar.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.find != nil || f.bar.count.Text != "" || strings.TrimSpace(f.bar.find.Text) != "" {
		t.Error("Esc does not end the search")
	}
}

func TestPDFSaysWhy(t *testing.T) {
	d := newFileDesk(t)
	d.fail = errTorn
	full, _, _ := d.open(t, cards.KindPDF, cards.File{Title: "Torn", MIME: "application/pdf", Blob: someBlob, Pages: 3})
	f := full.(*pdfFull)
	d.until(t, "sentence", func() bool { return f.pages.sheets[0].words.Text != "" })
	if f.pages.sheets[0].words.Text != sentenceOf(nil) {
		t.Error(f.pages.sheets[0].words.Text)
	}
}

func TestPDFCloseStopsTheWork(t *testing.T) {
	d, f, _ := book(t, 50)
	f.bar.find.SetText("needle")
	f.Close()
	for done := false; !done; {
		select {
		case post := <-d.posts:
			post()
		default:
			done = true
		}
	}
	if f.ctx.Err() == nil || f.pages.find.scanned > 1 {
		t.Error("the search goes on after Close:", f.pages.find.scanned)
	}
}

func TestPDFTextsAreBounded(t *testing.T) {
	d, f, _ := book(t, 3*textsKept)
	f.bar.find.SetText("unicorn")
	d.until(t, "end of the search", func() bool { return f.bar.count.Text == "Not found" })
	if n := len(f.texts.kept); n != textsKept || len(f.texts.order) != textsKept {
		t.Errorf("%d pages are kept", n)
	}
}
