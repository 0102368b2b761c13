package solo

import (
	"os"
	"path/filepath"
	"testing"
)

// furnished makes a profile with a few cards without a window and chooses a
// theme.
func furnished(t *testing.T, theme string) *person {
	t.Helper()
	p := newPerson(t)
	_, _, err := p.run("add",
		write(t, "Paper.pdf", pdfOf("The first page", "The second page")),
		write(t, "Teal.png", pngOf(t, plain(teal, 400, 300))),
		write(t, "Note.md", []byte("## A note\n\n- with a [link](https://example.org)\n- and `code`\n")),
		write(t, "Archive.zip", []byte("PK\x05\x06"+string(make([]byte, 18)))))
	p.must(err)
	p.must(os.WriteFile(filepath.Join(p.profile, "device.json"), []byte(`{"theme":"`+theme+`"}`), 0o600))
	return p
}

func TestThemes(t *testing.T) {
	for theme, light := range map[string]bool{"light": true, "dark": false} {
		t.Run(theme, func(t *testing.T) {
			p := furnished(t, theme)
			p.open()
			p.key("Shift+1")
			p.sees("the picture", teal, screen, 20000)
			picture := p.keep("theme-" + theme)
			ground := picture.RGBAAt(1580, 980)
			if bright := ground.R > 0x80; bright != light {
				t.Errorf("the board is %v", ground)
			}
		})
	}
}

func TestDoubleScale(t *testing.T) {
	p := furnished(t, "light")
	t.Setenv("FYNE_SCALE", "2")
	p.open()
	p.key("Shift+1")
	p.sees("the picture", teal, screen, 20000)
	p.keep("scale-200")
}
