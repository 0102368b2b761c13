package paint

import (
	"image/color"
	"math"
)

// NoWrap as a width lays every paragraph out on one line, however long.
const NoWrap = float32(math.MaxFloat32)

// Size of ordinary text and of code, in board units.
const (
	BodySize = float32(14)
	CodeSize = float32(13)
)

// Style is the look of a stretch of text. Bold is Inter SemiBold; Mono knows no bold or italic.
type Style struct {
	Bold, Italic, Mono, Strike, Underline bool
	Size                                  float32    // board units per em; 0 means BodySize
	Color                                 color.RGBA // the zero colour draws nothing
	Back                                  color.RGBA // behind the text (inline code); zero is none
}

func (s Style) size() float32 {
	if s.Size > 0 && s.Size <= maxSize {
		return s.Size
	}
	return BodySize
}

const maxSize = 1000

// Span is text in one style. Link, if not empty, is where a click on it leads.
type Span struct {
	Text string
	Style
	Link string
}

// Align says where the lines stand when they are shorter than the width.
type Align uint8

// The alignments.
const (
	AlignLeft Align = iota
	AlignCenter
	AlignRight
)

// Options of a layout; the zero value is what ordinary text wants.
type Options struct {
	LineHeight float32 // as a multiple of the largest size in the line; 0 means 1.4
	Leading    float32 // height of every line in board units, whatever sizes are in it; 0 is by LineHeight
	Tab        float32 // distance of tab stops in board units; 0 means 2 em of the first span
	Align      Align
	MaxLines   int // 0 is without limit; what does not fit is cut and the last line ends in "…"
}

func (o Options) lineHeight() float32 {
	if o.LineHeight > 0 && o.LineHeight < 100 {
		return o.LineHeight
	}
	return 1.4
}

// Rect is a rectangle: board units in layouts, pixels in drawing functions.
type Rect struct{ X, Y, W, H float32 }

// Contains reports whether the point lies in the rectangle.
func (r Rect) Contains(x, y float32) bool {
	return x >= r.X && y >= r.Y && x < r.X+r.W && y < r.Y+r.H
}

// Inset returns the rectangle made smaller by d on each side; never of negative size.
func (r Rect) Inset(d float32) Rect {
	return Rect{r.X + d, r.Y + d, max(0, r.W-2*d), max(0, r.H-2*d)}
}

// Scaled returns the rectangle with every number multiplied by s.
func (r Rect) Scaled(s float32) Rect { return Rect{r.X * s, r.Y * s, r.W * s, r.H * s} }

// Moved returns the rectangle shifted by dx, dy.
func (r Rect) Moved(dx, dy float32) Rect { return Rect{r.X + dx, r.Y + dy, r.W, r.H} }
