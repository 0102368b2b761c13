package ui

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/renderers"
)

// newDisc is a person: their picture as a disc, else one of their colour with their
// initials.
func newDisc(look renderers.PersonLook, side float32) fyne.CanvasObject {
	if m := look.Portrait(portraitPixels(side)); m != nil {
		return container.New(square(side), canvas.NewImageFromImage(m))
	}
	c := look.Colour
	disc := canvas.NewCircle(color.NRGBA{c[0], c[1], c[2], 0xff})
	words := canvas.NewText(initials(look.Name), inkOn(c))
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

// initials is the first letters of the first and the last word of a name, at most
// two; "?" where there are no letters.
func initials(name string) string {
	var first []string
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		r, _ := utf8.DecodeRuneInString(word)
		first = append(first, string(unicode.ToUpper(r)))
	}
	switch n := len(first); n {
	case 0:
		return "?"
	case 1:
		return first[0]
	default:
		return first[0] + first[n-1]
	}
}

// inkOn is black or white, whichever is read more easily on a colour.
func inkOn(c [3]byte) color.Color {
	if 299*int(c[0])+587*int(c[1])+114*int(c[2]) > 150*1000 {
		return color.NRGBA{0x16, 0x19, 0x1d, 0xff}
	}
	return color.White
}
