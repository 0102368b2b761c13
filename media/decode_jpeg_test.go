package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"corkboard/internal/lean"
)

// meadow is a picture with soft and sharp places, unlike at every corner.
func meadow(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(255 * x / w), uint8(255 * y / h), uint8(128 + 100*math.Sin(float64(x+y)/40)), 255}
			if x/30%7 == 0 && y/50%5 == 0 {
				c = color.RGBA{20, 40, 60, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// difference is the mean difference of two pictures' samples.
func difference(a, b *image.RGBA) float64 {
	sum := 0
	for i := range a.Pix {
		sum += int(max(a.Pix[i], b.Pix[i]) - min(a.Pix[i], b.Pix[i]))
	}
	return float64(sum) / float64(len(a.Pix))
}

func TestBothRoadsOfJPEGGiveTheSamePicture(t *testing.T) {
	for _, size := range []Size{{1600, 1200}, {1201, 1599}, {999, 1001}, {3000, 400}, {1024, 1024}} {
		data := jpegOf(t, meadow(size.W, size.H))
		whole, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, side := range []int{64, 200, 256, 512} {
			to := fit(float64(size.W), float64(size.H), Size{side, side}, 1, MaxPixels)
			got := reducedJPEG(data, size, to)
			if got == nil || got.Rect != image.Rect(0, 0, to.W, to.H) {
				t.Fatalf("%v to %v: %v", size, to, got)
			}
			want := averaged(whole, to)
			if d := difference(got, want); len(got.Pix) != len(want.Pix) || d > 8 {
				t.Errorf("%v to %v: differs by %.2f", size, to, d)
			}
		}
	}
}

func TestOnlyCommonJPEGsTakeTheShortRoad(t *testing.T) {
	plain := jpegOf(t, corners(800, 800))
	segment := func(marker byte, body string) []byte {
		n := len(body) + 2
		add := append([]byte{0xff, marker, byte(n >> 8), byte(n)}, body...)
		return append(append(append([]byte(nil), plain[:2]...), add...), plain[2:]...)
	}
	frame := bytes.Index(plain, []byte{0xff, 0xc0})
	changed := func(at int, b byte) []byte {
		out := append([]byte(nil), plain...)
		out[frame+at] = b
		return out
	}
	bare := bareJPEG(plain)
	for what, c := range map[string]struct {
		data []byte
		want []byte
	}{
		"a comment":        {segment(0xfe, "hello"), bare},
		"a profile":        {segment(0xe2, "ICC_PROFILE\x00\x01\x01junk"), bare},
		"junk after it":    {append(plain[:len(plain):len(plain)], "junk"...), bare},
		"Adobe's colours":  {segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x00"), nil},
		"12 bits":          {changed(4, 12), nil},
		"colours as bytes": {changed(10, 'R'), nil},
		"lossless":         {changed(1, 0xc3), nil},
		"cut":              {plain[:len(plain)-2], nil},
		"cut in its head":  {plain[:frame+6], nil},
		"nothing":          {nil, nil},
	} {
		if got := bareJPEG(c.data); !bytes.Equal(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("%s: %d bytes, want %d", what, len(got), len(c.want))
		}
	}
	grey := image.NewGray(image.Rect(0, 0, 800, 600))
	for i := range grey.Pix {
		grey.Pix[i] = 77
	}
	m := reducedJPEG(jpegOf(t, grey), Size{800, 600}, Size{80, 60})
	if m == nil || !near(m.RGBAAt(40, 30), color.RGBA{77, 77, 77, 255}) || !near(m.RGBAAt(79, 59), color.RGBA{77, 77, 77, 255}) {
		t.Errorf("grey: %v", m)
	}
}

func FuzzBareJPEG(f *testing.F) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, meadow(40, 30), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(withExif(b.Bytes(), exif(binary.BigEndian, 6)))
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		bare := bareJPEG(data)
		if bare == nil {
			return
		}
		if len(bare) > len(data) || !bytes.Equal(bareJPEG(bare), bare) {
			t.Errorf("%d bytes of %d, and fewer the next time", len(bare), len(data))
		}
	}))
}
