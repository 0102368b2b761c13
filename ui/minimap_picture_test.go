package ui

import (
	"image"
	"image/color"
	"testing"

	"corkboard/renderers/paint"
)

func TestMapPicturePartsPaperFromGround(t *testing.T) {
	for _, pal := range []paint.Palette{paint.Light(), paint.Dark()} {
		ground := pal.BoardBg
		overview := image.NewRGBA(image.Rect(0, 0, 800, 600)) // clear but for one card
		for y := 100; y < 300; y++ {
			for x := 200; x < 400; x++ {
				overview.SetRGBA(x, y, pal.Paper)
			}
		}
		c := contrastOf(pal, ground)
		img := mapPicture(overview, ground, c, 200, 150)
		card, bare := img.RGBAAt(75, 50), img.RGBAAt(10, 10)
		if bare != c.of(ground) {
			t.Errorf("the ground is %v on the picture and %v beside it", bare, c.of(ground))
		}
		if d := int(card.G) - int(bare.G); d < 32 && d > -32 {
			t.Errorf("dark %v: a card is %v on %v", pal.IsDark, card, bare)
		}
	}
}

func TestMapPictureIsNeverLargerThanItsOverview(t *testing.T) {
	overview := image.NewRGBA(image.Rect(0, 0, 30, 1))
	overview.SetRGBA(29, 0, color.RGBA{255, 0, 0, 255})
	img := mapPicture(overview, color.RGBA{0, 0, 0, 255}, contrast{times: 16}, 400, 280)
	if b := img.Bounds(); b.Dx() != 30 || b.Dy() != 1 {
		t.Fatalf("%v", b)
	}
	if got := img.RGBAAt(29, 0); got.R != 255 {
		t.Errorf("the last pixel is %v", got)
	}
}
