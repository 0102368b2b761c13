package media

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"corkboard/internal/lean"
)

// The gate before the decoders: what a file is, its dimensions and what decoding takes are told from
// its head, cheaply, and nothing that passes is over the limits.
func FuzzGate(f *testing.F) {
	m := corners(16, 8)
	for _, encode := range []func(*bytes.Buffer) error{
		func(b *bytes.Buffer) error { return png.Encode(b, m) },
		func(b *bytes.Buffer) error { return png.Encode(b, image.NewNRGBA64(m.Rect)) },
		func(b *bytes.Buffer) error { return jpeg.Encode(b, m, nil) },
		func(b *bytes.Buffer) error { return gif.Encode(b, m, nil) },
		func(b *bytes.Buffer) error { return bmp.Encode(b, m) },
		func(b *bytes.Buffer) error { return tiff.Encode(b, m, nil) },
	} {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	webp, err := base64.StdEncoding.DecodeString("UklGRhwAAABXRUJQVlA4TA8AAAAvB8ABAAcQ/Y/+ByKi/wEA")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(webp)
	f.Add([]byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff\x2c\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00"))
	f.Add([]byte("\xff\xd8\xff\xc0\x00\x0e\x08\x00\x10\x00\x10\x02\x01\xf0\x00\x02\x0f\x00")) // factors of 15 and 0
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		kind, mime := Sniff(data, "")
		scanGIF(data, MaxFrames)
		if n := jpegBytes(data); n < 1 || n > 96 {
			t.Fatalf("%d bytes for four pixels", n)
		}
		c, ok := codecs[mime]
		if !ok || kind != KindImage {
			return
		}
		size, work, err := c.size(data)
		if err != nil {
			if !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) {
				t.Fatalf("another error: %v", err)
			}
			return
		}
		if size.W < 1 || size.H < 1 || size.W > MaxSide || size.H > MaxSide || size.pixels() > MaxPixels || work < 1 {
			t.Fatalf("%v with %d bytes of work passes", size, work)
		}
		if most, err := room(work, 2); err == nil && (work+8*most > maxWork || most < heavyPixels) {
			t.Fatalf("%d pixels beside %d bytes", most, work)
		}
	}))
}
