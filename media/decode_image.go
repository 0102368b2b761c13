package media

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// codec reads one raster format.
type codec struct {
	format string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var codecs = map[string]codec{
	"image/png":  {"png", png.DecodeConfig, png.Decode},
	"image/jpeg": {"jpeg", jpeg.DecodeConfig, jpeg.Decode},
	"image/gif":  {"gif", gif.DecodeConfig, gif.Decode},
	"image/webp": {"webp", webp.DecodeConfig, webp.Decode},
	"image/bmp":  {"bmp", bmp.DecodeConfig, bmp.Decode},
	"image/tiff": {"tiff", tiff.DecodeConfig, tiff.Decode},
}

const mimeSVG = "image/svg+xml"

// probeSide is the size in px to which a probed picture is reduced for its average.
const probeSide = 64

func decodeImage(d *desk, req request) (*reply, error) {
	return picture(d.file.data, Size{req.W, req.H})
}

// picture decodes a picture of any format to fit in want.
func picture(data []byte, want Size) (*reply, error) {
	kind, mime := Sniff(data, "")
	if kind == KindFilm {
		return poster(data, want)
	}
	if kind != KindImage {
		return nil, fmt.Errorf("%s is no picture: %w", mime, ErrUnsupported)
	}
	if mime == mimeSVG {
		return vectorPicture(data, want)
	}
	c := codecs[mime]
	size, work, err := c.size(data)
	if err != nil {
		return nil, err
	}
	turn, ways := 1, int64(1)
	if c.format == "jpeg" {
		turn = orientation(data)
	}
	if turn != 1 {
		ways = 2
	}
	box := want.box()
	if turned(turn) {
		box.W, box.H = box.H, box.W
	}
	m, err := c.reduced(data, size, box, work, ways)
	if err != nil {
		return nil, err
	}
	heavy := size.pixels() > heavyPixels
	if turned(turn) {
		size.W, size.H = size.H, size.W
	}
	m = orient(m, turn)
	info := Info{Format: c.format, MIME: mime, Width: size.W, Height: size.H, Pages: 1, Average: meanColor(m)}
	if c.format == "gif" {
		info.Animated = len(scanGIF(data, 2).ends) > 1
	}
	return &reply{Info: info, frames: []Frame{{Picture: m}}, heavy: heavy}, nil
}

// reduced decodes a picture of a known size to fit in the box, and smaller if memory wants
// that. work and ways are as in room.
func (c codec) reduced(data []byte, size, box Size, work, ways int64) (*image.RGBA, error) {
	jpeg := c.format == "jpeg"
	to := fit(float64(size.W), float64(size.H), box, 1, MaxPixels)
	if jpeg && max(size.W, size.H) >= muchSmaller*max(to.W, to.H) {
		if m := reducedJPEG(data, size, to); m != nil {
			return m, nil
		}
	}
	most, err := room(work, ways)
	if err != nil {
		return nil, err
	}
	to = fit(float64(size.W), float64(size.H), box, 1, most)
	src, err := c.decode(bytes.NewReader(data))
	if err != nil {
		if jpeg {
			// What could be seen when it was small should not vanish when it grows.
			if m := reducedJPEG(data, size, to); m != nil {
				return m, nil
			}
		}
		return nil, fmt.Errorf("decoding %s: %w: %w", c.format, ErrBroken, err)
	}
	// The decoders are trusted to keep to what they told before, but not blindly.
	if src.Bounds().Size() != (image.Point{X: size.W, Y: size.H}) {
		return nil, fmt.Errorf("decoding %s: size changed: %w", c.format, ErrBroken)
	}
	return scaled(src, to), nil
}

// size asks a picture's dimensions, and what decoding it takes, and refuses what exceeds
// the limits.
func (c codec) size(data []byte) (size Size, work int64, err error) {
	if len(data) > MaxImageBytes {
		return Size{}, 0, fmt.Errorf("%s of %d bytes: %w", c.format, len(data), ErrTooLarge)
	}
	cfg, err := c.config(bytes.NewReader(data))
	if err != nil {
		return Size{}, 0, fmt.Errorf("reading the head of %s: %w: %w", c.format, ErrBroken, err)
	}
	size = Size{cfg.Width, cfg.Height}
	if err := size.check(); err != nil {
		return Size{}, 0, err
	}
	return size, c.work(data, cfg), nil
}

func probe(d *desk, _ request) (*reply, error) {
	switch kind, mime := Sniff(d.file.data, ""); kind {
	case KindPDF:
		return probePDF(d)
	case KindFilm:
		return probeFilm(d.file.data, mime)
	case KindSound, KindOther: // what marks some sounds takes more than the first bytes
		return probeSound(d.file.data, mime)
	}
	out, err := picture(d.file.data, Size{probeSide, probeSide})
	if err != nil {
		return nil, err
	}
	return &reply{Info: out.Info, heavy: out.heavy}, nil
}

// wholeSize rounds the natural size of a vector picture to pixels within the limits.
func wholeSize(w, h float64) (Size, error) {
	if !(w > 0 && h > 0) || math.IsInf(w, 0) || math.IsInf(h, 0) || math.IsInf(w*h, 0) || w/h > 1e6 || h/w > 1e6 {
		return Size{}, fmt.Errorf("%g×%g: %w", w, h, ErrBroken)
	}
	return fit(w, h, Size{MaxSide, MaxSide}, 1, MaxPixels), nil
}
