package paint

import (
	"image"
	"image/color"
	"strings"
	"testing"
)

var inkStyle = Style{Color: color.RGBA{0, 0, 0, 255}}

func tenKB() string { return strings.Repeat(lorem, 10<<10/len(lorem)+1)[:10<<10] }

func BenchmarkLayout10kBCold(b *testing.B) {
	text := tenKB()
	for b.Loop() {
		NewShaper().Plain(text, inkStyle, 300, Options{})
	}
}

func BenchmarkLayout10kBWarm(b *testing.B) {
	text := tenKB()
	s := NewShaper()
	for b.Loop() {
		s.Plain(text, inkStyle, 300, Options{})
	}
}

func BenchmarkDraw60Words(b *testing.B) {
	text := strings.Repeat(lorem, 4)
	s := NewShaper()
	l := s.Plain(text, inkStyle, 260, Options{})
	dst := image.NewRGBA(image.Rect(0, 0, 280, int(l.Height)+10))
	for b.Loop() {
		l.Draw(dst, 5, 5, 1)
	}
}

func BenchmarkCardBackground(b *testing.B) {
	dst := image.NewRGBA(image.Rect(0, 0, 300, 200))
	pal := Light()
	for b.Loop() {
		r := Rect{10, 10, 280, 180}
		Shadow(dst, r, 8, 10, 3, pal.Shadow)
		FillRoundRect(dst, r, 8, pal.Paper)
		StrokeRoundRect(dst, r, 8, 1, pal.PaperEdge)
	}
}

func BenchmarkMarkdown10kB(b *testing.B) {
	text := strings.Repeat("# Head\n\nSome *text* with `code` and https://example.com/a\n\n- one\n- [x] two\n\n", 140)
	s := NewShaper()
	for b.Loop() {
		s.LayoutMarkdown(text, 300, Light(), MarkdownOptions{})
	}
}

func BenchmarkDrawImage12MPixToCard(b *testing.B) {
	src := image.NewRGBA(image.Rect(0, 0, 4000, 3000))
	dst := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for b.Loop() {
		DrawImage(dst, Rect{0, 0, 400, 300}, src, 8)
	}
}
