package board

import "strings"

// Chord is a key with the modifiers held.
type Chord struct {
	Mods Mods
	Name string // as in Key
}

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

// Row is one line of the sheet of conventions. A row has Chords, or a Hand,
// or both.
type Row struct {
	Group  string
	Action string
	Hand   string // what the pointer does, in words
	Chords []Chord

	do action
}

// action is what a chord does.
type action func(s *Session, l *Layout, k press)

// press is a key press as actions see it.
type press struct {
	Chord
	target Camera // where the camera was on its way to
}

// key makes a chord.
func key(mods Mods, name string) Chord { return Chord{mods, name} }

// Conventions is the sheet that the window shows and the table that
// Session.On looks keys up in: what is written here is what happens.
var Conventions = []Row{
	{Group: "Look around", Action: "Pan", Hand: "Space+drag, middle-drag, right-drag on empty, wheel"},
	{Group: "Look around", Action: "Pan sideways", Hand: "Shift+wheel"},
	{Group: "Look around", Action: "Zoom at the pointer", Hand: "Mod+wheel, pinch"},
	{Group: "Look around", Action: "Zoom in", Chords: []Chord{key(Mod, "="), key(Mod|Shift, "="), key(Mod, "+")}, do: zoomBy(1.25)},
	{Group: "Look around", Action: "Zoom out", Chords: []Chord{key(Mod, "-")}, do: zoomBy(1 / 1.25)},
	{Group: "Look around", Action: "Zoom to 100 %", Chords: []Chord{key(Mod, "0")}, do: zoomHome},
	{Group: "Look around", Action: "Show all cards", Chords: []Chord{key(Shift, "1")}, do: func(s *Session, l *Layout, _ press) { s.FitAll(l) }},
	{Group: "Look around", Action: "Show the selection", Chords: []Chord{key(Shift, "2")}, do: func(s *Session, l *Layout, _ press) { s.FitSelection(l) }},
	{Group: "Look around", Action: "Back", Chords: []Chord{key(Alt, "Left")}, do: emits(Back{})},
	{Group: "Look around", Action: "Forward", Chords: []Chord{key(Alt, "Right")}, do: emits(Forward{})},

	{Group: "Select", Action: "Select a card", Hand: "click"},
	{Group: "Select", Action: "Add to the selection, or take away", Hand: "Shift+click, Mod+click"},
	{Group: "Select", Action: "Select an area", Hand: "drag on empty; Shift adds"},
	{Group: "Select", Action: "Select all", Chords: []Chord{key(Mod, "A")}, do: selectAll},
	{Group: "Select", Action: "Select none, leave editing, put a drag back", Chords: []Chord{key(0, "Escape")}, do: escape},
	{Group: "Select", Action: "Next card", Chords: []Chord{key(0, "Tab")}, do: walk(false)},
	{Group: "Select", Action: "Card before", Chords: []Chord{key(Shift, "Tab")}, do: walk(true)},
	{Group: "Select", Action: "Nearest card that way", Chords: arrows(Mod), do: nearest},

	{Group: "Make", Action: "New text card", Hand: "double-click on empty", Chords: []Chord{key(0, "N")}, do: makes("text")},
	{Group: "Make", Action: "New to-do list", Chords: []Chord{key(0, "T")}, do: makes("todo")},
	{Group: "Make", Action: "New board", Chords: []Chord{key(0, "B")}, do: makes("board")},
	{Group: "Make", Action: "Edit the selected card", Hand: "double-click", Chords: []Chord{key(0, "Enter")}, do: edit},
	{Group: "Make", Action: "Open the selected card", Hand: "double-click", Chords: []Chord{key(Mod, "Enter")}, do: open},

	{Group: "Arrange", Action: "Move", Hand: "drag; Shift keeps the axis, Mod lets go of the grid"},
	{Group: "Arrange", Action: "Nudge", Chords: arrows(0), do: nudge},
	{Group: "Arrange", Action: "Nudge ten steps", Chords: arrows(Shift), do: nudge},
	{Group: "Arrange", Action: "Resize", Hand: "drag a handle; Shift keeps the ratio or frees a picture's, Alt keeps the middle"},
	{Group: "Arrange", Action: "Natural size", Hand: "double-click on a handle"},
	{Group: "Arrange", Action: "Into a board", Hand: "drop on a board card"},
	{Group: "Arrange", Action: "Forward", Chords: []Chord{key(Mod, "]")}, do: restack(OneUp)},
	{Group: "Arrange", Action: "Backward", Chords: []Chord{key(Mod, "[")}, do: restack(OneDown)},
	{Group: "Arrange", Action: "To the front", Chords: []Chord{key(Mod|Shift, "]")}, do: restack(ToFront)},
	{Group: "Arrange", Action: "To the back", Chords: []Chord{key(Mod|Shift, "[")}, do: restack(ToBack)},

	{Group: "Change", Action: "Undo", Chords: []Chord{key(Mod, "Z")}, do: emits(Undo{})},
	{Group: "Change", Action: "Redo", Chords: []Chord{key(Mod|Shift, "Z"), key(Mod, "Y")}, do: emits(Redo{})},
	{Group: "Change", Action: "Remove", Chords: []Chord{key(0, "Delete"), key(0, "Backspace")}, do: removes},
	{Group: "Change", Action: "Duplicate", Hand: "Alt+drag", Chords: []Chord{key(Mod, "D")}, do: duplicate},
	{Group: "Change", Action: "Copy", Chords: []Chord{key(Mod, "C")}, do: copies},
	{Group: "Change", Action: "Cut", Chords: []Chord{key(Mod, "X")}, do: cuts},
	{Group: "Change", Action: "Paste", Chords: []Chord{key(Mod, "V")}, do: pastes(false)},
	{Group: "Change", Action: "Paste as plain text", Chords: []Chord{key(Mod|Shift, "V")}, do: pastes(true)},
	{Group: "Change", Action: "Menu", Hand: "right-click", Chords: []Chord{key(0, "Menu"), key(Shift, "F10")}, do: menu},
}

// bound finds the action of a chord.
var bound = func() map[Chord]action {
	m := map[Chord]action{}
	for _, row := range Conventions {
		for _, c := range row.Chords {
			m[c] = row.do
		}
	}
	return m
}()

// plain are the chords that NoPlainKeys turns off.
var plain = map[Chord]bool{key(0, "N"): true, key(0, "T"): true, key(0, "B"): true}

func arrows(m Mods) []Chord {
	return []Chord{key(m, "Left"), key(m, "Right"), key(m, "Up"), key(m, "Down")}
}

func arrowOf(name string) (Direction, bool) {
	switch name {
	case "Left":
		return Left, true
	case "Right":
		return Right, true
	case "Up":
		return Up, true
	case "Down":
		return Down, true
	}
	return 0, false
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
	case " ":
		return "Space"
	}
	if len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s)
	}
	return s
}
