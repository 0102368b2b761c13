package drawing

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// SVG writes a board as a drawing with text as text and pictures inside. Errors: as PNG.
func SVG(ctx context.Context, env *renderers.Env, id doc.ID, w io.Writer) error {
	d, err := renderers.NewDrawing(ctx, env, id)
	if err != nil {
		return err
	}
	defer d.Close()
	s := svg{w: bufio.NewWriter(w), d: d}
	a := d.Area
	s.add(`<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<svg xmlns="http://www.w3.org/2000/svg" viewBox="%s %s %s %s" width="%s" height="%s">`+"\n", num(a.X), num(a.Y), num(a.W), num(a.H), num(a.W), num(a.H))
	s.add("<title>%s</title>\n", escape(d.Title))
	s.add(`<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n", num(a.X), num(a.Y), num(a.W), num(a.H), hex(d.Ground))
	lined := false
	who := speaker(env)
	for i, c := range d.Cards {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !lined && !board.OnGround(c.Kind) {
			lined = true
			s.lines()
		}
		if page := pageOf(d, c, who); page != nil {
			s.text(i, c, page)
		} else {
			s.picture(c, d.Card(i, usualScale))
		}
	}
	s.add("</svg>\n")
	if s.err == nil {
		s.err = s.w.Flush()
	}
	if s.err != nil {
		return fmt.Errorf("writing the drawing: %w", s.err)
	}
	return nil
}

type svg struct {
	w   *bufio.Writer
	d   *renderers.Drawing
	err error
}

func (s *svg) add(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, format, args...)
	}
}

// text draws a card of text.
func (s *svg) text(n int, c renderers.DrawnCard, page *paint.Page) {
	pal, r := paint.Light(), c.Rect
	s.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="%d" fill="%s" stroke="%s"/>`+"\n", num(r.X), num(r.Y), num(r.W), num(r.H), radius, hex(pal.Paper), hex(opaque(pal.PaperEdge)))
	s.add(`<clipPath id="c%d"><rect x="%s" y="%s" width="%s" height="%s" rx="%d"/></clipPath>`+"\n", n, num(r.X), num(r.Y), num(r.W), num(r.H), radius)
	s.add(`<g clip-path="url(#c%d)"><g transform="translate(%s %s)">`+"\n", n, num(r.X+padX), num(r.Y+padY))
	for _, b := range page.Boxes() {
		s.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s"/>`+"\n", f(b.Rect.X), f(b.Rect.Y), f(b.Rect.W), f(b.Rect.H), f(b.Radius), hex(opaque(b.Fill)))
	}
	for _, t := range page.Ticks() {
		fill := "none"
		if t.Done {
			fill = hex(opaque(pal.Accent))
		}
		s.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="3" fill="%s" stroke="%s"/>`+"\n", f(t.Rect.X), f(t.Rect.Y), f(t.Rect.W), f(t.Rect.H), fill, hex(opaque(pal.InkMuted)))
		if t.Done {
			m := tick(t.Rect)
			s.add(`<path d="M%s %sL%s %sL%s %s" fill="none" stroke="%s" stroke-width="1.6"/>`+"\n", f(m[0]), f(m[1]), f(m[2]), f(m[3]), f(m[4]), f(m[5]), hex(opaque(pal.OnAccent)))
		}
	}
	for _, t := range page.Texts() {
		s.laid(t)
	}
	for _, l := range page.Links() {
		if u := paint.SafeURL(l.URL); u != "" {
			s.add(`<a href="%s"><rect x="%s" y="%s" width="%s" height="%s" fill="transparent"/></a>`+"\n", escape(u), f(l.Rect.X), f(l.Rect.Y), f(l.Rect.W), f(l.Rect.H))
		}
	}
	s.add("</g></g>\n")
}

// laid writes text, a line an element.
func (s *svg) laid(t paint.PageText) {
	line := -1
	for _, p := range t.Laid.Pieces() {
		if p.Style.Color == (color.RGBA{}) {
			continue
		}
		if p.Line != line {
			if line >= 0 {
				s.add("</text>\n")
			}
			line = p.Line
			s.add(`<text xml:space="preserve" y="%s">`, f(t.Y+p.Baseline))
		}
		st := p.Style
		family, look := "Inter, sans-serif", ""
		if st.Mono {
			family = "'JetBrains Mono', monospace"
		}
		if st.Bold {
			look += ` font-weight="600"`
		}
		if st.Italic {
			look += ` font-style="italic"`
		}
		if st.Underline || st.Strike {
			look += ` text-decoration="` + strings.TrimSpace(pick(st.Underline, "underline ")+pick(st.Strike, "line-through")) + `"`
		}
		s.add(`<tspan x="%s" textLength="%s" lengthAdjust="spacingAndGlyphs" font-family="%s" font-size="%s" fill="%s"%s>%s</tspan>`, f(t.X+p.X), f(p.Advance), family, f(st.Size), hex(opaque(st.Color)), look, escape(p.Text))
		s.add("%s", pick(p.Spaced, " "))
	}
	if line >= 0 {
		s.add("</text>\n")
	}
}

func pick(holds bool, words string) string {
	if holds {
		return words
	}
	return ""
}

// picture puts a card's picture in the drawing.
func (s *svg) picture(c renderers.DrawnCard, img *image.RGBA) {
	r := c.Rect
	s.add(`<image x="%s" y="%s" width="%s" height="%s" href="data:image/png;base64,`, num(r.X), num(r.Y), num(r.W), num(r.H))
	if s.err != nil {
		return
	}
	e := base64.NewEncoder(base64.StdEncoding, s.w)
	if s.err = png.Encode(e, img); s.err == nil {
		s.err = e.Close()
	}
	s.add("\"/>\n")
}

func num(v float64) string { return fmt.Sprintf("%.6g", v) }

func f(v float32) string { return num(float64(v)) }

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
