// Package portrait is the small picture of a person, as their profile carries it.
//
// Rules of this room: the picture is the pixels themselves, so that nothing has to decode what
// others send.
package portrait

import (
	"image"
	"image/color"
	"image/draw"
)

// Side is the pixels of a picture, both ways.
const Side = 64

// Size is its length in bytes: all brightness by rows, then the two differences of
// colour at half the side each (YCbCr 4:2:0 as in JFIF).
const Size = Side * Side * 3 / 2

// Of is what is kept of a picture of Side both ways; what is clear becomes white.
func Of(m image.Image) string {
	rgb := image.NewRGBA(image.Rect(0, 0, Side, Side))
	draw.Draw(rgb, rgb.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(rgb, rgb.Rect, m, m.Bounds().Min, draw.Over)
	kept := make([]byte, Size)
	out := planes(kept)
	var sum [Side * Side / 4][2]int
	for y := range Side {
		for x := range Side {
			c := rgb.RGBAAt(x, y)
			bright, blue, red := color.RGBToYCbCr(c.R, c.G, c.B)
			out.Y[out.YOffset(x, y)] = bright
			s := &sum[out.COffset(x, y)]
			s[0], s[1] = s[0]+int(blue), s[1]+int(red)
		}
	}
	for i, s := range sum {
		out.Cb[i], out.Cr[i] = byte((s[0]+2)/4), byte((s[1]+2)/4)
	}
	return string(kept)
}

// Image is what was kept; nil for what is not of Size. The caller owns it.
func Image(kept string) image.Image {
	if len(kept) != Size {
		return nil
	}
	return planes([]byte(kept))
}

// planes looks at Size bytes as a picture.
func planes(b []byte) *image.YCbCr {
	const bright, colour = Side * Side, Side * Side / 4
	return &image.YCbCr{
		Y: b[:bright], Cb: b[bright : bright+colour], Cr: b[bright+colour:],
		YStride: Side, CStride: Side / 2, SubsampleRatio: image.YCbCrSubsampleRatio420,
		Rect: image.Rect(0, 0, Side, Side),
	}
}
