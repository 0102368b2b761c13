package ui

import (
	"context"
	"crypto/ed25519"
	"errors"
	"testing"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/net/blind"
	"corkboard/net/host"
	"corkboard/record"
	"corkboard/share"
)

// runStorage runs a storage peer on loopback, and gives the link of its first owner.
func runStorage(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	store, err := blind.Open(dir, blind.Options{})
	if err != nil {
		t.Fatal(err)
	}
	device, err := blind.Device(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Offer(false); err != nil {
		t.Fatal(err)
	}
	first, err := store.First(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := record.NewReader(device.Export())
	r.Uint8() // version
	seed := r.Hash()
	h, err := host.New(host.Options{Key: ed25519.NewKeyFromSeed(seed[:]), Listen: []string{"127.0.0.1:0"}, Public: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- blind.NewServer(store, blind.ServerOptions{Transport: h, Device: device}).Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-done, h.Close(), store.Close()); err != nil {
			t.Errorf("ending the storage peer: %v", err)
		}
	})
	return share.Format(share.Link{
		Document: doc.NewID(device.ID()), Kind: share.KindStorage, At: share.Addresses{string(h.Addresses()[0])}, Role: share.Store, Secret: first,
	})
}

// From the link that it prints to a board that it keeps, all by the window.
func TestAStoragePeerIsUsedFromItsLink(t *testing.T) {
	link := runStorage(t)
	d := newDeskOn(t, app.Options{Profile: t.TempDir(), Network: app.Network{On: true, Listen: []string{"127.0.0.1:0"}, NoLAN: true}})
	d.large()
	d.w.joinTogether(d.app)
	t.Cleanup(d.w.apart)
	d.until("the network is there", func() bool { return len(d.app.Addresses()) > 0 })
	d.w.openLink(link)
	if !d.sheetSays("127.0.0.1:") {
		t.Error("the sheet does not say where it is")
	}
	d.tapOn("Use this storage peer")
	d.until("the settings say how it stands", func() bool { return d.sheetSays("here now") && d.sheetSays("Keeps no board yet") })

	d.w.closeModal()
	d.garden()
	d.text("beans", board.Point{X: 200, Y: 80})
	d.w.showShare()
	d.tapOn("Create link and copy")
	d.until("the sheet says who keeps it", func() bool {
		return d.sheetSays("is shared") && d.sheetSays("Kept by") && d.sheetSays("127.0.0.1:") && d.sheetSays("here now")
	})
	d.until("the board is backed up", func() bool { return d.sheetSays("Backed up.") })
	d.w.closeModal()
	d.until("the title bar says so", func() bool { return d.w.bar.saved.all == "Saved on this device · backed up" })

	d.w.openLink(link)
	d.until("it is said that it is used already", func() bool { return d.said("already.") })
	d.w.showSettings()
	d.until("the settings count the board", func() bool { return d.sheetSays("Keeps 1 board ·") })
	d.tapOn("Remove…")
	d.tapOn("Remove")
	d.until("it is removed", func() bool { return d.sheetSays("None yet.") })
	d.w.closeModal()
	d.w.openLink(link)
	d.tapOn("Use this storage peer")
	d.until("the link is dead", func() bool { return d.sheetSays("This link has been used") })
	if list := d.app.StoragePeers(); len(list) > 0 {
		t.Errorf("what could not be used is kept: %+v", list)
	}
}
