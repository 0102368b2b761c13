package textedit

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/renderers/paint"
)

const words = "The quick brown fox jumps over the lazy dog and 12 other well-known animals. "

// BenchmarkKeystroke10kB is what one key costs the UI goroutine, upload apart.
func BenchmarkKeystroke10kB(b *testing.B) {
	long := strings.Repeat(words, 10<<10/len(words))
	for name, text := range map[string]string{
		"OneParagraph": long, "ManyParagraphs": strings.ReplaceAll(long, ". ", ".\n"),
	} {
		b.Run(name, func(b *testing.B) {
			test.NewTempApp(b)
			e := New(Options{Style: paint.Style{Color: color.RGBA{A: 255}}, Palette: paint.Light(), OnChange: func(string, string) {}})
			e.Resize(fyne.NewSize(300, 400))
			e.SetText(text)
			e.Select(5000, 5000)
			for b.Loop() {
				e.TypedRune('x')
				e.buf.Backspace()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/2, "µs/key")
		})
	}
}
