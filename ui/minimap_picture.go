package ui

import (
	"image"
	"image/color"

	"corkboard/renderers/paint"
)

// contrast makes the small differences between paper and ground be seen on a
// map: all colours move away from an anchor, in the light from paper and in
// the dark from the ground.
type contrast struct {
	anchor color.RGBA
	times  int // per 16
}

func contrastOf(pal paint.Palette, ground color.RGBA) contrast {
	if pal.IsDark {
		return contrast{ground, 40}
	}
	return contrast{pal.Paper, 34}
}

// of is a colour on the map. What has a colour of its own can be seen as it is.
func (c contrast) of(x color.RGBA) color.RGBA {
	const colourful = 40
	if max(x.R, x.G, x.B)-min(x.R, x.G, x.B) > colourful {
		return color.RGBA{x.R, x.G, x.B, 255}
	}
	far := func(v, a uint8) uint8 { return uint8(min(max(int(a)+(int(v)-int(a))*c.times/16, 0), 255)) }
	return color.RGBA{far(x.R, c.anchor.R), far(x.G, c.anchor.G), far(x.B, c.anchor.B), 255}
}

// mapPicture makes a picture of at most w×h pixels of an overview over its
// ground. Any goroutine.
func mapPicture(overview *image.RGBA, ground color.RGBA, c contrast, w, h int) *image.RGBA {
	from := overview.Bounds()
	w, h = max(1, min(w, from.Dx())), max(1, min(h, from.Dy()))
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		top, bottom := y*from.Dy()/h, (y+1)*from.Dy()/h
		for x := range w {
			left, right := x*from.Dx()/w, (x+1)*from.Dx()/w
			area := image.Rect(left, top, right, bottom).Add(from.Min)
			out.SetRGBA(x, y, c.of(over(mean(overview, area), ground)))
		}
	}
	return out
}

// mean is the mean colour of an area, premultiplied.
func mean(img *image.RGBA, r image.Rectangle) color.RGBA {
	var sum [4]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := img.Pix[img.PixOffset(r.Min.X, y):img.PixOffset(r.Max.X, y)]
		for i := 0; i+3 < len(row); i += 4 {
			sum[0] += int(row[i])
			sum[1] += int(row[i+1])
			sum[2] += int(row[i+2])
			sum[3] += int(row[i+3])
		}
	}
	n := max(1, r.Dx()*r.Dy())
	return color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), uint8(sum[3] / n)}
}

// over puts a premultiplied colour over an opaque one.
func over(c, ground color.RGBA) color.RGBA {
	rest := 255 - int(c.A)
	mix := func(v, g uint8) uint8 { return uint8(min(int(v)+int(g)*rest/255, 255)) }
	return color.RGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255}
}
