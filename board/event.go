package board

// Mods are the modifier keys that are held. Mod is Ctrl, on macOS Cmd.
type Mods uint8

// The modifier keys.
const (
	Shift Mods = 1 << iota
	Mod
	Alt
)

// Has reports whether all of m are held.
func (m Mods) Has(o Mods) bool { return m&o == o }

// Button of the pointer.
type Button uint8

// The buttons.
const (
	Primary Button = iota
	Secondary
	Middle
)

// Event is what a hand does. The set is closed. Places are screen pixels;
// Millis count from any fixed moment and only grow.
type Event interface{ event() }

// PointerDown presses a button.
type PointerDown struct {
	At     Point
	Button Button
	Mods   Mods
	Millis int64
}

// PointerMove moves the pointer, with or without a button held.
type PointerMove struct {
	At     Point
	Mods   Mods
	Millis int64
}

// PointerUp lets a button go.
type PointerUp struct {
	At     Point
	Button Button
	Mods   Mods
	Millis int64
}

// PointerOut says that the pointer left the board.
type PointerOut struct{}

// Wheel turns the wheel or moves two fingers. DX and DY say by how many
// screen pixels the content should move: DY > 0 is a turn away from the hand,
// as Fyne reports it.
type Wheel struct {
	At     Point
	DX, DY float64
	Mods   Mods
}

// Pinch zooms at a point; Factor > 1 is closer.
type Pinch struct {
	At     Point
	Factor float64
}

// Key goes down or up. Names: "A"…"Z", "0"…"9", "=", "-", "[", "]", "/", "?",
// ".", "Left", "Right", "Up", "Down", "Tab", "Enter", "Escape", "Delete", "Backspace",
// "Space", "Menu"; Fyne's spellings of them are understood. A modifier alone
// comes as a Key with an empty Name and the new Mods.
type Key struct {
	Name string
	Mods Mods
	Down bool
}

// Cancel ends whatever gesture goes on, as Escape does: the window lost its
// focus, a dialog opened.
type Cancel struct{}

// Resized tells the size of the board's area in screen pixels.
type Resized struct{ Size Size }

// Tick is time passing; wanted only while Session.Animating.
type Tick struct{ Millis int64 }

func (PointerDown) event() {}
func (PointerMove) event() {}
func (PointerUp) event()   {}
func (PointerOut) event()  {}
func (Wheel) event()       {}
func (Pinch) event()       {}
func (Key) event()         {}
func (Cancel) event()      {}
func (Resized) event()     {}
func (Tick) event()        {}
