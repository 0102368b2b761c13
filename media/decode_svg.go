package media

import (
	"bytes"
	"fmt"
	"image"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// vectorPicture draws an SVG to fill the box of want; where want has a zero side, at its
// natural size at most. What the reader does not know, text for one, is left out.
func vectorPicture(data []byte, want Size) (*reply, error) {
	if len(data) > MaxSVGBytes {
		return nil, fmt.Errorf("svg of %d bytes: %w", len(data), ErrTooLarge)
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, fmt.Errorf("reading svg: %w: %w", ErrBroken, err)
	}
	w, h := icon.ViewBox.W, icon.ViewBox.H
	natural, err := wholeSize(w, h)
	if err != nil {
		return nil, fmt.Errorf("svg's box: %w", err)
	}
	enlarge := 1.0
	if want.W > 0 && want.H > 0 {
		enlarge = MaxSide
	}
	to := fit(float64(natural.W), float64(natural.H), want.box(), enlarge, MaxPagePixels)
	m := image.NewRGBA(image.Rect(0, 0, to.W, to.H))
	icon.SetTarget(0, 0, float64(to.W), float64(to.H))
	scanner := rasterx.NewScannerGV(to.W, to.H, m, m.Rect)
	icon.Draw(rasterx.NewDasher(to.W, to.H, scanner), 1)
	info := Info{Format: "svg", MIME: mimeSVG, Width: natural.W, Height: natural.H, Pages: 1, Average: meanColor(m)}
	return &reply{Info: info, frames: []Frame{{Picture: m}}, heavy: to.pixels() > heavyPixels}, nil
}
