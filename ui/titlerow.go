package ui

import "fyne.io/fyne/v2"

const (
	leastTitle = 160 // the way here gives way before the title does
	leastNote  = 120 // narrower it says nothing
)

// titleRow lays out the title bar: buttons, the way here, the title, what is
// selected, more buttons. Where the window is narrow, first the note goes and
// then the way, from its beginning.
type titleRow struct{}

// MinSize implements fyne.Layout.
func (titleRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, right := o[0].MinSize(), o[4].MinSize()
	return fyne.NewSize(left.Width+60+right.Width, max(left.Height, right.Height, o[2].MinSize().Height))
}

// Layout implements fyne.Layout.
func (titleRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, right := o[0].MinSize().Width, o[4].MinSize().Width
	free := max(0, size.Width-left-right)
	way := min(o[1].MinSize().Width, max(0, free-leastTitle))
	free -= way
	note := min(noteRoom, free/2)
	if note < leastNote {
		note = 0
	}
	x := float32(0)
	for i, width := range []float32{left, way, free - note, max(0, note-16), right} {
		if i == 4 {
			x = size.Width - right
		}
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(width, size.Height))
		x += width
	}
}

// crumbLayout is the way here in a row. Where there is no room for all, the
// end is shown.
type crumbLayout struct{}

// MinSize implements fyne.Layout.
func (crumbLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(size.Width+m.Width+crumbGap, max(size.Height, m.Height))
	}
	return size
}

const crumbGap = 4

// Layout implements fyne.Layout.
func (crumbLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, room := size.Width, true
	for i := len(objects) - 1; i >= 0; i-- {
		o := objects[i]
		m := o.MinSize()
		x -= m.Width + crumbGap
		if room = room && x > -0.5; !room { // nor for what is before
			o.Hide()
			continue
		}
		o.Show()
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o.Resize(m)
	}
}
