package main

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quiet is the light border around a QR code, in modules.
const quiet = 2

// draw is a QR code for a terminal with light letters on a dark ground: a letter holds
// two modules, one above the other, and light ones are drawn.
func draw(text string) (string, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return "", fmt.Errorf("drawing a QR code: %w", err)
	}
	letters := [2][2]string{{"█", "▀"}, {"▄", " "}} // by: above is dark, below is dark
	var b strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		for x := -quiet; x < code.Size+quiet; x++ {
			b.WriteString(letters[bit(code.Black(x, y))][bit(code.Black(x, y+1))])
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

func bit(dark bool) int {
	if dark {
		return 1
	}
	return 0
}
