package renderers

import (
	"context"
	"image"
	"image/color"
	"time"

	"fyne.io/fyne/v2"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// Env is everything a renderer may ask of the world. The program fills it
// once; tests and the gallery fill it with their own.
type Env struct {
	Docs doc.Store
	// Fetch decodes a picture of a stored file so that it fits in W×H pixels.
	// It blocks; only the picture loader calls it.
	Fetch func(ctx context.Context, p Picture) (*image.RGBA, error)
	// Frames decodes an animated picture. It blocks.
	Frames func(ctx context.Context, p Picture) ([]Frame, error)
	// PageText gives the words of one page of a PDF. It blocks.
	PageText func(ctx context.Context, blob string, page int) (PageText, error)
	// PageSizes gives the size of every page of a PDF in points. It blocks.
	PageSizes func(ctx context.Context, blob string) ([]Point, error)
	// FileText reads a stored text. It blocks; what is not here wraps ErrAbsent.
	FileText func(ctx context.Context, blob string) (string, error)
	// Sound plays the sounds of cards; nil: nothing can be played.
	Sound Sound
	// Capture has the web page of a document fetched on this device; nil: nobody can.
	Capture func(id doc.ID)
	// Arriving says how far the file of a document has come that others have; ok is
	// false when all of it is here, or nobody is known to have it. It answers at
	// once, on any goroutine; nil: no files come from others.
	Arriving func(id doc.ID) (a Arriving, ok bool)
	// Post runs f on the UI goroutine soon. Callers keep at most one in flight.
	Post func(f func())
	// Sentence turns an error into words for a person.
	Sentence func(error) string
	// Refused tells the person why what a hand did cannot be done. Any goroutine;
	// nil tells nobody.
	Refused func(error)
	// OpenURL opens an address from content outside the program.
	OpenURL func(url string)
	// OpenFile hands a stored file to the usual program for it, OpenWith to one that is
	// chosen, SaveFile to another place.
	OpenFile func(title, blob, extension string)
	OpenWith func(cards.File)
	SaveFile func(title, blob, extension string)
	// Copy puts text on the clipboard.
	Copy func(text string)
	// OpenDocument shows a document in the window.
	OpenDocument func(id doc.ID, kind string)
	// NewID draws a new document or item id; Now is the clock.
	NewID func() doc.ID
	Now   func() time.Time
	// Dark reports whether the dark theme is in use. UI goroutine.
	Dark func() bool
	// Still says that nothing is to move by itself: glides jump, animations stand,
	// carets do not blink. UI goroutine.
	Still bool

	// Slow is told what kept the UI goroutine for more than half a frame; nil
	// means that nobody measures.
	Slow func(cause string, took time.Duration)
	// Ground paints the window behind the board. nil: the board has a rectangle
	// of its own for that. UI goroutine.
	Ground func(c color.RGBA)
	// Unseen is the documents that others have changed since this person looked at
	// them. It is asked in every frame; nil marks nothing.
	Unseen func() map[doc.ID]bool
	// Room is where a board shows what this person does on it and learns what
	// others do. nil, or a nil room: nobody else is there. UI goroutine.
	Room func(board doc.ID) Room
	// People are those who speak in conversations; nil: nobody is known.
	People *People
	// Known is what is known now of people and machines that cards stand for; nil:
	// nothing. BoardView.KnownMoved says when it may have changed.
	Known Known
	// ShowPerson shows what is known of a person, by id. nil shows nothing. UI goroutine.
	ShowPerson func(person string)
	// ReadOnly documents are shown and not edited.
	ReadOnly bool

	Registry *Registry
	Pictures *Pictures

	drafts map[doc.ID]string // messages that were not sent; UI goroutine
}

// Point is a size or place in the unit that its user names.
type Point struct{ X, Y float32 }

// Picture names one decoded size of one page of a stored file.
type Picture struct {
	Blob string
	Page int // 0 for pictures, from 0 for PDF pages
	W, H int // pixels; a power of two ladder, see Level
	PDF  bool
}

// Frame is one picture of an animation.
type Frame struct {
	Image *image.RGBA
	Delay time.Duration
}

// Word is a piece of text on a page; Rect is in points from the top left.
type Word struct {
	Text string
	Rect paint.Rect
}

// PageText is what a page says, in reading order.
type PageText struct {
	Text  string
	Words []Word
}

// Palette is the palette of the theme in use. UI goroutine.
func (e *Env) Palette() paint.Palette {
	if e.Dark() {
		return paint.Dark()
	}
	return paint.Light()
}

// dirty asks Fyne for a new frame without refreshing any object.
func dirty(o fyne.CanvasObject) {
	app := fyne.CurrentApp()
	if app == nil {
		return
	}
	if c, ok := app.Driver().CanvasForObject(o).(interface{ SetDirty() }); ok {
		c.SetDirty()
	}
}
