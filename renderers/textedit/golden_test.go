package textedit

import (
	"image"
	"image/draw"
	"testing"

	"corkboard/internal/golden"
	"corkboard/renderers/paint"
)

const markdownSample = `# Trip to *Lisbon*
Pack **light**; the _tram_ runs at 9:40, ~~8:20~~. See [the map](https://example.org) or https://a.example.
- [x] book the room
- [ ] ask ` + "`Ana`" + `
> said somebody
` + "```go\n\tfunc main() {}\n```\n---\n2. last"

func TestMarkdownGolden(t *testing.T) {
	for name, pal := range map[string]paint.Palette{"markdown_light": paint.Light(), "markdown_dark": paint.Dark()} {
		s := newSheet(260, markdownSample)
		s.markdown, s.pal, s.style = true, pal, paint.Style{Color: pal.Ink}
		s.reset()
		got := image.NewRGBA(image.Rect(0, 0, 300, int(s.heightWithin(1e6))+20))
		draw.Draw(got, got.Rect, image.NewUniform(pal.Paper), image.Point{}, draw.Src)
		s.draw(got, 20, 10, 1)
		golden.Picture(t, name, got)
	}
}
