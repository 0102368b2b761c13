package media

import (
	"image"
	"image/color"
)

// Info describes a picture, a document, a sound or a film.
type Info struct {
	Format   string      // png, jpeg, gif, webp, bmp, tiff, svg, pdf, sound, film
	MIME     string      // as Sniff tells it
	Width    int         // px as seen (EXIF orientation applied); for a PDF, points of the first page
	Height   int         // likewise
	Pages    int         // of a PDF; 1 for a picture
	Animated bool        // a GIF of more than one frame
	Average  color.NRGBA // of all pixels, straight alpha; zero for a PDF, and without a poster

	DurationMS int64  // of a sound or a film; 0 where it is not known
	Bars       string // how loud each part of a sound is, as package sound writes it; or none
}

// Frame is one step of an animation, whole and ready to be shown.
type Frame struct {
	Picture *image.RGBA
	DelayMS int // how long it is shown
}

// PDFInfo describes a PDF. All pages have a size; where Sizes is shorter than Pages, its
// last entry stands for the rest.
type PDFInfo struct {
	Pages int
	Sizes []PointSize
	Title string // as the document tells it, maybe empty
}

// PointSize is the size of a page in points (1/72 inch), whole points.
type PointSize struct{ W, H int }

// Rect is a rectangle in points of the page, origin at its upper left corner.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// PageText is the text of a page in the order in which the document writes it.
type PageText struct {
	Text  string // the lines, each ended by a newline
	Lines []Line
}

// Line is one line of text.
type Line struct {
	Text  string
	Rect  Rect
	Words []Word
}

// Word is a run of characters without space. Start and End are byte offsets in Line.Text.
// Its rectangle is exact where the glyphs were drawn, else estimated from the font size.
type Word struct {
	Start, End int
	Rect       Rect
}

func (r Rect) union(o Rect) Rect {
	return Rect{min(r.X0, o.X0), min(r.Y0, o.Y0), max(r.X1, o.X1), max(r.Y1, o.Y1)}
}
