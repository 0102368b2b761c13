package media

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"strings"
	"time"

	"github.com/gen2brain/go-fitz"
)

// sizeTime bounds how long the pages of a long document are measured one by one.
const sizeTime = 2 * time.Second

// textTime bounds the reading of a whole document's text.
const textTime = 6 * time.Second

// document is an open PDF. MuPDF reads from the mapped file itself, so that stays open as
// long as this.
type document struct {
	fitz  *fitz.Document
	pages int
}

func (d *document) close() { _ = d.fitz.Close() }

// pdf gives the desk's document, opening it at the first request on the file.
func (d *desk) pdf() (*document, error) {
	if d.doc != nil {
		return d.doc, nil
	}
	if kind, mime := Sniff(d.file.data, ""); kind != KindPDF {
		return nil, fmt.Errorf("%s is no PDF: %w", mime, ErrUnsupported)
	}
	// Offsets in the file count from its header; go-fitz does not look past junk before it.
	data := d.file.data[bytes.Index(d.file.data, []byte("%PDF-")):]
	f, err := fitz.NewFromMemory(data)
	switch {
	case errors.Is(err, fitz.ErrNeedsPassword):
		_ = f.Close()
		return nil, fmt.Errorf("opening the PDF: %w", ErrEncrypted)
	case err != nil:
		return nil, fmt.Errorf("opening the PDF: %w: %w", ErrBroken, err)
	}
	doc := &document{fitz: f, pages: f.NumPage()}
	if doc.pages < 1 || doc.pages > maxPages {
		doc.close()
		return nil, fmt.Errorf("PDF of %d pages: %w", doc.pages, ErrBroken)
	}
	d.doc = doc
	return doc, nil
}

// page gives the desk's document if it has the page.
func (d *desk) page(n int) (*document, error) {
	doc, err := d.pdf()
	if err != nil {
		return nil, err
	}
	if n < 0 || n >= doc.pages {
		return nil, fmt.Errorf("page %d of %d: %w", n+1, doc.pages, ErrNoPage)
	}
	return doc, nil
}

// size measures a page in points.
func (d *document) size(page int) (PointSize, error) {
	r, err := d.fitz.Bound(page)
	if err != nil {
		return PointSize{}, fmt.Errorf("measuring page %d: %w: %w", page+1, ErrBroken, err)
	}
	s := PointSize{max(1, r.Dx()), max(1, r.Dy())}
	if s.W > maxPoints || s.H > maxPoints {
		return PointSize{}, fmt.Errorf("page %d of %d×%d points: %w", page+1, s.W, s.H, ErrTooLarge)
	}
	return s, nil
}

func renderPage(d *desk, req request) (*reply, error) {
	doc, err := d.page(req.Page)
	if err != nil {
		return nil, err
	}
	size, err := doc.size(req.Page)
	if err != nil {
		return nil, err
	}
	// The measure is cut to whole points: with one more the picture stays within the box.
	w, h := float64(size.W+1), float64(size.H+1)
	enlarge := 1.0
	if req.W > 0 && req.H > 0 {
		enlarge = MaxSide
	}
	to := fit(w, h, Size{req.W, req.H}.box(), enlarge, MaxPagePixels)
	scale := min(float64(to.W)/w, float64(to.H)/h)
	m, err := doc.fitz.ImageDPI(req.Page, 72*scale)
	if err != nil {
		return nil, fmt.Errorf("rendering page %d: %w: %w", req.Page+1, ErrBroken, err)
	}
	m.Rect = m.Rect.Sub(m.Rect.Min)
	if m.Rect.Empty() {
		return nil, fmt.Errorf("rendering page %d: nothing to see: %w", req.Page+1, ErrBroken)
	}
	return &reply{frames: []Frame{{Picture: clipped(m, to)}}}, nil
}

// clipped cuts a line of pixels that rounding put outside the size.
func clipped(m *image.RGBA, to Size) *image.RGBA {
	if m.Rect.Dx() <= to.W && m.Rect.Dy() <= to.H {
		return m
	}
	return packed(m.SubImage(image.Rect(0, 0, to.W, to.H)))
}

func probePDF(d *desk) (*reply, error) {
	doc, err := d.pdf()
	if err != nil {
		return nil, err
	}
	size, err := doc.size(0)
	if err != nil {
		return nil, err
	}
	return &reply{Info: Info{Format: "pdf", MIME: "application/pdf", Width: size.W, Height: size.H, Pages: doc.pages}}, nil
}

func describePDF(d *desk, _ request) (*reply, error) {
	doc, err := d.pdf()
	if err != nil {
		return nil, err
	}
	title, _, _ := strings.Cut(doc.fitz.Metadata()["title"], "\x00")
	out := &PDFInfo{Pages: doc.pages, Title: strings.TrimSpace(strings.ToValidUTF8(title, ""))}
	began := time.Now()
	for page := range doc.pages {
		if page > 0 && time.Since(began) > sizeTime {
			break
		}
		size, err := doc.size(page)
		if err != nil {
			// A page that cannot be measured is drawn as the one before it.
			size = PointSize{612, 792}
			if page > 0 {
				size = out.Sizes[page-1]
			}
		}
		out.Sizes = append(out.Sizes, size)
	}
	return &reply{PDF: out}, nil
}

func readAll(d *desk, req request) (*reply, error) {
	doc, err := d.pdf()
	if err != nil {
		return nil, err
	}
	var all strings.Builder
	began := time.Now()
	for page := 0; page < doc.pages && all.Len() < req.Max && time.Since(began) < textTime; page++ {
		text, err := doc.fitz.Text(page)
		if err != nil {
			continue // the other pages can still be found
		}
		if page > 0 {
			all.WriteByte('\f')
		}
		all.WriteString(printable(text))
	}
	text := all.String()
	// A rune that the limit cuts in two is dropped.
	return &reply{body: []byte(strings.ToValidUTF8(text[:min(len(text), req.Max)], ""))}, nil
}

// printable drops control characters and bytes that are not UTF-8.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
