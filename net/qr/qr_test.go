package qr

import (
	"image/color"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestTheCodeOnTheTerminalAndAsAPicture(t *testing.T) {
	const text = "corkboard:/somewhere"
	want, err := qr.Encode(text, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSuffix(c.Terminal(), "\n"), "\n") {
		letters := []rune(line)
		if len(letters) != want.Size+2*Quiet {
			t.Fatalf("line %d has %d letters", i, len(letters))
		}
		for x, letter := range letters {
			above, below := want.Black(x-Quiet, 2*i-Quiet), want.Black(x-Quiet, 2*i-Quiet+1)
			drawn := map[[2]bool]rune{{false, false}: '█', {false, true}: '▀', {true, false}: '▄', {true, true}: ' '}[[2]bool{above, below}]
			if letter != drawn {
				t.Fatalf("line %d, letter %d: %q, want %q", i, x, letter, drawn)
			}
		}
	}
	m := c.Image(3)
	if side := 3 * (want.Size + 2*Quiet); m.Rect.Dx() != side || m.Rect.Dy() != side {
		t.Fatalf("the picture is %v", m.Rect)
	}
	for y := range want.Size {
		for x := range want.Size {
			at := m.GrayAt(3*(x+Quiet)+1, 3*(y+Quiet)+1)
			if dark := at == (color.Gray{}); dark != want.Black(x, y) {
				t.Fatalf("%d, %d is %v", x, y, at)
			}
		}
	}
	if _, err := Encode(strings.Repeat("x", 8000)); err == nil {
		t.Error("drew what fits into no code")
	}
}
