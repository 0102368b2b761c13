//go:build linux

package together

import (
	"encoding/json"
	"image"
	"testing"
	"time"

	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// TestClashes is what two people do to the same cards without having seen what the
// other does: both have the same board in the end, with what each has done as far as
// that goes together, and what one wrote on a card that the other removed comes back
// with it.
func TestClashes(t *testing.T) {
	x11.Wanted(t)
	l := lab.New(t, lab.Options{})
	a, b := newDesk(t, l, "a3"), newDesk(t, l, "b3")
	a.Open()
	b.Open()
	a.makeBoard("Clash")
	a.write(103, 63, 3, "Moved by both")
	a.write(103, 263, 4, "Removed here, written there")
	a.Point(703, 63)
	a.Begins(5, func() { a.Key("t") })
	a.Type("Milk\nBread")
	a.Key("Escape")
	a.Key("Escape")
	a.Point(703, 463)
	a.Begins(6, func() { a.Key("b") })
	link := a.shares()
	began := b.joins(link)
	within(t, "the other has the board", began, func() bool { return b.Status().Cards == 6 }, a, b)
	b.Changes(func() { b.DoubleClick(803, 523) })
	b.write(203, 163, 7, "From inside")
	began = time.Now()
	within(t, "what is written on a board on the board is there", began, func() bool { return a.Status().Cards == 7 }, a, b)
	b.Changes(func() { b.Key("Alt+Left") })
	a.Changes(func() { a.DoubleClick(803, 523) })
	time.Sleep(lookedAt) // what is inside is not marked as new any more
	a.Changes(func() { a.Key("Alt+Left") })
	b.Keep("together")

	l.Partition([]*lab.Host{a.host}, []*lab.Host{b.host})
	a.Drag(image.Pt(200, 75), image.Pt(300, 150), image.Pt(400, 175))
	b.Drag(image.Pt(200, 75), image.Pt(250, 50), image.Pt(1200, 75))
	a.Changes(func() { a.Click(725, 122) })
	b.Changes(func() { b.Click(725, 152) })
	a.Click(180, 280)
	a.Changes(func() { a.Key("Delete") })
	b.Changes(func() { b.DoubleClick(180, 280) })
	b.Key("Ctrl+End")
	b.Type(" and more")
	for _, d := range []*desk{b, a} {
		d.Key("Escape")
		d.Key("Escape")
		d.AwaitSaved()
		d.Keep("apart")
	}
	l.Heal()
	files := alike(t, link, time.Now(), a, b)
	lookTheSame(t, a, b)
	if n := a.ticked(files); n != 2 {
		t.Errorf("%d items are ticked, want both", n)
	}
	if card, ok := a.has(files, "text", "Moved"); !ok || !(card.X < 500 && card.Y > 100) && !(card.X > 1000 && card.Y < 100) {
		t.Errorf("what both moved is at %v, %v", card.X, card.Y)
	}
	if a.says(files, "Removed") {
		t.Error("what one removed is there")
	}
	a.Key("Ctrl+z")
	began = time.Now()
	within(t, "what one removed is back, with what the other wrote", began, func() bool {
		return a.says(a.exported(link), "written there and more") && b.says(b.exported(link), "written there and more")
	}, a, b)
	alike(t, link, began, a, b)
}

// ticked counts the items of the list on an exported board that are done.
func (d *desk) ticked(files map[string]string) (n int) {
	d.T.Helper()
	list, ok := d.has(files, "todo", "Milk")
	if !ok {
		d.T.Fatal("there is no list")
	}
	var items struct {
		Items map[string]struct {
			Done bool `json:"done"`
		} `json:"items"`
	}
	d.Must(json.Unmarshal(list.Document, &items))
	for _, item := range items.Items {
		if item.Done {
			n++
		}
	}
	return n
}
