package paint

import (
	"image/color"
	"math"
	"strconv"
)

// NamedColor is a colour offered to the person.
type NamedColor struct {
	Name string // in capitals, as PushPin named it
	Hex  string // "#RRGGBB"
}

// BoardColors are the backgrounds offered for boards and cards, in the order shown.
var BoardColors = []NamedColor{
	{"DEFAULT", "#D5DFE5"}, {"SNOW", "#EBEDF4"}, {"BEIGE", "#F3F1EC"}, {"CANVAS", "#D8D1C0"},
	{"SKY", "#DCF3F6"}, {"VIOLET", "#E5DCF6"}, {"PINK", "#FFE1E7"}, {"HERB", "#DAEFD2"},
	{"PEACH", "#FFD2CC"}, {"RUST", "#D96767"}, {"ENGINEER", "#FFE283"}, {"KEYLIME", "#A1E991"},
	{"PINE", "#63D2A5"}, {"SOFT", "#64BCDF"}, {"BIGBLUE", "#3A66A3"}, {"ROYAL", "#A485E2"},
	{"KAWAII", "#ED77AA"}, {"BLACK", "#2B2B2B"},
}

// BoardColor returns the colour to draw for a stored "#RRGGBB". In the dark theme it keeps its hue
// but becomes deep and calm; stored colours never change with the theme. ok is false for anything
// else than six hexadecimal digits after a '#'.
func BoardColor(stored string, dark bool) (c color.RGBA, ok bool) {
	if len(stored) != 7 || stored[0] != '#' {
		return color.RGBA{}, false
	}
	v, err := strconv.ParseUint(stored[1:], 16, 32)
	if err != nil {
		return color.RGBA{}, false
	}
	c = hex(uint32(v))
	if dark {
		h, s, l := toHSL(c)
		c = fromHSL(h, min(0.42, 0.5*s), 0.11+0.13*l)
	}
	return c, true
}

// OnColor returns the palette for content on a background that the person chose: ink dark or light,
// whichever reads better, and everything else in between.
func (p Palette) OnColor(bg color.RGBA) Palette {
	bg.A = 255
	q := Light()
	if Contrast(Dark().Ink, bg) > Contrast(q.Ink, bg) {
		q = Dark()
		q.Ink = readable(q.Ink, bg, hex(0xffffff), 7)
	} else {
		q.Ink = readable(q.Ink, bg, hex(0), 7)
	}
	q.Paper, q.Shadow, q.BoardBg, q.BoardGrid = bg, p.Shadow, bg, mix(bg, q.Ink, 0.13)
	q.PaperEdge, q.PaperSunk = mix(bg, q.Ink, 0.16), mix(bg, q.Ink, 0.06)
	q.CodeBg, q.Rule = mix(bg, q.Ink, 0.08), mix(bg, q.Ink, 0.22)
	q.InkMuted = readable(mix(q.Ink, bg, 0.30), bg, q.Ink, 4.5)
	q.InkFaint = readable(mix(q.Ink, bg, 0.45), bg, q.Ink, 4.5)
	for _, c := range []*color.RGBA{&q.Link, &q.Danger, &q.Warning, &q.Ok} {
		*c = readable(*c, bg, q.Ink, 4.5)
	}
	q.Accent = readable(q.Accent, bg, q.Ink, 3)
	q.OnAccent = hex(0xffffff)
	if Contrast(q.OnAccent, q.Accent) < Contrast(Dark().OnAccent, q.Accent) {
		q.OnAccent = Dark().OnAccent
	}
	return q
}

// Seen is a colour of a mark that means something, moved towards ink as far as it has to be
// to be seen on a ground.
func Seen(c, ground color.RGBA) color.RGBA {
	return readable(c, ground, Light().OnColor(ground).Ink, 3)
}

// readable moves c towards ink until its contrast on bg is at least want, or it is ink.
func readable(c, bg, ink color.RGBA, want float64) color.RGBA {
	for i := 0; i <= 10; i++ {
		if m := mix(c, ink, float64(i)/10); Contrast(m, bg) >= want {
			return m
		}
	}
	return ink
}

// mix returns a colour t of the way from a to b.
func mix(a, b color.RGBA, t float64) color.RGBA {
	m := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*t + 0.5) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), m(a.A, b.A)}
}

// Contrast is the WCAG ratio of two opaque colours, 1 to 21.
func Contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.RGBA) float64 {
	lin := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

// toHSL returns hue in [0, 6), saturation and lightness in [0, 1].
func toHSL(c color.RGBA) (h, s, l float64) {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	hi, lo := max(r, g, b), min(r, g, b)
	l = (hi + lo) / 2
	d := hi - lo
	if d == 0 {
		return 0, 0, l
	}
	s = d / (1 - math.Abs(2*l-1))
	switch hi {
	case r:
		h = math.Mod((g-b)/d+6, 6)
	case g:
		h = (b-r)/d + 2
	default:
		h = (r-g)/d + 4
	}
	return h, s, l
}

func fromHSL(h, s, l float64) color.RGBA {
	c := (1 - math.Abs(2*l-1)) * s
	f := func(n float64) uint8 {
		k := math.Mod(n+h, 6)
		return uint8((l+c*(max(0, min(1, math.Abs(k-3)-1))-0.5))*255 + 0.5)
	}
	return color.RGBA{f(0), f(4), f(2), 255}
}
