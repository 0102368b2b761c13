package paint

import (
	"image"
	"image/color"
	"math"
	"testing"
)

var red = color.RGBA{255, 0, 0, 255}

// drawers are all drawing functions, each filling about the rectangle.
func drawers() map[string]func(*image.RGBA, Rect) {
	s := NewShaper()
	laid := s.Plain("Wg", Style{Color: red, Back: red, Underline: true, Strike: true, Size: 30}, NoWrap, Options{})
	page := s.LayoutMarkdown(story, 100, Light(), MarkdownOptions{})
	pic := gradient(5, 7)
	return map[string]func(*image.RGBA, Rect){
		"rect":   func(d *image.RGBA, r Rect) { FillRect(d, r, red) },
		"round":  func(d *image.RGBA, r Rect) { FillRoundRect(d, r, 6, red) },
		"stroke": func(d *image.RGBA, r Rect) { StrokeRoundRect(d, r, 6, 2, red) },
		"circle": func(d *image.RGBA, r Rect) { FillCircle(d, r.X, r.Y, r.W, red) },
		"ring":   func(d *image.RGBA, r Rect) { StrokeCircle(d, r.X, r.Y, r.W, 2, red) },
		"line":   func(d *image.RGBA, r Rect) { StrokeLine(d, r.X, r.Y, r.X+r.W, r.Y+r.H, 3, red) },
		"path": func(d *image.RGBA, r Rect) {
			FillPath(d, []Point{{r.X, r.Y}, {r.X + r.W, r.Y}, {r.X, r.Y + r.H}}, red)
		},
		"check":   func(d *image.RGBA, r Rect) { CheckBox(d, r, true, Light()) },
		"shadow":  func(d *image.RGBA, r Rect) { Shadow(d, r, 6, 8, 2, red) },
		"icon":    func(d *image.RGBA, r Rect) { DrawIcon(d, IconLink, r, red) },
		"picture": func(d *image.RGBA, r Rect) { DrawImage(d, r, pic, 4) },
		"text":    func(d *image.RGBA, r Rect) { laid.Draw(d, r.X, r.Y, 1) },
		"page":    func(d *image.RGBA, r Rect) { page.Draw(d, r.X, r.Y, r.W) },
	}
}

func TestDrawingStaysInsideTheSubImage(t *testing.T) {
	for name, draw := range drawers() {
		whole := image.NewRGBA(image.Rect(0, 0, 60, 60))
		hole := image.Rect(20, 25, 40, 45)
		draw(whole.SubImage(hole).(*image.RGBA), Rect{10, 10, 40, 40})
		for y := range 60 {
			for x := range 60 {
				if !(image.Pt(x, y).In(hole)) && whole.RGBAAt(x, y) != (color.RGBA{}) {
					t.Fatalf("%s drew at %d,%d, outside %v", name, x, y, hole)
				}
			}
		}
	}
}

func TestStrangeRectanglesAreHarmless(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, v := range []Rect{{}, {5, 5, -3, 4}, {nan, 1, 2, 3}, {1, 1, nan, nan}, {0, 0, inf, inf}, {-inf, 0, inf, 5}, {1e30, 1e30, 1e30, 1e30}} {
		for name, draw := range drawers() {
			dst := image.NewRGBA(image.Rect(0, 0, 20, 20))
			draw(dst, v)
			if dst.Rect.Dx() != 20 {
				t.Errorf("%s changed the picture", name)
			}
		}
	}
}

func TestCoverageIsArea(t *testing.T) {
	dst := image.NewRGBA(image.Rect(0, 0, 10, 10))
	FillRect(dst, Rect{2.25, 3.5, 4, 2.25}, color.RGBA{255, 255, 255, 255})
	sum := 0.0
	for i := 3; i < len(dst.Pix); i += 4 {
		sum += float64(dst.Pix[i]) / 255
	}
	if math.Abs(sum-9) > 0.05 {
		t.Errorf("the rectangle of area 9 covers %v", sum)
	}
}

func TestDarkBoardsAreDark(t *testing.T) {
	for _, c := range BoardColors {
		if bg, _ := BoardColor(c.Hex, true); luminance(bg) > 0.08 {
			t.Errorf("%s is %v in the dark, luminance %.2f", c.Name, bg, luminance(bg))
		}
	}
	for _, bad := range []string{"", "#12345", "#12345g", "red", "#+12345", "1234567"} {
		if _, ok := BoardColor(bad, false); ok {
			t.Errorf("%q was taken for a colour", bad)
		}
	}
}

func TestFitting(t *testing.T) {
	r := Rect{0, 0, 100, 50}
	if got := Contain(r, 10, 10); got != (Rect{25, 0, 50, 50}) {
		t.Errorf("Contain gave %v", got)
	}
	if got := Cover(r, 10, 10); got != (Rect{0, -25, 100, 100}) {
		t.Errorf("Cover gave %v", got)
	}
}
