package media

import (
	"image"
	"image/color"
	"testing"
)

func TestScaledKeepsTheColoursInPlace(t *testing.T) {
	for _, c := range []struct{ from, to Size }{
		{Size{40, 40}, Size{40, 40}}, {Size{40, 40}, Size{30, 30}}, {Size{101, 77}, Size{20, 15}},
		{Size{1000, 10}, Size{100, 1}}, {Size{700, 700}, Size{8, 8}},
	} {
		m := scaled(corners(c.from.W, c.from.H), c.to)
		if m.Rect != image.Rect(0, 0, c.to.W, c.to.H) {
			t.Errorf("%v: %v", c, m.Rect)
		}
		if c.to.H > 1 {
			wantCorners(t, m, red, green, blue, white)
		}
	}
}

func TestLargeReductionCountsEveryPixel(t *testing.T) {
	// One white pixel in each hundred: picking samples would see all or nothing.
	m := image.NewGray(image.Rect(0, 0, 1000, 1000))
	for y := 0; y < 1000; y += 10 {
		for x := 0; x < 1000; x += 10 {
			m.SetGray(x, y, color.Gray{200})
		}
	}
	out := scaled(m, Size{10, 10})
	for i := 0; i < len(out.Pix); i += 4 {
		if out.Pix[i] != 2 || out.Pix[i+3] != 255 {
			t.Fatalf("pixel %v, want 2", out.Pix[i:i+4])
		}
	}
}

func TestScaledPictureOfAnotherOrigin(t *testing.T) {
	sub := corners(60, 60).SubImage(image.Rect(30, 0, 60, 30))
	wantCorners(t, scaled(sub, Size{5, 5}), green, green, green, green)
	wantCorners(t, scaled(sub, Size{30, 30}), green, green, green, green)
	if upper := packed(corners(10, 20).SubImage(image.Rect(0, 0, 10, 5))); len(upper.Pix) != 4*10*5 {
		t.Errorf("%d bytes of 10×5 px", len(upper.Pix))
	}
}

func TestAveragesAreExact(t *testing.T) {
	// Whatever the sizes, a plain picture stays plain to the last bit.
	for _, c := range []struct{ from, to Size }{
		{Size{7, 5}, Size{3, 2}}, {Size{4096, 3}, Size{1, 1}}, {Size{16383, 2}, Size{16382, 1}}, {Size{101, 99}, Size{50, 98}},
	} {
		for _, v := range []uint8{0, 1, 127, 254, 255} {
			m := image.NewRGBA(image.Rect(0, 0, c.from.W, c.from.H))
			for i := range m.Pix {
				m.Pix[i] = v
			}
			for i, got := range averaged(m, c.to).Pix {
				if got != v {
					t.Fatalf("%v: byte %d is %d, want %d", c, i, got, v)
				}
			}
		}
	}
}

func TestPlanesOfEachKindAreAveraged(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		src := image.NewYCbCr(image.Rect(0, 0, 123, 77), ratio)
		for y := range 77 {
			for x := range 123 {
				c := cornerColor(x >= 123/2, y >= 77/2)
				src.Y[src.YOffset(x, y)], src.Cb[src.COffset(x, y)], src.Cr[src.COffset(x, y)] = color.RGBToYCbCr(c.R, c.G, c.B)
			}
		}
		for _, to := range []Size{{122, 76}, {60, 40}, {8, 5}} {
			wantCorners(t, averaged(src, to), red, green, blue, white)
		}
	}
}

func TestMeanColor(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 2, 1))
	m.SetRGBA(0, 0, color.RGBA{200, 100, 0, 255})
	if got, want := meanColor(m), (color.NRGBA{200, 100, 0, 128}); got != want {
		t.Errorf("%v, want %v: what cannot be seen has no colour", got, want)
	}
	if got := meanColor(image.NewRGBA(image.Rect(0, 0, 3, 3))); got != (color.NRGBA{}) {
		t.Errorf("%v of nothing", got)
	}
}

func TestOrientUndoesEachOrientation(t *testing.T) {
	src := corners(6, 4)
	undo := []int{0, 1, 2, 3, 4, 5, 8, 7, 6}
	for o := 1; o <= 8; o++ {
		got := orient(orient(src, o), undo[o])
		if got.Rect != src.Rect || string(got.Pix) != string(src.Pix) {
			t.Errorf("orientation %d and back is not the same", o)
		}
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		w, h    float64
		box     Size
		enlarge float64
		pixels  int64
		want    Size
	}{
		{100, 50, Size{50, 50}, 1, MaxPixels, Size{50, 25}},
		{100, 50, Size{500, 500}, 1, MaxPixels, Size{100, 50}},
		{100, 50, Size{500, 500}, 99, MaxPixels, Size{500, 250}},
		{1e9, 1, Size{100, 100}, 1, MaxPixels, Size{100, 1}},
		{1000, 1000, Size{1000, 1000}, 1, 10_000, Size{100, 100}},
	} {
		if got := fit(c.w, c.h, c.box, c.enlarge, c.pixels); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
	for w := 1.0; w < 3000; w += 7 {
		got := fit(w, 3000-w, Size{997, 991}, 1, 5000)
		if got.pixels() > 5000 || got.W > 997 || got.H > 991 || got.W < 1 || got.H < 1 {
			t.Fatalf("%g: %v", w, got)
		}
	}
}
