package solo

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBrokenFilesAreCardsThatSaySo(t *testing.T) {
	p := newPerson(t)
	p.open()
	half := jpegOf(t, plain(crimson, 400, 300))
	half = half[:len(half)/2]
	p.drop(563, 43, write(t, "Broken.pdf", []byte("%PDF-1.7\nnothing that follows makes sense")))
	p.awaitCards(2)
	p.drop(563, 543, write(t, "Half.jpg", half))
	p.awaitCards(3)
	p.drop(1103, 43, write(t, "Empty.png", nil))
	p.awaitCards(4)
	p.drop(1103, 443, write(t, "Teal.png", pngOf(t, plain(teal, 400, 300))))
	p.awaitCards(5)
	p.sees("the good picture", teal, screen, 80000)
	p.keep("broken-files")
	if p.program.Ended() {
		t.Error("the program is gone")
	}
	kept := p.exported()["files/Half.jpg"]
	if kept != string(half) {
		t.Errorf("%d bytes of the broken file were kept, want %d", len(kept), len(half))
	}
}

func TestProfileOfANewerVersionIsForReading(t *testing.T) {
	p := newPerson(t)
	_, _, err := p.run("add", write(t, "Teal.png", pngOf(t, plain(teal, 400, 300))))
	p.must(err)
	path := filepath.Join(p.profile, "header.json")
	text, err := os.ReadFile(path)
	p.must(err)
	var header map[string]any
	p.must(json.Unmarshal(text, &header))
	header["format"] = 99
	text, err = json.Marshal(header)
	p.must(err)
	p.must(os.WriteFile(path, text, 0o600))

	p.open()
	p.sees("the picture", teal, screen, 80000)
	p.keep("newer-profile")
	if why := p.status().ReadOnly; !strings.Contains(why, "newer version") {
		t.Errorf("status says %q", why)
	}
	p.doubleClick(1203, 643)
	p.write("Lost?")
	p.key("Escape")
	p.keep("newer-profile-typed")
	if n := p.status().Cards; n != 2 {
		t.Errorf("there are %d cards, want 2", n)
	}
	if p.program.Ended() {
		t.Error("the program is gone")
	}
}
