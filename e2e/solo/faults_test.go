package solo

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/e2e/person"
)

func TestBrokenFilesAreCardsThatSaySo(t *testing.T) {
	p := person.New(t, "solo")
	p.Open()
	half := person.JPEG(t, person.Plain(person.Crimson, 400, 300))
	half = half[:len(half)/2]
	p.Drop(563, 43, person.File(t, "Broken.pdf", []byte("%PDF-1.7\nnothing that follows makes sense")))
	p.AwaitCards(2)
	p.Drop(563, 543, person.File(t, "Half.jpg", half))
	p.AwaitCards(3)
	p.Drop(1103, 43, person.File(t, "Empty.png", nil))
	p.AwaitCards(4)
	p.Drop(1103, 443, person.File(t, "Teal.png", person.PNG(t, person.Plain(person.Teal, 400, 300))))
	p.AwaitCards(5)
	p.Sees("the good picture", person.Teal, person.Screen, 80000)
	p.Keep("broken-files")
	if p.Program.Ended() {
		t.Error("the program is gone")
	}
	kept := p.Exported()["files/Half.jpg"]
	if kept != string(half) {
		t.Errorf("%d bytes of the broken file were kept, want %d", len(kept), len(half))
	}
}

func TestProfileOfANewerVersionIsForReading(t *testing.T) {
	p := person.New(t, "solo")
	_, _, err := p.Run("add", person.File(t, "Teal.png", person.PNG(t, person.Plain(person.Teal, 400, 300))))
	p.Must(err)
	path := filepath.Join(p.Profile, "header.json")
	text, err := os.ReadFile(path)
	p.Must(err)
	var header map[string]any
	p.Must(json.Unmarshal(text, &header))
	header["format"] = 99
	text, err = json.Marshal(header)
	p.Must(err)
	p.Must(os.WriteFile(path, text, 0o600))

	p.Open()
	p.Sees("the picture", person.Teal, person.Screen, 80000)
	p.Keep("newer-profile")
	if why := p.Status().ReadOnly; !strings.Contains(why, "newer version") {
		t.Errorf("status says %q", why)
	}
	p.DoubleClick(1203, 643)
	p.Type("Lost?")
	p.Key("Escape")
	p.Keep("newer-profile-typed")
	if n := p.Status().Cards; n != 2 {
		t.Errorf("there are %d cards, want 2", n)
	}
	if p.Program.Ended() {
		t.Error("the program is gone")
	}
}
