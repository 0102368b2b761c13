package renderers

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
)

// This file turns Fyne's input into board events. All meaning is in
// board.Session.

var (
	_ desktop.Mouseable  = (*BoardView)(nil)
	_ desktop.Hoverable  = (*BoardView)(nil)
	_ desktop.Cursorable = (*BoardView)(nil)
	_ desktop.Keyable    = (*BoardView)(nil)
	_ fyne.Draggable     = (*BoardView)(nil)
	_ fyne.Scrollable    = (*BoardView)(nil)
	_ fyne.Shortcutable  = (*BoardView)(nil)
	_ fyne.Tabbable      = (*BoardView)(nil)
)

// MouseDown implements desktop.Mouseable.
func (v *BoardView) MouseDown(e *desktop.MouseEvent) {
	v.focus()
	v.pointer = pointOf(e.Position)
	if e.Button == desktop.MouseButtonPrimary && (v.decor.pens.press(v, v.pointer) || v.decor.said.press(v.pointer)) {
		return
	}
	v.buttons++
	v.mods = modsOf(e.Modifier)
	v.On(board.PointerDown{At: v.pointer, Button: buttonOf(e.Button), Mods: v.mods, Millis: v.millis()})
}

// MouseUp implements desktop.Mouseable.
func (v *BoardView) MouseUp(e *desktop.MouseEvent) {
	v.pointer = pointOf(e.Position)
	if e.Button == desktop.MouseButtonPrimary && (v.decor.pens.release() || v.decor.said.release(v.pointer)) {
		return
	}
	v.buttons = max(0, v.buttons-1)
	v.mods = modsOf(e.Modifier)
	v.On(board.PointerUp{At: v.pointer, Button: buttonOf(e.Button), Mods: v.mods, Millis: v.millis()})
}

// MouseIn implements desktop.Hoverable.
func (v *BoardView) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (v *BoardView) MouseMoved(e *desktop.MouseEvent) { v.moveTo(e.Position) }

// MouseOut implements desktop.Hoverable.
func (v *BoardView) MouseOut() {
	if v.buttons == 0 {
		v.over = false
		v.On(board.PointerOut{})
	}
}

// Dragged implements fyne.Draggable: moves with a button held, also outside.
func (v *BoardView) Dragged(e *fyne.DragEvent) { v.moveTo(e.Position) }

// DragEnd implements fyne.Draggable. A button let go outside the board gives
// no MouseUp: this ends the gesture there.
func (v *BoardView) DragEnd() {
	held := v
	for held.heir != nil {
		held = held.heir
	}
	// The toolkit may have taken the focus away before, and the buttons with it.
	if v.buttons > 0 || held.Session.Dragging() {
		v.buttons = 0
		v.On(board.PointerUp{At: v.pointer, Button: board.Primary, Mods: v.mods, Millis: v.millis()})
	}
}

func (v *BoardView) moveTo(p fyne.Position) {
	v.mods = currentMods()
	v.pointer, v.over = pointOf(p), true
	v.On(board.PointerMove{At: v.pointer, Mods: v.mods, Millis: v.millis()})
}

// A notch of a wheel is 25 of Fyne's units where wheels have notches: it
// should pan by 50 pixels and zoom by a sixth. On macOS the units are pixels
// of a touchpad and right as they are.
const (
	notchPan  = 2
	notchZoom = 0.6
)

// Scrolled implements fyne.Scrollable.
func (v *BoardView) Scrolled(e *fyne.ScrollEvent) {
	mods, k := currentMods(), float64(notchPan)
	switch {
	case runtime.GOOS == "darwin":
		k = 1
	case mods.Has(board.Mod) != v.Session.WheelZooms:
		k = notchZoom
	}
	v.On(board.Wheel{At: pointOf(e.Position), DX: k * float64(e.Scrolled.DX), DY: k * float64(e.Scrolled.DY), Mods: mods})
}

// Cursor implements desktop.Cursorable.
func (v *BoardView) Cursor() desktop.Cursor {
	if !v.Session.Dragging() && v.decor.said.at(v.pointer) != "" {
		return desktop.PointerCursor
	}
	return v.cursor
}

// FocusGained implements fyne.Focusable.
func (v *BoardView) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (v *BoardView) FocusLost() { v.buttons = 0 }

// AcceptsTab implements fyne.Tabbable: Tab walks over the cards.
func (v *BoardView) AcceptsTab() bool { return true }

// TypedRune implements fyne.Focusable. What is typed before a new card's
// editor is there is kept for it; else keys come through TypedKey.
func (v *BoardView) TypedRune(r rune) {
	if v.command {
		v.command = false // the letter that asked for the card
		return
	}
	if v.wantEdit != "" {
		v.ahead = append(v.ahead, func(f fyne.Focusable) { f.TypedRune(r) })
		return
	}
	// Where these are no keys of their own (Shift+7), only the letter tells.
	if (r == '/' || r == '?') && v.key != fyne.KeySlash {
		v.On(board.Key{Name: string(r), Down: true})
	}
}

// TypedKey implements fyne.Focusable.
func (v *BoardView) TypedKey(e *fyne.KeyEvent) {
	v.command, v.key = false, e.Name
	if v.OnKey != nil && v.OnKey(e) {
		return
	}
	switch before := v.wantEdit; {
	case before != "" && e.Name != fyne.KeyEscape:
		v.ahead = append(v.ahead, func(f fyne.Focusable) { f.TypedKey(e) })
	case e.Name == fyne.KeySpace: // KeyDown told already
	default:
		v.On(board.Key{Name: keyName(e.Name), Mods: currentMods(), Down: true})
		v.command = v.wantEdit != before
	}
}

// KeyDown implements desktop.Keyable: only what TypedKey cannot tell.
func (v *BoardView) KeyDown(e *fyne.KeyEvent) { v.keyHeld(e, true) }

// KeyUp implements desktop.Keyable.
func (v *BoardView) KeyUp(e *fyne.KeyEvent) { v.keyHeld(e, false) }

func (v *BoardView) keyHeld(e *fyne.KeyEvent, down bool) {
	switch {
	case e.Name == fyne.KeySpace:
		v.On(board.Key{Name: "Space", Mods: currentMods(), Down: down})
	case isModifier(e.Name):
		v.On(board.Key{Mods: currentMods(), Down: down})
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (v *BoardView) TypedShortcut(s fyne.Shortcut) {
	if v.OnShortcut != nil && v.OnShortcut(s) {
		return
	}
	if k, ok := shortcutKey(s); ok {
		v.On(k)
	}
}

func (v *BoardView) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && c.Focused() != v {
		c.Focus(v)
	}
}

// shortcutKey gives a shortcut its plain key back.
func shortcutKey(s fyne.Shortcut) (board.Key, bool) {
	k := board.Key{Mods: board.Mod, Down: true}
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		k.Name = "Z"
	case *fyne.ShortcutRedo:
		k.Name = "Y"
	case *fyne.ShortcutCopy:
		k.Name = "C"
	case *fyne.ShortcutCut:
		k.Name = "X"
	case *fyne.ShortcutPaste:
		k.Name = "V"
	case *fyne.ShortcutSelectAll:
		k.Name = "A"
	case *desktop.CustomShortcut:
		k.Name, k.Mods = keyName(s.KeyName), modsOf(s.Modifier)
	default:
		return k, false
	}
	return k, true
}

func keyName(n fyne.KeyName) string {
	switch n {
	case fyne.KeyReturn, fyne.KeyEnter:
		return "Enter"
	case fyne.KeyBackspace:
		return "Backspace"
	}
	return strings.TrimSpace(string(n))
}

func isModifier(n fyne.KeyName) bool {
	switch n {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight,
		desktop.KeyAltLeft, desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight:
		return true
	}
	return false
}

func modsOf(m fyne.KeyModifier) board.Mods {
	var out board.Mods
	if m&fyne.KeyModifierShift != 0 {
		out |= board.Shift
	}
	if m&fyne.KeyModifierShortcutDefault != 0 {
		out |= board.Mod
	}
	if m&fyne.KeyModifierAlt != 0 {
		out |= board.Alt
	}
	return out
}

func currentMods() board.Mods {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return modsOf(d.CurrentKeyModifiers())
	}
	return 0
}

func buttonOf(b desktop.MouseButton) board.Button {
	switch b {
	case desktop.MouseButtonSecondary:
		return board.Secondary
	case desktop.MouseButtonTertiary:
		return board.Middle
	}
	return board.Primary
}

func pointOf(p fyne.Position) board.Point { return board.Point{X: float64(p.X), Y: float64(p.Y)} }

func cursorNamed(name string) desktop.Cursor {
	switch name {
	case "pointer", "grab", "grabbing", "move", "copy":
		return desktop.PointerCursor
	case "crosshair", "nwse-resize", "nesw-resize":
		return desktop.CrosshairCursor
	case "ew-resize":
		return desktop.HResizeCursor
	case "ns-resize":
		return desktop.VResizeCursor
	}
	return desktop.DefaultCursor
}
