package paint

import (
	"image/color"
	"testing"
)

// What WCAG asks of words, and of marks that mean something.
const (
	wordsContrast = 4.5
	marksContrast = 3
)

// TestEveryPaletteCanBeRead holds each colour against each ground that it is drawn on,
// light and dark, on paper and on every colour that a board can have.
func TestEveryPaletteCanBeRead(t *testing.T) {
	for _, pal := range []Palette{Light(), Dark()} {
		words := map[string]color.RGBA{
			"ink": pal.Ink, "muted": pal.InkMuted, "faint": pal.InkFaint, "link": pal.Link,
			"danger": pal.Danger, "warning": pal.Warning, "ok": pal.Ok,
		}
		for ground, bg := range map[string]color.RGBA{"paper": pal.Paper, "sunk": pal.PaperSunk} {
			for name, c := range words {
				wantContrast(t, pal, name, c, ground, bg, wordsContrast)
			}
			wantContrast(t, pal, "accent", pal.Accent, ground, bg, marksContrast)
		}
		for name, c := range map[string]color.RGBA{"ink": pal.Ink, "muted": pal.InkMuted, "link": pal.Link} {
			wantContrast(t, pal, name, c, "code", pal.CodeBg, wordsContrast)
			wantContrast(t, pal, name, c, "the board", pal.BoardBg, wordsContrast)
		}
		wantContrast(t, pal, "ink", pal.Ink, "a hit", pal.Mark, wordsContrast)
		wantContrast(t, pal, "accent", pal.Accent, "the board", pal.BoardBg, marksContrast)
		wantContrast(t, pal, "words", pal.OnAccent, "accent", pal.Accent, wordsContrast)
		for _, c := range BoardColors {
			bg, ok := BoardColor(c.Hex, pal.IsDark)
			if !ok {
				t.Fatalf("colour %v does not parse", c)
			}
			p := pal.OnColor(bg)
			for name, ink := range map[string]color.RGBA{
				"ink": p.Ink, "muted": p.InkMuted, "faint": p.InkFaint, "link": p.Link,
				"danger": p.Danger, "warning": p.Warning, "ok": p.Ok,
			} {
				wantContrast(t, pal, name, ink, c.Name, p.Paper, wordsContrast)
			}
			wantContrast(t, pal, "accent", p.Accent, c.Name, p.Paper, marksContrast)
			wantContrast(t, pal, "words", p.OnAccent, c.Name+"'s accent", p.Accent, wordsContrast)
		}
	}
}

func wantContrast(t *testing.T, pal Palette, name string, c color.RGBA, ground string, bg color.RGBA, want float64) {
	t.Helper()
	if got := Contrast(c, bg); got < want {
		t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", map[bool]string{false: "light", true: "dark"}[pal.IsDark], name, ground, got, want)
	}
}
