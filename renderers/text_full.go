package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// fullPad is the room between the edge of the sheet and a card's own padding.
const fullPad = 18

// textFull is a text filling the window: rendered, or as source while it is
// being edited.
type textFull struct {
	env    *Env
	handle doc.Handle
	page   *textPage
	scroll *container.Scroll
	editor *textEditor // nil while reading
	paper  *canvas.Rectangle
	toggle *Button
	box    *fyne.Container
	closed bool
}

func newTextFull(env *Env, h doc.Handle) Full {
	f := &textFull{env: env, handle: h, paper: canvas.NewRectangle(color.Transparent)}
	f.page = newTextPage(env, h)
	f.page.edit = f.edit
	f.scroll = container.NewVScroll(f.page)
	f.page.scroll = f.scroll
	f.scroll.OnScrolled = func(fyne.Position) { f.page.show() }
	f.toggle = newLowButton(lang.T("Edit"), nil, f.flip)
	f.box = container.New(layoutFunc(f.arrange), f.paper, f.scroll, f.toggle)
	f.show()
	return f
}

// Object implements Full.
func (f *textFull) Object() fyne.CanvasObject { return f.box }

// Show implements Full.
func (f *textFull) Show(doc.Snapshot[any]) { f.show() }

func (f *textFull) show() {
	if f.closed {
		return
	}
	if f.editor != nil {
		f.editor.Show(nil)
		return
	}
	v, _ := f.handle.Snapshot().Value.(cards.Text)
	f.page.setText(v.Text)
}

// Close implements Full.
func (f *textFull) Close() {
	if f.editor != nil {
		f.editor.Close()
	}
	f.closed, f.page.closed = true, true
}

func (f *textFull) flip() {
	if f.editor == nil {
		f.edit()
	} else {
		f.read()
	}
}

// edit shows the source with a caret in it.
func (f *textFull) edit() {
	if f.editor != nil || f.closed {
		return
	}
	f.editor = makeTextEditor(EditorHost{
		Env: f.env, Handle: f.handle, Leave: f.read,
		Resized: func() { f.arrange(f.box.Size()) },
	})
	f.toggle.SetText(lang.T("Done"))
	f.editor.rightOfFind = max(0, f.toggle.MinSize().Width+6-fullPad)
	f.box.Objects = []fyne.CanvasObject{f.paper, f.editor.Object(), f.toggle}
	f.box.Refresh()
	f.arrange(f.box.Size())
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.box); c != nil {
		f.editor.Focus(c, Point{-1, -1})
	}
}

// read shows the rendered text again.
func (f *textFull) read() {
	if f.editor == nil || f.closed {
		return
	}
	e := f.editor
	f.editor = nil
	now := e.pen.Text()
	e.Close()
	f.toggle.SetText(lang.T("Edit"))
	f.box.Objects = []fyne.CanvasObject{f.paper, f.scroll, f.toggle}
	f.box.Refresh()
	f.page.setText(now)
	f.arrange(f.box.Size())
	f.page.focus()
}

// arrange puts the sheet in the middle. Reading and editing break lines at
// the same width.
func (f *textFull) arrange(size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	pal := f.env.Palette()
	w, x := column(size.Width)
	f.paper.FillColor, f.paper.StrokeColor, f.paper.StrokeWidth = pal.Paper, pal.PaperEdge, 1
	f.paper.CornerRadius = cardRadius
	f.paper.Move(fyne.NewPos(x, columnGap))
	room := max(1, size.Height-2*columnGap)
	f.paper.Resize(fyne.NewSize(w, room))
	f.place(f.toggle, x+w-f.toggle.MinSize().Width-6, columnGap+6, f.toggle.MinSize())
	inner := fyne.NewSize(max(1, w-2*fullPad), max(1, room-2*fullPad))
	if f.editor != nil {
		f.place(f.editor.Object(), x+fullPad, columnGap+fullPad, inner)
		return
	}
	// The bar of the scroll belongs at the edge of the sheet.
	f.place(f.scroll, x, columnGap+1, fyne.NewSize(w, room-2))
	f.page.setWidth(w - 2*(fullPad+cardPadX))
}

func (f *textFull) place(o fyne.CanvasObject, x, y float32, size fyne.Size) {
	o.Move(fyne.NewPos(x, y))
	if o.Size() != size {
		o.Resize(size)
	}
}

// pageAt is where the text begins in the scrolled page, in Fyne units.
func pageAt() paint.Point { return paint.Point{X: fullPad + cardPadX, Y: fullPad + cardPadY} }
