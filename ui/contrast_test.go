package ui

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2/theme"

	"corkboard/renderers/paint"
)

func TestMenusCanBeRead(t *testing.T) {
	for _, pal := range []paint.Palette{paint.Light(), paint.Dark()} {
		mode := map[bool]string{false: "light", true: "dark"}[pal.IsDark]
		l := look{mode: mode}
		of := func(c color.Color) color.RGBA { return color.RGBAModel.Convert(c).(color.RGBA) }
		menu, chosen := of(l.Color(theme.ColorNameMenuBackground, 0)), of(l.Color(theme.ColorNameFocus, 0))
		words := of(l.Color(theme.ColorNameForeground, 0))
		for what, c := range map[string]struct {
			a, b color.RGBA
			want float64
		}{
			"words of a menu":        {words, menu, 4.5},
			"words of a chosen item": {words, chosen, 4.5},
			"a chosen item":          {chosen, menu, 3},
		} {
			if got := paint.Contrast(c.a, c.b); got < c.want {
				t.Errorf("%s: %s have a contrast of %.2f, want %.1f", mode, what, got, c.want)
			}
		}
	}
}
