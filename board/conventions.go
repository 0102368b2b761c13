package board

import "slices"

// Row is one line of the sheet of conventions. A row is done with the pointer
// (Hand), with keys (Chords), by Session.Perform, or in several of these ways.
type Row struct {
	ID     string // stable, for Perform, menus and keymaps
	Group  string
	Action string
	Hand   string // what the pointer does, in words
	Chords []Chord

	do action
}

// Performs reports whether Session.Perform can do the row.
func (r Row) Performs() bool { return r.do != nil }

// action is what a row does.
type action func(s *Session, l *Layout, to Camera)

// Rows that code asks for.
const (
	rowEscape = "escape"
	rowPan    = "pan"
)

// Conventions is the sheet that the window shows and the table that
// Session.On looks keys up in: what is written here is what happens.
var Conventions = slices.Concat(lookRows, selectRows, makeRows, arrangeRows, changeRows, windowRows)

var lookRows = inGroup("Look around", []Row{
	{ID: rowPan, Action: "Pan", Hand: "Space+drag, middle-drag, right-drag on empty, wheel; arrows while nothing is selected"},
	{ID: "pan-sideways", Action: "Pan sideways", Hand: "Shift+wheel"},
	{ID: "zoom-at-pointer", Action: "Zoom at the pointer", Hand: "Mod+wheel, Mod+two fingers"},
	{ID: "scroll-card", Action: "Scroll a long card", Hand: "wheel over the selected card"},
	{ID: "zoom-in", Action: "Zoom in", Chords: []Chord{key(Mod, "="), key(Mod|Shift, "="), key(Mod, "+")}, do: zoomBy(1.25)},
	{ID: "zoom-out", Action: "Zoom out", Chords: []Chord{key(Mod, "-")}, do: zoomBy(1 / 1.25)},
	{ID: "zoom-100", Action: "Zoom to 100 %", Chords: []Chord{key(Mod, "0")}, do: zoomHome},
	{ID: "fit-all", Action: "Show all cards", Chords: []Chord{key(Shift, "1")}, do: func(s *Session, l *Layout, _ Camera) { s.FitAll(l) }},
	{ID: "fit-selection", Action: "Show the selection", Chords: []Chord{key(Shift, "2")}, do: func(s *Session, l *Layout, _ Camera) { s.FitSelection(l) }},
	{ID: "back", Action: "Back", Chords: []Chord{key(Alt, "Left")}, do: emits(Back{})},
	{ID: "forward", Action: "Forward", Chords: []Chord{key(Alt, "Right")}, do: emits(Forward{})},
})

var selectRows = inGroup("Select", slices.Concat([]Row{
	{ID: "select", Action: "Select a card or its group", Hand: "click"},
	{ID: "select-add", Action: "Add to the selection, or take away", Hand: "Shift+click"},
	{ID: "select-inside", Action: "Add one card, also of a group, or take away", Hand: "Mod+click"},
	{ID: "select-area", Action: "Select an area", Hand: "drag on empty; Shift adds"},
	{ID: "select-all", Action: "Select all", Chords: []Chord{key(Mod, "A")}, do: selectAll},
	{ID: rowEscape, Action: "Select none, leave editing, put a drag back", Chords: []Chord{key(0, "Escape")}, do: escape},
	{ID: "next-card", Action: "Next card", Chords: []Chord{key(0, "Tab")}, do: walk(false)},
	{ID: "previous-card", Action: "Card before", Chords: []Chord{key(Shift, "Tab")}, do: walk(true)},
	{ID: "select-connector", Action: "Select a connector", Hand: "click on it"},
	{ID: "next-connector", Action: "Next connector of the card", Chords: []Chord{key(Mod, "L")}, do: nextConnector},
	{ID: "keep", Action: "Keep this card selected while walking on", Chords: []Chord{key(0, "Insert"), key(Mod|Shift, "Enter")}, do: keeps},
}, fourWays("nearest-", "Nearest card ", Mod, nearest)))

var makeRows = inGroup("Make", []Row{
	{ID: "new-text", Action: "New text card", Hand: "double-click on empty", Chords: []Chord{key(0, "N")}, do: makes("text")},
	{ID: "new-todo", Action: "New to-do list", Chords: []Chord{key(0, "T")}, do: makes("todo")},
	{ID: "new-thread", Action: "New thread", Chords: []Chord{key(0, "C")}, do: makes("thread")},
	{ID: "new-board", Action: "New board", Chords: []Chord{key(0, "B")}, do: makes("board")},
	{ID: "new-frame", Action: "New frame, around what is selected", Chords: []Chord{key(0, "F")}, do: newFrame},
	{ID: "new-column", Action: "New column, of what is selected; into the selected column", Chords: []Chord{key(0, "K")}, do: newColumn},
	{ID: "pen", Action: "Draw, and stop", Chords: []Chord{key(0, "P")}, do: drawsOrNot},
	{ID: "pen-colour", Action: "Next colour of the pen", Chords: []Chord{key(Shift, "P")}, do: nextPen(true)},
	{ID: "pen-width", Action: "Next width of the pen", Chords: []Chord{key(Alt, "P")}, do: nextPen(false)},
	{ID: "stroke", Action: "Draw a stroke", Hand: "drag with the pen; on a card, the card carries it"},
	{ID: "edit", Action: "Edit the selected card", Hand: "double-click", Chords: []Chord{key(0, "Enter")}, do: edit},
	{ID: "rename", Action: "Rename the selected board, frame or column", Chords: []Chord{key(0, "F2")}, do: rename},
	{ID: "open", Action: "Open the selected card", Hand: "double-click", Chords: []Chord{key(Mod, "Enter")}, do: open},
	{ID: "connect", Action: "Connect the selected cards", Hand: "drag a dot beside a card onto another card", Chords: []Chord{key(0, "L")}, do: connects},
	{ID: "reconnect", Action: "Connect with another card", Hand: "drag an end of the selected connector"},
	{ID: "label", Action: "Write on a connector", Hand: "double-click on it"},
	{ID: "heads", Action: "Other arrowheads", Chords: []Chord{key(Shift, "L")}, do: changeHeads},
})

var arrangeRows = inGroup("Arrange", slices.Concat([]Row{
	{ID: "move", Action: "Move", Hand: "drag; Shift keeps the axis, Mod lets go of grid and guides"},
	{ID: "resize", Action: "Resize", Hand: "drag a handle; Shift keeps the ratio or frees a picture's, Alt keeps the middle"},
	{ID: "natural-size", Action: "Natural size", Hand: "double-click on a handle", do: freeSize},
	{ID: "drop-into", Action: "Into a board", Hand: "drop on a board card"},
	{ID: "hover-open", Action: "Into an opened board", Hand: "wait on a board card while dragging"},
	{ID: "into-column", Action: "Into a column, or elsewhere in it", Hand: "drop on a column, at the line"},
	{ID: "out-of-column", Action: "Out of the column", Hand: "drag it out", Chords: []Chord{key(Shift, "K")}, do: leaveColumn},
	{ID: "drop-elsewhere", Action: "Into a board above", Hand: "drop on its name in the title bar"},
}, fourWays("nudge-", "Nudge ", 0, nudge(1)), fourWays("nudge-far-", "Nudge ten steps ", Shift, nudge(10)), []Row{
	{ID: "wider", Action: "Wider", Chords: []Chord{key(Alt|Shift, "Right")}, do: resizes(Right)},
	{ID: "narrower", Action: "Narrower", Chords: []Chord{key(Alt|Shift, "Left")}, do: resizes(Left)},
	{ID: "higher", Action: "Higher", Chords: []Chord{key(Alt|Shift, "Down")}, do: resizes(Down)},
	{ID: "less-high", Action: "Less high", Chords: []Chord{key(Alt|Shift, "Up")}, do: resizes(Up)},
	{ID: "raise", Action: "One forward", Chords: []Chord{key(Mod, "]")}, do: restack(OneUp)},
	{ID: "lower", Action: "One backward", Chords: []Chord{key(Mod, "[")}, do: restack(OneDown)},
	{ID: "to-front", Action: "To the front", Chords: []Chord{key(Mod|Shift, "]")}, do: restack(ToFront)},
	{ID: "to-back", Action: "To the back", Chords: []Chord{key(Mod|Shift, "[")}, do: restack(ToBack)},
	{ID: "group", Action: "Group", Chords: []Chord{key(Mod, "G")}, do: groups},
	{ID: "ungroup", Action: "Ungroup", Chords: []Chord{key(Mod|Shift, "G")}, do: ungroups},
	{ID: "lock", Action: "Lock or unlock", Chords: []Chord{key(Mod|Shift, "L")}, do: locks},
	{ID: "align-left", Action: "Align left", Chords: []Chord{key(Mod|Shift, "Left")}, do: aligns(across, atStart)},
	{ID: "align-right", Action: "Align right", Chords: []Chord{key(Mod|Shift, "Right")}, do: aligns(across, atEnd)},
	{ID: "align-top", Action: "Align top", Chords: []Chord{key(Mod|Shift, "Up")}, do: aligns(down, atStart)},
	{ID: "align-bottom", Action: "Align bottom", Chords: []Chord{key(Mod|Shift, "Down")}, do: aligns(down, atEnd)},
	{ID: "align-center", Action: "Align centres", do: aligns(across, atMiddle)},
	{ID: "align-middle", Action: "Align middles", do: aligns(down, atMiddle)},
	{ID: "distribute-across", Action: "Distribute horizontally", do: distributes(across)},
	{ID: "distribute-down", Action: "Distribute vertically", do: distributes(down)},
	{ID: "tidy", Action: "Tidy up", do: tidies},
}))

var changeRows = inGroup("Change", []Row{
	{ID: "undo", Action: "Undo", Chords: []Chord{key(Mod, "Z")}, do: emits(Undo{})},
	{ID: "redo", Action: "Redo", Chords: []Chord{key(Mod|Shift, "Z"), key(Mod, "Y")}, do: emits(Redo{})},
	{ID: "remove", Action: "Remove", Chords: []Chord{key(0, "Delete"), key(0, "Backspace")}, do: removes},
	{ID: "duplicate", Action: "Duplicate", Hand: "Alt+drag", Chords: []Chord{key(Mod, "D")}, do: duplicate},
	{ID: "copy", Action: "Copy", Chords: []Chord{key(Mod, "C")}, do: copies},
	{ID: "cut", Action: "Cut", Chords: []Chord{key(Mod, "X")}, do: cuts},
	{ID: "paste", Action: "Paste", Chords: []Chord{key(Mod, "V")}, do: pastes(false)},
	{ID: "paste-plain", Action: "Paste as plain text", Chords: []Chord{key(Mod|Shift, "V")}, do: pastes(true)},
	{ID: "comment", Action: "Comment on the selected card, or on the board", Chords: []Chord{key(Mod|Alt, "M")}, do: comments},
	{ID: "menu", Action: "Menu", Hand: "right-click", Chords: []Chord{key(0, "Menu"), key(Shift, "F10")}, do: menu},
})

var windowRows = inGroup("Window", []Row{
	{ID: "find", Action: "Find on this board", Chords: []Chord{key(Mod, "F")}, do: emits(Find{})},
	{ID: "everywhere", Action: "Find everywhere", Chords: []Chord{key(Mod, "K"), key(0, "/")}, do: emits(Everywhere{})},
	{ID: "todos", Action: "To-dos of all boards", Chords: []Chord{key(Mod|Shift, "O")}, do: emits(Todos{})},
	{ID: "changed", Action: "What others have changed", Chords: []Chord{key(Mod|Shift, "U")}, do: emits(Changed{})},
	{ID: "trash", Action: "What is on no board any more", do: emits(Trash{})},
	{ID: "commands", Action: "All commands", Chords: []Chord{key(Mod|Shift, "P")}, do: emits(Commands{})},
	{ID: "share", Action: "Share this board", Chords: []Chord{key(Mod|Shift, "S")}, do: emits(Share{})},
	{ID: "history", Action: "History of this board", Chords: []Chord{key(Mod|Shift, "H")}, do: emits(History{})},
	{ID: "people", Action: "People", Chords: []Chord{key(Mod|Alt, "P")}, do: emits(People{})},
	{ID: "help", Action: "Keys and gestures", Chords: []Chord{key(0, "?"), key(Shift, "?"), key(Shift, "/")}, do: emits(Help{})},
	{ID: "minimap", Action: "Minimap", Chords: []Chord{key(0, "M")}, do: emits(Toggle{"minimap"})},
	{ID: "grid", Action: "Grid", Chords: []Chord{key(0, "G")}, do: emits(Toggle{"grid"})},
	{ID: "to-bar", Action: "To the title bar and back", Chords: []Chord{key(0, "F6"), key(Mod, "F6")}, do: emits(ToBar{})},
	{ID: "quiet", Action: "Without distractions", Chords: []Chord{key(Mod, ".")}, do: emits(Toggle{"quiet"})},
})

func inGroup(group string, rows []Row) []Row {
	for i := range rows {
		rows[i].Group = group
	}
	return rows
}

// fourWays makes a row for each arrow.
func fourWays(id, action string, m Mods, do func(d Direction) action) []Row {
	return []Row{
		{ID: id + "left", Action: action + "left", Chords: []Chord{key(m, "Left")}, do: do(Left)},
		{ID: id + "right", Action: action + "right", Chords: []Chord{key(m, "Right")}, do: do(Right)},
		{ID: id + "up", Action: action + "up", Chords: []Chord{key(m, "Up")}, do: do(Up)},
		{ID: id + "down", Action: action + "down", Chords: []Chord{key(m, "Down")}, do: do(Down)},
	}
}
