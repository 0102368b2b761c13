package media

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// testPDF writes a minimal PDF with one page per content stream, 200×100 points each.
func testPDF(trailer string, contents ...string) []byte {
	var b strings.Builder
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range contents {
		kids += fmt.Sprintf("%d 0 R ", 5+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(contents)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	object("<< /Title (Two pages) >>")
	for i, c := range contents {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents %d 0 R"+
			" /Resources << /Font << /F1 3 0 R >> >> >>", 6+2*i))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(c), c))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R %s >>\nstartxref\n%d\n%%%%EOF\n",
		len(offsets)+1, trailer, start)
	return []byte(b.String())
}

// textAt is a content stream that writes lines of 12 points, 20 apart.
func textAt(x, y int, lines ...string) string {
	return fmt.Sprintf("BT /F1 12 Tf 20 TL %d %d Td (%s) Tj ET", x, y, strings.Join(lines, ") Tj T* ("))
}

func twoPages() []byte {
	return testPDF("",
		"1 0 0 rg 0 50 100 50 re f 0 0 0 rg "+textAt(20, 30, "Hello iiii board", "Second line"),
		textAt(20, 70, "Another page"))
}

func TestPDF(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	path := write(t, "two.pdf", twoPages())

	info, err := d.PDFInfo(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Pages != 2 || len(info.Sizes) != 2 || info.Sizes[1] != (PointSize{200, 100}) || info.Title != "Two pages" {
		t.Errorf("%+v", info)
	}
	m, err := d.Page(ctx, path, 0, Size{400, 400})
	if err != nil {
		t.Fatal(err)
	}
	if w, h := m.Rect.Dx(), m.Rect.Dy(); w < 395 || w > 400 || h < 195 || h > 200 {
		t.Errorf("page of %d×%d px", w, h)
	}
	if got := m.RGBAAt(50, 50); !near(got, red) {
		t.Errorf("the rectangle is %v", got)
	}
	if got := m.RGBAAt(350, 50); !near(got, white) {
		t.Errorf("the paper is %v", got)
	}
	if probe, err := d.Probe(ctx, path); err != nil || probe.Format != "pdf" || probe.Pages != 2 || probe.Width != 200 {
		t.Errorf("%+v, %v", probe, err)
	}
	all, err := d.AllText(ctx, path, 1000)
	if err != nil || !strings.Contains(all, "Second line") || !strings.Contains(all, "\fAnother page") {
		t.Errorf("%q, %v", all, err)
	}
	if cut, err := d.AllText(ctx, path, 5); err != nil || cut != "Hello" {
		t.Errorf("%q, %v", cut, err)
	}
	for _, n := range []int{-1, 2, 1 << 30} {
		if _, err := d.Page(ctx, path, n, Size{10, 10}); !errors.Is(err, ErrNoPage) {
			t.Errorf("page %d: %v", n, err)
		}
	}
	if _, _, err := d.Image(ctx, path, Size{10, 10}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("Image of a PDF: %v", err)
	}
}

func TestPDFTextHasPlaces(t *testing.T) {
	d := newDecoder(t, Options{})
	path := write(t, "two.pdf", twoPages())
	text, err := d.Text(testContext(t), path, 0)
	if err != nil {
		t.Fatal(err)
	}
	if text.Text != "Hello iiii board\nSecond line\n" || len(text.Lines) != 2 {
		t.Fatalf("%+v", text)
	}
	first := text.Lines[0]
	if len(first.Words) != 3 || first.Text[first.Words[1].Start:first.Words[1].End] != "iiii" {
		t.Fatalf("%+v", first)
	}
	// Helvetica's widths in thousandths: Hello 2278, space 278, i 222.
	const size = 12
	x := 20.0
	for i, width := range []float64{2.278, 4 * .222, .556*3 + .333 + .556} {
		r := first.Words[i].Rect
		if r.X0 < x-1 || r.X0 > x+1 || r.X1 < x+width*size-5 || r.X1 > x+width*size+3 {
			t.Errorf("word %d at %v, want %.1f to %.1f", i, r, x, x+width*size)
		}
		// The base line is 70 points below the upper edge.
		if r.Y0 < 56 || r.Y0 > 62 || r.Y1 < 70 || r.Y1 > 75 {
			t.Errorf("word %d at %v, want about 60 to 72", i, r)
		}
		x += (width + .278) * size
	}
	if r := text.Lines[1].Rect; r.Y0 < 76 || r.Y1 > 96 {
		t.Errorf("second line at %v", r)
	}
}

func TestInvisibleTextHasEstimatedPlaces(t *testing.T) {
	d := newDecoder(t, Options{})
	path := write(t, "scan.pdf", testPDF("", "3 Tr "+textAt(20, 30, "under a scan")))
	text, err := d.Text(testContext(t), path, 0)
	if err != nil || text.Text != "under a scan\n" {
		t.Fatalf("%+v, %v", text, err)
	}
	r := text.Lines[0].Words[0].Rect
	if r.X0 < 19 || r.X0 > 21 || r.X1 < 40 || r.X1 > 70 || r.Y0 < 56 || r.Y1 > 76 {
		t.Errorf("word at %v", r)
	}
}

func TestPageWithoutText(t *testing.T) {
	d := newDecoder(t, Options{})
	path := write(t, "empty.pdf", testPDF("", "1 0 0 rg 0 0 50 50 re f"))
	if text, err := d.Text(testContext(t), path, 0); err != nil || text.Text != "" || len(text.Lines) != 0 {
		t.Fatalf("%+v, %v", text, err)
	}
}

func TestPageLargerThanAnyScreenIsClamped(t *testing.T) {
	d := newDecoder(t, Options{})
	huge := strings.ReplaceAll(string(testPDF("", textAt(20, 30, "x"))), "[0 0 200 100]", "[0 0 14400 14400]")
	path := write(t, "huge.pdf", []byte(huge))
	m, err := d.Page(testContext(t), path, 0, Size{16384, 16384})
	if err != nil {
		t.Fatal(err)
	}
	if px := m.Rect.Dx() * m.Rect.Dy(); px > MaxPagePixels || px < MaxPagePixels/2 {
		t.Errorf("%v: %d px", m.Rect, px)
	}
}

func TestBrokenPDFs(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	whole := twoPages()
	key := "<" + strings.Repeat("42", 32) + ">"
	crypt := "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O " + key + " /U " + key + " >> /ID [<41> <41>]"
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"only a header", []byte("%PDF-1.7\n"), ErrBroken},
		{"header and noise", append([]byte("%PDF-1.7\n"), strings.Repeat("\x00\xffnoise<<[[", 500)...), ErrBroken},
		{"no pages", testPDF(""), ErrBroken},
		{"password", testPDF(crypt, textAt(20, 30, "secret")), ErrEncrypted},
		{"not a PDF", []byte("plain text"), ErrUnsupported},
	} {
		if _, err := d.Page(ctx, write(t, "x.pdf", c.data), 0, Size{100, 100}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
	// The reader repairs a lost end and junk before the header: both can be shown.
	for name, data := range map[string][]byte{
		"cut":          whole[:len(whole)-200],
		"junk before ": append([]byte("junk\n"), whole...),
	} {
		if _, err := d.Page(ctx, write(t, "x.pdf", data), 0, Size{100, 100}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
