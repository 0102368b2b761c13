//go:build !windows && !darwin

package programs

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// planted is a desk of files that a test has written.
func planted(t *testing.T, files map[string]string) desk {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	at := func(names ...string) (out []string) {
		for _, n := range names {
			out = append(out, filepath.Join(root, n))
		}
		return out
	}
	return desk{config: at("config"), data: at("own", "system"), desktops: []string{"gnome"}, there: func(c string) bool { return c != "gone" }}
}

func desktop(name, mime, more string) string {
	return "[Desktop Entry]\nType=Application\nName=" + name + "\nExec=" + strings.ToLower(name) + " %f\nMimeType=" + mime + ";\n" + more
}

func names(list []Program) (out []string) {
	for _, p := range list {
		out = append(out, p.Name)
	}
	return out
}

func TestWhatOpensAType(t *testing.T) {
	files := map[string]string{
		"system/applications/a.desktop":     desktop("Alpha", "image/png", ""),
		"system/applications/b.desktop":     desktop("Beta", "image/png", ""),
		"system/applications/kde/c.desktop": desktop("Gamma", "image/png", ""),
		"system/applications/d.desktop":     desktop("Delta", "image/png", "Terminal=true\n"),
		"system/applications/e.desktop":     desktop("Epsilon", "image/png", "TryExec=gone\n"),
		"system/applications/f.desktop":     desktop("Zeta", "image/png", ""),
		"system/applications/text.desktop":  desktop("Pen", "text/plain", ""),
		"system/applications/mark.desktop":  desktop("Mark", "text/markdown", ""),
		"system/applications/odd.desktop":   "Exec=odd\n[Desktop Entry\nType=Application",
		"system/applications/mimeapps.list": "[Default Applications]\nimage/png=b.desktop;\n",
		"own/applications/h.desktop":        desktop("Theta", "image/jpeg", ""),
		"own/applications/a.desktop":        desktop("Alpha", "image/png", "Hidden=true\n"),
		"own/applications/own.desktop":      desktop("Eta", "image/png", ""),
		"config/mimeapps.list":              "# mine\n[Added Associations]\nimage/png=h.desktop;\n[Removed Associations]\nimage/png=f.desktop;\n",
		"config/gnome-mimeapps.list":        "[Default Applications]\nimage/png=nothing.desktop;kde-c.desktop;\n",
		"system/mime/subclasses":            "text/markdown text/plain\nimage/x-odd image/png\n",
		"own/applications/mimeapps.list":    "no list at all",
	}
	all := []string{"Gamma", "Beta", "Theta", "Eta"}
	for mime, want := range map[string][]string{
		"image/png": all, "image/x-odd": all, "text/markdown": {"Mark", "Pen"}, "text/x-new": {"Pen"}, "video/mp4": nil,
	} {
		if got := names(planted(t, files).forTypes(mime)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", mime, got, want)
		}
	}
	if got := names(planted(t, files).forTypes("video/mp4", "text/markdown")); !slices.Equal(got, []string{"Mark", "Pen"}) {
		t.Errorf("two types: %v", got)
	}
	// Where there is a cache, it is believed.
	files["system/applications/mimeinfo.cache"] = "[MIME Cache]\nimage/png=f.desktop;a.desktop;\nvideo/mp4=text.desktop;gone.desktop;\n"
	for mime, want := range map[string][]string{"image/png": all, "video/mp4": {"Pen"}} {
		if got := names(planted(t, files).forTypes(mime)); !slices.Equal(got, want) {
			t.Errorf("%s with a cache: %v, want %v", mime, got, want)
		}
	}
}

func TestHowAProgramIsStarted(t *testing.T) {
	const path = "/tmp/two words/100%.pdf"
	for exec, want := range map[string][]string{
		`see %f`:                        {"see", path},
		`see %F --more`:                 {"see", path, "--more"},
		`see %u`:                        {"see", "file:///tmp/two%20words/100%25.pdf"},
		`see %U`:                        {"see", "file:///tmp/two%20words/100%25.pdf"},
		`see`:                           {"see", path},
		`"/opt/a b/see" "x \"y\" \$z" `: {"/opt/a b/see", `x "y" $z`, path},
		`see %i --at=%k -t %c 50%% %f`:  {"see", "--icon", "pic", "--at=/e.desktop", "-t", "See It", "50%", path},
		`see --file=%f %m`:              {"see", "--file=" + path},
		`sh -c "see $HOME;rm x" %f`:     {"sh", "-c", "see $HOME;rm x", path},
		`see %x`:                        nil,
		`see a%F`:                       nil,
		`see "open`:                     nil,
		`see "a"b`:                      nil,
		`see 50%`:                       nil,
		``:                              nil,
	} {
		words, err := split(exec)
		var got []string
		if err == nil {
			got, err = Program{Name: "See It", words: words, icon: "pic", entry: "/e.desktop"}.command(path)
		}
		if !slices.Equal(got, want) || (want == nil) != errors.Is(err, ErrExec) {
			t.Errorf("%s: %q, %v, want %q", exec, got, err, want)
		}
	}
	if got, err := Other("/opt/100%/see.bin").command(path); err != nil || !slices.Equal(got, []string{"/opt/100%/see.bin", path}) {
		t.Errorf("another program: %q, %v", got, err)
	}
}

func TestNamesAreInThePersonsLanguage(t *testing.T) {
	g, err := parseGroups(strings.NewReader("[Desktop Entry]\nName=Viewer\nName[de]=Betrachter\\sX\nName[de_AT]=Gucker\nName=Twice\n[Desktop Action New]\nName=Other\n"))
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string]string{"": "Viewer", "en": "Viewer", "de": "Betrachter X", "de_AT": "Gucker", "de_CH": "Betrachter X"} {
		if got := g["Desktop Entry"].local("Name", language); got != want {
			t.Errorf("%q: %q, want %q", language, got, want)
		}
	}
}

func FuzzEntry(f *testing.F) {
	f.Add(desktop("A", "text/plain", `Exec=a "b\\"c" %f %%`), "/tmp/x")
	f.Fuzz(func(t *testing.T, text, path string) {
		g, err := parseGroups(strings.NewReader(text))
		if err != nil {
			return
		}
		p, ok := entry{id: "x.desktop", keys: g["Desktop Entry"]}.program("de", func(string) bool { return true })
		if !ok {
			return
		}
		words, err := p.command(path)
		if err != nil || len(words) < 1 || words[0] == "" || p.Name == "" {
			t.Fatalf("%q, %v", words, err)
		}
	})
}
