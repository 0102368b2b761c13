//go:build !windows && !darwin

package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
)

// A program that a desktop entry in the person's own folder names is offered for its type,
// and gets a copy of the file.
func TestAFileIsOpenedWithAChosenProgram(t *testing.T) {
	dir := t.TempDir()
	noted := filepath.Join(dir, "noted")
	for name, content := range map[string]string{
		"pro gram":                       "#!/bin/sh\nprintf '%s|' \"$@\" > \"$NOTED.part\"\nmv \"$NOTED.part\" \"$NOTED\"\n",
		"data/applications/one.desktop":  "[Desktop Entry]\nType=Application\nName=Reader\nExec=\"" + dir + "/pro gram\" --first %f\nMimeType=application/x-corkboard-test;\n",
		"data/applications/two.desktop":  "[Desktop Entry]\nType=Application\nName=Writer\nName[de]=Schreiber\nExec=\"" + dir + "/pro gram\" --second %f\nMimeType=application/x-corkboard-test;\n",
		"config/mimeapps.list":           "[Default Applications]\napplication/x-corkboard-test=two.desktop\n",
		"data/applications/gone.desktop": "[Desktop Entry]\nType=Application\nName=Gone\nExec=/nowhere/at/all %f\nMimeType=application/x-corkboard-test;\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range map[string]string{"NOTED": noted, "XDG_DATA_HOME": dir + "/data", "XDG_DATA_DIRS": dir + "/none", "XDG_CONFIG_HOME": dir + "/config", "XDG_CONFIG_DIRS": dir + "/none", "TMPDIR": t.TempDir()} {
		t.Setenv(name, value)
	}
	d := newDesk(t)
	const content = "what is in the file"
	if _, err := d.w.app.ImportBytes(t.Context(), d.w.app.Home(), board.Point{}, "odd.bin", []byte(content)); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(content))
	d.w.showOpenWith(cards.File{Title: "An odd one", Blob: hex.EncodeToString(sum[:]), Extension: "odd", MIME: "application/x-corkboard-test"})
	d.until("the programs are offered", func() bool { return d.sheetSays("Writer (usual)") })
	if !d.sheetSays("Reader") || !d.sheetSays("Another program…") || d.sheetSays("Gone") {
		t.Error("other programs are offered")
	}
	opened := func(option string) {
		t.Helper()
		var words []string
		d.until("the program runs", func() bool {
			b, err := os.ReadFile(noted)
			words = strings.Split(string(b), "|")
			return err == nil
		})
		if len(words) != 3 || words[0] != option || filepath.Base(words[1]) != "An odd one.odd" {
			t.Fatalf("started with %q", words)
		}
		if b, err := os.ReadFile(words[1]); err != nil || string(b) != content {
			t.Errorf("the copy says %q, %v", b, err)
		}
		if err := os.Remove(noted); err != nil {
			t.Fatal(err)
		}
	}
	d.tapOn("Reader")
	opened("--first")
	if d.w.modal != nil {
		t.Error("the sheet is still open")
	}
	d.w.showOpenWith(cards.File{Title: "An odd one", Blob: hex.EncodeToString(sum[:]), Extension: "odd", MIME: "application/x-corkboard-test"})
	d.until("the programs are offered again", func() bool { return d.sheetSays("Writer (usual)") })
	d.tapOn("Writer (usual)")
	opened("--second")
}
