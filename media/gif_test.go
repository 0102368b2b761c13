package media

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"testing"
)

// testGIF has a red canvas, then a green patch that goes away, then a blue patch that
// restores what was before, then a last patch of one pixel.
func testGIF(t *testing.T) []byte {
	t.Helper()
	palette := color.Palette{red, green, blue, white, color.Transparent}
	patch := func(r image.Rectangle, index uint8) *image.Paletted {
		m := image.NewPaletted(r, palette)
		for i := range m.Pix {
			m.Pix[i] = index
		}
		return m
	}
	left, right := image.Rect(0, 0, 20, 40), image.Rect(20, 0, 40, 40)
	g := &gif.GIF{
		Image: []*image.Paletted{
			patch(image.Rect(0, 0, 40, 40), 0), patch(left, 1), patch(right, 2), patch(image.Rect(39, 39, 40, 40), 3),
		},
		Delay:    []int{5, 0, 100, 1},
		Disposal: []byte{gif.DisposalNone, gif.DisposalBackground, gif.DisposalPrevious, gif.DisposalNone},
		Config:   image.Config{ColorModel: palette, Width: 40, Height: 40},
	}
	return encoded(t, func(b *bytes.Buffer) error { return gif.EncodeAll(b, g) })
}

func TestFramesAreComposed(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	path := write(t, "x.gif", testGIF(t))
	frames, err := d.Frames(ctx, path, Size{40, 40}, 100)
	if err != nil || len(frames) != 4 {
		t.Fatalf("%d frames, %v", len(frames), err)
	}
	nothing := color.RGBA{}
	for i, want := range [][]color.RGBA{
		{red, red, red, red}, {green, red, green, red}, {nothing, blue, nothing, blue}, {nothing, red, nothing, red},
	} {
		wantCorners(t, frames[i].Picture, want...)
	}
	for i, want := range []int{50, 100, 1000, 100} {
		if frames[i].DelayMS != want {
			t.Errorf("frame %d lasts %d ms, want %d", i, frames[i].DelayMS, want)
		}
	}
	if info, err := d.Probe(ctx, path); err != nil || !info.Animated {
		t.Errorf("%+v, %v", info, err)
	}
	small, err := d.Frames(ctx, path, Size{10, 10}, 2)
	if err != nil || len(small) != 2 || small[1].Picture.Rect != image.Rect(0, 0, 10, 10) {
		t.Errorf("%d frames, %v", len(small), err)
	}
	if _, err := d.Frames(ctx, write(t, "x.png", pngOf(t, corners(4, 4))), Size{}, 9); !errors.Is(err, ErrUnsupported) {
		t.Errorf("PNG: %v", err)
	}
}

func TestCutGIFGivesItsWholeFrames(t *testing.T) {
	data := testGIF(t)
	ends := scanGIF(data, 100).ends
	if len(ends) != 4 {
		t.Fatalf("frames end at %v", ends)
	}
	for cut := range data {
		whole := 0
		for _, e := range ends {
			if e <= cut {
				whole++
			}
		}
		if got := len(scanGIF(data[:cut], 100).ends); got != whole {
			t.Fatalf("cut at %d: %d frames, want %d", cut, got, whole)
		}
	}
	d := newDecoder(t, Options{})
	frames, err := d.Frames(testContext(t), write(t, "x.gif", data[:ends[2]-1]), Size{}, 100)
	if err != nil || len(frames) != 2 {
		t.Fatalf("%d frames, %v", len(frames), err)
	}
	if _, err := d.Frames(testContext(t), write(t, "x.gif", data[:20]), Size{}, 100); !errors.Is(err, ErrBroken) {
		t.Fatalf("no frame: %v", err)
	}
}

func TestLongAnimationIsCutToItsBudget(t *testing.T) {
	palette := color.Palette{red, green}
	g := &gif.GIF{Config: image.Config{ColorModel: palette, Width: 2048, Height: 2048}}
	for range 12 {
		m := image.NewPaletted(image.Rect(0, 0, 2, 2), palette)
		g.Image, g.Delay, g.Disposal = append(g.Image, m), append(g.Delay, 10), append(g.Disposal, gif.DisposalNone)
	}
	data := encoded(t, func(b *bytes.Buffer) error { return gif.EncodeAll(b, g) })
	d := newDecoder(t, Options{})
	frames, err := d.Frames(testContext(t), write(t, "x.gif", data), Size{}, 100)
	if want := maxAnimPixels / (2048 * 2048); err != nil || len(frames) != want {
		t.Fatalf("%d frames, want %d; %v", len(frames), want, err)
	}
}
