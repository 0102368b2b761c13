package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/doc"
)

// Metrics of documents that fill the window, in Fyne units.
const (
	columnMax = 720
	columnGap = 24 // above and beside the column
)

// todoFull is a to-do document filling the window: the same editor in a
// column. It scrolls by itself.
type todoFull struct {
	env    *Env
	editor *todoList
	paper  *canvas.Rectangle
	box    *fyne.Container
}

func newTodoFull(env *Env, h doc.Handle) Full {
	f := &todoFull{env: env, paper: canvas.NewRectangle(color.Transparent)}
	f.editor = makeTodoList(EditorHost{Env: env, Handle: h, Leave: f.leave, Resized: func() { f.arrange(f.box.Size()) }})
	f.box = container.New(layoutFunc(f.arrange), f.paper, f.editor.Object())
	return f
}

// arrange puts the sheet of paper in the middle, no higher than its content.
func (f *todoFull) arrange(size fyne.Size) {
	if f.box == nil || size.Width <= 0 {
		return
	}
	pal := f.env.Palette()
	f.paper.FillColor, f.paper.StrokeColor, f.paper.StrokeWidth = pal.Paper, pal.PaperEdge, 1
	f.paper.CornerRadius = cardRadius
	w, x := column(size.Width)
	room := max(1, size.Height-2*columnGap)
	inner := max(1, w-2*fullPad)
	f.editor.Natural(inner)
	h := min(f.editor.view.height+2*fullPad, room)
	f.paper.Move(fyne.NewPos(x, columnGap))
	f.paper.Resize(fyne.NewSize(w, h))
	o := f.editor.Object()
	o.Move(fyne.NewPos(x+fullPad, columnGap+fullPad))
	if want := fyne.NewSize(inner, max(1, h-2*fullPad)); o.Size() != want {
		o.Resize(want)
	}
}

// column is the width and the left edge of the column in a window of a width.
func column(width float32) (w, x float32) {
	w = max(1, min(columnMax, width-2*columnGap))
	return w, (width - w) / 2
}

// Object implements Full.
func (f *todoFull) Object() fyne.CanvasObject { return f.box }

// Show implements Full.
func (f *todoFull) Show(doc.Snapshot[any]) {
	f.editor.look()
	f.arrange(f.box.Size())
}

// Close implements Full.
func (f *todoFull) Close() { f.editor.Close() }

// leave takes the caret out; the list stays.
func (f *todoFull) leave() {
	if c := canvasOf(f.box); c != nil {
		c.Unfocus()
	}
}
