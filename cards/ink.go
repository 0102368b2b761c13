package cards

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"corkboard/doc"
)

// Slots of a stroke of a pen. That there is a slotStroke tells what the document is.
const (
	slotStroke = "stroke"
	slotPen    = "pen"
)

// Limits of a stroke.
const (
	MaxInkPoints = 4_000
	maxInkText   = 64 << 10 // bytes
	maxInkSide   = 20_000   // board units
	maxPen       = 60
	usualPen     = 3
)

var (
	strokePath    = doc.At(slotStroke)
	inkSizePath   = doc.At("size")
	inkColourPath = doc.At("colour")
	penPath       = doc.At(slotPen)
)

// Ink is one stroke of a pen. Read only: values are shared.
type Ink struct {
	Points []InkPoint // at most MaxInkPoints, in the area
	W, H   float64    // of the area that the points are in, board units; > 0
	Colour string     // #rrggbb in lower case, or "" for ink that can be read
	Pen    float64    // its width, board units
}

// InkPoint is a place in the area of a stroke.
type InkPoint struct{ X, Y float64 }

// InkCodec reads strokes: {stroke: "x y x y …", size: "w h", colour: string, pen: string}.
type InkCodec struct{}

// Decode implements doc.Codec.
func (InkCodec) Decode(src doc.Source) Ink {
	read := func(p doc.Path) string { v, _ := src.Value(p); return stringOf(v) }
	k := Ink{W: 1, H: 1, Pen: usualPen, Colour: colourAt(src, inkColourPath)}
	if size := inkNumbers(read(inkSizePath), 2); len(size) == 2 && size[0] > 0 && size[1] > 0 {
		k.W, k.H = size[0], size[1]
	}
	if pen := inkNumbers(read(penPath), 1); len(pen) == 1 && pen[0] > 0 {
		k.Pen = min(pen[0], maxPen)
	}
	all := inkNumbers(read(strokePath), 2*MaxInkPoints)
	for i := 0; i+1 < len(all); i += 2 {
		k.Points = append(k.Points, InkPoint{min(max(all[i], 0), k.W), min(max(all[i+1], 0), k.H)})
	}
	return k
}

// Update implements doc.Codec.
func (c InkCodec) Update(prev Ink, touched []doc.Path, src doc.Source) Ink {
	for _, p := range []doc.Path{strokePath, inkSizePath, inkColourPath, penPath} {
		if touches(touched, p) {
			return c.Decode(src)
		}
	}
	return prev
}

// inkNumbers reads numbers with spaces between, at most some; it ends at what is none.
func inkNumbers(s string, most int) []float64 {
	if len(s) > maxInkText {
		s = s[:maxInkText]
		s = s[:max(0, strings.LastIndexByte(s, ' '))] // the last one may be cut
	}
	var out []float64
	for word := range strings.FieldsSeq(s) {
		x, err := strconv.ParseFloat(word, 64)
		if err != nil || math.IsNaN(x) || math.Abs(x) > maxInkSide || len(out) == most {
			break
		}
		out = append(out, x)
	}
	return out
}

// NewInk is the first change of a stroke.
func NewInk(k Ink) []doc.Edit {
	var b strings.Builder
	for _, p := range k.Points[:min(len(k.Points), MaxInkPoints)] {
		word := inkNumber(p.X) + " " + inkNumber(p.Y) + " "
		if b.Len()+len(word) > maxInkText {
			break
		}
		b.WriteString(word)
	}
	return []doc.Edit{
		doc.Put{Path: strokePath, Value: strings.TrimSpace(b.String())},
		doc.Put{Path: inkSizePath, Value: inkNumber(k.W) + " " + inkNumber(k.H)},
		doc.Put{Path: inkColourPath, Value: k.Colour},
		doc.Put{Path: penPath, Value: inkNumber(k.Pen)},
	}
}

// inkNumber writes one decimal at most.
func inkNumber(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

// Same reports whether two strokes are equal.
func (k Ink) Same(o Ink) bool {
	return slices.Equal(k.Points, o.Points) && k.W == o.W && k.H == o.H && k.Colour == o.Colour && k.Pen == o.Pen
}
