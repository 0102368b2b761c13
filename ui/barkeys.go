package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/renderers"
)

// This file is the title bar without a pointer: F6 leads there and back, Tab
// and the arrows from one button to the next, Esc back.

// barButton is a button of the title bar.
func (w *Window) barButton(words string, icon fyne.Resource, tapped func()) *renderers.Button {
	b := renderers.NewButton(words, icon, tapped)
	b.Importance = widget.LowImportance
	b.Keys = w.barKey
	return b
}

// barKey takes the keys of the title bar while one of its buttons has them.
func (w *Window) barKey(k *fyne.KeyEvent) bool {
	c := w.win.Canvas()
	switch {
	case k.Name == fyne.KeyEscape || w.turnsToBar(k):
		w.focusBody()
	case k.Name == fyne.KeyRight:
		c.FocusNext()
	case k.Name == fyne.KeyLeft:
		c.FocusPrevious()
	default:
		return false
	}
	return true
}

// turnsToBar reports whether a key is the one that leads to the title bar.
func (w *Window) turnsToBar(k *fyne.KeyEvent) bool {
	return slices.Contains(w.keys.Chords("to-bar"), board.Chord{Mods: heldMods(), Name: string(k.Name)})
}

// toBar gives the keys to the title bar, or back to what is shown.
func (w *Window) toBar() {
	switch c := w.win.Canvas(); {
	case w.modal != nil:
	case w.bar.focused(c.Focused()):
		w.focusBody()
	default:
		w.setQuiet(false)
		c.Focus(w.bar.first())
	}
}

// first is the first button of the bar that can be pressed.
func (b *titleBar) first() fyne.Focusable {
	for _, o := range []*renderers.Button{b.back, b.forward} {
		if !o.Disabled() {
			return o
		}
	}
	return b.find
}

// focused reports whether what has the keys is a part of the bar.
func (b *titleBar) focused(f fyne.Focusable) bool {
	o, ok := f.(fyne.CanvasObject)
	return f == fyne.Focusable(b.title) || ok && holds(b.row, o)
}

// holds reports whether an object lies in a container.
func holds(in *fyne.Container, o fyne.CanvasObject) bool {
	for _, part := range in.Objects {
		if inner, ok := part.(*fyne.Container); part == o || ok && holds(inner, o) {
			return true
		}
	}
	return false
}
