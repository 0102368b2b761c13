package ui

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/ui/lang"
)

// Measures of the zoom control.
const (
	zoomButton = 28
	zoomFigure = 56
	zoomHeight = 28
	zoomWidth  = 3*zoomButton + zoomFigure
)

// zoomBar says how close the board is and changes it: out, the figure with a
// menu, in, all of it. It is one widget of few objects, and changes none while
// the zoom stays.
type zoomBar struct {
	widget.BaseWidget
	w      *Window
	paper  *canvas.Rectangle
	over   *canvas.Rectangle // the part under the pointer
	words  [4]*canvas.Text   // −, 100 %, +, and the sign for all
	list   []fyne.CanvasObject
	figure int // percent, as shown
	part   int // under the pointer; -1 is none
}

var (
	_ fyne.Tappable      = (*zoomBar)(nil)
	_ fyne.Scrollable    = (*zoomBar)(nil)
	_ desktop.Hoverable  = (*zoomBar)(nil)
	_ desktop.Cursorable = (*zoomBar)(nil)
)

func newZoomBar(w *Window) *zoomBar {
	z := &zoomBar{w: w, paper: canvas.NewRectangle(nil), over: canvas.NewRectangle(nil), part: -1}
	z.paper.CornerRadius, z.paper.StrokeWidth, z.over.CornerRadius = 8, 1, 6
	z.over.Hide()
	z.list = []fyne.CanvasObject{z.paper, z.over}
	for i, words := range []string{"−", "", "+", "⤢"} {
		t := canvas.NewText(words, nil)
		t.Alignment, t.TextSize = fyne.TextAlignCenter, 13
		z.words[i] = t
		z.list = append(z.list, t)
	}
	z.words[0].TextSize, z.words[2].TextSize = 16, 16
	z.ExtendBaseWidget(z)
	z.colors()
	return z
}

// colors follows the theme.
func (z *zoomBar) colors() {
	pal := z.w.env.Palette()
	z.paper.FillColor, z.paper.StrokeColor, z.over.FillColor = pal.Paper, pal.PaperEdge, pal.PaperSunk
	for _, t := range z.words {
		t.Color = pal.InkMuted
		t.Refresh()
	}
}

// follow shows the zoom of the camera.
func (z *zoomBar) follow(c board.Camera) {
	if p := percent(c.Zoom); p != z.figure {
		z.figure = p
		setText(z.words[1], fmt.Sprintf("%d %%", p))
	}
}

// percent is a zoom as people read it.
func percent(zoom float64) int { return int(math.Round(zoom * 100)) }

// edges is where the parts begin and the last one ends.
func edges() [5]float32 {
	return [5]float32{0, zoomButton, zoomButton + zoomFigure, 2*zoomButton + zoomFigure, zoomWidth}
}

func (z *zoomBar) partAt(p fyne.Position) int {
	e := edges()
	for i := range z.words {
		if p.X >= e[i] && p.X < e[i+1] {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (z *zoomBar) Tapped(e *fyne.PointEvent) {
	switch z.partAt(e.Position) {
	case 0:
		z.w.perform("zoom-out")
	case 1:
		z.menu()
	case 2:
		z.w.perform("zoom-in")
	case 3:
		z.w.perform("fit-all")
	}
}

// menu offers steps of the zoom.
func (z *zoomBar) menu() {
	v := z.w.board
	if v == nil {
		return
	}
	to := func(zoom float64) *fyne.MenuItem {
		item := fyne.NewMenuItem(fmt.Sprintf("%d %%", percent(zoom)), func() { z.w.zoomTo(zoom) })
		item.Checked = percent(v.Session.Camera.Zoom) == percent(zoom)
		return item
	}
	all, some := z.w.rowItem(v, "fit-all", lang.T("Everything")), z.w.rowItem(v, "fit-selection", lang.T("The selection"))
	some.Disabled = v.Session.Selection.Len() == 0
	hundred := z.w.rowItem(v, "zoom-100", "100 %")
	hundred.Checked = z.figure == 100
	m := widget.NewPopUpMenu(fyne.NewMenu("", to(0.25), to(0.5), hundred, to(2), fyne.NewMenuItemSeparator(), all, some), z.w.win.Canvas())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(z)
	menu := m.MinSize()
	x := min(at.X, z.w.win.Canvas().Size().Width-menu.Width-cornerGap)
	m.ShowAtPosition(fyne.NewPos(x, at.Y-menu.Height-4))
}

// zoomTo glides to a zoom; the middle of the view stays.
func (w *Window) zoomTo(zoom float64) {
	if v := w.board; v != nil {
		size := v.Session.Viewport
		middle := v.Session.Camera.ToBoard(board.Point{X: size.W / 2, Y: size.H / 2})
		w.glide(centred(board.Camera{Zoom: zoom}, middle, size))
	}
}

// Scrolled implements fyne.Scrollable: the wheel over the figure zooms.
func (z *zoomBar) Scrolled(e *fyne.ScrollEvent) { z.w.zoomBy(e.Scrolled.DY) }

// MouseIn implements desktop.Hoverable.
func (z *zoomBar) MouseIn(e *desktop.MouseEvent) { z.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (z *zoomBar) MouseMoved(e *desktop.MouseEvent) { z.hover(z.partAt(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (z *zoomBar) MouseOut() { z.hover(-1) }

func (z *zoomBar) hover(part int) {
	if part == z.part {
		return
	}
	z.part = part
	z.over.Hidden = part < 0
	if part >= 0 {
		e := edges()
		z.over.Move(fyne.NewPos(e[part]+2, 2))
		z.over.Resize(fyne.NewSize(e[part+1]-e[part]-4, zoomHeight-4))
	}
	canvas.Refresh(z.over)
}

// Cursor implements desktop.Cursorable.
func (z *zoomBar) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (z *zoomBar) CreateRenderer() fyne.WidgetRenderer { return zoomRenderer{z} }

type zoomRenderer struct{ z *zoomBar }

func (r zoomRenderer) Destroy()                     {}
func (r zoomRenderer) MinSize() fyne.Size           { return fyne.NewSize(zoomWidth, zoomHeight) }
func (r zoomRenderer) Objects() []fyne.CanvasObject { return r.z.list }
func (r zoomRenderer) Refresh()                     { r.z.colors() }

func (r zoomRenderer) Layout(size fyne.Size) {
	z := r.z
	z.paper.Resize(size)
	e := edges()
	for i, t := range z.words {
		h := t.MinSize().Height
		t.Move(fyne.NewPos(e[i], (size.Height-h)/2))
		t.Resize(fyne.NewSize(e[i+1]-e[i], h))
	}
}
