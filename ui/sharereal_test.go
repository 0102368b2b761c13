package ui

import (
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/share"
)

// With the program itself behind the window, not with people who are not there.
func TestABoardIsSharedFromTheSheet(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.w.joinTogether(d.app)
	t.Cleanup(d.w.apart)
	old := d.garden()
	d.text("beans", board.Point{X: 200, Y: 80})
	d.w.showShare()
	d.tapOn("Create link and copy")
	d.until("the link is copied", func() bool { return d.said("Link copied: whoever has it can edit.") })
	l, err := share.Parse(d.w.fyne.Clipboard().Content())
	if err != nil || l.Role != share.Write || l.Document != d.w.boardID() || l.Document == old {
		t.Fatalf("the link is %v, %v; the window shows %s, which was %s", l, err, d.w.boardID(), old)
	}
	d.until("the note is on the shared board", func() bool { return len(d.cards()) == 1 && d.w.bar.title.Text == "Garden" })
	d.until("the sheet shows the one who shared it", func() bool { return d.sheetSays("1 person") && d.sheetSays("Owner") && d.sheetSays("Made at") })
	if d.buttonOf("Revoke") == nil {
		t.Fatal("the link cannot be revoked")
	}
	d.tapOn("Revoke")
	d.until("the link is gone", func() bool { return d.buttonOf("Revoke") == nil })
	d.w.closeModal()
	d.until("the title bar says where it is", func() bool { return strings.Contains(strings.ToLower(d.w.bar.saved.all), "only on this device") })
}
