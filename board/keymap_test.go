package board

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParseChord(t *testing.T) {
	for s, want := range map[string]Chord{
		"Mod+Shift+Z": {Mod | Shift, "Z"}, "z": {0, "Z"}, "ctrl+k": {Mod, "K"}, "Cmd + Option + Left": {Mod | Alt, "Left"},
		"Mod++": {Mod, "+"}, "+": {0, "+"}, "-": {0, "-"}, "Mod+.": {Mod, "."}, "?": {0, "?"}, "Return": {0, "Enter"},
		"Esc": {0, "Escape"}, "pageup": {0, "PageUp"}, "Prior": {0, "PageUp"}, "f10": {0, "F10"}, "Mod+Space": {Mod, "Space"}, "é": {0, "É"}, "1": {0, "1"},
	} {
		got, err := ParseChord(s)
		if err != nil || got != want {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", " ", "Mod", "Mod+", "Hyper+A", "A+B", "Mod+Foo", "++A", "\x00", "\xff", strings.Repeat("Mod+", 1000)} {
		if c, err := ParseChord(s); !errors.Is(err, ErrBadChord) || len(err.Error()) > 200 {
			t.Errorf("%q: %v, %v", s, c, err)
		}
	}
	for _, row := range Conventions {
		for _, c := range row.Chords {
			if got, err := ParseChord(c.String()); err != nil || got != c {
				t.Errorf("%v is read as %v, %v", c, got, err)
			}
		}
	}
}

func TestKeysCanBeRemapped(t *testing.T) {
	k, errs := NewKeymap(map[string][]string{"new-text": {"Mod+Shift+N", "x"}, "tidy": {"Mod+Shift+T"}, "minimap": {}, "zoom-100": {"M"}})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	h := threeCards(t)
	h.s.Keys = k
	h.on(PointerMove{At: Point{500, 700}})
	text := NewCard{Kind: "text", At: Point{500, 700}}
	wantEffects(t, h.key(Mod|Shift, "N"), text)
	wantEffects(t, h.key(0, "x"), text)
	wantEffects(t, h.key(0, "N"))
	wantEffects(t, h.key(0, "T"), NewCard{Kind: "todo", At: Point{500, 700}})
	h.s.Camera.Zoom = 2
	wantEffects(t, h.key(0, "M"))
	h.glide()
	if h.s.Camera.Zoom != 1 {
		t.Error("M does not zoom")
	}
	h.s.Select("a", "b")
	if got := h.key(Mod|Shift, "T"); len(got) != 1 {
		t.Errorf("tidy by its key: %v", got)
	}
	if got := k.Chords("new-text"); !slices.Equal(got, []Chord{{Mod | Shift, "N"}, {0, "X"}}) {
		t.Errorf("chords %v", got)
	}
	if k.Chords("minimap") != nil || !slices.Equal(k.Chords("undo"), []Chord{{Mod, "Z"}}) || k.Chords("none") != nil {
		t.Error("chords of other rows")
	}
	if got := (*Keymap)(nil).Chords("new-text"); !slices.Equal(got, []Chord{{0, "N"}}) {
		t.Errorf("the table: %v", got)
	}
}

func TestWrongKeysAreToldAndTheRestWorks(t *testing.T) {
	k, errs := NewKeymap(map[string][]string{
		"new-text": {"Mod+Z", "Mod+J", "Hyper+J"}, // undo loses its keys to it
		"copy":     {"Mod+J"},                     // comes later in the table
		"nothing":  {"A"},
		"pan":      {"A"},
		"escape":   {},
		"help":     {"Space", "Shift+Escape", "F1"},
	})
	want := []string{
		`keys for "escape": Escape always stays, so that there is a way out.`,
		`keys for "nothing": there is no action of this name.`,
		`keys for "pan": this is done with the pointer and has no keys.`,
		`keys for "new-text": "Hyper+J": "Hyper" is no modifier (Mod, Shift, Alt): not a key.`,
		`keys for "copy": Mod+J is taken by "new-text" already.`,
		`keys for "help": Space is taken by "pan" already.`,
		`keys for "help": Shift+Escape is taken by "escape" already.`,
		`keys for "undo": Mod+Z is taken by "new-text" already.`,
	}
	var got []string
	for _, err := range errs {
		var typed *KeyError
		if !errors.As(err, &typed) || typed.Row == "" {
			t.Errorf("%T", err)
		}
		got = append(got, err.Error())
	}
	if !slices.Equal(got, want) {
		t.Errorf("errors\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	h := threeCards(t)
	h.s.Keys = k
	h.s.Select("a")
	wantEffects(t, h.key(0, "F1"), Help{})
	wantEffects(t, h.key(Mod, "X"), Cut{[]CardID{"a"}})
	wantEffects(t, h.perform("copy"), Copy{[]CardID{"a"}}) // without a key, but there
	h.key(Alt, "Escape")
	h.wantSelected()
}

func TestPlainKeysCanBeTurnedOff(t *testing.T) {
	for _, c := range []Chord{{0, "N"}, {0, "M"}, {0, "G"}, {0, "/"}, {0, "?"}, {Shift, "/"}} {
		h := threeCards(t)
		if got := h.key(c.Mods, c.Name); len(got) != 1 {
			t.Errorf("%v: %v", c, got)
		}
		h.s.NoPlainKeys = true
		wantEffects(t, h.key(c.Mods, c.Name))
	}
	h := threeCards(t)
	h.s.NoPlainKeys = true
	wantEffects(t, h.key(Mod, "K"), Everywhere{})
	if h.key(Shift, "1"); !h.s.Animating() {
		t.Error("a digit with Shift is no plain key")
	}
	h.key(0, "Tab")
	h.wantSelected("a")
}
