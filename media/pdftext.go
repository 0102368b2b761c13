package media

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode"
)

// MuPDF's HTML has each line's place and font size and the text with its spaces; its SVG has
// the place of every glyph, but no spaces. readPage lays one over the other.

func readPage(d *desk, req request) (*reply, error) {
	doc, err := d.page(req.Page)
	if err != nil {
		return nil, err
	}
	plain, err := doc.fitz.Text(req.Page)
	if err != nil {
		return nil, fmt.Errorf("reading page %d: %w: %w", req.Page+1, ErrBroken, err)
	}
	if strings.TrimSpace(plain) == "" {
		return &reply{Text: &PageText{}}, nil // spares the two formats, which carry the pictures too
	}
	page, err := doc.fitz.HTML(req.Page, false)
	if err != nil {
		return nil, fmt.Errorf("reading page %d: %w: %w", req.Page+1, ErrBroken, err)
	}
	svg, err := doc.fitz.SVG(req.Page)
	if err != nil {
		svg = "" // places are then estimated
	}
	return &reply{Text: layOut(parseLines(page), parseGlyphs(svg))}, nil
}

// textLine is a line of MuPDF's HTML, in points.
type textLine struct {
	left, top, size float64
	text            string
}

// parseLines reads the lines of one page of MuPDF's HTML, one element p each. What it does
// not know it passes over.
func parseLines(page string) []textLine {
	var out []textLine
	for {
		_, rest, ok := strings.Cut(page, `<p style="`)
		if !ok {
			return out
		}
		var style, content string
		if style, rest, ok = strings.Cut(rest, `">`); !ok {
			return out
		}
		if content, page, ok = strings.Cut(rest, "</p>"); !ok {
			return out
		}
		l := textLine{
			left: styleNumber(style, "left:"), top: styleNumber(style, "top:"),
			size: styleNumber(style, "line-height:"), text: printable(html.UnescapeString(withoutTags(content))),
		}
		l.text = strings.TrimRightFunc(strings.NewReplacer("\n", " ", "\t", " ").Replace(l.text), unicode.IsSpace)
		if l.text != "" {
			out = append(out, l)
		}
	}
}

// styleNumber reads a length in pt of a style; 0 if there is none.
func styleNumber(style, name string) float64 {
	_, rest, _ := strings.Cut(style, name)
	rest, _, _ = strings.Cut(rest, "pt")
	v, err := strconv.ParseFloat(rest, 64)
	if err != nil || v < -maxPoints || v > maxPoints || v != v {
		return 0
	}
	return v
}

func withoutTags(s string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		if _, s, ok = strings.Cut(rest, ">"); !ok {
			return out.String()
		}
	}
}
