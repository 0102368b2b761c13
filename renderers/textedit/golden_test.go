package textedit

import (
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"corkboard/renderers/paint"
)

var update = flag.Bool("update", false, "write golden files anew")

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
		wantGolden(t, filepath.Join("testdata", name+".png"), got)
	}
}

func wantGolden(t *testing.T, file string, got *image.RGBA) {
	t.Helper()
	if *update {
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, got); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			if color.RGBAModel.Convert(want.At(x, y)) != got.RGBAAt(x, y) {
				wrong++
			}
		}
	}
	if want.Bounds() != got.Rect || wrong > 0 {
		t.Errorf("%s is %v and differs in %d pixels; run with -update and look at it", file, got.Rect, wrong)
	}
}
