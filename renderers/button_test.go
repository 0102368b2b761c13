package renderers

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestButtonIsRingedAndPressedWithKeys(t *testing.T) {
	test.NewTempApp(t)
	pressed := 0
	b := NewButton("Do", nil, func() { pressed++ })
	w := test.NewTempWindow(t, b)
	press := func(name fyne.KeyName) { b.TypedKey(&fyne.KeyEvent{Name: name}) }
	if b.Ringed() {
		t.Error("a ring before the keys")
	}
	w.Canvas().Focus(b)
	if !b.Ringed() {
		t.Error("no ring")
	}
	press(fyne.KeyReturn)
	press(fyne.KeyEnter)
	press(fyne.KeySpace)
	press(fyne.KeyEscape)
	if pressed != 3 {
		t.Errorf("pressed %d times", pressed)
	}
	b.Keys = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyReturn }
	press(fyne.KeyReturn)
	b.Keys = nil
	b.Disable()
	press(fyne.KeyReturn)
	if pressed != 3 {
		t.Errorf("pressed %d times", pressed)
	}
	w.Canvas().Unfocus()
	if b.Ringed() {
		t.Error("the ring stays")
	}
}
