package app

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"corkboard/board"
	"corkboard/cards"
)

// picture is a PNG of one colour.
func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{200, 100, 50, 255})
		}
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, m))
	return b.Bytes()
}

// pdf is a document of one page, 200 × 300 points.
const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Resources<<>>>>endobj
trailer<</Root 1 0 R>>
`

// wav is half a second of a loud click and silence after it.
func wav() string {
	const frames = 4000
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data")
	b = binary.LittleEndian.AppendUint32(b, 2*frames)
	samples := make([]byte, 2*frames)
	copy(samples, "\xff\x7f\xff\x7f\x00\x80")
	return string(append(b, samples...))
}

func TestSoundsAndFilmsAreMeasured(t *testing.T) {
	a := openTest(t, t.TempDir())
	film, err := os.ReadFile(filepath.FromSlash("../media/film/testdata/vp8.webm"))
	must(t, err)
	paths := []string{write(t, "click.wav", []byte(wav())), write(t, "cut.mp3", []byte("ID3\x04\x00\x00\x00\x00\x00\x00")), write(t, "film.webm", film)}
	got := a.Import(testContext(t), a.Home(), board.Point{}, paths, nil)
	for _, r := range got {
		must(t, r.Err)
	}
	if f := fileOn(t, a, a.Home(), got[0].Card); f.Kind() != cards.KindAudio || f.Duration != 500 || len(f.Bars) == 0 || cards.Loud(f.Bars[0]) < 0.9 || cards.Loud(f.Bars[60]) != 0 {
		t.Errorf("the sound is %+v", f)
	}
	if f := fileOn(t, a, a.Home(), got[1].Card); f.Kind() != cards.KindAudio || f.Duration != 0 || f.Bars != "" {
		t.Errorf("the sound that is none is %+v", f)
	}
	if f := fileOn(t, a, a.Home(), got[2].Card); f.Kind() != cards.KindVideo || f.Width != 160 || f.Height != 120 || f.Duration < 1900 || f.Average == "" {
		t.Errorf("the film is %+v", f)
	}
}

func TestEveryFileBecomesTheRightCard(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "Drop")
	dir := t.TempDir()
	files := []struct {
		name, content, kind string
	}{
		{"photo.PNG", string(picture(t, 40, 20)), cards.KindImage},
		{"paper.pdf", pdf, cards.KindPDF},
		{"note.md", "\ufeff# Title\r\nline\r\n", cards.KindText},
		{"click.wav", wav(), cards.KindAudio},
		{"film.mp4", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", cards.KindVideo},
		{"page.html", "<!doctype html><p>hello", cards.KindFile},
		{"data.bin", "\x00\x01\x02", cards.KindFile},
		{"latin1.txt", "caf\xe9 au lait", cards.KindFile},
		{"blank.txt", " \n", cards.KindFile},
		{"long.txt", string(bytes.Repeat([]byte("a"), maxText+1)), cards.KindFile},
		{"drawing.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"/>`, cards.KindImage},
	}
	var paths []string
	for _, f := range files {
		p := filepath.Join(dir, f.name)
		must(t, os.WriteFile(p, []byte(f.content), 0o600))
		paths = append(paths, p)
	}
	got := a.Import(testContext(t), on, board.Point{X: 101, Y: 99}, paths, nil)
	for i, f := range files {
		if got[i].Err != nil {
			t.Errorf("%s: %v", f.name, got[i].Err)
			continue
		}
		c := readTest(t, a, on).Card(got[i].Card)
		want := board.Point{X: 100 + 40*float64(i), Y: 100 + 40*float64(i)}
		if c == nil || c.Link.Kind != f.kind || c.At != want {
			t.Errorf("%s became %+v, want a %s at %v", f.name, c, f.kind, want)
		}
	}
	f := fileOn(t, a, on, got[0].Card)
	if f.Title != "photo" || f.Extension != "png" || f.Width != 40 || f.Height != 20 || f.Average != "#c86432" || f.Size == 0 {
		t.Errorf("the picture is %+v", f)
	}
	if f := fileOn(t, a, on, got[1].Card); f.Pages != 1 || f.Width != 200 || f.Height != 300 {
		t.Errorf("the PDF is %+v", f)
	}
	if s := textOn(t, a, on, got[2].Card); s != "# Title\nline\n" {
		t.Errorf("the text is %q", s)
	}
}

func TestOneDropIsOneUndoStep(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	paths := []string{write(t, "a.txt", []byte("a")), write(t, "b.txt", []byte("b")), write(t, "c.bin", []byte{0})}
	a.Import(testContext(t), on, board.Point{}, paths, nil)
	if n := len(readTest(t, a, on).Cards); n != 3 {
		t.Fatalf("%d cards", n)
	}
	if _, err := a.Undo(on); err != nil || len(readTest(t, a, on).Cards) != 0 {
		t.Fatalf("after undo %d cards, %v", len(readTest(t, a, on).Cards), err)
	}
	if _, err := a.Redo(on); err != nil || len(readTest(t, a, on).Cards) != 3 {
		t.Fatalf("after redo %d cards, %v", len(readTest(t, a, on).Cards), err)
	}
}

func TestProgressIsToldForEachFile(t *testing.T) {
	a := openTest(t, t.TempDir())
	paths := []string{write(t, "a.bin", make([]byte, 600<<10)), write(t, "b.bin", make([]byte, 10))}
	var seen []Progress
	a.Import(testContext(t), a.Home(), board.Point{}, paths, func(p Progress) { seen = append(seen, p) })
	if len(seen) < 3 {
		t.Fatalf("told %d times", len(seen))
	}
	last := seen[len(seen)-1]
	if last != (Progress{Name: "b.bin", Done: 10, Total: 10, Index: 1, Count: 2}) {
		t.Errorf("last told %+v", last)
	}
	if first := seen[0]; first.Name != "a.bin" || first.Total != 600<<10 || first.Done == 0 || first.Done > first.Total {
		t.Errorf("first told %+v", first)
	}
}

func TestPastedPictureIsACard(t *testing.T) {
	a := openTest(t, t.TempDir())
	id, err := a.ImportBytes(testContext(t), a.Home(), board.Point{}, "Pasted picture.png", picture(t, 8, 8))
	must(t, err)
	if f := fileOn(t, a, a.Home(), id); f.Kind() != cards.KindImage || f.Title != "Pasted picture" || f.Width != 8 {
		t.Errorf("got %+v", f)
	}
}
