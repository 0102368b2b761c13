package workspaces

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/internal/lean"
)

// Whatever is in the file, there is a list, and it names folders of this place alone.
func FuzzList(f *testing.F) {
	f.Add([]byte(`{"Last":"/a","Colours":{"/a":[1,2,3]}}`))
	f.Add([]byte(`{"Last":"../../etc","Colours":{"..":[1,2,3],"":[0,0,0]}}`))
	f.Add([]byte(`{"Colours":null}{"Last":"/b"}`))
	f.Add([]byte(`[1,2`))
	f.Add([]byte(strings.Repeat(`{"Colours":`, 500)))
	dir := f.TempDir()
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		p := Places{Usual: filepath.Join(dir, "usual"), Folder: dir}
		if err := os.WriteFile(filepath.Join(dir, listName), b, 0o600); err != nil {
			t.Fatal(err)
		}
		l := p.read()
		if l.Colours == nil {
			t.Fatal("no colours")
		}
		if err := p.write(l); err != nil {
			t.Fatal(err)
		}
		for name := range p.read().Colours {
			if !p.owns(name) {
				t.Errorf("the list has %q", name)
			}
		}
	}))
}
