package app

import (
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/blind"
	"corkboard/net/blind/admin"
	"corkboard/net/host"
	"corkboard/record"
	"corkboard/share"
)

// runStorage runs a storage peer on loopback, and gives the link of its first owner.
func runStorage(t *testing.T, dir string) string {
	t.Helper()
	store, err := blind.Open(dir, blind.Options{})
	must(t, err)
	device, err := blind.Device(dir)
	must(t, err)
	must(t, store.Offer(false))
	first, err := store.First(testContext(t))
	must(t, err)
	h, err := host.New(host.Options{Key: hostKey(device), Listen: []string{"127.0.0.1:0"}, Public: true})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- blind.NewServer(store, blind.ServerOptions{Transport: h, Device: device}).Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-done, h.Close(), store.Close()); err != nil {
			t.Errorf("ending the storage peer: %v", err)
		}
	})
	id := device.ID()
	return share.Format(share.Link{
		Document: doc.NewID(id), Kind: share.KindStorage, At: share.Addresses{string(h.Addresses()[0])}, Role: share.Store, Secret: first,
	})
}

// Two who are never online at the same time have the same board, through a storage
// peer that can read nothing of it.
func TestTwoMeetThroughAStoragePeer(t *testing.T) {
	dirA, dirB, dirS := t.TempDir(), t.TempDir(), t.TempDir()
	a := openTogether(t, dirA)
	ctx := testContext(t)
	link := runStorage(t, dirS)
	eventually(t, a, "the network", func() bool { return len(a.Addresses()) > 0 })
	must(t, a.AddStoragePeer(ctx, link))
	if err := a.AddStoragePeer(ctx, strings.Replace(link, "storage-peer", "board", 1)); err == nil {
		t.Error("took a link to something else")
	}
	id := newBoard(t, a, "Zanzibar")
	newText(t, a, id, board.Point{}, "xylophone")
	_, err := a.ImportBytes(ctx, id, board.Point{X: 900}, "sky.png", gradient(600, 500))
	must(t, err)
	id, err = a.Share(ctx, id)
	must(t, err)
	invitation, err := a.CopyLink(ctx, id, share.Write)
	must(t, err)
	if l, err := share.Parse(invitation); err != nil || !strings.HasPrefix(l.At[0], storageMark) {
		t.Errorf("a link that is copied at once leads to %q, %v", l.At, err)
	}
	eventually(t, a, "that it is backed up", func() bool { return a.SyncState(id).Backed })
	eventually(t, a, "files at the storage peer", func() bool {
		a.files.mu.Lock()
		defer a.files.mu.Unlock()
		return len(a.files.stored) == 1
	})
	eventually(t, a, "the invitation at the storage peer", func() bool {
		c, _ := a.circle(id)
		sh, _ := a.store.Shelf(c.ID)
		for _, p := range sh.Peers() {
			if p.Acked == sh.Last() {
				return true
			}
		}
		return false
	})
	closeTest(t, a)

	b := openTogether(t, dirB)
	_, err = b.Join(ctx, invitation)
	must(t, err)
	eventually(t, b, "what a has written", func() bool { return strings.Contains(saidOn(t, b, id), "xylophone") })
	eventually(t, b, "the picture", func() bool {
		b.files.mu.Lock()
		defer b.files.mu.Unlock()
		return len(b.files.known) == 1 && len(b.files.wants) == 0
	})
	newText(t, b, id, board.Point{Y: 400}, "marmalade")
	must(t, b.Flush(ctx))
	eventually(t, b, "that it is backed up", func() bool { return b.SyncState(id).Backed })
	closeTest(t, b)

	a = openTogether(t, dirA)
	eventually(t, a, "what b has written", func() bool { return strings.Contains(saidOn(t, a, id), "marmalade") })
	closeTest(t, a)
	searchFiles(t, dirS, "xylophone", "marmalade", "Zanzibar", string(id), "sky.png")
}

// searchFiles looks for words in all files of a folder.
func searchFiles(t *testing.T, dir string, words ...string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files++
		for _, w := range words {
			raw, _ := doc.ParseID(w)
			if strings.Contains(string(b), w) || raw != "" && strings.Contains(string(b), rawID(w)) {
				t.Errorf("%q is in %s", w, filepath.Base(path))
			}
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files were searched: %v", files, err)
	}
}

func rawID(s string) string {
	id, err := identity.ParsePersonID(s) // any id of 32 bytes
	if err != nil {
		return s
	}
	return string(id[:])
}

func TestALinkOfAStoragePeerIsGoodOnce(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	link := runStorage(t, t.TempDir())
	for _, x := range []*App{a, b} {
		eventually(t, x, "the network", func() bool { return len(x.Addresses()) > 0 })
	}
	must(t, a.AddStoragePeer(testContext(t), link))
	eventually(t, a, "its answer", func() bool { p := a.StoragePeers(); return len(p) == 1 && p[0].Here && p[0].Free > 0 })
	err := b.AddStoragePeer(testContext(t), link)
	if !errors.Is(err, admin.ErrOwned) || len(b.StoragePeers()) > 0 {
		t.Errorf("a second owner: %v", err)
	}
}

func hostKey(d *identity.Device) ed25519.PrivateKey {
	r := record.NewReader(d.Export())
	r.Uint8() // version
	seed := r.Hash()
	return ed25519.NewKeyFromSeed(seed[:])
}
