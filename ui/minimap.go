package ui

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/renderers"
)

const (
	minimapPad = 6 // the paper around the picture
	mapParts   = 4 // objects besides dots
)

// minimap is the whole board in small with the part that is in view. Pressing
// and dragging brings that place to the middle; the wheel zooms. The picture
// is the board's own overview, so that nothing is drawn twice.
type minimap struct {
	widget.BaseWidget
	w      *Window
	paper  *canvas.Rectangle
	ground *canvas.Rectangle
	image  *canvas.Image
	window *canvas.Rectangle   // the part in view
	news   []dot               // what others have changed
	dots   []*canvas.Rectangle // that, and where others are
	list   []fyne.CanvasObject
	laid   minimapGeometry
	camera board.Camera // as shown
	view   board.Size
	moving bool // the button is down
	drawn  mapKey
}

// mapKey says what the picture was made of.
type mapKey struct {
	overview *image.RGBA
	ground   color.RGBA
	dark     bool
}

var (
	_ desktop.Mouseable = (*minimap)(nil)
	_ desktop.Hoverable = (*minimap)(nil)
	_ fyne.Draggable    = (*minimap)(nil)
	_ fyne.Scrollable   = (*minimap)(nil)
)

func newMinimap(w *Window) *minimap {
	m := &minimap{w: w}
	m.paper, m.ground, m.window = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	m.paper.CornerRadius, m.paper.StrokeWidth = 8, 1
	m.window.StrokeWidth, m.window.CornerRadius = 1.5, 2
	m.image = canvas.NewImageFromImage(nil)
	m.image.FillMode, m.image.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
	m.list = []fyne.CanvasObject{m.paper, m.ground, m.image, m.window} // mapParts
	m.ExtendBaseWidget(m)
	m.colors()
	return m
}

// colors follows the theme and the colour of the board.
func (m *minimap) colors() {
	pal := m.w.env.Palette()
	m.paper.FillColor, m.paper.StrokeColor = pal.Paper, pal.PaperEdge
	m.window.FillColor, m.window.StrokeColor = withAlpha(pal.Accent, 0x18), pal.Accent
	for _, o := range []fyne.CanvasObject{m.paper, m.window} {
		canvas.Refresh(o)
	}
}

// inner is the size of the picture's place.
func (m *minimap) inner() board.Size {
	s := m.Size()
	return board.Size{W: float64(s.Width) - 2*minimapPad, H: float64(s.Height) - 2*minimapPad}
}

// redraw takes a new overview.
func (m *minimap) redraw(v *renderers.BoardView) {
	img, area := v.Overview()
	if img == nil || v.Layout.Len() == 0 {
		img, area = nil, v.Layout.Bounds()
	}
	if v.Layout.Len() == 0 {
		area = v.Session.Camera.Visible(v.Session.Viewport)
	}
	m.laid = fitMinimap(roomy(area, v.Session.Viewport), m.inner())
	m.mark(v)
	m.followNews(v)
	m.picture(v, img, m.laid.onMap(area))
}

// picture makes the small picture on a goroutine.
func (m *minimap) picture(v *renderers.BoardView, img *image.RGBA, at board.Rect) {
	pal := m.w.env.Palette()
	ground := renderers.BoardColor(v.Live.Snapshot().Value, pal)
	key := mapKey{img, ground, pal.IsDark}
	inlay(m.image, at)
	if key == m.drawn {
		return
	}
	m.drawn = key
	c := contrastOf(pal, ground)
	m.ground.FillColor = c.of(ground)
	m.image.Hidden = img == nil
	canvas.Refresh(m.ground)
	if img == nil {
		return
	}
	w, h := int(2*at.W), int(2*at.H) // sharp at 200 %, too
	go func() {
		small := mapPicture(img, ground, c, w, h)
		m.w.frames.Add(func() {
			if m.drawn == key {
				m.image.Image = small
				m.image.Refresh()
			}
		})
	}()
}

// follow shows where the camera is; nothing changes while it rests.
func (m *minimap) follow(v *renderers.BoardView) {
	if v.Layout.Len() == 0 && m.drawn.overview != nil {
		m.redraw(v) // an empty board has no overview
		return
	}
	if v.Session.Camera != m.camera || v.Session.Viewport != m.view {
		m.mark(v)
	}
}

// mark frames the part in view.
func (m *minimap) mark(v *renderers.BoardView) {
	c, size := v.Session.Camera, v.Session.Viewport
	m.camera, m.view = c, size
	inlay(m.window, m.laid.viewport(c.Visible(size), m.inner()))
}

// inlay lays an object into the picture's place.
func inlay(o fyne.CanvasObject, r board.Rect) {
	o.Move(fyne.NewPos(float32(r.X)+minimapPad, float32(r.Y)+minimapPad))
	o.Resize(fyne.NewSize(float32(r.W), float32(r.H)))
}

// MouseDown implements desktop.Mouseable.
func (m *minimap) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary && m.w.board != nil {
		m.moving = true
		m.w.board.On(board.Cancel{}) // a glide ends
		m.look(e.Position)
	}
}

// MouseUp implements desktop.Mouseable.
func (m *minimap) MouseUp(*desktop.MouseEvent) { m.moving = false }

// Dragged implements fyne.Draggable.
func (m *minimap) Dragged(e *fyne.DragEvent) {
	if m.moving {
		m.look(e.Position)
	}
}

// DragEnd implements fyne.Draggable.
func (m *minimap) DragEnd() { m.moving = false }

// look brings a place of the map to the middle of the view.
func (m *minimap) look(p fyne.Position) {
	v := m.w.board
	if v == nil || m.laid.scale == 0 {
		return
	}
	at := m.laid.toBoard(board.Point{X: float64(p.X) - minimapPad, Y: float64(p.Y) - minimapPad})
	v.Session.Camera = centred(v.Session.Camera, at, v.Session.Viewport)
	v.Sync()
}

// Scrolled implements fyne.Scrollable.
func (m *minimap) Scrolled(e *fyne.ScrollEvent) { m.w.zoomBy(e.Scrolled.DY) }

// zoomBy zooms around the middle of the view, as the wheel does on the board.
func (w *Window) zoomBy(dy float32) {
	if v := w.board; v != nil {
		size := v.Session.Viewport
		v.On(board.Pinch{At: board.Point{X: size.W / 2, Y: size.H / 2}, Factor: math.Exp(float64(dy) * 0.006)})
	}
}

// glide moves the camera smoothly.
func (w *Window) glide(to board.Camera) {
	if v := w.board; v != nil {
		v.Session.GlideTo(to)
		v.On(board.Tick{Millis: w.env.Now().UnixMilli()})
		v.Sync()
	}
}

// MouseIn implements desktop.Hoverable: the board below is not hovered.
func (m *minimap) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (m *minimap) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (m *minimap) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (m *minimap) CreateRenderer() fyne.WidgetRenderer { return minimapRenderer{m} }

type minimapRenderer struct{ m *minimap }

func (r minimapRenderer) Destroy()                     {}
func (r minimapRenderer) Objects() []fyne.CanvasObject { return r.m.list }
func (r minimapRenderer) Refresh()                     { r.m.colors() }
func (r minimapRenderer) MinSize() fyne.Size {
	return fyne.NewSize(minimapWidth+2*minimapPad, minimapHeight+2*minimapPad)
}

func (r minimapRenderer) Layout(size fyne.Size) {
	m := r.m
	m.paper.Resize(size)
	inner := m.inner()
	inlay(m.ground, board.Rect{W: inner.W, H: inner.H})
	if v := m.w.board; v != nil {
		m.redraw(v)
	}
}
