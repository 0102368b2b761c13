package paint

import (
	"image"
	"image/color"
	"math"
	"testing"
)

func TestStrokeLinesCutsWhatIsFarAway(t *testing.T) {
	far := float32(1e8)
	dst := image.NewRGBA(image.Rect(0, 0, 40, 40))
	StrokeLines(dst, []Stretch{
		{{-far, 20}, {far, 20}}, {{20, -far}, {20, far}},
		{{-far, -far}, {-far, far}}, {{500, 500}, {600, 600}},
		{{float32(math.NaN()), 3}, {5, 5}}, {{3, float32(math.Inf(1))}, {5, 5}},
	}, 4, color.RGBA{255, 0, 0, 255})
	for _, p := range []image.Point{{1, 20}, {38, 20}, {20, 1}, {20, 38}, {20, 20}} {
		if dst.RGBAAt(p.X, p.Y) != (color.RGBA{255, 0, 0, 255}) {
			t.Errorf("%v is %v", p, dst.RGBAAt(p.X, p.Y))
		}
	}
	for _, p := range []image.Point{{5, 5}, {35, 5}, {5, 35}, {30, 30}} {
		if dst.RGBAAt(p.X, p.Y) != (color.RGBA{}) {
			t.Errorf("%v is %v", p, dst.RGBAAt(p.X, p.Y))
		}
	}
}

func TestStrokeLinesIsOneForm(t *testing.T) {
	dst := image.NewRGBA(image.Rect(0, 0, 20, 20))
	half := color.RGBA{0, 0, 128, 128}
	StrokeLines(dst, []Stretch{{{0, 10}, {20, 10}}, {{20, 10}, {0, 10}}, {{10, 0}, {10, 20}}}, 6, half)
	if got := dst.RGBAAt(10, 10); got != half {
		t.Errorf("where lines cross it is %v, want %v", got, half)
	}
}
