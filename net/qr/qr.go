// Package qr draws links for the camera of another device.
package qr

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"rsc.io/qr"
)

// Quiet is the light border around a code, in modules.
const Quiet = 2

// Code is a QR code: squares that are dark or light.
type Code struct{ code *qr.Code }

// Encode makes the code of a text. An error if it is too long.
func Encode(text string) (Code, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return Code{}, fmt.Errorf("drawing a QR code: %w", err)
	}
	return Code{code}, nil
}

// Size is how many modules a side has, with the border.
func (c Code) Size() int { return c.code.Size + 2*Quiet }

// Dark reports whether a module is dark, from 0; those outside are light.
func (c Code) Dark(x, y int) bool { return c.code.Black(x-Quiet, y-Quiet) }

// Terminal is the code for a terminal with light letters on a dark ground: a letter
// holds two modules, one above the other, and light ones are drawn.
func (c Code) Terminal() string {
	letters := [2][2]string{{"█", "▀"}, {"▄", " "}} // by: above is dark, below is dark
	var b strings.Builder
	for y := 0; y < c.Size(); y += 2 {
		for x := range c.Size() {
			b.WriteString(letters[bit(c.Dark(x, y))][bit(c.Dark(x, y+1))])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func bit(dark bool) int {
	if dark {
		return 1
	}
	return 0
}

// Image is the code in black on white, so many pixels a module.
func (c Code) Image(pixels int) *image.Gray {
	side := c.Size() * pixels
	m := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			if !c.Dark(x/pixels, y/pixels) {
				m.SetGray(x, y, color.Gray{Y: 0xff})
			}
		}
	}
	return m
}
