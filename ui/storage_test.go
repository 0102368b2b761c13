package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/net/blind/admin"
	"corkboard/share"
)

var (
	atticID   = doc.NewID([32]byte{5})
	atticLink = share.Format(share.Link{
		Document: atticID, Kind: share.KindStorage, At: share.Addresses{"/dns4/attic.example/tcp/4001/p2p/12D3KooW"}, Role: share.Store, Secret: share.NewSecret([16]byte{4, 2}),
	})
)

// attics are storage peers of all kinds.
func attics() []app.StoragePeer {
	return []app.StoragePeer{
		{ID: string(atticID), Address: "attic.example:4001", Owner: true, Here: true, Boards: 3, Used: 1_240_000, Free: 80e9},
		{ID: "2", Address: "a-storage-peer-with-a-very-long-name.in-the-cellar.under-the-stairs.example:4001", Owner: true, Here: true, Boards: 12, Used: 5e9, Quota: 5e9, Free: 120e9, Problem: admin.ErrQuota},
		{ID: "3", Address: "[2001:db8::7]:4001", Owner: true},
	}
}

// showStorage shows the settings, down at the storage peers.
func (d *desk) showStorage() {
	d.t.Helper()
	d.w.showSettings()
	for _, o := range d.w.modal.inside.(*fyne.Container).Objects {
		if s, ok := o.(*container.Scroll); ok {
			s.Offset.Y = 560
			s.Refresh()
		}
	}
}

func TestALinkToAStoragePeerSaysWhatItIsAndIsUsed(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	home := d.w.trail.here()
	d.w.openLink(atticLink)
	for _, words := range []string{"always on", "can read nothing of it", "when and from which address", "learns where it is", "attic.example:4001", "works once"} {
		if !d.sheetSays(words) {
			t.Errorf("the sheet does not say %q", words)
		}
	}
	if d.w.trail.here() != home {
		t.Error("the link was opened as a document")
	}
	c.fails = fmt.Errorf("adding a storage peer: %w", admin.ErrOwned)
	d.tapOn("Use this storage peer")
	d.until("it is said", func() bool { return d.sheetSays("This link has been used") })
	c.fails = nil
	c.change(func() { c.stores = attics()[:1] })
	c.stores[0].Here = false
	d.tapOn("Use this storage peer")
	d.until("it is used", func() bool {
		return c.asked("storage "+atticLink) && d.said("The storage peer keeps") && d.sheetSays("Settings")
	})
	c.change(func() { c.stores = attics()[:1] })
	d.w.openLink(atticLink)
	d.until("it is said that it is used already", func() bool { return d.said("already.") })
}

func TestUsingAStoragePeerCanBeGivenUp(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	c.hold = make(chan struct{})
	d.w.openLink(atticLink)
	d.tapOn("Use this storage peer")
	if d.buttonOf("Connecting…") == nil || d.buttonOf("Not now") != nil {
		t.Error("nothing says that it is being connected")
	}
	d.tapOn("Cancel")
	d.until("it is given up", func() bool { return d.buttonOf("Use this storage peer") != nil && d.buttonOf("Not now") != nil })
	if len(c.did) > 0 {
		t.Errorf("asked for %q", c.did)
	}
}

func TestALinkToAStoragePeerIsFoundWhereverItIsPasted(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.meet(newCrowd())
	ask := func(where string) {
		t.Helper()
		if !d.sheetSays("Use a storage peer?") {
			t.Errorf("pasted %s, the link is not opened", where)
		}
		d.w.closeModal()
	}
	d.w.fyne.Clipboard().SetContent(" " + atticLink + "\n")
	d.w.paste(d.w.board, board.Paste{})
	ask("on a board")
	if len(d.cards()) != 1 {
		t.Errorf("there are %d cards", len(d.cards()))
	}
	d.w.perform("commands")
	d.palette().offer(atticLink)
	d.palette().offers.perform(0)
	ask("in the palette")
	d.w.askForStorageLink()
	d.w.win.Canvas().Focus(d.entryOnSheet())
	d.types("corkboard:/x")
	d.tapOn("Continue")
	if !d.sheetSays("does not lead to a storage peer") {
		t.Error("nothing says that the link is another one")
	}
	d.entryOnSheet().SetText(atticLink)
	d.tapOn("Continue")
	ask("on the sheet for it")
}

func TestSettingsListStoragePeers(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	d.w.showSettings()
	if !d.sheetSays("None yet.") || !d.sheetSays("storage-peer run") || !d.sheetSays("Running a storage peer") {
		t.Error("nothing says what one is for, and how to get one")
	}
	c.change(func() { c.stores = attics() })
	d.until("they are listed", func() bool { return d.sheetSays("attic.example:4001") })
	for _, words := range []string{"Keeps 3 boards · 1.2 MB used · 80 GB free on its disk", "Keeps 12 boards · 5 GB of 5 GB used", "here now", "cannot be reached now",
		"You have used up what you may keep", "It has not said yet how it stands."} {
		if !d.sheetSays(words) {
			t.Errorf("the settings do not say %q", words)
		}
	}
	d.tapOn("Remove…")
	if !d.sheetSays("What it has stays on its disk, sealed") {
		t.Error("nothing says what stays")
	}
	d.tapOn("Remove")
	d.until("it is gone", func() bool { return c.asked("forget "+string(atticID)) && d.sheetSays("None yet.") })
}
