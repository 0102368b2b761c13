package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Button is a button that shows by a ring that it has the keys, and that Enter
// presses as Space does. UI goroutine only.
type Button struct {
	widget.Button
	Keys func(k *fyne.KeyEvent) bool // takes a key before the button does; nil takes none
	ring Ring
}

// NewButton makes a button of words, an icon or both.
func NewButton(words string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{}
	b.Text, b.Icon, b.OnTapped = words, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// newLowButton is a button without a ground of its own.
func newLowButton(words string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(words, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.ring.Set(true, b) }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.ring.Set(false, b) }

// Ringed reports whether the button shows that it has the keys.
func (b *Button) Ringed() bool { return b.ring.Shown() }

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch {
	case b.Keys != nil && b.Keys(k):
	case (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && !b.Disabled():
		b.Tapped(nil)
	default:
		b.Button.TypedKey(k)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return b.ring.Around(b.Button.CreateRenderer())
}
