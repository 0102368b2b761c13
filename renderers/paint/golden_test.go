package paint

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"corkboard/internal/golden"
)

const story = `# Corkboard
A *quiet* board with **cards** on it, ~~loud~~ and ` + "`code`" + `.

- [x] ticked
- [ ] open, with a longer line that wraps
- plain
  1. nested
  2. https://example.org/a?b=c.

> Quoted: naïve → café

` + "```go\nfunc main() {\n\tprintln(1)\n}\n```" + `

| a | b |
|---|---|
| 1 | [two](corkboard:/x) |
`

func canvas(w, h int, scale float32, bg color.RGBA) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, int(float32(w)*scale), int(float32(h)*scale)))
	FillRect(dst, Rect{0, 0, float32(dst.Rect.Dx()), float32(dst.Rect.Dy())}, bg)
	return dst
}

func paintCard(scale float32, pal Palette) *image.RGBA {
	dst := canvas(280, 440, scale, pal.BoardBg)
	r := Rect{12, 12, 256, 412}.Scaled(scale)
	Shadow(dst, r, 7*scale, 12*scale, 3*scale, pal.Shadow)
	FillRoundRect(dst, r, 7*scale, pal.Paper)
	StrokeRoundRect(dst, r, 7*scale, max(1, scale), pal.PaperEdge)
	NewShaper().LayoutMarkdown(story, 232, pal, MarkdownOptions{}).Draw(dst, 24*scale, 24*scale, scale)
	return dst
}

func TestGoldenCards(t *testing.T) {
	for name, pal := range map[string]Palette{"light": Light(), "dark": Dark()} {
		for _, scale := range []float32{0.15, 0.5, 1, 2} {
			golden.Picture(t, fmt.Sprintf("card_%s_%v", name, scale), paintCard(scale, pal))
		}
	}
}

func TestGoldenShapes(t *testing.T) {
	for name, pal := range map[string]Palette{"light": Light(), "dark": Dark()} {
		dst := canvas(320, 190, 1, pal.Paper)
		for i := range iconCount {
			DrawIcon(dst, i, Rect{8 + 30*float32(i), 8, 24, 24}, pal.Ink)
			DrawIcon(dst, i, Rect{8 + 30*float32(i), 40, 12, 12}, pal.InkMuted)
		}
		CheckBox(dst, Rect{8, 60, 16, 16}, false, pal)
		CheckBox(dst, Rect{32, 60, 16, 16}, true, pal)
		StrokeLine(dst, 60, 62, 120, 75, 1.5, pal.Accent)
		FillCircle(dst, 140, 68, 8.5, pal.Ok)
		StrokeCircle(dst, 165, 68, 8.5, 2, pal.Danger)
		DrawImage(dst, Rect{180, 58, 60, 40}, gradient(240, 160), 6)
		DrawImage(dst, Rect{250, 58, 60, 40}, gradient(6, 4), 0)
		s := NewShaper()
		for i, c := range BoardColors {
			bg, _ := BoardColor(c.Hex, pal.IsDark)
			r := Rect{8 + 34*float32(i%9), 110 + 38*float32(i/9), 30, 32}
			FillRoundRect(dst, r, 5, bg)
			p := pal.OnColor(bg)
			s.Plain("Ab", Style{Color: p.Ink}, NoWrap, Options{}).Draw(dst, r.X+5, r.Y, 1)
			s.Plain("link", Style{Color: p.Link, Size: 11}, NoWrap, Options{}).Draw(dst, r.X+5, r.Y+15, 1)
		}
		golden.Picture(t, "shapes_"+name, dst)
	}
}

func gradient(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(255 * x / w), uint8(255 * y / h), 120, 255})
		}
	}
	return m
}

func TestGoldenScripts(t *testing.T) {
	dst := canvas(260, 470, 1, hex(0xffffff))
	s := NewShaper()
	y := float32(4)
	for _, text := range samples()[5:18] {
		l := s.Plain(text, Style{Color: hex(0x202020)}, 240, Options{MaxLines: 3})
		l.Draw(dst, 8, y, 1)
		y += l.Height + 4
	}
	golden.Picture(t, "scripts", dst)
}
