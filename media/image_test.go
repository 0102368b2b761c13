package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

func encoded(t *testing.T, encode func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, m image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) })
}

func jpegOf(t *testing.T, m image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, m, &jpeg.Options{Quality: 95}) })
}

// redWebP is a lossless WebP of 8×8 px, all red.
func redWebP(t *testing.T) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString("UklGRhwAAABXRUJQVlA4TA8AAAAvB8ABAAcQ/Y/+ByKi/wEA")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const cornersSVG = `<?xml version="1.0"?><!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">
<rect x="0" y="0" width="40" height="20" fill="#ff0000"/><rect x="40" y="0" width="40" height="20" fill="#00ff00"/>
<rect x="0" y="20" width="40" height="20" fill="#0000ff"/><rect x="40" y="20" width="40" height="20" fill="#ffffff"/></svg>`

func TestEveryFormat(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	src := corners(80, 40)
	for _, c := range []struct {
		format, mime string
		data         []byte
	}{
		{"png", "image/png", pngOf(t, src)},
		{"jpeg", "image/jpeg", jpegOf(t, src)},
		{"gif", "image/gif", encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, src, nil) })},
		{"bmp", "image/bmp", encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, src) })},
		{"tiff", "image/tiff", encoded(t, func(b *bytes.Buffer) error { return tiff.Encode(b, src, nil) })},
		{"svg", "image/svg+xml", []byte(cornersSVG)},
	} {
		path := write(t, "no-telling-name", c.data)
		m, info, err := d.Image(ctx, path, Size{40, 40})
		if err != nil {
			t.Errorf("%s: %v", c.format, err)
			continue
		}
		if m.Rect != image.Rect(0, 0, 40, 20) {
			t.Errorf("%s: %v", c.format, m.Rect)
		}
		wantCorners(t, m, red, green, blue, white)
		if info.Format != c.format || info.MIME != c.mime || info.Width != 80 || info.Height != 40 || info.Pages != 1 || info.Animated {
			t.Errorf("%s: %+v", c.format, info)
		}
		if info, err = d.Probe(ctx, path); err != nil || info.Width != 80 || info.Format != c.format {
			t.Errorf("%s: %+v, %v", c.format, info, err)
		}
		if avg := info.Average; !near(color.RGBA(avg), color.RGBA{127, 127, 127, 255}) {
			t.Errorf("%s: average %v", c.format, avg)
		}
	}
	m, info, err := d.Image(ctx, write(t, "x", redWebP(t)), Size{100, 100})
	if err != nil || info.Format != "webp" || m.Rect != image.Rect(0, 0, 8, 8) {
		t.Fatalf("webp: %+v, %v", info, err)
	}
	wantCorners(t, m, red, red, red, red)
}

func TestSizes(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	path := write(t, "x.png", pngOf(t, corners(300, 100)))
	for _, c := range []struct{ want, got Size }{
		{Size{}, Size{300, 100}},
		{Size{1000, 1000}, Size{300, 100}}, // never enlarged
		{Size{150, 150}, Size{150, 50}},
		{Size{150, 10}, Size{30, 10}},
		{Size{0, 50}, Size{150, 50}},
		{Size{200, 200}, Size{200, 67}},
		{Size{1, 1}, Size{1, 1}},
	} {
		m, info, err := d.Image(ctx, path, c.want)
		if err != nil {
			t.Fatal(err)
		}
		if m.Rect.Dx() != c.got.W || m.Rect.Dy() != c.got.H || info.Width != 300 {
			t.Errorf("%v: %v, want %v; %+v", c.want, m.Rect, c.got, info)
		}
	}
	m, _, err := d.Image(ctx, write(t, "x.svg", []byte(cornersSVG)), Size{200, 200})
	if err != nil {
		t.Fatal(err)
	}
	if m.Rect != image.Rect(0, 0, 200, 100) {
		t.Errorf("svg fills its box: %v", m.Rect)
	}
}

func TestJPEGIsTurnedUpright(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	plain := jpegOf(t, corners(80, 40))
	for o, want := range map[uint16][]color.RGBA{
		1: {red, green, blue, white},
		3: {white, blue, green, red},
		6: {blue, red, white, green},
		8: {green, white, red, blue},
	} {
		m, info, err := d.Image(ctx, write(t, "x.jpg", withExif(plain, exif(binary.BigEndian, o))), Size{40, 40})
		if err != nil {
			t.Fatal(err)
		}
		size := Size{80, 40}
		if o > 4 {
			size = Size{40, 80}
		}
		if info.Width != size.W || info.Height != size.H || m.Rect.Dx() != size.W/2 {
			t.Errorf("orientation %d: %+v, %v", o, info, m.Rect)
		}
		wantCorners(t, m, want...)
	}
}

func TestBadPictures(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	photo := jpegOf(t, corners(400, 400))
	wide := []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff\x2c\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00")
	if len(wide) != 34 {
		t.Fatalf("%d bytes", len(wide))
	}
	bigPNG := pngOf(t, corners(4, 4))
	binary.BigEndian.PutUint32(bigPNG[16:], 10_000)
	binary.BigEndian.PutUint32(bigPNG[20:], 10_000)
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrBroken},
		{"text", []byte("hello"), ErrUnsupported},
		{"cut JPEG", photo[:len(photo)/2], ErrBroken},
		{"JPEG's head", photo[:20], ErrBroken},
		{"GIF of 4 GB in 34 bytes", wide, ErrTooLarge},
		{"PNG of 100 MP", fixCRC(bigPNG), ErrTooLarge},
		{"PNG with a wrong sum", bigPNG[:len(bigPNG)-20], ErrBroken},
		{"SVG without a box", []byte("<svg></svg>"), ErrBroken},
		{"SVG cut", []byte(cornersSVG[:200]), ErrBroken},
		{"SVG of no height", []byte(`<svg viewBox="0 0 10 0"/>`), ErrBroken},
		{"SVG of infinite size", []byte(`<svg viewBox="0 0 1e300 1e300"/>`), ErrBroken},
		{"SVG too long", []byte("<svg viewBox='0 0 1 1'>" + strings.Repeat(" ", MaxSVGBytes) + "</svg>"), ErrTooLarge},
	} {
		path := write(t, "x.png", c.data)
		if _, _, err := d.Image(ctx, path, Size{64, 64}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		if _, err := d.Probe(ctx, path); !errors.Is(err, c.want) {
			t.Errorf("%s: Probe: got %v, want %v", c.name, err, c.want)
		}
	}
	if _, _, err := d.Image(ctx, filepath.Join(t.TempDir(), "none"), Size{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, _, err := d.Image(ctx, t.TempDir(), Size{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("folder: %v", err)
	}
}

func TestSVGOfHugeBoxIsDrawnSmall(t *testing.T) {
	d := newDecoder(t, Options{})
	svg := `<svg viewBox="0 0 10000000 5000000"><rect width="10000000" height="5000000" fill="#00ff00"/></svg>`
	m, info, err := d.Image(testContext(t), write(t, "x.svg", []byte(svg)), Size{100, 100})
	if err != nil {
		t.Fatal(err)
	}
	if m.Rect != image.Rect(0, 0, 100, 50) || info.Width > MaxSide {
		t.Errorf("%v, %+v", m.Rect, info)
	}
	wantCorners(t, m, green, green, green, green)
}

func TestLargestPictureFitsTheWorker(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes 64 MP")
	}
	d := newDecoder(t, Options{})
	big := image.NewGray(image.Rect(0, 0, 8192, 8192))
	path := write(t, "x.png", pngOf(t, big))
	for range 3 {
		m, _, err := d.Image(testContext(t), path, Size{512, 512})
		if err != nil {
			t.Fatal(err)
		}
		if m.Rect.Dx() != 512 {
			t.Fatalf("%v", m.Rect)
		}
	}
}
