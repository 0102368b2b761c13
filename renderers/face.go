package renderers

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Sheet is what a card is painted on. It lives on a painter goroutine.
type Sheet struct {
	Dst    *image.RGBA
	X, Y   float32 // pixels of the card's top left corner in Dst
	Scale  float32 // pixels per board unit
	W, H   float32 // size of the card in board units
	Pal    paint.Palette
	Shaper *paint.Shaper
	Today  string // "2006-01-02"
	// Scroll is how far the content of a card that is longer than the card is
	// scrolled, in card units, from its beginning or, see Typed.FromEnd, its end.
	// A face that scrolls says in Content how high all of it is.
	Scroll, Content float32
	// Picture is the decoded picture if it is at hand. Otherwise it is asked
	// for and the card is painted again when it has come; err says why it never will.
	Picture func(p Picture) (img *image.RGBA, err error)
	// Doc is the document that is painted. Arriving says how far the file behind a
	// document has come that others have; the card is painted again as it comes.
	Doc      doc.ID
	Arriving func(id doc.ID, blob string) (a Arriving, ok bool)
	// Nested is another document's face and newest value; ok is false until
	// it has been read. The card is painted again when that document changes.
	Nested func(id doc.ID, kind string) (f *Face, value any, ok bool)
	// Sentence turns an error into words for a person.
	Sentence func(error) string
	// People are those who speak in conversations; nil: nobody is known.
	People *People
	// Alive is what Typed.Alive gave for the value; nil where nothing is known.
	Alive any
	// Holds is how many cards are in a column.
	Holds int
}

// Rect turns card units into pixels of Dst.
func (s *Sheet) Rect(x, y, w, h float32) paint.Rect {
	return paint.Rect{X: s.X + x*s.Scale, Y: s.Y + y*s.Scale, W: w * s.Scale, H: h * s.Scale}
}

// Hot is a place on a card that answers a click without a live widget.
type Hot struct {
	Rect paint.Rect // card units
	Hand bool       // show the pointing hand
	Do   func(env *Env, h doc.Handle)
}

// Summary is a document in one line: in lists and in the title bar.
type Summary struct {
	Icon          paint.Icon
	Title, Detail string
}

// Editor is a live widget that edits a card in place. UI goroutine only.
type Editor interface {
	Object() fyne.CanvasObject
	// SetZoom gives the pixels per board unit; the board resizes Object to match.
	SetZoom(zoom float32)
	// Focus puts the caret in, at a place on the card if it is not negative.
	Focus(c fyne.Canvas, at Point)
	// Show follows the document.
	Show(value any)
	// Natural is the height in board units that the content wants at this
	// width; 0 where the card keeps its size.
	Natural(width float32) float32
	// Close flushes what is typed into the document.
	Close()
}

// EditorHost is what an editor may ask of the board around it.
type EditorHost struct {
	Env      *Env
	Handle   doc.Handle
	Leave    func()                   // the person is done (Esc, focus gone)
	Resized  func()                   // Natural has changed
	Shortcut func(fyne.Shortcut) bool // undo and the like; true when used
	// Reveal brings a place of the card, in card units, into the window.
	Reveal func(paint.Rect)
	// Scroll is how far the card's content was scrolled, in card units.
	Scroll float32
}

// Full is a document filling the window. UI goroutine only.
type Full interface {
	Object() fyne.CanvasObject
	Show(s doc.Snapshot[any])
	Close()
}

// Typed is a content type's face over its typed value. Paint, Natural and
// Summary run on any goroutine and must be pure.
type Typed[T any] struct {
	Info  cards.Info
	Codec doc.Codec[T]
	// Bare cards draw to their edge: no paper behind.
	Bare bool
	// Flat cards have no shadow either.
	Flat bool
	// Named cards have a title that is written in place, and no Edit.
	Named bool
	// FromEnd cards show the end of what is longer than they are.
	FromEnd bool
	// Paint draws the inside of the card and says what can be clicked.
	Paint func(s *Sheet, v T) []Hot
	// Natural is the size that content wants, in board units; width is the
	// width that the card has, or 0 where the person has not chosen one.
	Natural func(sh *paint.Shaper, v T, width float32) (w, h float32)
	Summary func(v T) Summary
	// Block is the card's main colour, for sizes at which nothing else can be
	// seen; nil means paper.
	Block func(v T, pal paint.Palette) color.RGBA
	// Empty cards vanish when the editor is left.
	Empty func(v T) bool
	Edit  func(host EditorHost) Editor
	Full  func(env *Env, h doc.Handle) Full
	// Alive is what such a card shows besides its document, on a board: a value that
	// can be compared by ==, nil where nothing is known. Another one is painted anew.
	Alive func(k Known, board doc.ID, v T) any
}

// Face is a Typed with its type erased; a face that panics is contained.
type Face struct {
	Info    cards.Info
	View    doc.View
	Bare    bool
	Flat    bool
	Named   bool
	FromEnd bool
	Unknown bool
	Edit    func(host EditorHost) Editor
	Full    func(env *Env, h doc.Handle) Full

	paint   func(s *Sheet, v any) []Hot
	natural func(sh *paint.Shaper, v any, width float32) (w, h float32)
	summary func(v any) Summary
	block   func(v any, pal paint.Palette) color.RGBA
	empty   func(v any) bool
	alive   func(k Known, board doc.ID, v any) any // nil: such cards show their document alone
}

// Erase makes a Face of a Typed.
func Erase[T any](t Typed[T]) *Face {
	as := func(v any) T { x, _ := v.(T); return x }
	var alive func(k Known, board doc.ID, v any) any
	if t.Alive != nil {
		alive = func(k Known, board doc.ID, v any) any { return t.Alive(k, board, as(v)) }
	}
	return &Face{
		Info: t.Info, View: doc.Erase(string(t.Info.Kind), t.Codec), Bare: t.Bare, Flat: t.Flat, Named: t.Named, FromEnd: t.FromEnd,
		Edit: t.Edit, Full: t.Full, alive: alive,
		paint:   func(s *Sheet, v any) []Hot { return t.Paint(s, as(v)) },
		natural: func(sh *paint.Shaper, v any, width float32) (w, h float32) { return t.Natural(sh, as(v), width) },
		summary: func(v any) Summary { return t.Summary(as(v)) },
		block: func(v any, pal paint.Palette) color.RGBA {
			if t.Block == nil {
				return pal.Paper
			}
			return t.Block(as(v), pal)
		},
		empty: func(v any) bool { return t.Empty != nil && t.Empty(as(v)) },
	}
}

// Paint draws the card; a panic becomes a card that says so.
func (f *Face) Paint(s *Sheet, v any) (hot []Hot) {
	defer func() {
		if r := recover(); r != nil {
			hot = nil
			paintTrouble(s, lang.Below(f.Info.Label), lang.Tf("This card cannot be drawn: %v", r))
		}
	}()
	return f.paint(s, v)
}

// Natural is the size that the content wants; see Typed.
func (f *Face) Natural(sh *paint.Shaper, v any, width float32) (w, h float32) {
	defer func() {
		if recover() != nil {
			w, h = float32(f.Info.Size.W), float32(f.Info.Size.H)
		}
	}()
	return f.natural(sh, v, width)
}

// Summary is the document in one line.
func (f *Face) Summary(v any) (s Summary) {
	defer func() {
		if recover() != nil {
			s = Summary{Icon: paint.IconWarning, Title: lang.Below(f.Info.Label)}
		}
	}()
	return f.summary(v)
}

// Block is the card's main colour.
func (f *Face) Block(v any, pal paint.Palette) (c color.RGBA) {
	defer func() {
		if recover() != nil {
			c = pal.Paper
		}
	}()
	return f.block(v, pal)
}

// Empty reports whether the card should vanish when it is left.
func (f *Face) Empty(v any) bool { return f.empty(v) }
