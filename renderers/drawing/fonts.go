package drawing

import (
	"bytes"
	"fmt"
	"image/color"
	"maps"
	"slices"
	"unicode/utf16"

	"corkboard/assets"
	"corkboard/renderers/paint"
)

// fontFile is an embedded font as a PDF file holds it.
type fontFile struct {
	name  string
	data  []byte
	plain bool // TrueType; else OpenType with CFF
}

// fontFiles are in the order of paint.FontID.
var fontFiles = [...]fontFile{
	{"Inter-Regular", assets.InterRegular, false},
	{"Inter-SemiBold", assets.InterSemiBold, false},
	{"Inter-Italic", assets.InterItalic, false},
	{"Inter-SemiBoldItalic", assets.InterSemiBoldItalic, false},
	{"JetBrainsMono-Regular", assets.JetBrainsMono, true},
}

// fonts are those of a PDF file, and the glyphs that were used.
type fonts struct {
	object [len(fontFiles)]int
	used   [len(fontFiles)]map[uint16]glyphUse
}

// glyphUse is how wide a glyph is, in thousandths of an em, and what it stands for.
type glyphUse struct {
	width int
	text  string
}

func newFonts() *fonts {
	f := &fonts{}
	for i := range f.used {
		f.used[i] = map[uint16]glyphUse{}
	}
	return f
}

// drawable reports whether the embedded fonts have all glyphs of a page.
func drawable(page *paint.Page) bool {
	for _, t := range page.Texts() {
		for _, p := range t.Laid.Pieces() {
			for _, g := range p.Glyphs {
				if g.Font == paint.NoFont {
					return false
				}
			}
		}
	}
	return true
}

// laid draws text with its top left corner at a place.
func (s *sheet) laid(x, y float64, l *paint.Laid) {
	for _, p := range l.Pieces() {
		if p.Style.Color == (color.RGBA{}) {
			continue
		}
		c := opaque(p.Style.Color)
		s.fill(c)
		size := float64(p.Style.Size)
		left, base := x+float64(p.X), y+float64(p.Baseline)
		s.put("BT")
		for _, g := range p.Glyphs {
			s.p.fonts.use(g, size)
			s.put("/F%d 1 Tf %s 0 0 %s %s %s Tm <%04X> Tj", g.Font, num(size), num(-size), num(left+float64(g.X)), num(base+float64(g.Y)), g.ID)
		}
		if n := len(p.Glyphs); n > 0 && p.Spaced {
			s.space(p.Glyphs[n-1].Font, size, left+float64(p.Advance), base)
		}
		s.put("ET")
		for _, rule := range []struct {
			on bool
			at float64
		}{{p.Style.Underline, 0.12}, {p.Style.Strike, -0.27}} {
			if rule.on {
				s.put("%s %s %s %s re f", num(left), num(base+rule.at*size), num(float64(p.Advance)), num(0.06*size))
			}
		}
	}
}

// space puts a space at a place: nothing to be seen, but words stay apart when they are
// copied.
func (s *sheet) space(font paint.FontID, size, x, y float64) {
	id := paint.Space(font)
	if id == 0 {
		return
	}
	s.p.fonts.use(paint.PieceGlyph{Font: font, ID: id, Advance: float32(0.28 * size), Text: " "}, size)
	s.put("/F%d 1 Tf %s 0 0 %s %s %s Tm <%04X> Tj", font, num(size), num(-size), num(x), num(y), id)
}

// use notes that a glyph is drawn.
func (f *fonts) use(g paint.PieceGlyph, size float64) {
	if _, ok := f.used[g.Font][g.ID]; ok {
		return
	}
	f.used[g.Font][g.ID] = glyphUse{width: int(float64(g.Advance)/size*1000 + 0.5), text: g.Text}
}

// write puts the fonts that are used into the file.
func (f *fonts) write(out *objects) {
	for i, file := range fontFiles {
		if len(f.used[i]) == 0 {
			out.object(f.object[i], "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
			continue
		}
		entries, key, sub, more := "/Subtype /OpenType", "FontFile3", "CIDFontType0", ""
		if file.plain {
			entries, key, sub, more = fmt.Sprintf("/Length1 %d", len(file.data)), "FontFile2", "CIDFontType2", " /CIDToGIDMap /Identity"
		}
		data := out.stream(entries, file.data)
		descriptor, cid := out.next(), out.next()
		out.object(descriptor, "<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-1000 -500 3000 1500] /ItalicAngle 0 /Ascent 970 /Descent -240 /CapHeight 730 /StemV 80 /%s %d 0 R >>", file.name, key, data)
		var widths bytes.Buffer
		ids := slices.Sorted(maps.Keys(f.used[i]))
		for _, id := range ids {
			fmt.Fprintf(&widths, "%d [%d] ", id, f.used[i][id].width)
		}
		out.object(cid, "<< /Type /Font /Subtype /%s /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 600 /W [%s]%s >>", sub, file.name, descriptor, widths.String(), more)
		unicode := out.stream("", f.unicode(i, ids))
		out.object(f.object[i], "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", file.name, cid, unicode)
	}
}

// unicode says what glyphs stand for.
func (f *fonts) unicode(font int, ids []uint16) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapType 2 def /CMapName /Text def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for _, id := range ids {
		if text := f.used[font][id].text; text != "" {
			fmt.Fprintf(&b, "1 beginbfchar <%04X> <", id)
			for _, u := range utf16.Encode([]rune(text)) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString("> endbfchar\n")
		}
	}
	b.WriteString("endcmap end end\n")
	return b.Bytes()
}
