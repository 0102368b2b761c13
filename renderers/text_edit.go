package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/renderers/paint"
	"corkboard/renderers/textedit"
	"corkboard/ui/lang"
)

// textEditor edits a text card's source where the card is.
type textEditor struct {
	host  EditorHost
	pen   *textedit.Editor
	find  *textedit.FindRow
	wheel *wheel
	bar   *canvas.Rectangle // tells where the part in view is in a text that is higher
	box   *fyne.Container
	draft *draft
	dark  bool

	zoom, width, height float32 // board units where not zoom
	natural             float32 // that was told last
	rightOfFind         float32 // Fyne units that the find row leaves free
	closed              bool
}

func newTextEditor(host EditorHost) Editor { return makeTextEditor(host) }

func makeTextEditor(host EditorHost) *textEditor {
	e := &textEditor{host: host, zoom: 1, dark: host.Env.Dark()}
	pal := host.Env.Palette()
	e.pen = textedit.New(textedit.Options{
		Style: paint.Style{Color: pal.Ink}, Palette: pal, Placeholder: lang.T("Write something"), Markdown: true, Steady: host.Env.Still,
		OnEdit: e.edited, OnScroll: e.placeBar, OnCaret: e.reveal, OnLeave: e.leave, OnBlur: e.blurred,
		OnKey: e.key, OnShortcut: e.shortcut,
	})
	e.find = textedit.NewFindRow(e.pen)
	e.draft = newDraft(host.Env, host.Handle, e.follow)
	e.wheel = newWheel(func(dy float32) { e.pen.ScrollBy(-dy / e.zoom) })
	e.bar = canvas.NewRectangle(scrollMarkColor(pal))
	e.bar.Hide()
	e.box = container.New(layoutFunc(e.arrange), e.pen, e.bar, e.wheel, e.find)
	e.pen.SetText(e.draft.start())
	return e
}

// Object implements Editor.
func (e *textEditor) Object() fyne.CanvasObject { return e.box }

// SetZoom implements Editor.
func (e *textEditor) SetZoom(zoom float32) {
	if zoom <= 0 || zoom == e.zoom {
		return
	}
	e.zoom = zoom
	e.pen.SetScale(zoom)
}

// arrange lays the pen out in the card, whose size is given in Fyne units.
func (e *textEditor) arrange(size fyne.Size) {
	if dark := e.host.Env.Dark(); dark != e.dark {
		e.dark = dark
		pal := e.host.Env.Palette()
		e.pen.SetStyle(paint.Style{Color: pal.Ink}, pal)
		e.find.SetPalette(pal)
		e.bar.FillColor = scrollMarkColor(pal)
	}
	e.width, e.height = size.Width/e.zoom, size.Height/e.zoom
	e.pen.SetWrapWidth(max(1, e.width-2*cardPadX))
	e.wheel.Resize(size)
	e.place()
	e.placeFind()
	e.tellHeight()
}

// Focus implements Editor.
func (e *textEditor) Focus(c fyne.Canvas, at Point) {
	if at.X < 0 || at.Y < 0 {
		n := e.pen.Len()
		e.pen.Select(n, n)
	} else {
		e.pen.ScrollBy(e.host.Scroll)
		e.pen.PlaceCaret(at.X-cardPadX, at.Y-cardPadY+e.host.Scroll)
	}
	c.Focus(e.pen)
}

// Show implements Editor. The value may be older than what was typed since:
// the handle knows the newest.
func (e *textEditor) Show(any) { e.draft.look() }

// follow shows a change that was not typed here. Where it was undone here, the
// caret goes to it.
func (e *textEditor) follow(s textedit.Splice, undone bool) {
	e.pen.Splice(s.At, s.Del, string(s.Ins))
	if undone {
		at := s.At + len(s.Ins)
		e.pen.Select(at, at)
	}
	e.find.Update()
	e.resized()
}

func (e *textEditor) edited(s textedit.Splice) {
	e.draft.typed(s)
	e.find.Update()
	e.resized()
}

// reveal keeps the caret in the window where the card is larger than it.
func (e *textEditor) reveal() {
	if e.host.Reveal == nil || e.height == 0 {
		return
	}
	r := e.pen.CaretRect()
	top, _ := e.pen.Scroll()
	e.host.Reveal(r.Moved(cardPadX, cardPadY-top))
}

func (e *textEditor) resized() {
	if e.height > 0 {
		e.place()
	}
	e.tellHeight()
}

func (e *textEditor) tellHeight() {
	if h := e.naturalHeight(); h != e.natural {
		e.natural = h
		if e.host.Resized != nil {
			e.host.Resized()
		}
	}
}

func (e *textEditor) naturalHeight() float32 {
	return min(max(e.pen.HeightWithin(maxNaturalH)+2*cardPadY, textMinH), maxNaturalH)
}

// Natural implements Editor: as high as the source, so that the card grows
// while it is being written.
func (e *textEditor) Natural(width float32) float32 {
	if width > 0 && width != e.width {
		e.width = width
		e.pen.SetWrapWidth(max(1, width-2*cardPadX))
	}
	return e.naturalHeight()
}

// Close implements Editor.
func (e *textEditor) Close() {
	if e.closed {
		return
	}
	e.draft.close()
	e.closed = true
	e.pen.FocusLost() // its caret stops blinking
}

func (e *textEditor) leave() {
	e.draft.end()
	e.host.Leave()
}

// blurred: the board decides whether an editor without focus stays; what was
// typed is safe either way.
func (e *textEditor) blurred() {
	if !e.closed {
		e.draft.end()
	}
}

// layoutFunc is a layout without a least size.
type layoutFunc func(fyne.Size)

// Layout implements fyne.Layout.
func (f layoutFunc) Layout(_ []fyne.CanvasObject, size fyne.Size) { f(size) }

// MinSize implements fyne.Layout.
func (f layoutFunc) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }
