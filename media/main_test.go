package media

import (
	"context"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	MaybeWorker()
	os.Exit(m.Run())
}

func newDecoder(t *testing.T, opts Options) *Decoder {
	t.Helper()
	d := New(opts)
	t.Cleanup(d.Close)
	return d
}

// write makes a file of the test.
func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func testContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// corners is a picture with one colour per quarter: red, green / blue, white.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, cornerColor(x >= w/2, y >= h/2))
		}
	}
	return m
}

var (
	red   = color.RGBA{255, 0, 0, 255}
	green = color.RGBA{0, 255, 0, 255}
	blue  = color.RGBA{0, 0, 255, 255}
	white = color.RGBA{255, 255, 255, 255}
	black = color.RGBA{0, 0, 0, 255}
)

func cornerColor(right, low bool) color.RGBA {
	switch {
	case right && low:
		return white
	case low:
		return blue
	case right:
		return green
	}
	return red
}

// near tells whether two colours differ by no more than a lossy codec's error.
func near(a, b color.RGBA) bool {
	far := func(x, y uint8) bool { return max(x, y)-min(x, y) > 24 }
	return !far(a.R, b.R) && !far(a.G, b.G) && !far(a.B, b.B) && !far(a.A, b.A)
}

// wantCorners checks the middle of the four quarters: upper left, upper right, lower left,
// lower right.
func wantCorners(t *testing.T, m *image.RGBA, want ...color.RGBA) {
	t.Helper()
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for i, c := range want {
		x, y := w/4+i%2*w/2, h/4+i/2*h/2
		if got := m.RGBAAt(x, y); !near(got, c) {
			t.Errorf("quarter %d: %v, want %v", i, got, c)
		}
	}
}
