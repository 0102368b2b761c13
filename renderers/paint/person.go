package paint

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Measures of what stands for a person, in Fyne units.
const (
	PointerTip = 2  // from the left and the top of PersonPointer
	TagHeight  = 18 // of PersonTag

	tagText  = 11.5
	tagPad   = 6
	tagPen   = 11
	tagEdge  = 1
	tagRoom  = 150 // for the words
	tagRunes = 60
)

// PersonInks are near the colour of a person, deep on light paper and bright on
// dark paper, and the ink that is read on it.
func PersonInks(c [3]byte, pal Palette) (fill, ink color.RGBA) {
	own := color.RGBA{c[0], c[1], c[2], 0xff}
	if pal.IsDark {
		return readable(own, pal.Paper, hex(0xffffff), 5), hex(0)
	}
	return readable(own, pal.Paper, hex(0), 4.6), hex(0xffffff)
}

// arrow is a pointer, its tip at 0, 0.
var arrow = []Point{{0, 0}, {4.9, 15.6}, {8.1, 9.4}, {14.9, 7.3}}

// PersonPointer draws somebody's pointer with their name beside it.
func PersonPointer(sh *Shaper, name string, scale float32, c [3]byte, pal Palette) *image.RGBA {
	fill, _ := PersonInks(c, pal)
	const left, top = 13, 16 // of the tag
	tag := PersonTag(sh, name, false, scale, c, pal)
	x, y := pixels(left, scale), pixels(top, scale)
	img := image.NewRGBA(image.Rect(0, 0, x+tag.Rect.Dx(), y+tag.Rect.Dy()))
	draw.Draw(img, tag.Rect.Add(image.Pt(x, y)), tag, image.Point{}, draw.Src)
	pts := make([]Point, len(arrow)+1)
	for i := range pts {
		p := arrow[i%len(arrow)]
		pts[i] = Point{(p.X + PointerTip) * scale, (p.Y + PointerTip) * scale}
	}
	StrokePath(img, pts, 3.2*scale, pal.Paper)
	StrokePath(img, pts, 1*scale, fill)
	FillPath(img, pts[:len(arrow)], fill)
	return img
}

// PersonTag draws words on a person's colour, after a pen if they write.
func PersonTag(sh *Shaper, words string, writes bool, scale float32, c [3]byte, pal Palette) *image.RGBA {
	fill, ink := PersonInks(c, pal)
	l := sh.Plain(tagWords(words), Style{Size: tagText, Bold: true, Color: ink}, tagRoom, Options{MaxLines: 1})
	width := l.Width + 2*tagPad
	x := float32(tagPad)
	if writes {
		width += tagPen + 3
		x += tagPen + 3
	}
	w, h := pixels(width, scale), pixels(TagHeight, scale)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	all := Rect{W: float32(w), H: float32(h)}
	FillRoundRect(img, all, 5*scale, pal.Paper)
	FillRoundRect(img, all.Inset(tagEdge*scale), 4*scale, fill)
	if writes {
		DrawIcon(img, IconPen, Rect{tagPad * scale, (TagHeight - tagPen) / 2 * scale, tagPen * scale, tagPen * scale}, ink)
	}
	l.Draw(img, x*scale, (TagHeight-l.Height)/2*scale, scale)
	return img
}

// tagWords is a name on one line, no longer than can be read at a glance.
func tagWords(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > tagRunes {
		s = string(r[:tagRunes-1]) + "…"
	}
	return s
}

func pixels(units, scale float32) int { return int(math.Ceil(float64(units * scale))) }

// Initials are one or two letters for a name; "?" for none.
func Initials(name string) string {
	var out []rune
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark) })
	for i, w := range words {
		if i == 0 || i == len(words)-1 {
			r, _ := utf8.DecodeRuneInString(w)
			out = append(out, unicode.ToUpper(r))
		}
	}
	if len(out) == 0 {
		return "?"
	}
	return string(out)
}
