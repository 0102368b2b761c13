package board

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Chord is a key with the modifiers held.
type Chord struct {
	Mods Mods
	Name string // as in Key
}

// key makes a chord.
func key(mods Mods, name string) Chord { return Chord{mods, name} }

// String writes the chord as people read it: "Mod+Shift+Z". The window puts
// Ctrl or Cmd in the place of Mod.
func (c Chord) String() string {
	var b strings.Builder
	for _, m := range [...]struct {
		mod  Mods
		name string
	}{{Mod, "Mod+"}, {Alt, "Alt+"}, {Shift, "Shift+"}} {
		if c.Mods.Has(m.mod) {
			b.WriteString(m.name)
		}
	}
	return b.String() + c.Name
}

// plain reports whether the chord is a letter or a sign that may be typed by
// accident: NoPlainKeys turns it off. Digits are none: they need Shift.
func (c Chord) plain() bool {
	r, n := utf8.DecodeRuneInString(c.Name)
	return c.Mods&(Mod|Alt) == 0 && n > 0 && n == len(c.Name) && !unicode.IsDigit(r)
}

// ErrBadChord says that words name no key with modifiers.
var ErrBadChord = errors.New("not a key")

// longKeys are the names of keys that are more than one letter.
var longKeys = []string{
	"Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Tab", "Enter", "Escape", "Insert", "Delete",
	"Backspace", "Space", "Menu", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12",
}

// ParseChord reads what Chord.String writes, in any case; Ctrl and Cmd are
// Mod, Option is Alt. Else an ErrBadChord that says why.
func ParseChord(s string) (Chord, error) {
	var c Chord
	rest := strings.TrimSpace(s)
	for {
		i := strings.IndexByte(rest, '+')
		if i <= 0 || i == len(rest)-1 { // no more, or the key is "+" itself
			break
		}
		m, ok := modNamed(strings.TrimSpace(rest[:i]))
		if !ok {
			return Chord{}, fmt.Errorf("%.40q: %.20q is no modifier (Mod, Shift, Alt): %w", s, rest[:i], ErrBadChord)
		}
		c.Mods |= m
		rest = strings.TrimSpace(rest[i+1:])
	}
	name, ok := keyNamed(rest)
	if !ok {
		return Chord{}, fmt.Errorf("%.40q: there is no key %.20q: %w", s, rest, ErrBadChord)
	}
	c.Name = name
	return c, nil
}

func modNamed(s string) (Mods, bool) {
	switch strings.ToLower(s) {
	case "mod", "ctrl", "control", "cmd", "command":
		return Mod, true
	case "shift":
		return Shift, true
	case "alt", "option":
		return Alt, true
	}
	return 0, false
}

// keyNamed finds the spelling of Key.Name.
func keyNamed(s string) (string, bool) {
	if r, n := utf8.DecodeRuneInString(s); n > 0 && n == len(s) {
		return strings.ToUpper(s), r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r)
	}
	s = keyName(s)
	i := slices.IndexFunc(longKeys, func(k string) bool { return strings.EqualFold(k, s) })
	if i < 0 {
		return "", false
	}
	return longKeys[i], true
}

// keyName brings the spellings of a key together.
func keyName(s string) string {
	switch s {
	case "Return", "KP_Enter":
		return "Enter"
	case "BackSpace":
		return "Backspace"
	case "Esc":
		return "Escape"
	case "Prior":
		return "PageUp"
	case "Next":
		return "PageDown"
	case " ":
		return "Space"
	}
	if r, n := utf8.DecodeRuneInString(s); n == len(s) && unicode.IsLower(r) {
		return strings.ToUpper(s)
	}
	return s
}
