package paint

import (
	"fmt"
	"image"
	"image/draw"
	"testing"

	"corkboard/internal/golden"
)

// personColour goes around the circle.
func personColour(i int) [3]byte {
	c := fromHSL(float64(i)/2, 0.6, 0.5)
	return [3]byte{c.R, c.G, c.B}
}

func TestPersonGolden(t *testing.T) {
	sh := NewShaper()
	for theme, pal := range map[string]Palette{"light": Light(), "dark": Dark()} {
		for _, scale := range []float32{1, 2} {
			img := image.NewRGBA(image.Rect(0, 0, int(620*scale), int(170*scale)))
			FillRect(img, Rect{W: float32(img.Rect.Dx()), H: float32(img.Rect.Dy())}, pal.BoardBg)
			put := func(from *image.RGBA, x, y float32) {
				at := image.Pt(int(x*scale), int(y*scale))
				draw.Draw(img, from.Rect.Add(at), from, image.Point{}, draw.Over)
			}
			for i := range 12 {
				c := personColour(i)
				x, y := float32(10+i%6*100), float32(8+i/6*44)
				put(PersonPointer(sh, [...]string{"Ada", "Grace H.", "Łukasz"}[i%3], scale, c, pal), x, y)
			}
			put(PersonTag(sh, "AL", false, scale, personColour(3), pal), 10, 100)
			put(PersonTag(sh, "Ada Lovelace", true, scale, personColour(9), pal), 60, 100)
			put(PersonTag(sh, "Somebody whose\nname is longer than any tag could be", true, scale, [3]byte{255, 255, 255}, pal), 200, 100)
			put(PersonPointer(sh, "", scale, [3]byte{}, pal), 400, 100)
			put(PersonPointer(sh, "Bright", scale, [3]byte{255, 230, 0}, pal), 480, 100)
			golden.Picture(t, fmt.Sprintf("person_%s_%v", theme, scale), img)
		}
	}
}

func TestPersonsCanBeReadInEveryColour(t *testing.T) {
	all := [][3]byte{{}, {255, 255, 255}, {128, 128, 128}, {255, 255, 0}, {0, 0, 255}}
	for i := range 12 {
		all = append(all, personColour(i))
	}
	for _, pal := range []Palette{Light(), Dark()} {
		for i, c := range all {
			fill, ink := PersonInks(c, pal)
			if Contrast(fill, ink) < 4.5 || Contrast(fill, pal.BoardBg) < 3 || Contrast(fill, pal.Paper) < 3 {
				t.Errorf("colour %d, dark %v: %.1f to its ink, %.1f to the board", i, pal.IsDark, Contrast(fill, ink), Contrast(fill, pal.BoardBg))
			}
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Ada": "A", "Ada Lovelace": "AL", "ada b. lovelace": "AL", "Ülo (home)": "ÜH", "": "?", "…": "?", "李 小龙": "李小",
		"m.s.": "MS", "🙂": "?", "Flat 12": "F1", "e\u0301va": "E",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
