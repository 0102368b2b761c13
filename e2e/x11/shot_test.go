package x11

import (
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestShotSeesTheWindow(t *testing.T) {
	d := ForTest(t)
	ctx := patience(t)
	newTarget(t, false, false)
	w, err := d.Await(ctx, ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	want := color.RGBA{R: 0xff, G: 0x20, B: 0x10, A: 0xff}
	picture := shotUntil(ctx, t, d, w.Rect, want)
	if picture.Bounds() != image.Rect(0, 0, 200, 100) {
		t.Errorf("bounds %v, want 200×100", picture.Bounds())
	}

	path := filepath.Join(t.TempDir(), "new", "shot.png")
	if err := SavePNG(path, picture); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	again, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := color.RGBAModel.Convert(again.At(199, 99)); got != want {
		t.Errorf("the saved picture's corner is %v, want %v", got, want)
	}
}

// shotUntil takes pictures until the middle has the colour, because the server
// paints a new window's background when it likes.
func shotUntil(ctx context.Context, t *testing.T, d *Display, part image.Rectangle, want color.RGBA) *image.RGBA {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		picture, err := d.Shot(part)
		if err != nil {
			t.Fatal(err)
		}
		if picture.RGBAAt(part.Dx()/2, part.Dy()/2) == want {
			return picture
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the window never showed %v", want)
		case <-tick.C:
		}
	}
}

func TestShotIsCutToTheScreen(t *testing.T) {
	d := ForTest(t)
	picture, err := d.Shot(image.Rect(-5, -5, 10, 10))
	if err != nil {
		t.Fatal(err)
	}
	if picture.Bounds() != image.Rect(0, 0, 10, 10) {
		t.Errorf("bounds %v, want 10×10", picture.Bounds())
	}
}
