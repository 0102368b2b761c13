package media

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"time"

	"golang.org/x/image/vp8"

	"corkboard/media/film"
	"corkboard/media/sound"
)

// probeSound tells how long a sound is and what it looks like. One that no decoder here
// reads may still tell how long it is.
func probeSound(data []byte, mime string) (*reply, error) {
	info := Info{Format: "sound", MIME: mime}
	if mime == "audio/mp4" {
		f, err := film.Read(data)
		info.DurationMS = f.Duration.Milliseconds()
		return &reply{Info: info}, err
	}
	total, bars, err := sound.Sketch(bytes.NewReader(data), int64(len(data)), sketchTime)
	if err != nil {
		return nil, err
	}
	info.DurationMS, info.Bars = total.Milliseconds(), bars
	return &reply{Info: info, heavy: true}, nil
}

// probeFilm tells what the container tells, and the colour of the poster if there is one.
func probeFilm(data []byte, mime string) (*reply, error) {
	f, err := film.Read(data)
	if err != nil {
		return nil, err
	}
	info := Info{Format: "film", MIME: mime, Width: f.Width, Height: f.Height, DurationMS: int64(f.Duration / time.Millisecond)}
	if poster, err := posterOf(f, Size{probeSide, probeSide}); err == nil {
		info.Average = poster.Info.Average
	}
	return &reply{Info: info}, nil
}

// poster is the picture that a film is shown with.
func poster(data []byte, want Size) (*reply, error) {
	f, err := film.Read(data)
	if err != nil {
		return nil, err
	}
	return posterOf(f, want)
}

// posterOf decodes the cover, or the first frame.
func posterOf(f film.Film, want Size) (*reply, error) {
	if f.Cover != nil {
		if kind, mime := Sniff(f.Cover, ""); kind == KindImage && mime != mimeSVG {
			return picture(f.Cover, want)
		}
	}
	if f.Frame == nil {
		return nil, fmt.Errorf("a film without a picture that can be decoded: %w", ErrUnsupported)
	}
	d := vp8.NewDecoder()
	d.Init(bytes.NewReader(f.Frame), len(f.Frame))
	h, err := d.DecodeFrameHeader()
	if err != nil {
		return nil, fmt.Errorf("first frame: %w: %w", ErrBroken, err)
	}
	size := Size{h.Width, h.Height}
	if err := size.check(); err != nil {
		return nil, fmt.Errorf("first frame: %w", err)
	}
	src, err := d.DecodeFrame()
	if err != nil {
		return nil, fmt.Errorf("first frame: %w: %w", ErrBroken, err)
	}
	if src.Bounds().Size() != (image.Point{X: size.W, Y: size.H}) {
		return nil, errors.Join(ErrBroken, fmt.Errorf("first frame of %v", src.Bounds()))
	}
	widen(src)
	m := scaled(src, fit(float64(size.W), float64(size.H), want.box(), 1, MaxPixels))
	info := Info{Format: "film", Width: size.W, Height: size.H, Pages: 1, Average: meanColor(m)}
	return &reply{Info: info, frames: []Frame{{Picture: m}}, heavy: size.pixels() > heavyPixels}, nil
}

// widen makes the range of films, 16 to 235 for brightness and 16 to 240 for colour, that of
// pictures, 0 to 255.
func widen(m *image.YCbCr) {
	var luma, chroma [256]byte
	for i := range 256 {
		luma[i] = clampByte((i - 16) * 255 / 219)
		chroma[i] = clampByte((i-128)*255/224 + 128)
	}
	for i, y := range m.Y {
		m.Y[i] = luma[y]
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = chroma[m.Cb[i]], chroma[m.Cr[i]]
	}
}

func clampByte(x int) byte { return byte(min(max(x, 0), 255)) }
