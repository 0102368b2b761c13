package renderers

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func TestSetImageSizeFindsTheField(t *testing.T) {
	if imageSizeAt < 0 {
		t.Fatal("canvas.Image has changed: zoom now uploads every texture at each step")
	}
	im := canvas.NewImageFromImage(nil)
	setImageSize(im, fyne.NewSize(12, 34))
	if im.Size() != fyne.NewSize(12, 34) || im.Position() != (fyne.Position{}) || !im.Visible() {
		t.Fatal(im.Size(), im.Position(), im.Visible())
	}
}
