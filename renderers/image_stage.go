package renderers

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// imagePad is the room around a fitted picture, in Fyne units.
const imagePad = 16

// imageStage shows a picture that can be zoomed and panned. UI goroutine only.
type imageStage struct {
	widget.BaseWidget
	env     *Env
	zoom    imageZoom
	ground  *canvas.Rectangle
	blank   *canvas.Rectangle // the picture's place until it is there
	im      *canvas.Image
	words   *canvas.Text // why there is no picture
	objects []fyne.CanvasObject
	moved   func() // the zoom or the place changed
	eager   eager
}

func newImageStage(env *Env, moved func()) *imageStage {
	s := &imageStage{env: env, moved: moved, zoom: imageZoom{Zoom: 1, Scale: 1, Fitted: true, Pad: imagePad}}
	s.ground, s.blank = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	s.im = newPicture(nil)
	s.im.Hide()
	s.words = canvas.NewText("", color.Transparent)
	s.words.Alignment = fyne.TextAlignCenter
	s.objects = []fyne.CanvasObject{s.ground, s.blank, s.im, s.words}
	s.ExtendBaseWidget(s)
	s.recolour()
	return s
}

// show puts a picture on the stage.
func (s *imageStage) show(img *image.RGBA) {
	if s.im.Image == img {
		return
	}
	s.im.Image = img
	s.im.Show()
	s.words.Text = ""
	s.blank.Hide()
	canvas.Refresh(s.im)
	s.place()
}

// fail says why there will be no picture.
func (s *imageStage) fail(sentence string) {
	if s.im.Image != nil {
		return // what is there is better than nothing
	}
	s.words.Text = sentence
	s.words.Refresh()
	s.place()
}

// do changes the view of the picture.
func (s *imageStage) do(change func(z *imageZoom)) {
	change(&s.zoom)
	s.place()
	s.moved()
}

// place moves the picture to where the zoom wants it, on whole pixels.
func (s *imageStage) place() {
	w, h := s.zoom.size()
	scale := s.zoom.Scale
	round := func(v float32) float32 { return float32(math.Round(float64(v*scale))) / scale }
	at, size := fyne.NewPos(round(s.zoom.X), round(s.zoom.Y)), fyne.NewSize(round(w), round(h))
	s.blank.Move(at)
	s.blank.Resize(size)
	setImageSize(s.im, size)
	s.im.Move(at)
	s.words.Move(fyne.NewPos(0, s.Size().Height/2-12))
	s.words.Resize(fyne.NewSize(s.Size().Width, 24))
	dirty(s)
}

func (s *imageStage) recolour() {
	pal := s.env.Palette()
	s.ground.FillColor = pal.BoardBg
	s.words.Color = pal.InkMuted
}

type imageStageRenderer struct{ s *imageStage }

// CreateRenderer implements fyne.Widget.
func (s *imageStage) CreateRenderer() fyne.WidgetRenderer { return imageStageRenderer{s} }

func (r imageStageRenderer) Destroy()                     {}
func (r imageStageRenderer) MinSize() fyne.Size           { return fyne.NewSize(160, 120) }
func (r imageStageRenderer) Objects() []fyne.CanvasObject { return r.s.objects }

func (r imageStageRenderer) Layout(size fyne.Size) {
	r.s.ground.Resize(size)
	r.s.eager.focus(r.s.env.Post, r.s)
	r.s.do(func(z *imageZoom) { z.view(size.Width, size.Height, screenScale(r.s)) })
}

func (r imageStageRenderer) Refresh() {
	r.s.recolour()
	r.s.ground.Refresh()
	r.s.words.Refresh()
}

// Scrolled zooms at the pointer.
func (s *imageStage) Scrolled(e *fyne.ScrollEvent) {
	f := float32(math.Exp2(float64(e.Scrolled.DY) / 40))
	s.do(func(z *imageZoom) { z.zoomTo(z.Zoom*min(max(f, 0.25), 4), e.Position.X, e.Position.Y) })
}

// Dragged pans.
func (s *imageStage) Dragged(e *fyne.DragEvent) {
	s.do(func(z *imageZoom) { z.pan(e.Dragged.DX, e.Dragged.DY) })
}

// DragEnd implements fyne.Draggable.
func (s *imageStage) DragEnd() {}

// DoubleTapped changes between all of the picture and its own pixels.
func (s *imageStage) DoubleTapped(e *fyne.PointEvent) {
	s.do(func(z *imageZoom) { z.toggle(e.Position.X, e.Position.Y) })
}

// MouseDown implements desktop.Mouseable: keys go to the picture from now on.
func (s *imageStage) MouseDown(*desktop.MouseEvent) { takeFocus(s) }

// MouseUp implements desktop.Mouseable.
func (s *imageStage) MouseUp(*desktop.MouseEvent) {}

// FocusGained implements fyne.Focusable.
func (s *imageStage) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (s *imageStage) FocusLost() {}

// TypedRune implements fyne.Focusable: + and - zoom, 0 fits, 1 is 100 %.
func (s *imageStage) TypedRune(r rune) {
	switch r {
	case '+', '=':
		s.do(func(z *imageZoom) { z.middle(z.Zoom * imageStep) })
	case '-':
		s.do(func(z *imageZoom) { z.middle(z.Zoom / imageStep) })
	case '0':
		s.do((*imageZoom).fit)
	case '1':
		s.do(func(z *imageZoom) { z.middle(1) })
	default:
		passRune(s, r)
	}
}

// TypedKey implements fyne.Focusable: arrows pan.
func (s *imageStage) TypedKey(e *fyne.KeyEvent) {
	const step = 60
	pan := map[fyne.KeyName]fyne.Position{
		fyne.KeyLeft: {X: step}, fyne.KeyRight: {X: -step}, fyne.KeyUp: {Y: step}, fyne.KeyDown: {Y: -step},
	}
	d, ok := pan[e.Name]
	if !ok {
		passKey(s, e)
		return
	}
	s.do(func(z *imageZoom) { z.pan(d.X, d.Y) })
}

// TypedShortcut implements fyne.Shortcutable: Mod with the zooming keys.
func (s *imageStage) TypedShortcut(sc fyne.Shortcut) {
	runes := map[fyne.KeyName]rune{
		fyne.KeyEqual: '+', fyne.KeyPlus: '+', fyne.KeyMinus: '-', fyne.Key0: '0', fyne.Key1: '1',
	}
	if c, ok := sc.(*desktop.CustomShortcut); ok && runes[c.KeyName] != 0 && c.Modifier&fyne.KeyModifierShortcutDefault != 0 {
		s.TypedRune(runes[c.KeyName])
		return
	}
	passShortcut(s, sc)
}
