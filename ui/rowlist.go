package ui

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// captionHeight is what a caption above a row takes.
const captionHeight = 26

// rowList is a list of rows of one height, of which one is chosen; captions may stand
// above some. It never takes the focus: the entry above it has the keys. Only what is
// seen has objects.
type rowList struct {
	widget.BaseWidget
	height float32 // of a row
	fill   func(r *rowView, i int)
	done   func(i int)        // a row was clicked
	ticked func(i int) bool   // its icon was; false or nil: it is a click like any
	title  func(i int) string // above a row, "" for none; nil is none at all
	env    palettes

	count  int
	chosen int // -1 when there is none
	top    float32
	tops   []float32 // where rows begin, their captions too, and where the last one ends
	rows   []*rowView
	thumb  *canvas.Rectangle
}

func newRowList(env palettes, height float32, fill func(r *rowView, i int), done func(i int)) *rowList {
	l := &rowList{env: env, height: height, fill: fill, done: done, chosen: -1}
	l.thumb = canvas.NewRectangle(withAlpha(env.Palette().Ink, 0x40))
	l.thumb.CornerRadius = 2
	l.ExtendBaseWidget(l)
	return l
}

// show lists so many rows and chooses one.
func (l *rowList) show(count, chosen int) {
	l.count = count
	y := float32(0)
	l.tops = append(l.tops[:0], 0)
	for i := range count {
		y += l.height + l.captionOf(i)
		l.tops = append(l.tops, y)
	}
	l.choose(chosen)
}

// captionOf is the room for what stands above a row.
func (l *rowList) captionOf(i int) float32 {
	if l.title == nil || l.title(i) == "" {
		return 0
	}
	return captionHeight
}

// whole is how high all rows are together.
func (l *rowList) whole() float32 {
	if l.count == 0 {
		return 0
	}
	return l.tops[l.count]
}

// choose chooses a row and brings it into view.
func (l *rowList) choose(i int) {
	l.chosen = max(min(i, l.count-1), -1)
	if l.chosen >= 0 {
		l.top = min(max(l.top, l.tops[l.chosen+1]-l.Size().Height), l.tops[l.chosen])
	}
	l.lay()
}

// walk chooses another row; the list goes round.
func (l *rowList) walk(by int) {
	if l.count > 0 {
		l.choose(((l.chosen+by)%l.count + l.count) % l.count)
	}
}

// page is how many rows are seen.
func (l *rowList) page() int { return max(1, int(l.Size().Height/l.height)-1) }

// at is the row at a place, or -1.
func (l *rowList) at(p fyne.Position) int {
	y := p.Y + l.top
	i := l.after(y) - 1
	if p.Y < 0 || i < 0 || i >= l.count || y < l.tops[i+1]-l.height {
		return -1
	}
	return i
}

// after is the first row that begins below y.
func (l *rowList) after(y float32) int {
	return sort.Search(len(l.tops), func(i int) bool { return l.tops[i] > y })
}

// lay binds rows to what is seen.
func (l *rowList) lay() {
	size := l.Size()
	l.top = max(0, min(l.top, l.whole()-size.Height))
	first := max(0, l.after(l.top)-1)
	n := max(0, min(l.count, l.after(l.top+size.Height))-first)
	for len(l.rows) < n {
		l.rows = append(l.rows, newRowView())
	}
	for k, r := range l.rows {
		r.hidden = k >= n
		if r.hidden {
			continue
		}
		i := first + k
		r.reset(l.env.Palette(), i == l.chosen)
		if l.title != nil {
			r.caption.Text = l.title(i)
		}
		l.fill(r, i)
		r.lay(fyne.NewPos(0, l.tops[i]-l.top), fyne.NewSize(size.Width, l.height))
	}
	l.layThumb(size)
	canvas.Refresh(l)
}

// layThumb shows how far the list is scrolled.
func (l *rowList) layThumb(size fyne.Size) {
	all := l.whole()
	if all <= size.Height {
		l.thumb.Hide()
		return
	}
	h := max(24, size.Height*size.Height/all)
	l.thumb.Show()
	l.thumb.Resize(fyne.NewSize(4, h))
	l.thumb.Move(fyne.NewPos(size.Width-6, (size.Height-h)*l.top/(all-size.Height)))
}

// Tapped implements fyne.Tappable.
func (l *rowList) Tapped(e *fyne.PointEvent) {
	i := l.at(e.Position)
	if i < 0 {
		return
	}
	l.choose(i)
	if e.Position.X < rowPad+rowIcon+6 && l.ticked != nil && l.ticked(i) {
		return
	}
	l.done(i)
}

// Scrolled implements fyne.Scrollable.
func (l *rowList) Scrolled(e *fyne.ScrollEvent) {
	l.top -= e.Scrolled.DY
	l.lay()
}

// MouseIn implements desktop.Hoverable.
func (l *rowList) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable: the row under the pointer is the
// one that a click means.
func (l *rowList) MouseMoved(e *desktop.MouseEvent) {
	if i := l.at(e.Position); i >= 0 && i != l.chosen {
		l.chosen = i
		l.lay()
	}
}

// MouseOut implements desktop.Hoverable.
func (l *rowList) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (l *rowList) CreateRenderer() fyne.WidgetRenderer { return &rowListRenderer{l: l} }

type rowListRenderer struct {
	l       *rowList
	objects []fyne.CanvasObject
}

func (r *rowListRenderer) Destroy()           {}
func (r *rowListRenderer) Layout(fyne.Size)   { r.l.choose(r.l.chosen) }
func (r *rowListRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }
func (r *rowListRenderer) Refresh()           { r.l.lay() }
func (r *rowListRenderer) Objects() []fyne.CanvasObject {
	r.objects = r.objects[:0]
	for _, row := range r.l.rows {
		if !row.hidden {
			r.objects = append(r.objects, row.objects()...)
		}
	}
	return append(r.objects, r.l.thumb)
}
