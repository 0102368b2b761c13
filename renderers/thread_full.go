package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/doc"
)

// threadFull is a thread filling the window: the same editor in a column.
type threadFull struct {
	env    *Env
	editor *threadList
	paper  *canvas.Rectangle
	box    *fyne.Container
}

func newThreadFull(env *Env, h doc.Handle) Full {
	f := &threadFull{env: env, paper: canvas.NewRectangle(color.Transparent)}
	f.editor = makeThreadList(EditorHost{Env: env, Handle: h, Leave: f.leave, Shortcut: f.shortcut})
	f.box = container.New(layoutFunc(f.arrange), f.paper, f.editor.Object())
	return f
}

// arrange puts the sheet of paper in the middle.
func (f *threadFull) arrange(size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	pal := f.env.Palette()
	f.paper.FillColor, f.paper.StrokeColor, f.paper.StrokeWidth = pal.Paper, pal.PaperEdge, 1
	f.paper.CornerRadius = cardRadius
	w, x := column(size.Width)
	want := fyne.NewSize(w, max(1, size.Height-2*columnGap))
	for _, o := range []fyne.CanvasObject{f.paper, f.editor.Object()} {
		o.Move(fyne.NewPos(x, columnGap))
		if o.Size() != want {
			o.Resize(want)
		}
	}
}

// Object implements Full.
func (f *threadFull) Object() fyne.CanvasObject { return f.box }

// Show implements Full.
func (f *threadFull) Show(doc.Snapshot[any]) {
	f.editor.look()
	f.arrange(f.box.Size())
}

// Close implements Full.
func (f *threadFull) Close() { f.editor.Close() }

// leave takes the caret out; the thread stays.
func (f *threadFull) leave() {
	if c := canvasOf(f.box); c != nil {
		c.Unfocus()
	}
}

// PeopleMoved says that somebody may have another name or colour.
func (f *threadFull) PeopleMoved() { f.editor.PeopleMoved() }

// shortcut gives the window the keys that are its own.
func (f *threadFull) shortcut(s fyne.Shortcut) bool {
	c, ok := canvasOf(f.box).(fyne.Shortcutable)
	if ok {
		c.TypedShortcut(s)
	}
	return ok
}
