package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/ui/lang"
)

// inset is a layout that keeps free space around its objects.
type inset struct{ x, y float32 }

// MinSize implements fyne.Layout.
func (p inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(2*p.x, 2*p.y)
}

// Layout implements fyne.Layout.
func (p inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(p.x, p.y))
		o.Resize(size.SubtractWidthHeight(2*p.x, 2*p.y))
	}
}

// gap is free space in a row.
func gap(w float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(w, 1))
	return r
}

// unknownDocument fills the window where no view exists.
func unknownDocument(label string) fyne.CanvasObject {
	return container.NewCenter(widget.NewLabel(lang.Tf("%s cannot be shown by this version. What is in it is kept.", label)))
}

// stacked is a layout of rows without space between them: all that are visible
// as high as they need, the one numbered grow taking the rest.
type stacked struct{ grow int }

// MinSize implements fyne.Layout.
func (stacked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		}
	}
	return size
}

// Layout implements fyne.Layout.
func (s stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rest := size.Height
	for i, o := range objects {
		if i != s.grow && o.Visible() {
			rest -= o.MinSize().Height
		}
	}
	y := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		h := o.MinSize().Height
		if i == s.grow {
			h = max(0, rest)
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h
	}
}

// indent is a layout that keeps free space at the left and below.
type indent struct{ left, below float32 }

// MinSize implements fyne.Layout.
func (p indent) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return inset{}.MinSize(objects).AddWidthHeight(p.left, p.below)
}

// Layout implements fyne.Layout.
func (p indent) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(p.left, 0))
		o.Resize(size.SubtractWidthHeight(p.left, p.below))
	}
}

// fixedWidth is a layout that is as wide as it says.
type fixedWidth float32

// MinSize implements fyne.Layout.
func (f fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(f), inset{}.MinSize(objects).Height)
}

// Layout implements fyne.Layout.
func (f fixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	inset{}.Layout(objects, size)
}
