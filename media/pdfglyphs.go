package media

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// affine is the matrix a b c d e f of SVG: x' = ax + cy + e, y' = bx + dy + f.
type affine [6]float64

var identity = affine{1, 0, 0, 1, 0, 0}

// then gives the transformation that applies inner first and m after it.
func (m affine) then(inner affine) affine {
	return affine{
		m[0]*inner[0] + m[2]*inner[1], m[1]*inner[0] + m[3]*inner[1],
		m[0]*inner[2] + m[2]*inner[3], m[1]*inner[2] + m[3]*inner[3],
		m[0]*inner[4] + m[2]*inner[5] + m[4], m[1]*inner[4] + m[3]*inner[5] + m[5],
	}
}

// box is the rectangle around a transformed one.
func (m affine) box(x0, y0, x1, y1 float64) Rect {
	out := Rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range [][2]float64{{x0, y0}, {x1, y0}, {x0, y1}, {x1, y1}} {
		x, y := m[0]*p[0]+m[2]*p[1]+m[4], m[1]*p[0]+m[3]*p[1]+m[5]
		out = out.union(Rect{x, y, x, y})
	}
	return out
}

// parseAffine reads "matrix(a,b,c,d,e,f)" and "translate(x,y)", all that MuPDF writes.
func parseAffine(s string) affine {
	name, rest, _ := strings.Cut(s, "(")
	rest, _, _ = strings.Cut(rest, ")")
	var v []float64
	for f := range strings.FieldsFuncSeq(rest, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil || math.Abs(n) > 1e6 || n != n {
			return identity
		}
		v = append(v, n)
	}
	switch {
	case name == "matrix" && len(v) == 6:
		return affine(v)
	case name == "translate" && len(v) == 2:
		return affine{1, 0, 0, 1, v[0], v[1]}
	}
	return identity
}

// glyph is one drawn character, or one part of a ligature.
type glyph struct {
	r           rune
	font        string // the font and shape
	part, parts int    // of a ligature; 0 of 1 for a single character
	at          affine // from the unit square of the font to points
	ends        bool   // the last one of a word
	advance     float64
}

var ligatures = map[rune]string{'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st"}

// parseGlyphs finds the glyphs in MuPDF's SVG of a page, in the order of drawing. SVG that
// is cut or broken gives the glyphs up to there.
func parseGlyphs(svg string) []glyph {
	var out []glyph
	dec := xml.NewDecoder(strings.NewReader(svg))
	dec.Strict = false
	stack := []affine{identity}
	for {
		token, err := dec.RawToken()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			own, text, ref := identity, "", ""
			for _, a := range t.Attr {
				switch a.Name.Local {
				case "transform":
					own = parseAffine(a.Value)
				case "data-text":
					text = a.Value
				case "href":
					ref = a.Value
				}
			}
			here := stack[len(stack)-1].then(own)
			stack = append(stack, here)
			if t.Name.Local == "use" && text != "" {
				out = appendGlyphs(out, text, ref, here)
			}
		case xml.EndElement:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		}
	}
	return out
}

func appendGlyphs(out []glyph, text, ref string, at affine) []glyph {
	for _, r := range text {
		if more, ok := ligatures[r]; ok {
			text = strings.ReplaceAll(text, string(r), more)
		}
	}
	runes := []rune(text)
	for i, r := range runes {
		out = append(out, glyph{r: r, font: ref, part: i, parts: len(runes), at: at})
	}
	return out
}

// Widths in units of the font size, where nothing tells them.
const (
	usualAdvance = 0.55
	usualSpace   = 0.25
)

// setAdvances finds how far each glyph moves the pen: to the next one in its word; at a
// word's end, as far as the same shape moves it elsewhere.
func setAdvances(glyphs []glyph) {
	learned := map[string]float64{}
	way := func(i int) (float64, bool) {
		next := i + glyphs[i].parts - glyphs[i].part
		if next >= len(glyphs) {
			return 0, false
		}
		return glyphs[i].at.wayTo(glyphs[next].at)
	}
	for i, g := range glyphs {
		if w, ok := way(i); ok && !g.ends {
			if old, seen := learned[g.font]; !seen || w < old {
				learned[g.font] = w
			}
		}
	}
	for i := range glyphs {
		g := &glyphs[i]
		usual, seen := learned[g.font]
		w, ok := way(i)
		switch {
		case ok && !g.ends:
			g.advance = w
		case seen:
			g.advance = usual
		case ok:
			g.advance = max(usualSpace, w-usualSpace)
		default:
			g.advance = usualAdvance * float64(g.parts)
		}
	}
}

// wayTo is the distance along the base line from one glyph's origin to the next one's, in
// units of the font size, if that follows on the same line closely.
func (m affine) wayTo(n affine) (float64, bool) {
	length := m[0]*m[0] + m[1]*m[1]
	if length == 0 {
		return 0, false
	}
	dx, dy := n[4]-m[4], n[5]-m[5]
	along, across := (dx*m[0]+dy*m[1])/length, (dy*m[0]-dx*m[1])/length
	return along, along > 0.05 && along < 2 && math.Abs(across) < 0.1
}

// rect is the place of the glyph on the page: its advance, four fifths above the base line.
func (g glyph) rect() Rect {
	step := g.advance / float64(g.parts)
	return g.at.box(step*float64(g.part), -0.2, step*float64(g.part+1), 0.8)
}
