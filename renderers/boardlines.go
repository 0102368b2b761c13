package renderers

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/renderers/paint"
)

const (
	linesFrom  = 120 // connectors in view from which on they are drawn from tiles
	maxLabels  = 100 // of these, labels that are drawn one by one
	keptLabels = 300
)

// lineMarks are connectors that are drawn one by one: all where there are few,
// and over tiles those that follow the hand. UI goroutine only.
type lineMarks struct {
	lines   []*canvas.Line
	drawn   int
	strokes [][2]board.Point
	labels  map[board.ConnectorID]*lineLabel
}

// lineLabel is the picture of a label.
type lineLabel struct {
	im         *canvas.Image
	img        *image.RGBA
	has, asked labelKey
	shown      uint64 // frame
}

// labelKey says what a label was painted for.
type labelKey struct {
	words  string
	scale  float32
	dark   bool
	ground color.RGBA
}

// layLines puts connectors of the view into the tree: those of which wanted is
// true, and the selected one.
func (v *BoardView) layLines(wanted func(l *board.Line) bool) {
	m := &v.decor.lines
	m.drawn = 0
	ink, _ := LineInks(v.around.ground, v.around.pal)
	labels := 0
	for i := range v.view.Lines {
		l := &v.view.Lines[i]
		want := wanted(l)
		switch {
		case l.Selected:
			m.draw(v, *l, v.around.pal.OnColor(v.around.ground).Accent, 1.5)
		case want:
			m.draw(v, *l, LineInk(l.Connector, ink, v.around.ground), 1)
		}
		if want && l.Connector.Label != "" && labels < maxLabels && v.word.of(l.Connector.ID) == nil {
			labels++
			m.label(v, l)
		}
	}
	m.sweep(v.frame)
}

// draw adds the strokes of a connector.
func (m *lineMarks) draw(v *BoardView, l board.Line, c color.RGBA, wider float32) {
	zoom := v.view.Camera.Zoom
	m.strokes = l.Strokes(zoom, m.strokes[:0])
	for _, s := range m.strokes {
		if m.drawn == len(m.lines) {
			m.lines = append(m.lines, canvas.NewLine(c))
		}
		o := m.lines[m.drawn]
		m.drawn++
		o.StrokeColor, o.StrokeWidth = c, max(LineWidth*float32(zoom)*wider, 1)
		o.Position1 = fyne.NewPos(float32(s[0].X), float32(s[0].Y))
		o.Position2 = fyne.NewPos(float32(s[1].X), float32(s[1].Y))
		v.objects = append(v.objects, o)
	}
}

// label adds the picture of a connector's label and asks for a better one where
// it is needed.
func (m *lineMarks) label(v *BoardView, l *board.Line) {
	zoom := float32(v.view.Camera.Zoom)
	if LabelSize*zoom*v.around.scale < labelTiny {
		return
	}
	if m.labels == nil {
		m.labels = map[board.ConnectorID]*lineLabel{}
	}
	id := l.Connector.ID
	x := m.labels[id]
	if x == nil {
		x = &lineLabel{im: newPicture(nil)}
		m.labels[id] = x
	}
	x.shown = v.frame
	want := labelKey{l.Connector.Label, zoom * v.around.scale, v.around.pal.IsDark, v.around.ground}
	if v.moving && x.img != nil {
		want.scale = x.has.scale // detail is frozen while the camera moves
	}
	if x.has != want && x.asked != want {
		x.asked = want
		m.ask(v, id, want)
	}
	if x.img == nil {
		return
	}
	size := fyne.NewSize(float32(x.img.Rect.Dx())/x.has.scale*zoom, float32(x.img.Rect.Dy())/x.has.scale*zoom)
	setImageSize(x.im, size)
	at := l.Middle()
	x.im.Move(fyne.NewPos(v.onPixel(at.X-float64(size.Width)/2), v.onPixel(at.Y-float64(size.Height)/2)))
	v.objects = append(v.objects, x.im)
}

// ask has a label painted.
func (m *lineMarks) ask(v *BoardView, id board.ConnectorID, want labelKey) {
	v.painters.Submit(task{run: func(sh *paint.Shaper) {
		img := layLabel(sh, want.words, want.ground, palette(want.dark)).picture(want.scale)
		v.frames.Add(func() {
			x := m.labels[id]
			if x == nil || x.asked != want || v.closed {
				return
			}
			x.img, x.has, x.im.Image = img, want, img
			canvas.Refresh(x.im)
			v.later()
		})
	}})
}

// sweep forgets labels that are not in view when there are many.
func (m *lineMarks) sweep(now uint64) {
	if len(m.labels) <= keptLabels {
		return
	}
	for id, x := range m.labels {
		if x.shown != now {
			x.im.Image = nil
			canvas.Refresh(x.im)
			delete(m.labels, id)
		}
	}
}

// everyLine wants all connectors.
func everyLine(*board.Line) bool { return true }
