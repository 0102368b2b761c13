package ui

import (
	"fmt"
	"testing"
	"time"

	"corkboard/app"
	"corkboard/doc"
	"corkboard/net/pair"
	"corkboard/share"
)

var deviceLink = share.Format(share.Link{
	Document: doc.NewID([32]byte{6}), Kind: share.KindDevice, Role: share.Admin, Secret: share.NewSecret([16]byte{4, 2}),
	At: share.Addresses{"/ip4/192.168.1.20/udp/41234/quic-v1/p2p/12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo"},
})

func ownDevices() []app.OwnDevice {
	return []app.OwnDevice{
		{ID: "1", Name: "Desk", This: true, Here: true},
		{ID: "2", Name: "Laptop", Here: true, Seen: atNoon},
		{ID: "3", Name: "The old computer under the stairs that nobody has switched on for a very long time", Seen: atNoon.Add(-300 * time.Hour)},
	}
}

func TestDevicesAreListedRenamedAndRemoved(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	c.several.list = ownDevices()[:2]
	d.w.showDevices()
	for _, words := range []string{"Desk", "this device", "Laptop", "here now", "same Home"} {
		if !d.sheetSays(words) {
			t.Errorf("the sheet does not say %q", words)
		}
	}
	c.change(func() { c.several.list = ownDevices() })
	d.until("another one is listed", func() bool { return d.sheetSays("last met") })
	d.tapOn("Rename…")
	d.tapOn("Save")
	d.until("it is renamed", func() bool { return c.asked("rename 1 to Desk") && d.sheetSays("Your devices") })
	c.change(func() { c.several.list = ownDevices()[:2] })
	d.tapOn("Remove…")
	if !d.sheetSays("counts no more") || !d.sheetSays("Laptop") {
		t.Error("the sheet does not say what becomes of the device")
	}
	d.tapOn("Remove")
	d.until("it is removed", func() bool { return c.asked("remove device 2") && d.said("The device is removed.") })
	c.change(func() { c.several.list, c.several.gone = ownDevices()[:1], true })
	d.until("it is said that this one is out", func() bool { return d.sheetSays("was removed by another one of yours") })
	if b := d.buttonOf("Add a device…"); b == nil || !b.Disabled() {
		t.Error("a removed device may add others")
	}
}

func TestADeviceIsAddedOnceItsWordsAreConfirmed(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	c.several.list = ownDevices()[:1]
	d.w.showDevices()
	d.tapOn("Add a device…")
	d.until("there is a link", func() bool { return d.sheetSays("Waiting for the other device") })
	d.tapOn("Copy link")
	if d.w.fyne.Clipboard().Content() != deviceLink {
		t.Error("the link is not on the clipboard")
	}
	c.change(func() {
		c.several.pairing = app.Pairing{State: app.PairingAsks, Name: "Laptop", Words: "lamp river chair seven"}
	})
	d.until("it asks", func() bool { return d.sheetSays("lamp river chair seven") && d.sheetSays("Laptop") })
	d.tapOn("Yes, add it")
	if !c.asked("confirm true") {
		t.Error("nothing was confirmed")
	}
	c.change(func() { c.several.pairing.State, c.several.list = app.PairingDone, ownDevices()[:2] })
	d.until("it is in", func() bool { return d.said("one of your devices now") && d.sheetSays("Your devices") })
	d.tapOn("Add a device…")
	d.until("there is another link", func() bool { return d.sheetSays("Waiting for the other device") })
	c.change(func() {
		c.several.pairing = app.Pairing{State: app.PairingFailed, Err: fmt.Errorf("letting a device in: %w", pair.ErrUnheard)}
	})
	d.until("it is said what went wrong", func() bool { return d.sheetSays("has not answered") })
	d.w.closeModal()
	if !c.asked("cancel link") {
		t.Error("the link is good although its sheet is closed")
	}
}

func TestAFreshProfileMayJoinAnotherDevice(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	c.several.list, c.several.fresh = ownDevices()[:1], true
	d.w.showDevices()
	d.until("it is offered", func() bool {
		b := d.buttonOf(sayAlready)
		return b != nil && b.Visible()
	})
	d.tapOn(sayAlready)
	d.tapOn("Continue")
	if !d.sheetSays("does not let a device in") {
		t.Error("nothing was taken for a link")
	}
	d.w.openLink(deviceLink)
	d.tapOn("Join my other device")
	d.until("the words are shown", func() bool { return d.sheetSays("lamp river chair seven") && c.asked("become "+deviceLink) })
	d.tapOn("Cancel")
	d.until("it is given up", func() bool { return !d.sheetSays("lamp river chair seven") })
}
