package ui

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/renderers/paint"
)

// palettes gives the colours of the theme in use.
type palettes interface{ Palette() paint.Palette }

// Measures of a row.
const (
	rowPad  = 14
	rowIcon = 18
	rowEnd  = 180 // what stands at the right takes so much at most
)

// rowView is one row of a list: an icon, a title and a second line with a part
// marked, and something at the right. Its objects are used again and again.
type rowView struct {
	hidden  bool
	caption *canvas.Text // above the row
	ground  *canvas.Rectangle
	icon    *canvas.Image
	title   markedLine
	detail  markedLine
	end     *canvas.Text
	pal     paint.Palette
	drawn   iconKey
	list    []fyne.CanvasObject
	hasIcon bool
}

// iconKey says what an icon shows.
type iconKey struct {
	icon paint.Icon
	dark bool
}

func newRowView() *rowView {
	r := &rowView{ground: canvas.NewRectangle(color.Transparent), end: canvas.NewText("", color.Transparent)}
	r.caption = canvas.NewText("", color.Transparent)
	r.caption.TextSize, r.caption.TextStyle.Bold = 11, true
	r.icon = canvas.NewImageFromImage(nil)
	r.icon.FillMode = canvas.ImageFillContain
	r.ground.CornerRadius = 6
	r.end.TextSize = 12
	r.title, r.detail = newMarkedLine(14), newMarkedLine(12)
	r.list = []fyne.CanvasObject{r.caption, r.ground, r.icon}
	r.list = append(append(append(r.list, r.title.objects()...), r.detail.objects()...), r.end)
	return r
}

func (r *rowView) objects() []fyne.CanvasObject { return r.list }

// reset empties the row.
func (r *rowView) reset(pal paint.Palette, chosen bool) {
	r.pal, r.hasIcon = pal, false
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = color.Transparent, color.Transparent, 0
	if chosen {
		r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = withAlpha(pal.Accent, 0x2c), pal.Accent, 1.5
	}
	r.title.words, r.detail.words, r.end.Text, r.caption.Text = marked{}, marked{}, "", ""
	r.caption.Color = pal.InkMuted
	r.title.ink, r.detail.ink, r.end.Color = pal.Ink, pal.InkMuted, pal.InkMuted
	r.title.mark, r.detail.mark = pal.Mark, pal.Mark
}

// setIcon shows the icon of a kind.
func (r *rowView) setIcon(icon paint.Icon) {
	r.hasIcon = true
	key := iconKey{icon, r.pal.IsDark}
	if r.icon.Image != nil && r.drawn == key {
		return
	}
	r.drawn = key
	r.icon.Image = iconPicture(icon, r.pal.InkMuted)
	r.icon.Refresh()
}

// iconPicture draws an icon at twice the size that it is shown in.
func iconPicture(icon paint.Icon, c color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 2*rowIcon, 2*rowIcon))
	paint.DrawIcon(img, icon, paint.Rect{W: 2 * rowIcon, H: 2 * rowIcon}, c)
	return img
}

// lay puts the row at a place, below its caption.
func (r *rowView) lay(at fyne.Position, size fyne.Size) {
	r.caption.Hidden = r.caption.Text == ""
	if !r.caption.Hidden {
		words := r.caption.MinSize()
		r.caption.Move(at.AddXY(rowPad, captionHeight-words.Height-3))
		r.caption.Resize(words)
		r.caption.Refresh()
		at.Y += captionHeight
	}
	r.ground.Move(at.AddXY(6, 1))
	r.ground.Resize(size.SubtractWidthHeight(12, 2))
	x := at.X + rowPad
	r.icon.Hidden = !r.hasIcon
	if r.hasIcon {
		r.icon.Move(fyne.NewPos(x, at.Y+(size.Height-rowIcon)/2))
		r.icon.Resize(fyne.NewSquareSize(rowIcon))
		x += rowIcon + 10
	}
	right := at.X + size.Width - rowPad
	r.end.Text = fitText(r.end.Text, r.end.TextSize, r.end.TextStyle, rowEnd)
	end := r.end.MinSize()
	r.end.Move(fyne.NewPos(right-end.Width, at.Y+(size.Height-end.Height)/2))
	r.end.Resize(end)
	r.end.Refresh()
	room := right - x - end.Width - 12
	if r.detail.words == (marked{}) {
		r.title.lay(fyne.NewPos(x, at.Y+(size.Height-r.title.height())/2), room)
		r.detail.lay(at, 0)
		return
	}
	gap := (size.Height - r.title.height() - r.detail.height()) / 2
	r.title.lay(fyne.NewPos(x, at.Y+gap), room)
	r.detail.lay(fyne.NewPos(x, at.Y+gap+r.title.height()), room)
}

// markedLine is a line of text with a part marked.
type markedLine struct {
	words     marked
	ink, mark color.RGBA
	ground    *canvas.Rectangle
	parts     [3]*canvas.Text
}

func newMarkedLine(size float32) markedLine {
	l := markedLine{ground: canvas.NewRectangle(color.Transparent)}
	l.ground.CornerRadius = 2
	for i := range l.parts {
		l.parts[i] = canvas.NewText("", color.Transparent)
		l.parts[i].TextSize = size
	}
	return l
}

func (l *markedLine) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{l.ground, l.parts[0], l.parts[1], l.parts[2]}
}

func (l *markedLine) height() float32 {
	return fyne.MeasureText("Hg", l.parts[0].TextSize, fyne.TextStyle{}).Height
}

// lay puts the line at a place and cuts what there is no room for.
func (l *markedLine) lay(at fyne.Position, room float32) {
	size := l.parts[0].TextSize
	hit := float32(0)
	for i, words := range []string{l.words.before, l.words.hit, l.words.after} {
		t := l.parts[i]
		words = fitText(words, size, t.TextStyle, room)
		width := textWidth(words, size, t.TextStyle)
		t.Color = l.ink
		t.Text = words
		t.Move(at)
		t.Resize(fyne.NewSize(width, l.height()))
		t.Refresh()
		if i == 1 {
			hit = width
			l.ground.Move(at)
		}
		at.X, room = at.X+width, room-width
	}
	l.ground.FillColor = l.mark
	l.ground.Hidden = hit == 0
	l.ground.Resize(fyne.NewSize(hit, l.height()))
}
