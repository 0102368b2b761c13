package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/renderers"
)

// modal is a sheet of paper over the window. Esc and a click beside it close
// it; the focus goes back to what is shown.
type modal struct {
	widget.BaseWidget
	w      *Window
	ground *canvas.Rectangle
	paper  *canvas.Rectangle
	shield *shield
	inside fyne.CanvasObject
	place  func(window fyne.Size) (fyne.Position, fyne.Size)
	closed func()            // called once it is closed; nil is fine
	scroll *container.Scroll // what of it can be scrolled; nil when nothing can
	follow func()            // called when others may have changed something; nil is fine
	keys   func(e *fyne.KeyEvent)
	runes  func(r rune)
	keyed  bool // a key went down here: letters are meant for the sheet
}

// newModal puts content on a sheet. place says where it lies in a window of a
// size; dim darkens what is behind.
func newModal(w *Window, inside fyne.CanvasObject, dim bool, place func(fyne.Size) (fyne.Position, fyne.Size)) *modal {
	pal := w.env.Palette()
	m := &modal{w: w, inside: inside, place: place, shield: newShield()}
	m.ground = canvas.NewRectangle(color.Transparent)
	if dim {
		m.ground.FillColor = color.NRGBA{A: 0x48}
	}
	m.paper = canvas.NewRectangle(pal.Paper)
	m.paper.CornerRadius, m.paper.StrokeWidth, m.paper.StrokeColor = 10, 1, pal.PaperEdge
	m.ExtendBaseWidget(m)
	return m
}

// open shows the sheet and gives the focus to a part of it, or to itself.
func (m *modal) open(focus fyne.Focusable) {
	m.w.closeModal()
	m.w.modal = m
	c := m.w.win.Canvas()
	c.Overlays().Add(m)
	if focus == nil {
		focus = m
	}
	c.Focus(focus)
}

// closeModal closes the sheet that is open, if there is one.
func (w *Window) closeModal() {
	m := w.modal
	if m == nil {
		return
	}
	w.modal = nil
	w.win.Canvas().Overlays().Remove(m)
	if m.closed != nil {
		m.closed()
	}
	w.focusBody()
}

// Tapped implements fyne.Tappable: a click beside the sheet.
func (m *modal) Tapped(*fyne.PointEvent) { m.w.closeModal() }

// TappedSecondary implements fyne.SecondaryTappable.
func (m *modal) TappedSecondary(*fyne.PointEvent) { m.w.closeModal() }

// FocusGained implements fyne.Focusable.
func (m *modal) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (m *modal) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (m *modal) TypedRune(r rune) {
	if m.runes != nil && m.keyed {
		m.runes(r)
	}
}

// KeyDown implements desktop.Keyable.
func (m *modal) KeyDown(*fyne.KeyEvent) { m.keyed = true }

// KeyUp implements desktop.Keyable.
func (m *modal) KeyUp(*fyne.KeyEvent) {}

// TypedKey implements fyne.Focusable.
func (m *modal) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape:
		m.w.closeModal()
	case m.keys != nil:
		m.keys(e)
	}
}

// CreateRenderer implements fyne.Widget.
func (m *modal) CreateRenderer() fyne.WidgetRenderer { return modalRenderer{m} }

type modalRenderer struct{ m *modal }

func (r modalRenderer) Destroy()           {}
func (r modalRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r modalRenderer) Refresh()           { canvas.Refresh(r.m.ground) }
func (r modalRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.m.ground, r.m.paper, r.m.shield, r.m.inside}
}

func (r modalRenderer) Layout(size fyne.Size) {
	m := r.m
	m.ground.Resize(size)
	at, s := m.place(size)
	for _, o := range []fyne.CanvasObject{m.paper, m.shield, m.inside} {
		o.Move(at)
		o.Resize(s)
	}
}

// resized lays the sheet anew when it wants another size.
func (m *modal) resized() { modalRenderer{m}.Layout(m.Size()) }

// shield keeps clicks and the wheel from what lies below it.
type shield struct{ widget.BaseWidget }

var (
	_ fyne.Tappable     = (*shield)(nil)
	_ fyne.Scrollable   = (*shield)(nil)
	_ desktop.Hoverable = (*shield)(nil)
)

func newShield() *shield {
	s := &shield{}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements fyne.Tappable.
func (*shield) Tapped(*fyne.PointEvent) {}

// TappedSecondary implements fyne.SecondaryTappable.
func (*shield) TappedSecondary(*fyne.PointEvent) {}

// Scrolled implements fyne.Scrollable.
func (*shield) Scrolled(*fyne.ScrollEvent) {}

// MouseIn implements desktop.Hoverable.
func (*shield) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (*shield) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (*shield) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (s *shield) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// closeButton closes the sheet that is open.
func (w *Window) closeButton() *renderers.Button {
	b := iconButton(theme.CancelIcon(), w.closeModal)
	b.Keys = onEscape(w.closeModal)
	return b
}

// middleOf places a sheet in the middle of the window, smaller where the
// window is.
func middleOf(want fyne.Size) func(fyne.Size) (fyne.Position, fyne.Size) {
	return func(window fyne.Size) (fyne.Position, fyne.Size) {
		s := fyne.NewSize(min(want.Width, window.Width-32), min(want.Height, window.Height-32))
		return fyne.NewPos((window.Width-s.Width)/2, (window.Height-s.Height)/2), s
	}
}

// heading is a line of strong text.
func heading(words string, env *renderers.Env) *canvas.Text {
	t := canvas.NewText(words, env.Palette().Ink)
	t.TextStyle.Bold = true
	return t
}
