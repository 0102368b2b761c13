package ui

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
	"corkboard/ui/lang"
)

// onMac reports whether Mod is Cmd.
const onMac = runtime.GOOS == "darwin"

// keyWords are the names of keys that have a shorter sign or another name.
var keyWords = map[string]string{
	"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Escape": lang.Key("Esc"), "Delete": lang.Key("Del"), "-": "−",
	"Enter": lang.Key("Enter"), "Backspace": lang.Key("Backspace"), "Space": lang.Key("Space"), "Insert": lang.Key("Insert"),
	"Menu": lang.Key("Menu"),
}

// chordCaps is the keys of a chord, one word for each.
func chordCaps(c board.Chord) []string {
	var caps []string
	for _, m := range [...]struct {
		mod       board.Mods
		word, mac string
	}{{board.Mod, lang.T("Ctrl"), "Cmd"}, {board.Alt, "Alt", "Option"}, {board.Shift, lang.T("Shift"), lang.T("Shift")}} {
		switch {
		case !c.Mods.Has(m.mod):
		case onMac:
			caps = append(caps, m.mac)
		default:
			caps = append(caps, m.word)
		}
	}
	name := c.Name
	if word, ok := keyWords[name]; ok {
		name = lang.T(word)
	}
	return append(caps, name)
}

// chordWords is a chord in a line of text: "Ctrl+Shift+Z".
func chordWords(c board.Chord) string { return strings.Join(chordCaps(c), "+") }

// firstChord is the chord to show for a row, or "".
func firstChord(keys *board.Keymap, id string) string {
	if list := keys.Chords(id); len(list) > 0 {
		return chordWords(list[0])
	}
	return ""
}

// handWords is what the pointer does, with the keys of this system.
func handWords(hand string) string {
	if onMac {
		return strings.NewReplacer("Mod", "Cmd", "Alt", "Option").Replace(hand)
	}
	return strings.ReplaceAll(hand, "Mod", lang.T("Ctrl"))
}

// listenedOf is a chord for Fyne to listen for.
func listenedOf(c board.Chord) *desktop.CustomShortcut {
	s := shortcutOf(c)
	switch c.Name {
	case "Enter":
		s.KeyName = fyne.KeyReturn
	case "Backspace":
		s.KeyName = fyne.KeyBackspace
	}
	return s
}

// shortcutOf is a chord for Fyne to show in a menu.
func shortcutOf(c board.Chord) *desktop.CustomShortcut {
	s := &desktop.CustomShortcut{KeyName: fyne.KeyName(c.Name)}
	for mod, key := range map[board.Mods]fyne.KeyModifier{
		board.Shift: fyne.KeyModifierShift, board.Alt: fyne.KeyModifierAlt, board.Mod: fyne.KeyModifierShortcutDefault,
	} {
		if c.Mods.Has(mod) {
			s.Modifier |= key
		}
	}
	return s
}
