package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/renderers"
)

// escCheck, escSelect and escButton leave the sheet with Esc; Enter presses a button
// as Space does.
type escCheck struct {
	widget.Check
	leave func()
	ring  renderers.Ring
}

func newEscCheck(words string, leave func()) *escCheck {
	c := &escCheck{leave: leave}
	c.Text = words
	c.ring.Inside = true // small print may stand below
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *escCheck) CreateRenderer() fyne.WidgetRenderer {
	return c.ring.Around(c.Check.CreateRenderer())
}

// FocusGained implements fyne.Focusable.
func (c *escCheck) FocusGained() {
	c.ring.Set(true, c)
	reveal(c)
}

// FocusLost implements fyne.Focusable.
func (c *escCheck) FocusLost() { c.ring.Set(false, c) }

// TypedKey implements fyne.Focusable.
func (c *escCheck) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		c.leave()
		return
	}
	c.Check.TypedKey(k)
}

type escSelect struct {
	widget.Select
	leave func()
	ring  renderers.Ring
}

func newEscSelect(words []string, leave func()) *escSelect {
	s := &escSelect{leave: leave}
	s.Options = words
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *escSelect) CreateRenderer() fyne.WidgetRenderer {
	return s.ring.Around(s.Select.CreateRenderer())
}

// FocusGained implements fyne.Focusable.
func (s *escSelect) FocusGained() {
	s.ring.Set(true, s)
	reveal(s)
}

// FocusLost implements fyne.Focusable.
func (s *escSelect) FocusLost() { s.ring.Set(false, s) }

// TypedKey implements fyne.Focusable.
func (s *escSelect) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		s.leave()
		return
	}
	s.Select.TypedKey(k)
}

type escButton struct{ renderers.Button }

func newEscButton(words string, tapped, leave func()) *escButton {
	b := &escButton{}
	b.Text, b.OnTapped, b.Keys = words, tapped, onEscape(leave)
	b.ExtendBaseWidget(b)
	return b
}

// FocusGained implements fyne.Focusable.
func (b *escButton) FocusGained() {
	b.Button.FocusGained()
	reveal(b)
}

// onEscape does something for Esc and takes no other key.
func onEscape(leave func()) func(k *fyne.KeyEvent) bool {
	return func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			leave()
		}
		return k.Name == fyne.KeyEscape
	}
}
