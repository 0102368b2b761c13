package media

import "image"

// turned tells whether an EXIF orientation swaps width and height.
func turned(orientation int) bool { return orientation >= 5 && orientation <= 8 }

// orient gives the picture as the EXIF orientation wants it seen; 1 returns src itself.
func orient(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	outW, outH := w, h
	if turned(orientation) {
		outW, outH = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, outW, outH))
	for y := range h {
		row := src.Pix[y*src.Stride:]
		for x := range w {
			dx, dy := place(x, y, w, h, orientation)
			copy(dst.Pix[dy*dst.Stride+4*dx:][:4], row[4*x:][:4])
		}
	}
	return dst
}

// place tells where the stored pixel (x, y) of a w×h picture is seen.
func place(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // upside down, mirrored
		return x, h - 1 - y
	case 5: // transposed
		return y, x
	case 6: // needs a quarter turn clockwise
		return h - 1 - y, x
	case 7: // transposed over the other diagonal
		return h - 1 - y, w - 1 - x
	case 8: // needs a quarter turn counter-clockwise
		return y, w - 1 - x
	}
	return x, y
}
