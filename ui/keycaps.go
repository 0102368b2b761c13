package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/board"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// A keycap is a small rounded box with the name of a key.
const (
	capHeight = 22
	capPad    = 6
	capText   = 12
	capGap    = 3
)

// newKeycap draws one key.
func newKeycap(name string, pal paint.Palette) fyne.CanvasObject {
	box := canvas.NewRectangle(pal.PaperSunk)
	box.CornerRadius, box.StrokeWidth, box.StrokeColor = 4, 1, pal.PaperEdge
	word := canvas.NewText(name, pal.Ink)
	word.TextSize, word.Alignment = capText, fyne.TextAlignCenter
	return container.New(capLayout{}, box, word)
}

// capLayout is a box around a word.
type capLayout struct{}

// MinSize implements fyne.Layout.
func (capLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(o[1].MinSize().Width+2*capPad, capHeight), capHeight)
}

// Layout implements fyne.Layout.
func (capLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	h := o[1].MinSize().Height
	o[1].Move(fyne.NewPos(0, (size.Height-h)/2))
	o[1].Resize(fyne.NewSize(size.Width, h))
}

// chordBoxes draws chords: a cap for each key, "or" between chords.
func chordBoxes(chords []board.Chord, pal paint.Palette) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i, c := range chords {
		if i > 0 {
			out = append(out, wordOf(lang.T("or"), pal))
		}
		for _, name := range chordCaps(c) {
			out = append(out, newKeycap(name, pal))
		}
	}
	return out
}

func wordOf(s string, pal paint.Palette) *canvas.Text {
	t := canvas.NewText(s, pal.InkMuted)
	t.TextSize = capText
	return t
}

// flow lays objects in lines from left to right, each in the middle of its
// line.
type flow struct{ gap float32 }

// place calls at with the place of each object and gives the height of all.
func (f flow) place(objects []fyne.CanvasObject, width float32, at func(o fyne.CanvasObject, p fyne.Position)) float32 {
	x, y, line := float32(0), float32(0), float32(0)
	start := 0
	finish := func(end int) {
		left := float32(0)
		for _, o := range objects[start:end] {
			m := o.MinSize()
			at(o, fyne.NewPos(left, y+(line-m.Height)/2))
			left += m.Width + f.gap
		}
		start = end
	}
	for i, o := range objects {
		m := o.MinSize()
		if i > start && x+m.Width > width {
			finish(i)
			x, y, line = 0, y+line+f.gap, 0
		}
		x, line = x+m.Width+f.gap, max(line, m.Height)
	}
	finish(len(objects))
	return y + line
}
