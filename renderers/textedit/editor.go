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
	Steady      bool // the caret does not blink
	Markdown    bool // headings, emphasis, code and links are shown, their marks muted

	// OnEdit and OnChange come after what the person did, not after Splice. OnChange makes both
	// texts anew each time: it is for short ones.
	OnEdit   func(Splice)
	OnChange func(was, now string)
	OnScroll func() // another part of the text is in view, or its height changed
	OnCaret  func() // the person moved the caret, by an edit too
	OnLeave  func() // Esc, and loss of focus if OnBlur is nil
	OnBlur   func() // loss of focus

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
	was   string // for OnChange only
	hits  hits

	zoom      float32 // Fyne units a board unit
	wrap      float32 // board units; 0 means the widget's own width
	left, top float32 // scrolled away, board units
	covered   float32 // Fyne units at the top behind a find row

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
	e.sheet = sheet{
		text: &e.buf.text, shaper: paint.NewShaper(), sizes: standardSizes,
		style: opts.Style, pal: opts.Palette, markdown: opts.Markdown,
	}
	e.sheet.width = e.width()
	e.sheet.reset()
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

// Text returns the text as it is now; it is put together each time.
func (e *Editor) Text() string { return e.buf.Text() }

// Len is the length of the text in runes.
func (e *Editor) Len() int { return e.buf.Len() }

// Slice returns the runes [from, to), taken into range.
func (e *Editor) Slice(from, to int) string { return e.buf.Slice(from, to) }

// SetText shows another text, with the caret at its start and nothing reported.
func (e *Editor) SetText(text string) {
	e.buf.SetText(text)
	e.was = text
	e.left, e.top, e.column = 0, 0, -1
	e.sheet.reset()
	e.hits.rescan(&e.buf.text)
	e.resized()
}

// Splice brings in one change made elsewhere: at an offset, del runes go and ins comes. Caret,
// selection and what is in view stay with their letters; nothing is reported.
func (e *Editor) Splice(at, del int, ins string) {
	anchor := e.anchor()
	_, before, _ := e.sheet.caret(anchor)
	s := e.buf.Splice(Splice{At: at, Del: del, Ins: []rune(ins)})
	if s.none() {
		return
	}
	e.sheet.change(s)
	e.hits.change(s, &e.buf.text)
	if e.opts.OnChange != nil {
		e.was = e.buf.Text()
	}
	if e.top > 0 {
		_, after, _ := e.sheet.caret(s.carry(anchor))
		e.top += after - before
	}
	e.resized()
}

// anchor is the offset that stays where it is on the screen: that of the caret if it is in view,
// else that of the first line in view.
func (e *Editor) anchor() int {
	if y, h := e.sheet.lineBox(e.buf.caret); y+h > e.top && y < e.top+e.viewHeight() {
		return e.buf.caret
	}
	return e.sheet.hit(0, e.top)
}

// Replace types over the selection, as a paste does.
func (e *Editor) Replace(text string) { e.buf.Insert(text) }

// ReplaceRange types over the runes [from, to), and selects what it typed from anchor to caret, counted
// from its first rune.
func (e *Editor) ReplaceRange(from, to int, text string, anchor, caret int) {
	e.buf.Replace(from, to, text, anchor, caret)
	e.moved()
}

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
	e.sheet.change(s)
	e.hits.change(s, &e.buf.text)
	e.column = -1
	e.follow()
	e.resized()
	e.view.wake()
	if e.opts.OnEdit != nil {
		e.opts.OnEdit(s)
	}
	if e.opts.OnCaret != nil {
		e.opts.OnCaret()
	}
	if e.opts.OnChange != nil {
		was := e.was
		e.was = e.buf.Text()
		e.opts.OnChange(was, e.was)
	}
}

// moved follows a move of the caret or a new selection.
func (e *Editor) moved() {
	scrolled := e.follow()
	if scrolled || len(e.hits.at) > 0 { // another hit may have its frame
		e.view.paint()
	}
	if scrolled {
		e.scrolled()
	}
	e.view.mark()
	e.view.wake()
	if e.opts.OnCaret != nil {
		e.opts.OnCaret()
	}
}

// resized shows a text that is another or is laid out in another way.
func (e *Editor) resized() {
	e.settleView()
	e.view.update()
	e.view.mark()
	e.scrolled()
}

func (e *Editor) scrolled() {
	if e.opts.OnScroll != nil {
		e.opts.OnScroll()
	}
}
