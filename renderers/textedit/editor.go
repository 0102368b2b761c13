package textedit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/renderers/paint"
)

// Options of an editor. Every function may be nil and runs on the UI goroutine.
type Options struct {
	Style       paint.Style // of the text; its Color too
	Palette     paint.Palette
	Placeholder string
	SingleLine  bool // newlines cannot be typed; the text still wraps
	NoWrap      bool // one long line, scrolled sideways
	ReadOnly    bool // the text can be selected and copied

	// Spans styles a paragraph; its runes must stay what they are, or it is ignored.
	Spans func(paragraph string) []paint.Span

	OnChange func(was, now string) // after what the person did, not after Apply
	OnResize func()                // the natural height changed
	OnLeave  func()                // Esc, and loss of focus if OnBlur is nil
	OnBlur   func()                // loss of focus

	// OnKey comes before the editor's own keys, BeforeShortcut before its own shortcuts; true ends
	// the matter. OnShortcut gets the shortcuts that the editor does not know, undo among them.
	OnKey          func(*fyne.KeyEvent) bool
	BeforeShortcut func(fyne.Shortcut) bool
	OnShortcut     func(fyne.Shortcut) bool
}

// Editor is a text being written. Its top left corner is that of the text: margins are its parent's.
// All methods belong to the UI goroutine.
type Editor struct {
	widget.BaseWidget

	opts  Options
	buf   Buffer
	sheet sheet
	was   string

	zoom      float32 // Fyne units a board unit
	wrap      float32 // board units; 0 means the widget's own width
	left, top float32 // scrolled away, board units
	seenTop   float32 // what the parent lets be seen, board units
	seenH     float32 // 0 is everything

	told float32 // the height that OnResize was last called for

	focused bool
	column  float32 // where Up and Down want to be; negative if they do not care
	clicks  clicks
	view    *view

	modifiers func() fyne.KeyModifier
	now       func() time.Time
}

var (
	_ fyne.Focusable     = (*Editor)(nil)
	_ fyne.Tabbable      = (*Editor)(nil)
	_ fyne.Shortcutable  = (*Editor)(nil)
	_ fyne.Draggable     = (*Editor)(nil)
	_ desktop.Mouseable  = (*Editor)(nil)
	_ desktop.Cursorable = (*Editor)(nil)
)

// New returns an empty editor.
func New(opts Options) *Editor {
	e := &Editor{opts: opts, zoom: 1, column: -1, modifiers: modifiers, now: time.Now}
	e.buf.OneLine = opts.SingleLine || opts.NoWrap
	e.buf.Changed = e.changed
	e.sheet = sheet{shaper: paint.NewShaper(), style: opts.Style, spans: opts.Spans}
	e.sheet.width = e.width()
	e.sheet.reset(nil)
	e.told = e.sheet.height
	e.view = newView(e)
	e.ExtendBaseWidget(e)
	return e
}

func modifiers() fyne.KeyModifier {
	if app := fyne.CurrentApp(); app != nil {
		if d, ok := app.Driver().(desktop.Driver); ok {
			return d.CurrentKeyModifiers()
		}
	}
	return 0
}

// Text returns the text as it is now.
func (e *Editor) Text() string { return e.buf.Text() }

// SetText shows another text, with the caret at its start and nothing reported.
func (e *Editor) SetText(text string) {
	e.buf.SetText(text)
	e.was = text
	e.left, e.top, e.column = 0, 0, -1
	e.sheet.reset(e.buf.runes)
	e.resized()
}

// Apply brings in the text as it was changed elsewhere. Caret, selection and what is in view stay
// with their letters; nothing is reported.
func (e *Editor) Apply(text string) {
	e.spliced(e.buf.Apply(text))
}

// Splice brings in one change made elsewhere: at an offset, del runes go and ins comes.
func (e *Editor) Splice(at, del int, ins string) {
	e.spliced(e.buf.Splice(Splice{At: at, Del: del, Ins: []rune(ins)}))
}

func (e *Editor) spliced(s Splice) {
	if s.none() {
		return
	}
	_, before, _ := e.sheet.caret(s.carryBack(e.buf.caret))
	e.sheet.change(s, e.buf.runes)
	e.was = e.buf.Text()
	_, after, _ := e.sheet.caret(e.buf.caret)
	if e.top > 0 {
		e.top += after - before
	}
	e.resized()
}

// Replace types over the selection, as a paste does.
func (e *Editor) Replace(text string) { e.buf.Insert(text) }

// Selection returns the selected range in runes; from == to is the caret.
func (e *Editor) Selection() (from, to int) { return e.buf.Selection() }

// SelectedText returns the selected text.
func (e *Editor) SelectedText() string { return e.buf.Selected() }

// Select puts the anchor and the caret at offsets.
func (e *Editor) Select(anchor, caret int) {
	e.buf.Select(anchor, caret)
	e.moved()
}

// PlaceCaret puts the caret at the place of the text nearest to the point, in board units.
func (e *Editor) PlaceCaret(x, y float32) {
	e.buf.MoveTo(e.sheet.hit(x, y), false)
	e.moved()
}

// CaretRect is where the caret stands in the text, in board units.
func (e *Editor) CaretRect() paint.Rect {
	x, y, h := e.sheet.caret(e.buf.caret)
	return paint.Rect{X: x, Y: y, W: 1, H: h}
}

// changed follows an edit by the person.
func (e *Editor) changed(s Splice) {
	e.sheet.change(s, e.buf.runes)
	e.column = -1
	e.follow()
	e.resized()
	e.view.wake()
	was := e.was
	e.was = e.buf.Text()
	if e.opts.OnChange != nil {
		e.opts.OnChange(was, e.was)
	}
}

// moved follows a move of the caret or a new selection.
func (e *Editor) moved() {
	if e.follow() {
		e.view.paint()
	}
	e.view.mark()
	e.view.wake()
}

func (e *Editor) resized() {
	e.clampScroll()
	e.view.paint()
	e.view.mark()
	if e.told != e.sheet.height {
		e.told = e.sheet.height
		if e.opts.OnResize != nil {
			e.opts.OnResize()
		}
	}
}
