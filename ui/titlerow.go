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
	left := o[0].MinSize().Width
	right := max(o[4].MinSize().Width, min(rightWanted(o[4]), size.Width-left-leastTitle))
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

// rightRow is what stands at the right of the title: what is said of the board,
// invitations, Share, a button for a new board, more. Where the window is narrow
// the fourth goes first, for it is in menus, and then what is said.
type rightRow struct{}

const (
	rightGap  = 4
	saidGap   = 8  // behind what is said
	leastSaid = 60 // narrower it says nothing
)

// MinSize implements fyne.Layout.
func (rightRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(-rightGap, 0)
	for i, object := range o {
		if m := object.MinSize(); object.Visible() && i != 0 && i != 3 {
			size = fyne.NewSize(size.Width+m.Width+rightGap, max(size.Height, m.Height))
		}
	}
	return size
}

// rightWanted is how wide a rightRow would like to be.
func rightWanted(row fyne.CanvasObject) float32 {
	c, ok := row.(*fyne.Container)
	if !ok {
		return row.MinSize().Width
	}
	width := c.MinSize().Width
	for _, i := range []int{0, 3} {
		width += c.Objects[i].MinSize().Width + saidGap
	}
	return width
}

// Layout implements fyne.Layout.
func (l rightRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	free := size.Width - l.MinSize(o).Width
	create := o[3].MinSize().Width + rightGap
	said := o[0].MinSize().Width + saidGap
	if free < create+min(said, leastSaid) {
		create = 0
	}
	if said = min(said, free-create); said < leastSaid {
		said = 0
	}
	x := size.Width
	for i := len(o) - 1; i >= 0; i-- {
		object := o[i]
		width := object.MinSize().Width
		switch {
		case i == 3 && create == 0:
			width = 0
		case i == 0:
			width = max(0, said-saidGap)
			x -= saidGap - rightGap
		}
		if i == 3 && width == 0 {
			object.Hide()
			continue
		} else if i == 3 {
			object.Show()
		}
		if !object.Visible() {
			continue
		}
		x -= width
		h := object.MinSize().Height
		object.Move(fyne.NewPos(x, (size.Height-h)/2))
		object.Resize(fyne.NewSize(width, h))
		if width > 0 {
			x -= rightGap
		}
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
