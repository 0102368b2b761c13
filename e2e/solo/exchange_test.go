package solo

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"corkboard/e2e/person"
)

// things is a folder with a picture, a note, a list and a folder inside.
func things(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Things")
	for name, content := range map[string][]byte{
		"Crimson.png":       person.PNG(t, person.Plain(person.Crimson, 400, 300)),
		"Paper.pdf":         person.PDF("The first page"),
		"Note.md":           []byte("# A note\nwith [a link](https://example.org)\n\n- [x] done\n- [ ] open"),
		"Inside/Teal.jpg":   person.JPEG(t, person.Plain(person.Teal, 300, 400)),
		"Inside/Another.md": []byte("inside"),
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// command carries out a row of the palette.
func command(p *person.Person, words string) {
	p.T.Helper()
	p.Changes(func() { p.Key("Ctrl+Shift+p") })
	p.Changes(func() { p.Type(words) })
	p.Still()
	p.Changes(func() { p.Key("Return") })
}

// folderOf is all files below a folder.
func folderOf(p *person.Person, dir string) map[string]string {
	p.T.Helper()
	files := map[string]string{}
	p.Must(filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(b)
		return err
	}))
	return files
}

// A board goes out as JSON Canvas and comes back as it was, by hand.
func TestACanvasGoesOutAndComesBack(t *testing.T) {
	p := person.New(t, "solo")
	p.Open()
	p.AwaitCards(1)
	p.Drop(603, 363, things(t))
	p.AwaitCards(7) // the welcome, four on Home, two inside
	p.AwaitSaved()
	p.Keep("exchange-dropped")

	first := filepath.Join(t.TempDir(), "first")
	command(p, "export board")
	p.Keep("exchange-export")
	p.Key("Ctrl+a")
	p.Type(first)
	p.Key("Return")
	p.Until("the canvas is written", func() bool {
		b, err := os.ReadFile(filepath.Join(first, "Home.canvas"))
		return err == nil && json.Valid(b)
	})
	p.Keep("exchange-exported")

	p.Changes(func() { p.Key("Ctrl+n") })
	p.AwaitCards(8)
	var back string
	for _, c := range p.CardsIn(p.Exported()["board.json"]) {
		if c.Kind == "board" && c.Title != "Inside" {
			back = c.Link
		}
	}
	p.Changes(func() {
		_, _, err := p.Run(back)
		p.Must(err)
	})
	command(p, "import")
	p.Keep("exchange-import")
	p.Type(first)
	p.Key("Return")
	p.AwaitCards(15)
	p.Keep("exchange-imported")

	second := filepath.Join(t.TempDir(), "second")
	_, _, err := p.Run("export", back, second, "--format", "jsoncanvas")
	p.Must(err)
	sameFiles(t, folderOf(p, second), folderOf(p, first))
	for _, format := range []string{"png", "svg", "pdf"} {
		out := filepath.Join(t.TempDir(), "drawn."+format)
		_, _, err := p.Run("export", back, out, "--format", format)
		p.Must(err)
		if info, err := os.Stat(out); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", format, err)
		}
	}

	p.Key("Ctrl+z")
	p.AwaitCards(8)
}
