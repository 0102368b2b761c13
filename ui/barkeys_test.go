package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/renderers"
)

// tabs moves the focus on as Tab does, and gives what has it then.
func (d *desk) tabs() fyne.Focusable {
	c := d.w.win.Canvas()
	c.FocusNext()
	return c.Focused()
}

func TestTitleBarIsReachedAndLeftWithKeys(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.w.win.Canvas()
	d.w.Effect(d.w.board, board.ToBar{})
	if f := c.Focused(); f != fyne.Focusable(d.w.bar.find) || !d.w.bar.find.Ringed() {
		t.Fatalf("%T has the keys, want the first button that can be pressed, in its ring", f)
	}
	seen := map[fyne.Focusable]bool{d.w.bar.find: true}
	for f := d.tabs(); d.w.bar.focused(f) && !seen[f]; f = d.tabs() {
		seen[f] = true
	}
	if d.w.bar.find.Ringed() {
		t.Error("a button that lost the keys keeps its ring")
	}
	if !seen[d.w.bar.title] || len(seen) < 4 {
		t.Errorf("Tab reaches %d parts of the bar, and the title: %v", len(seen), seen[d.w.bar.title])
	}
	for f := range seen {
		for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyF6} {
			c.Focus(f)
			f.TypedKey(&fyne.KeyEvent{Name: key})
			if c.Focused() != fyne.Focusable(d.w.board) {
				t.Errorf("%T does not give the keys back for %s", f, key)
			}
		}
	}
}

func TestEnterPressesAButtonOfTheBar(t *testing.T) {
	d := newDesk(t)
	d.w.Effect(d.w.board, board.ToBar{})
	d.press(fyne.KeyReturn)
	if d.w.modal == nil {
		t.Fatal("the search is not open")
	}
	d.w.toBar() // a sheet keeps the keys
	if d.w.bar.focused(d.w.win.Canvas().Focused()) {
		t.Error("the bar takes the keys from a sheet")
	}
}

func TestWhatNothingFocusesHasTheKeysOfTheBarToo(t *testing.T) {
	d := newDesk(t)
	d.w.win.Canvas().Unfocus()
	d.w.board = nil
	d.w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF6})
	if _, ok := d.w.win.Canvas().Focused().(*renderers.Button); !ok {
		t.Errorf("%T has the keys", d.w.win.Canvas().Focused())
	}
}

func TestAColourThatIsChosenStaysMarkedBesideTheKeys(t *testing.T) {
	d := newDesk(t)
	s := newColourDisc([3]byte{200, 0, 0}, true, d.w, func() {})
	s.FocusGained()
	if !s.ring.Shown() {
		t.Error("it has the keys and no ring")
	}
	s.FocusLost()
	if s.ring.Shown() || s.disc.StrokeWidth == 0 {
		t.Error("it lost the keys and its mark")
	}
}
