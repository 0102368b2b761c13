package renderers

import (
	"image"
	"reflect"
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// imageSizeAt is where canvas.Image keeps its size, or -1 when Fyne has
// changed and the slow way must do.
var imageSizeAt = func() int {
	base, ok := reflect.TypeFor[canvas.Image]().FieldByName("baseObject")
	if !ok || base.Type.Kind() != reflect.Struct {
		return -1
	}
	size, ok := base.Type.FieldByName("size")
	if !ok || size.Type != reflect.TypeFor[fyne.Size]() {
		return -1
	}
	return int(base.Offset + size.Offset)
}()

// newPicture is an image that shows its pixels as they are.
func newPicture(img image.Image) *canvas.Image {
	im := canvas.NewImageFromImage(img)
	im.FillMode, im.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	return im
}

// setImageSize resizes an image and keeps its texture. Image.Resize frees it,
// so that each step of a zoom would upload every visible card again
// (9.9 ms instead of 0.9 ms a frame with a screen full of cards).
func setImageSize(im *canvas.Image, s fyne.Size) {
	if imageSizeAt < 0 {
		im.Resize(s)
		return
	}
	*(*fyne.Size)(unsafe.Add(unsafe.Pointer(im), imageSizeAt)) = s
}
