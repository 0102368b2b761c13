package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/docstore"
)

const (
	keysName = "keys.json"
	maxKeys  = 256 << 10 // bytes of keys.json
)

// KeysError says what is wrong with keys.json.
type KeysError struct {
	Line int    // 1 is the first; 0: none in particular
	Why  string // a sentence
	Err  error  // the cause, or nil
}

func (e *KeysError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s, line %d: %s", keysName, e.Line, e.Why)
	}
	return keysName + ": " + e.Why
}

// Unwrap gives the cause.
func (e *KeysError) Unwrap() error { return e.Err }

// KeysPath is the file of a person's own keys. It need not be there.
func (a *App) KeysPath() string { return filepath.Join(a.opts.Profile, keysName) }

// Keys reads a person's own keys: ids of actions and the chords for each, as
// board.NewKeymap takes them. No file gives none. What can be read is there
// also with an error: *KeysError, several of them joined. It reads the disk.
func (a *App) Keys() (map[string][]string, error) {
	text, err := readKeys(a.KeysPath())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return parseKeys(text)
}

// Keymap is the table of keys with a person's own in it. It works whatever the
// file says; what is wrong with it is told: *KeysError, *board.KeyError, joined.
// It reads the disk.
func (a *App) Keymap() (*board.Keymap, error) {
	keys, err := a.Keys()
	m, wrong := board.NewKeymap(keys)
	return m, together(append([]error{err}, wrong...))
}

func readKeys(path string) ([]byte, error) {
	// Looking first: opening a pipe would block for ever.
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, &KeysError{Why: "This is no file and is not used."}
	}
	if err == nil && info.Size() > maxKeys {
		return nil, &KeysError{Why: "The file is too long and is not used."}
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, &KeysError{Why: "The file cannot be read.", Err: err}
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxKeys))
	if err != nil {
		return nil, &KeysError{Why: "The file cannot be read.", Err: err}
	}
	return text, nil
}

// parseKeys reads JSON as people write it: with comments, a comma too many,
// and a single chord without brackets.
func parseKeys(text []byte) (map[string][]string, error) {
	text = plainJSON(bytes.TrimPrefix(text, []byte("\ufeff")))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, nil
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(text, &entries); err != nil {
		return nil, &KeysError{Line: lineOf(text, err), Why: "This is not written as it should be, so the file is not used. Each line is like \"undo\": [\"Mod+Z\"], with all its quotes.", Err: err}
	}
	out := map[string][]string{}
	var wrong []error
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		chords, err := chordsOf(entries[id])
		if err != nil {
			line := 1 + bytes.Count(text[:max(0, bytes.Index(text, entries[id]))], []byte("\n"))
			wrong = append(wrong, &KeysError{Line: line, Why: fmt.Sprintf("The keys for “%s” are no list like [\"Mod+Z\"] and stay as they were.", shown(id)), Err: err})
			continue
		}
		out[id] = chords
	}
	return out, together(wrong)
}

func chordsOf(raw json.RawMessage) ([]string, error) {
	if raw[0] == '"' {
		var one string
		err := json.Unmarshal(raw, &one)
		return []string{one}, err
	}
	list := []string{}
	err := json.Unmarshal(raw, &list)
	return list, err
}

// lineOf is the line of a JSON error; 0 if it tells no place.
func lineOf(text []byte, err error) int {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) || syntax.Offset > int64(len(text)) {
		return 0
	}
	return 1 + bytes.Count(text[:syntax.Offset], []byte("\n"))
}

// plainJSON makes spaces of comments (from // to the end of the line) and of
// commas before a closing bracket, outside of strings: all offsets stay.
func plainJSON(text []byte) []byte {
	out := bytes.Clone(text)
	quoted, comma := false, -1
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted, comma = !quoted, -1
		case quoted || c == ' ' || c == '\t' || c == '\r' || c == '\n':
		case c == '/' && i+1 < len(out) && out[i+1] == '/':
			for ; i < len(out) && out[i] != '\n'; i++ {
				out[i] = ' '
			}
		case c == ',':
			comma = i
		case (c == '}' || c == ']') && comma >= 0:
			out[comma] = ' '
			comma = -1
		default:
			comma = -1
		}
	}
	return out
}

// WriteKeys makes keys.json, with all actions and their keys as comments, if
// it is not there, and gives its path. Errors: those of ReadOnly, the system's.
// It writes to the disk.
func (a *App) WriteKeys() (string, error) {
	path := a.KeysPath()
	if why := a.ReadOnly(); why != nil {
		return path, why
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return path, err
	}
	if err := docstore.ReplaceFile(path, []byte(keysTemplate())); err != nil {
		return path, fmt.Errorf("making %s: %w", keysName, err)
	}
	return path, nil
}

const keysHead = `// Your own keys. Remove the two strokes before a line and change its keys:
//   "zoom-in": ["Mod+=", "Mod+Up"],   more than one is fine
//   "new-board": [],                  none switches the keys off
// Mod is Ctrl, on a Mac Cmd; besides there are Shift and Alt. Corkboard reads
// this file when it starts, and when “Reload” is pressed in the settings.
{
`

// keysTemplate lists what can be done with keys.
func keysTemplate() string {
	var b strings.Builder
	b.WriteString(keysHead)
	group := ""
	for _, row := range board.Conventions {
		if !row.Performs() {
			continue
		}
		if row.Group != group {
			group = row.Group
			fmt.Fprintf(&b, "\n  // %s\n", group)
		}
		chords := []string{}
		for _, c := range row.Chords {
			chords = append(chords, c.String())
		}
		list, _ := json.Marshal(chords) // strings always can be
		fmt.Fprintf(&b, "  // %q: %s,  // %s\n", row.ID, list, row.Action)
	}
	b.WriteString("}\n")
	return b.String()
}
