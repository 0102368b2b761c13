package paint

import (
	"image/color"
	"unicode"
)

// FontID names one of the embedded fonts; NoFont is any other.
type FontID int

// The embedded fonts, as their files in assets.
const (
	FontRegular FontID = iota
	FontBold
	FontItalic
	FontBoldItalic
	FontMono
	NoFont
)

// Piece is a word, or a part of one, as it is drawn: in board units from the top left
// corner of its layout.
type Piece struct {
	X, Baseline, Advance float32
	Line                 int
	Text                 string
	Style                Style // its Size is never 0
	Glyphs               []PieceGlyph
	// Spaced pieces are followed by white space or the end of a line.
	Spaced bool
}

// Space is the glyph of a space in an embedded font; 0 if it has none.
func Space(f FontID) uint16 {
	set := fonts()
	all := [...]*typeface{set.regular, set.bold, set.italic, set.boldItalic, set.mono}
	if int(f) >= len(all) || all[f] == nil {
		return 0
	}
	face := all[f].face()
	defer all[f].faces.Put(face)
	id, _ := face.NominalGlyph(' ')
	return uint16(id)
}

// PieceGlyph is one glyph of a Piece. Text is what it stands for; "" where an earlier glyph
// does already.
type PieceGlyph struct {
	Font    FontID
	ID      uint16
	X, Y    float32 // from the Piece's X and Baseline
	Advance float32
	Text    string
}

// fontID is the name of a font.
func (f *fontSet) fontID(t *typeface) FontID {
	for id, other := range [...]*typeface{f.regular, f.bold, f.italic, f.boldItalic, f.mono} {
		if other == t && t != nil {
			return FontID(id)
		}
	}
	return NoFont
}

// Pieces lists the words of a layout, line by line.
func (l *Laid) Pieces() []Piece {
	var all []rune
	for _, s := range l.spans {
		all = append(all, []rune(s.Text)...)
	}
	var out []Piece
	for i := range l.Lines {
		line := &l.Lines[i]
		for k := range line.Runs {
			r := &line.Runs[k]
			if r.kind != fragWord {
				continue
			}
			st := l.spans[r.Span].Style
			st.Size = r.size
			p := Piece{X: r.X, Baseline: line.Baseline, Advance: r.Advance, Line: i, Style: st}
			if r.Start >= 0 && r.End <= len(all) && r.Start <= r.End {
				p.Text = string(all[r.Start:r.End])
			}
			p.Glyphs = l.glyphsOf(r, []rune(p.Text))
			p.Spaced = r.End >= len(all) || unicode.IsSpace(all[r.End]) || k == len(line.Runs)-1
			out = append(out, p)
		}
	}
	return out
}

func (l *Laid) glyphsOf(r *Run, text []rune) []PieceGlyph {
	var out []PieceGlyph
	begins := map[int32]bool{r.to: true} // clusters
	for i := range r.word.glyphs {
		begins[r.word.glyphs[i].at] = true
	}
	told := map[int32]bool{}
	left := r.word.span(int(r.from), int(r.to)).left
	for i := range r.word.glyphs {
		g := &r.word.glyphs[i]
		if g.at < r.from || g.at >= r.to {
			continue
		}
		font := NoFont
		if g.gid != 0 {
			font = l.set.fontID(g.face)
		}
		at := PieceGlyph{Font: font, ID: uint16(g.gid), X: (g.x - left) * r.size, Y: g.y * r.size, Advance: g.width * r.size}
		if !told[g.at] {
			told[g.at] = true
			end := g.at + 1
			for end < r.to && !begins[end] {
				end++
			}
			if from, to := int(g.at-r.from), int(end-r.from); to <= len(text) {
				at.Text = string(text[from:to])
			}
		}
		out = append(out, at)
	}
	return out
}

// PageText is a layout on a page, at its place.
type PageText struct {
	X, Y float32
	Laid *Laid
}

// PageBox is a filled rectangle behind the text of a page.
type PageBox struct {
	Rect   Rect
	Radius float32
	Fill   color.RGBA
}

// Texts lists what stands on the page.
func (p *Page) Texts() []PageText {
	out := make([]PageText, len(p.texts))
	for i, t := range p.texts {
		out[i] = PageText{t.x, t.y, t.laid}
	}
	return out
}

// Boxes lists what lies behind the text.
func (p *Page) Boxes() []PageBox {
	out := make([]PageBox, len(p.boxes))
	for i, b := range p.boxes {
		out[i] = PageBox{b.rect, b.radius, b.color}
	}
	return out
}
