package app

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"corkboard/board"
)

func TestKeysAsPeopleWriteThem(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want map[string][]string
		line int // of the error; -1 none
	}{
		"empty":            {"", nil, -1},
		"only a comment":   {"// later", nil, -1},
		"plain":            {`{"undo": ["Mod+U"]}`, map[string][]string{"undo": {"Mod+U"}}, -1},
		"one chord":        {`{"undo": "Mod+U"}`, map[string][]string{"undo": {"Mod+U"}}, -1},
		"switched off":     {`{"undo": [], "redo": null}`, map[string][]string{"undo": {}, "redo": nil}, -1},
		"a comma too many": {`{"undo": ["Mod+U",],` + "\n}", map[string][]string{"undo": {"Mod+U"}}, -1},
		"comments":         {"\ufeff{ // keys\n\"find\": [\"/\", \"Mod+//\"], // \"x\n}", map[string][]string{"find": {"/", "Mod+//"}}, -1},
		"a quote in a key": {`{"undo": ["\""]}`, map[string][]string{"undo": {`"`}}, -1},
		"no JSON":          {"{\n\"undo\": Mod+Z\n}", nil, 2},
		"a list":           {"[]", nil, 0},
		"a number":         {"{\n\"redo\": [\"Mod+R\"],\n\"undo\": 7}", map[string][]string{"redo": {"Mod+R"}}, 3},
		"cut":              {"{\n\"undo\": [\"Mod", nil, 2},
	} {
		got, err := parseKeys([]byte(c.text))
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		var wrong *KeysError
		if errors.As(err, &wrong) != (c.line >= 0) || wrong != nil && wrong.Line != c.line {
			t.Errorf("%s: %v, want an error in line %d", name, err, c.line)
		}
		if s := Sentence(err); (s == "") != (c.line < 0) || s != "" && !strings.HasSuffix(s, ".") {
			t.Errorf("%s: %q", name, s)
		}
	}
}

func TestKeysOfAProfile(t *testing.T) {
	a := openTest(t, t.TempDir())
	if keys, err := a.Keys(); keys != nil || err != nil {
		t.Errorf("without a file: %v, %v", keys, err)
	}
	path, err := a.WriteKeys()
	must(t, err)
	if path != a.KeysPath() || filepath.Dir(path) != a.Profile() {
		t.Errorf("it is at %s", path)
	}
	if keys, err := a.Keys(); len(keys) != 0 || err != nil {
		t.Errorf("the file as it comes: %v, %v", keys, err)
	}
	// Without its strokes each line says what is so anyway.
	text, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(text), "  // \"", "  \"")), 0o600))
	keys, err := a.Keys()
	must(t, err)
	for _, row := range board.Conventions {
		if len(keys[row.ID]) != len(row.Chords) && row.Performs() {
			t.Errorf("%s: %v, want %v", row.ID, keys[row.ID], row.Chords)
		}
	}
	// What a person wrote is never overwritten.
	must(t, os.WriteFile(path, []byte(`{"undo": ["Mod+U"], "nonsense": ["Mod+Q"]}`), 0o600))
	_, err = a.WriteKeys()
	must(t, err)
	m, err := a.Keymap()
	if got := m.Chords("undo"); len(got) != 1 || got[0].String() != "Mod+U" {
		t.Errorf("undo has %v", got)
	}
	if s := Sentence(err); !strings.Contains(s, "nonsense") {
		t.Errorf("the sentence is %q (%v)", s, err)
	}
}

func TestKeysThatCannotBeRead(t *testing.T) {
	a := openTest(t, t.TempDir())
	must(t, os.Mkdir(a.KeysPath(), 0o700))
	check := func(what string) {
		t.Helper()
		keys, err := a.Keys()
		var wrong *KeysError
		if keys != nil || !errors.As(err, &wrong) || Sentence(err) == "" {
			t.Errorf("%s: %v, %v", what, keys, err)
		}
		if m, _ := a.Keymap(); len(m.Chords("undo")) == 0 {
			t.Errorf("%s: no keys at all", what)
		}
	}
	check("a folder")
	must(t, os.Remove(a.KeysPath()))
	must(t, os.WriteFile(a.KeysPath(), make([]byte, maxKeys+1), 0o600))
	check("too long")
}
