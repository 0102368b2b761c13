package solo

import (
	"os"
	"path/filepath"
	"testing"

	"corkboard/e2e/person"
)

// furnished makes a profile with a few cards without a window and chooses a
// theme.
func furnished(t *testing.T, theme string) *person.Person {
	t.Helper()
	p := person.New(t, "solo")
	_, _, err := p.Run("add",
		person.File(t, "Paper.pdf", person.PDF("The first page", "The second page")),
		person.File(t, "Teal.png", person.PNG(t, person.Plain(person.Teal, 400, 300))),
		person.File(t, "Note.md", []byte("## A note\n\n- with a [link](https://example.org)\n- and `code`\n")),
		person.File(t, "Archive.zip", []byte("PK\x05\x06"+string(make([]byte, 18)))))
	p.Must(err)
	p.Must(os.WriteFile(filepath.Join(p.Profile, "device.json"), []byte(`{"theme":"`+theme+`"}`), 0o600))
	return p
}

func TestThemes(t *testing.T) {
	for theme, light := range map[string]bool{"light": true, "dark": false} {
		t.Run(theme, func(t *testing.T) {
			p := furnished(t, theme)
			p.Open()
			p.Key("Shift+1")
			p.Sees("the picture", person.Teal, person.Screen, 20000)
			picture := p.Keep("theme-" + theme)
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
	p.Open()
	p.Key("Shift+1")
	p.Sees("the picture", person.Teal, person.Screen, 20000)
	p.Keep("scale-200")
}
