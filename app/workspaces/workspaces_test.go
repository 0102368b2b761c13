package workspaces

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// around is places in an empty folder.
func around(t *testing.T) Places {
	t.Helper()
	return Beside(filepath.Join(t.TempDir(), "corkboard"))
}

// opened makes a profile look as one that was opened.
func opened(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, logName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

func namesOf(list []Workspace) (out []string) {
	for _, w := range list {
		name := w.Name
		if w.Here {
			name = "*" + name
		}
		out = append(out, name)
	}
	return out
}

func wantNames(t *testing.T, p Places, here string, want ...string) {
	t.Helper()
	if got := namesOf(p.List(here)); !slices.Equal(got, want) {
		t.Errorf("the list is %q, want %q", got, want)
	}
}

func TestTheListIsWhatIsThere(t *testing.T) {
	p := around(t)
	wantNames(t, p, p.Usual, "*My workspace")
	club, err := p.New(" The club ")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.New("attic"); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(p.Folder, "photos", "2020"), 0o700); err != nil { // no profile
		t.Fatal(err)
	}
	opened(t, club.Dir)
	wantNames(t, p, club.Dir, "My workspace", "attic", "*The club")
	elsewhere := filepath.Join(t.TempDir(), "stick")
	wantNames(t, p, elsewhere, "My workspace", "attic", "The club", "*stick")
	if err := p.Opened(club.Dir, [3]byte{1, 2, 3}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(p.Folder, listName)); err != nil {
		t.Fatal(err)
	}
	wantNames(t, p, "", "My workspace", "attic", "The club")
}

func TestNamesBecomeFolders(t *testing.T) {
	p := around(t)
	for name, want := range map[string]string{
		"Garten & Küche": "Garten & Küche",
		"a/b\\c":         "a-b-c",
		"../../etc":      "-..-etc",
		"con":            "file con",
		"one\ntwo":       "one two",
	} {
		w, err := p.New(name)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if w.Name != want || filepath.Dir(w.Dir) != p.Folder || filepath.Base(w.Dir) != want {
			t.Errorf("%q is %q in %s, want %q", name, w.Name, w.Dir, want)
		}
	}
	for _, name := range []string{"", "  ", ".", "..", "\n"} {
		if w, err := p.New(name); !errors.Is(err, ErrNoName) {
			t.Errorf("%q: %+v, %v", name, w, err)
		}
	}
	for _, name := range []string{"garten & küche", "A/B\\C", "my workspace"} {
		if w, err := p.New(name); !errors.Is(err, ErrTaken) {
			t.Errorf("%q: %+v, %v", name, w, err)
		}
	}
	long, err := p.New(strings.Repeat("ü", 200))
	if err != nil || len([]rune(long.Name)) != maxName {
		t.Errorf("a long name is %q, %v", long.Name, err)
	}
}

func TestTheLastOneIsRemembered(t *testing.T) {
	p := around(t)
	if got := p.Last(); got != p.Usual {
		t.Errorf("at first the last one is %s", got)
	}
	club, err := p.New("club")
	if err != nil {
		t.Fatal(err)
	}
	colour := [3]byte{9, 8, 7}
	if err := p.Opened(club.Dir, colour); err != nil {
		t.Fatal(err)
	}
	if err := p.Opened(filepath.Join(t.TempDir(), "stick"), colour); err != nil { // named each time
		t.Fatal(err)
	}
	if got := p.Last(); got != club.Dir {
		t.Errorf("the last one is %s, want %s", got, club.Dir)
	}
	if got := p.List(club.Dir)[1]; got.Colour != colour {
		t.Errorf("it is %+v", got)
	}
	if err := os.Remove(club.Dir); err != nil {
		t.Fatal(err)
	}
	if got := p.Last(); got != p.Usual {
		t.Errorf("the last one is gone, and still %s", got)
	}
}

func TestABrokenListIsNone(t *testing.T) {
	p := around(t)
	outside := t.TempDir()
	for name, text := range map[string]string{
		"no JSON": "{", "wrong types": `{"Last":1}`, "outside": `{"Last":"` + filepath.ToSlash(outside) + `"}`,
		"above": `{"Last":"` + filepath.ToSlash(p.Folder) + `/../other"}`,
	} {
		if err := os.MkdirAll(p.Folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.Folder, listName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := p.Last(); got != p.Usual {
			t.Errorf("%s: the last one is %s", name, got)
		}
	}
	if err := p.Opened(p.Usual, [3]byte{}); err != nil {
		t.Error(err)
	}
}
