package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/identity/portrait"
	"corkboard/media"
	"corkboard/share"
)

// elsewhere is a document that is on no device of this test.
var elsewhere = doc.NewID([32]byte{42})

func TestALinkIsTakenUpOnlyAfterAQuestionAndUnderTheChosenName(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	link := share.Format(invitationTo(elsewhere, share.Write))
	d.w.openLink(link)
	if !d.sheetSays("Join a shared board as an editor?") || !d.sheetSays("The others see you as:") || len(c.did) > 0 {
		t.Fatalf("asked for %q before anything was asked", c.did)
	}
	d.w.closeModal()
	d.w.openLink(link)
	var name *escEntry
	for _, o := range d.laidOut() {
		if e, ok := o.(*escEntry); ok {
			name = e
		}
	}
	name.SetText(" ")
	d.tapOn("Join")
	if !d.sheetSays("Type the name") {
		t.Error("somebody without a name may join")
	}
	name.SetText("Johanna")
	d.w.win.Canvas().Focus(d.buttonOf("Join"))
	d.press(fyne.KeyReturn)
	d.until("the board is shown", func() bool { return d.w.boardID() == elsewhere })
	if strings.Join(c.did, ",") != "profile Johanna 3395e8,join write" {
		t.Errorf("asked for %q", c.did)
	}
	d.until("it says what it waits for", func() bool { return d.w.waiting.object.Visible() })
	said := saidBy(d.w.waiting.object)
	for _, words := range []string{"Waiting for somebody who has this board", "It comes by itself", "Looking since 12:0", "on the local network and at every address that is known."} {
		if !strings.Contains(said, words) {
			t.Errorf("it does not say %q: %s", words, said)
		}
	}
	if d.w.bar.saved.all != "Waiting for this board" {
		t.Errorf("the title bar says %q", d.w.bar.saved.all)
	}
	d.w.Open(d.app.Home(), "board")
	if d.w.waiting.object.Visible() {
		t.Error("it waits for what is here")
	}
}

func TestAWaitSaysWhoIsConnectedAndEndsWhenTheBoardIsHere(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.app.NewID()
	c.boards[id] = app.Sharing{Shared: true, Root: id, Mine: share.Write, Waiting: true,
		Members: []app.Member{{Person: ada, Name: "Ada"}}, Backups: []app.Backup{{Name: "Attic"}}}
	c.reach = []app.Reach{{Person: ada, Step: "direct"}}
	d.w.Open(id, "board")
	d.until("it says who is there", func() bool {
		said := saidBy(d.w.waiting.object)
		return strings.Contains(said, "Connected to Ada directly: asking for the board.") && strings.Contains(said, "Attic, which keeps it, cannot be reached now.")
	})
	if err := d.app.Docs().Create(id, board.Create("Garden", "")).Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.change(func() { c.boards[id] = app.Sharing{Shared: true, Root: id, Mine: share.Write} })
	d.until("the board has come", func() bool { return !d.w.waiting.object.Visible() && d.w.bar.title.Text == "Garden" })
}

func TestABoardThatIsSharedAlreadyIsOpenedAtOnce(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	d.w.Open(d.app.Home(), "board")
	c.boards[id] = everybody(c, id)
	d.w.handlers().Open(share.Format(invitationTo(id, share.Read)))
	d.until("it is shown", func() bool { return d.w.boardID() == id })
	if d.w.modal != nil {
		t.Error("somebody who is there is asked to join")
	}
	d.w.openLink(share.Format(invitationTo(elsewhere, share.Read).Bare()))
	d.until("a link that invites nobody is refused", func() bool { return strings.Contains(saidBy(d.w.notices.object), "does not invite to it") })
}

func TestALinkInThePaletteIsOpened(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.meet(newCrowd())
	for _, id := range []string{"everywhere", "commands"} {
		d.w.perform(id)
		p := d.palette()
		p.entry.SetText(share.Format(invitationTo(elsewhere, share.Write)))
		if p.offers.count() != 1 || p.offers.words() != "Enter opens it   Esc closes" {
			t.Fatalf("%s: %d offers, %q", id, p.offers.count(), p.offers.words())
		}
		d.press(fyne.KeyReturn)
		if !d.sheetSays("Join a shared board") {
			t.Errorf("%s: the link is not taken up", id)
		}
		d.w.closeModal()
	}
	d.w.perform("commands")
	p := d.palette()
	all := p.offers.count()
	p.entry.SetText("corkboard:/x")
	p.entry.SetText("")
	if p.offers.count() != all {
		t.Error("the commands do not come back")
	}
}

func TestInvitationsWaitInTheTray(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	if d.w.bar.people.tray.Visible() {
		t.Error("a badge without invitations")
	}
	c.accepted = share.Link{Document: elsewhere, Kind: "board", In: doc.NewID([32]byte{7})}
	c.change(func() {
		c.tray = []app.Invitation{
			{ID: "i1", From: app.Member{Name: "Ada"}, Title: "Garden", Role: share.Write, At: atNoon.Add(-time.Hour)},
			{ID: "i2", From: app.Member{Name: "Ito"}, Role: share.Read, At: atNoon.AddDate(0, 0, -1)},
		}
	})
	d.until("the badge counts", func() bool { return d.w.bar.people.tray.Visible() && d.w.bar.people.tray.Text == "2 invitations" })
	d.w.bar.people.tray.Tapped(nil)
	for _, words := range []string{"Nothing of these boards comes to this device before you accept", "“Garden”", "Ada invited you at 11:00. You can edit.", "A board", "Ito invited you yesterday at 12:00. You can only read."} {
		if !d.sheetSays(words) {
			t.Errorf("the tray does not say %q", words)
		}
	}
	d.tapOn("Accept")
	d.until("the board is shown", func() bool { return c.asked("accept i1") && d.w.boardID() == elsewhere })
	d.w.showTray()
	d.tapOn("Decline")
	d.until("nothing waits", func() bool { return d.sheetSays("No invitation waits.") && !d.w.bar.people.tray.Visible() })
}

func TestTheTitleBarSaysOnHowManyDevicesABoardIs(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	d.until("all is saved", func() bool { return d.w.bar.saved.all == "Saved on this device" })
	for _, x := range []struct {
		state app.SyncState
		want  string
	}{
		{app.SyncState{Words: "Only on this device", Devices: 2}, "Only on this device"},
		{app.SyncState{Words: "Backed up", Devices: 2, Backed: true}, "Saved on this device · backed up"},
		{app.SyncState{Words: "On 1 of 2 other devices", Devices: 2, Have: 1}, "Saved on this device · on 1 of 2 other devices"},
		{app.SyncState{Words: "On both other devices · backed up", Devices: 2, Have: 2, Backed: true}, "Saved on this device · on both other devices · backed up"},
		{app.SyncState{Words: "On 1 of 2 other devices", Devices: 2, Have: 1, Waiting: "Waiting for Ada since 14:05"}, "Waiting for Ada since 14:05"},
	} {
		c.change(func() { c.boards[id], c.states[id] = everybody(c, id), x.state })
		d.until("it says "+x.want, func() bool { return d.w.bar.saved.all == x.want })
	}
	d.w.bar.saved.Tapped(nil)
	if !d.sheetSays("is shared") {
		t.Error("a click on it does not show with whom")
	}
	d.w.closeModal()
	c.change(func() {
		s := everybody(c, id)
		s.Removed = true
		c.boards[id] = s
	})
	d.until("it says that this person is out", func() bool { return strings.Contains(d.w.bar.saved.all, "no longer on this board") })
}

func TestTheMenuOfACardSaysWhereItIs(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.text("note", board.Point{X: 900, Y: 80})
	link := d.w.board.Live.Snapshot().Value.Card(id).Link
	last := func() *fyne.MenuItem {
		items := d.w.cardMenu(d.w.board, id).Items
		return items[len(items)-1]
	}
	c.states[link.Document] = app.SyncState{Words: "Only on this device"}
	if item := last(); item.Label != "Only on this device" || !item.Disabled {
		t.Errorf("it says %q", item.Label)
	}
	c.states[link.Document] = app.SyncState{Words: "On 1 of 2 other devices · backed up", Have: 1, Backed: true, Waiting: "Waiting for Mira since 09:30"}
	if item := last(); item.Label != "On 1 of 2 other devices · backed up · waiting for Mira since 09:30" {
		t.Errorf("it says %q", item.Label)
	}
	c.files[link.Document] = app.Arriving{From: "Ada"}
	if item := last(); item.Label != "Its file comes from Ada" {
		t.Errorf("it says %q", item.Label)
	}
}

func TestNameColourAndPictureAreChosen(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	d.w.showSettings()
	if !d.sheetSays("Jo Brandt") {
		t.Error("settings do not say how others see one")
	}
	d.tapOn("Name and picture…")
	n := 0
	for _, o := range d.laidOut() {
		if dot, ok := o.(*colourDisc); ok {
			if n++; n == 2 {
				dot.Tapped(nil)
			}
		}
	}
	if n != len(personColours) { // the one in use is among them
		t.Errorf("%d colours are offered", n)
	}
	d.tapOn("Save")
	d.until("it is kept", func() bool { return c.asked("profile Jo Brandt ffc919") && d.sheetSays("Settings") })

	f := newProfileFields(d.w)
	said := make(chan error, 2)
	f.chosen, f.failed = func() { said <- nil }, func(err error) { said <- err }
	f.take("words.txt")
	d.until("it says that this is no picture", func() bool { return len(said) == 1 })
	if err := <-said; !errors.Is(err, media.ErrUnsupported) || f.picture != "" {
		t.Errorf("%v, and it is %d bytes", err, len(f.picture))
	}
	f.take("face.png")
	d.until("it is there", func() bool { return len(said) == 1 })
	if err := f.save("Jo Brandt"); err != nil || !c.asked(fmt.Sprintf("picture of %d bytes", portrait.Size)) {
		t.Errorf("a picture is not kept: %v", err)
	}
}

func TestAddressesAreShownCopiedAndDialled(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	d.w.showAddresses()
	if !d.sheetSays("This device has no address just now") {
		t.Error("nothing says that there is none")
	}
	address := "/ip4/192.168.1.17/udp/40123/quic-v1/p2p/" + strings.Repeat("12D3KooW", 6)
	c.change(func() { c.own = []string{address} })
	d.until("it is there", func() bool { return d.buttonOf("Copy") != nil })
	if !strings.Contains(strings.ReplaceAll(saidBy(d.w.modal.inside), " ", ""), address) {
		t.Error("a part of the address is not shown")
	}
	d.tapOn("Copy")
	if d.w.fyne.Clipboard().Content() != address {
		t.Errorf("the clipboard holds %q", d.w.fyne.Clipboard().Content())
	}
	d.tapOn("Connect")
	if !d.sheetSays("Paste the address") {
		t.Error("nothing was dialled, and nothing says why")
	}
	d.w.win.Canvas().Focus(d.entryOnSheet())
	d.types("/ip4/10.0.0.1")
	d.until("it is dialled", func() bool { return c.asked("dial /ip4/10.0.0.1") && d.said("Connected.") })
}

func TestAReaderLooksAndDoesNotEdit(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	s := everybody(c, id)
	s.Mine = share.Read
	c.states[id] = app.SyncState{Words: "On both other devices", Have: 2}
	c.change(func() { c.boards[id] = s })
	d.until("it is read only", func() bool {
		return d.w.env.ReadOnly && d.w.bar.saved.all == "You can only read this · on both other devices"
	})
	d.w.newCard(d.w.board, "text", board.Point{})
	d.until("a new card is refused", func() bool { return d.said("Your role on this board does not allow that.") })
	d.w.Open(d.app.Home(), "board")
	if d.w.env.ReadOnly {
		t.Error("Home is read only, too")
	}
	d.w.Open(id, "board")
	s.Mine = share.Write
	c.change(func() { c.boards[id] = s })
	d.until("it can be edited", func() bool { return !d.w.env.ReadOnly })
}
