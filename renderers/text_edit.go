package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/renderers/textedit"
)

// textEditor edits a text card's source where the card is.
type textEditor struct {
	host    EditorHost
	pen     *textedit.Editor
	wheel   *wheel
	box     *fyne.Container
	typing  *typing
	flights *flights
	dark    bool

	zoom, width, height float32 // board units where not zoom
	natural             float32 // that was told last
	closed              bool
}

func newTextEditor(host EditorHost) Editor { return makeTextEditor(host) }

func makeTextEditor(host EditorHost) *textEditor {
	e := &textEditor{host: host, zoom: 1, dark: host.Env.Dark()}
	pal := host.Env.Palette()
	e.pen = textedit.New(textedit.Options{
		Style: paint.Style{Color: pal.Ink}, Palette: pal, Placeholder: "Write something",
		OnChange: e.changed, OnLeave: e.leave, OnBlur: e.blurred, OnShortcut: e.shortcut,
	})
	e.typing = &typing{
		now: host.Env.Now, after: alarmOf(host.Env), name: string(host.Env.NewID()),
		send: func(was, now, gesture string) {
			e.flights.track(doCommand(host.Handle, cards.EditText{Was: was, Now: now, Gesture: gesture}))
		},
	}
	e.flights = newFlights(host.Env, e.follow)
	e.wheel = newWheel(func(dy float32) { e.pen.ScrollBy(-dy / e.zoom) })
	e.box = container.New(layoutFunc(e.arrange), e.pen, e.wheel)
	e.start()
	return e
}

// start takes the text that the document has now.
func (e *textEditor) start() {
	v, _ := e.host.Handle.Snapshot().Value.(cards.Text)
	e.typing.reset(v.Text)
	e.pen.SetText(v.Text)
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
	}
	e.width, e.height = size.Width/e.zoom, size.Height/e.zoom
	e.pen.SetWrapWidth(max(1, e.width-2*cardPadX))
	e.wheel.Resize(size)
	e.place()
	e.tellHeight()
}

// place lays the pen out in the card; it scrolls by itself where the card is
// too low, and then uses the room below too.
func (e *textEditor) place() {
	h := e.height - 2*cardPadY
	e.wheel.Hide()
	if e.pen.NaturalHeight() > h+1 {
		h += cardPadY
		e.wheel.Show()
	}
	z := e.zoom
	putPen(e.pen, cardPadX*z, cardPadY*z, (e.width-2*cardPadX)*z, h*z, screenScale(e.box))
}

// Focus implements Editor.
func (e *textEditor) Focus(c fyne.Canvas, at Point) {
	if at.X < 0 || at.Y < 0 {
		n := len([]rune(e.pen.Text()))
		e.pen.Select(n, n)
	} else {
		e.pen.PlaceCaret(at.X-cardPadX, at.Y-cardPadY)
	}
	c.Focus(e.pen)
}

// Show implements Editor. The value may be older than what was typed since:
// the handle knows the newest.
func (e *textEditor) Show(any) {
	if !e.flights.flying() {
		e.follow()
	}
}

func (e *textEditor) follow() {
	v, ok := e.host.Handle.Snapshot().Value.(cards.Text)
	if !ok || e.closed {
		return
	}
	if s, ok := e.typing.follow(v.Text); ok {
		e.pen.Splice(s.From, s.Delete, s.Insert)
		e.place()
		e.tellHeight()
	}
}

func (e *textEditor) changed(_, now string) {
	e.typing.typed(now)
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
	return min(max(e.pen.NaturalHeight()+2*cardPadY, textMinH), maxNaturalH)
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
	e.typing.end()
	e.closed = true
	e.flights.close()
	e.pen.FocusLost() // its caret stops blinking
}

func (e *textEditor) leave() {
	e.typing.end()
	e.host.Leave()
}

// blurred: the board decides whether an editor without focus stays; what was
// typed is safe either way.
func (e *textEditor) blurred() {
	if !e.closed {
		e.typing.end()
	}
}

// layoutFunc is a layout without a least size.
type layoutFunc func(fyne.Size)

// Layout implements fyne.Layout.
func (f layoutFunc) Layout(_ []fyne.CanvasObject, size fyne.Size) { f(size) }

// MinSize implements fyne.Layout.
func (f layoutFunc) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }
