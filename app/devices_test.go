package app

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/pair"
	"corkboard/share"
)

// pairTest makes b another device of a's person, and gives it as it is opened again.
func pairTest(t *testing.T, a, b *App, dir string) *App {
	t.Helper()
	link := deviceLinkTest(t, a)
	said := make(chan string, 1)
	done := make(chan error, 1)
	go func() { done <- b.BecomeDevice(testContext(t), link, func(words string) { said <- words }) }()
	eventually(t, a, "that it asks", func() bool { return a.Pairing().State == PairingAsks })
	words := <-said
	if p := a.Pairing(); p.Words != words || len(strings.Fields(words)) != 4 || p.Name != computerName() {
		t.Errorf("%q and %q differ, or the name does: %q", p.Words, words, p.Name)
	}
	must(t, a.ConfirmDevice(true))
	must(t, <-done)
	eventually(t, a, "that it is let in", func() bool { return a.Pairing().State == PairingDone })
	if !b.Became() || a.Became() {
		t.Error("does not say that it is another now")
	}
	closeTest(t, b)
	return openTogether(t, dir)
}

func deviceLinkTest(t *testing.T, a *App) string {
	t.Helper()
	eventually(t, a, "an address", func() bool { return len(a.Addresses()) > 0 })
	p, err := a.NewDeviceLink(testContext(t))
	must(t, err)
	if l, err := share.Parse(p.Link); err != nil || l.Kind != share.KindDevice || p.State != PairingWaiting {
		t.Fatalf("%v, %v", l, err)
	}
	return p.Link
}

func TestTwoDevicesOfOnePerson(t *testing.T) {
	dirA, dirB := t.TempDir(), t.TempDir()
	a, b, x := openTogether(t, dirA), openTogether(t, dirB), openTogether(t, t.TempDir())
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	private, board1 := newBoard(t, a, "Mine"), newBoard(t, a, "Plans")
	newText(t, a, private, board.Point{}, "diary")
	newText(t, a, board1, board.Point{}, "from before")
	_, err := a.pinLinks(ctx, a.home, board.Point{X: 900}, []share.Link{{Document: private, Kind: cards.KindBoard}, {Document: board1, Kind: cards.KindBoard}})
	must(t, err)
	picture, err := a.ImportBytes(ctx, private, board.Point{X: 500}, "sky.png", gradient(300, 200))
	must(t, err)
	plans, err := a.Share(ctx, board1)
	must(t, err)
	link, err := a.CopyLink(ctx, plans, share.Write)
	must(t, err)
	_, err = x.Join(ctx, link)
	must(t, err)
	meetTest(t, x, a)
	eventually(t, x, "the board", func() bool { return strings.Contains(saidOn(t, x, plans), "from before") })

	b = pairTest(t, a, b, dirB)
	if b.home != a.home || b.store.Person() != a.store.Person() {
		t.Fatal("it has another Home, or is another person")
	}
	eventually(t, b, "Home", func() bool { return len(saidOn(t, b, b.home)) > 0 })
	eventually(t, b, "what is this person's alone", func() bool { return strings.Contains(saidOn(t, b, private), "diary") })
	eventually(t, b, "what is shared", func() bool { return strings.Contains(saidOn(t, b, plans), "from before") })
	eventually(t, b, "that the old board has moved", func() bool { return b.store.Moved(board1) == plans })
	f := fileOn(t, a, private, picture)
	eventually(t, b, "the picture", func() bool {
		return b.blobs.Has(blobs.ID(f.Blob))
	})

	newText(t, b, private, board.Point{Y: 700}, "from b")
	newText(t, b, plans, board.Point{Y: 700}, "for all")
	eventually(t, a, "what b has written", func() bool { return strings.Contains(saidOn(t, a, private), "from b") })
	eventually(t, x, "what b has written for all", func() bool { return strings.Contains(saidOn(t, x, plans), "for all") })
	if text := saidOn(t, x, private); text != "" {
		t.Errorf("somebody else reads %q", text)
	}
	eventually(t, a, "that b has it", func() bool { return a.SyncState(private).Have == 1 })
	if s := x.Sharing(plans); len(s.Members) != 2 {
		t.Errorf("for others there are %d persons", len(s.Members))
	}

	later := newBoard(t, b, "Later")
	newText(t, b, later, board.Point{}, "shared on b")
	later, err = b.Share(ctx, later)
	must(t, err)
	eventually(t, a, "what was shared on b", func() bool { return strings.Contains(saidOn(t, a, later), "shared on b") })

	eventually(t, a, "two devices", func() bool { return len(a.Devices()) == 2 })
	other := a.Devices()[1]
	if !a.Devices()[0].This || !other.Here || other.ID != b.store.Device().String() {
		t.Errorf("lists %+v", a.Devices())
	}
	must(t, a.RenameDevice(ctx, other.ID, " Attic\n"))
	eventually(t, b, "its name", func() bool { return b.Devices()[0].Name == "Attic" })

	must(t, a.RemoveDevice(ctx, other.ID))
	eventually(t, b, "that it is out", func() bool { return b.DeviceRemoved() })
	if list := a.Devices(); len(list) != 1 {
		t.Errorf("still lists %+v", list)
	}
	newText(t, a, private, board.Point{X: 900}, "secret since")
	newText(t, a, plans, board.Point{X: 900}, "new for all")
	eventually(t, x, "what comes later", func() bool { return strings.Contains(saidOn(t, x, plans), "new for all") })
	must(t, b.Flush(ctx))
	for _, id := range []doc.ID{private, plans} {
		if text := saidOn(t, b, id); strings.Contains(text, "secret since") || strings.Contains(text, "new for all") || text == "" {
			t.Errorf("a removed device reads %q", text)
		}
	}
}

func TestALinkForADeviceIsGoodOnce(t *testing.T) {
	dirB := t.TempDir()
	a, b, c := openTogether(t, t.TempDir()), openTogether(t, dirB), openTogether(t, t.TempDir())
	ctx := testContext(t)
	link := deviceLinkTest(t, a)
	no := make(chan error, 1)
	go func() { no <- b.BecomeDevice(ctx, link, func(string) {}) }()
	eventually(t, a, "that it asks", func() bool { return a.Pairing().State == PairingAsks })
	short, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := c.BecomeDevice(short, link, func(string) { t.Error("words for a second one") }); err == nil {
		t.Error("a second one was let in")
	}
	must(t, a.ConfirmDevice(false))
	if err := <-no; !errors.Is(err, pair.ErrRefused) {
		t.Errorf("refused as %v", err)
	}
	eventually(t, a, "that it is over", func() bool { return a.Pairing().State == PairingRefused })
	if err := a.ConfirmDevice(true); !errors.Is(err, ErrNobodyAsks) {
		t.Errorf("let nobody in: %v", err)
	}
	short, cancel = context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := b.BecomeDevice(short, link, func(string) { t.Error("words by a used link") }); err == nil {
		t.Error("a used link lets in")
	}
	if a.several() || b.Became() || c.Became() {
		t.Error("somebody became another device")
	}
	must(t, a.RenameDevice(ctx, a.store.Device().String(), "Desk"))
	if list := a.Devices(); len(list) != 1 || list[0].Name != "Desk" {
		t.Errorf("lists %+v", list)
	}
}

func TestOnlyAFreshProfileBecomesAnother(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	if !b.Fresh(ctx) {
		t.Error("a new profile is not fresh")
	}
	german := openWith(t, Options{Profile: t.TempDir(), Language: "de"})
	if !german.Fresh(ctx) || !strings.Contains(textOn(t, german, german.Home(), "welcome"), "Willkommen") {
		t.Error("a new profile in German is not fresh, or not in German")
	}
	link := deviceLinkTest(t, a)
	if err := b.BecomeDevice(ctx, strings.Replace(link, "contentType=device", "contentType=board", 1), nil); err == nil {
		t.Error("took a link to something else")
	}
	newText(t, b, b.home, board.Point{Y: 900}, "mine")
	if err := b.BecomeDevice(ctx, link, nil); !errors.Is(err, ErrNotFresh) || b.Fresh(ctx) {
		t.Errorf("something was about to be lost: %v", err)
	}
	a.CancelDeviceLink()
	if p := a.Pairing(); p.State != PairingOver || p.Link != "" {
		t.Errorf("called off: %+v", p)
	}
}

// Two devices that are never online at the same time have the same boards, through
// their person's storage peer.
func TestTwoDevicesThroughAStoragePeer(t *testing.T) {
	dirA, dirB, dirS := t.TempDir(), t.TempDir(), t.TempDir()
	a, b := openTogether(t, dirA), openTogether(t, dirB)
	ctx := testContext(t)
	storage := runStorage(t, dirS)
	b = pairTest(t, a, b, dirB)
	eventually(t, b, "Home", func() bool { return saidOn(t, b, b.home) != "" })
	must(t, a.AddStoragePeer(ctx, storage))
	eventually(t, b, "that the other device uses a storage peer", func() bool { return len(b.StoragePeers()) == 1 && b.StoragePeers()[0].Here })
	closeTest(t, b)
	newText(t, a, a.home, board.Point{X: 900}, "xylophone")
	must(t, a.Flush(ctx))
	eventually(t, a, "that it is backed up", func() bool { return a.SyncState(a.home).Backed })
	closeTest(t, a)

	b = openTogether(t, dirB)
	eventually(t, b, "what a has written", func() bool { return strings.Contains(saidOn(t, b, b.home), "xylophone") })
	id := b.StoragePeers()[0].ID
	closeTest(t, b)
	searchFiles(t, dirS, "xylophone", string(b.home))

	a = openTogether(t, dirA)
	must(t, a.RemoveStoragePeer(ctx, id)) // before it knows what it has told
	if !a.devices.keyring().Snapshot().Value.Stores[id].Gone {
		t.Error("other devices are not told")
	}
	b = openTogether(t, dirB)
	meetTest(t, a, b)
	eventually(t, b, "that it is used no longer", func() bool { return len(b.StoragePeers()) == 0 })
}
