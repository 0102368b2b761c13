package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"corkboard/app"
)

func TestTheTitleBarGivesUpWhatIsElsewhereFirst(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.states[id] = app.SyncState{Words: "On 1 of 2 other devices · backed up", Have: 1, Backed: true}
	c.change(func() {
		c.boards[id] = everybody(c, id)
		c.tray = []app.Invitation{{ID: "1"}}
	})
	d.until("all is said", func() bool {
		return d.w.bar.people.tray.Visible() && d.w.bar.saved.all == "Saved on this device · on 1 of 2 other devices · backed up"
	})
	create := d.w.bar.right.Objects[3]
	for _, x := range []struct {
		width         float32
		whole, create bool
	}{{1280, true, true}, {800, false, true}, {520, false, false}} {
		d.w.win.Resize(fyne.NewSize(x.width, 640))
		whole := d.w.bar.saved.words.Text == d.w.bar.saved.all
		if whole != x.whole || create.Visible() != x.create {
			t.Errorf("%v wide: the words are %q, New board is shown: %v", x.width, d.w.bar.saved.words.Text, create.Visible())
		}
		for _, o := range []fyne.CanvasObject{d.w.bar.people.tray, d.w.bar.people.share, d.w.bar.right.Objects[4]} {
			if o.Size().Width < o.MinSize().Width {
				t.Errorf("%v wide: %v has %v of %v", x.width, o, o.Size(), o.MinSize())
			}
		}
		d.wantApart(d.w.bar.row, d.w.bar.row)
	}
}
