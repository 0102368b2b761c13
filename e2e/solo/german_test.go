package solo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
)

// germanSheets are what is opened and looked at, by what is typed into the list of
// commands, which takes letters without their accents. All sheets are held against their
// room in package ui.
var germanSheets = []struct{ name, typed string }{
	{"settings", "Fenster: Einstellungen"},
	{"share", "Dieses Board teilen"},
	{"words", "Deine Schlussel: Wiederh"},
	{"keys", "Tasten und Gesten"},
	{"history", "Verlauf dieses Boards"},
	{"everywhere", "Uberall suchen"},
}

// TestTheWindowSpeaksGerman starts as somebody would on a German system, with and
// without twice the size, and opens the sheets by their German names: a name that is
// not there opens nothing.
func TestTheWindowSpeaksGerman(t *testing.T) {
	for _, scale := range []string{"1", "2"} {
		t.Run("scale "+scale, func(t *testing.T) {
			p := person.NewAt(t, "german"+scale, x11.ForTest(t), prog.Place{Env: []string{"LC_ALL=de_DE.UTF-8", "FYNE_SCALE=" + scale}})
			p.Open()
			p.AwaitCards(1)
			if said := strings.Join(values(p.Exported()), "\n"); !strings.Contains(said, "# Willkommen bei Corkboard") {
				t.Errorf("the welcome says %q", said)
			}
			p.Keep("board")
			p.Changes(func() { p.RightClick(1200, 620) })
			p.Keep("menu")
			p.Changes(func() { p.Key("Escape") })
			for _, sheet := range germanSheets {
				p.Changes(func() { p.Key("Ctrl+Shift+p") })
				p.Type(sheet.typed)
				list := p.Still()
				p.ChangesFrom(list, func() { p.Key("Return") })
				p.Keep(sheet.name)
				p.Key("Escape")
				p.Still()
				p.Key("Escape")
				p.Still()
			}
		})
	}
}

func values(m map[string]string) (out []string) {
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// TestEnglishCanBeChosenOnAGermanSystem sets what the settings set.
func TestEnglishCanBeChosenOnAGermanSystem(t *testing.T) {
	p := person.NewAt(t, "german-english", x11.ForTest(t), prog.Place{Env: []string{"LC_ALL=de_DE.UTF-8"}})
	_, _, err := p.Run("add", person.File(t, "Note.md", []byte("A note")))
	p.Must(err)
	p.Must(os.WriteFile(filepath.Join(p.Profile, "device.json"), []byte(`{"language":"en"}`), 0o600))
	p.Open()
	p.AwaitCards(2)
	p.Changes(func() { p.Key("Ctrl+Shift+p") })
	p.Type("Keys and gestures")
	p.ChangesFrom(p.Still(), func() { p.Key("Return") })
	p.Keep("keys")
}
