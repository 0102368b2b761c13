package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// newDisc is a person: their picture as a disc, else one of their colour with their
// initials.
func newDisc(look renderers.PersonLook, side float32) fyne.CanvasObject {
	if m := look.Portrait(portraitPixels(side)); m != nil {
		return container.New(square(side), canvas.NewImageFromImage(m))
	}
	c := look.Colour
	disc := canvas.NewCircle(color.NRGBA{c[0], c[1], c[2], 0xff})
	words := canvas.NewText(paint.Initials(look.Name), inkOn(c))
	words.TextSize, words.TextStyle.Bold = side*0.4, true
	return container.New(square(side), disc, container.NewCenter(words))
}

// portraitPixels is how many pixels a picture of a side in Fyne units is given, so that it is
// sharp where there are two to a unit.
func portraitPixels(side float32) int { return int(2 * side) }

// putPortrait shows somebody's picture in an image, or hides it where they have none.
func putPortrait(in *canvas.Image, look renderers.PersonLook, side float32) {
	if in.Hidden = look.Picture == ""; !in.Hidden {
		in.Image = look.Portrait(portraitPixels(side))
	}
}

// inkOn is black or white, whichever is read more easily on a colour.
func inkOn(c [3]byte) color.Color {
	if 299*int(c[0])+587*int(c[1])+114*int(c[2]) > 150*1000 {
		return color.NRGBA{0x16, 0x19, 0x1d, 0xff}
	}
	return color.White
}
