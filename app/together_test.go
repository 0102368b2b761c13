package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// openTogether opens a profile that meets others on loopback.
func openTogether(t *testing.T, dir string) *App {
	t.Helper()
	if testing.Short() {
		t.Skip("compiling the engine takes minutes under the race detector")
	}
	return openWith(t, Options{Profile: dir, Network: Network{On: true, Listen: []string{"127.0.0.1:0"}, NoLAN: true}})
}

// eventually waits until something has come about with others.
func eventually(t *testing.T, a *App, what string, good func() bool) {
	t.Helper()
	woken := make(chan struct{}, 1)
	defer a.SubscribeTogether(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	for {
		if good() {
			return
		}
		select {
		case <-woken:
		case <-time.After(50 * time.Millisecond): // what documents say wakes others
		case <-deadline.C:
			t.Fatalf("never: %s", what)
		}
	}
}

// meetTest connects one with another.
func meetTest(t *testing.T, a, b *App) {
	t.Helper()
	eventually(t, b, "an address", func() bool { return len(b.Addresses()) > 0 })
	eventually(t, a, "an address", func() bool { return len(a.Addresses()) > 0 })
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := a.DialManually(ctx, b.Addresses()[0]); err != nil {
		t.Fatal(err)
	}
}

// saidOn is the texts of the cards on a board, "" if it cannot be read.
func saidOn(t *testing.T, a *App, id doc.ID) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	b, err := a.readBoard(ctx, id)
	if err != nil {
		return ""
	}
	var all []string
	for _, c := range b.Cards {
		if root, err := a.readWhole(ctx, c.Link.Document); err == nil {
			text, _ := root["text"].(doc.Text)
			all = append(all, string(text))
		}
	}
	return strings.Join(all, "|")
}

func TestTwoMeetOnABoardByALink(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	old := newBoard(t, a, "Plans")
	newText(t, a, old, board.Point{}, "from before")
	_, err := a.pinLinks(ctx, a.home, board.Point{}, []share.Link{{Document: old, Kind: cards.KindBoard}})
	must(t, err)
	id, err := a.Share(ctx, old)
	must(t, err)
	if id == old || a.store.Moved(old) != id {
		t.Fatalf("shared as %v, found as %v", id, a.store.Moved(old))
	}
	link, err := a.CopyLink(ctx, id, share.Write)
	must(t, err)
	if again, err := a.CopyLink(ctx, old, share.Write); err != nil || again != link {
		t.Errorf("another link the second time: %v", err)
	}
	joined, err := b.Join(ctx, link)
	must(t, err)
	if joined.Document != id || joined.Invites() {
		t.Fatalf("joined %v", joined)
	}
	meetTest(t, a, b)
	eventually(t, b, "what was there before", func() bool { return strings.Contains(saidOn(t, b, id), "from before") })
	newText(t, a, id, board.Point{X: 500}, "from a")
	newText(t, b, id, board.Point{Y: 500}, "from b")
	for _, x := range []*App{a, b} {
		eventually(t, x, "what both have written", func() bool {
			text := saidOn(t, x, id)
			return strings.Contains(text, "from a") && strings.Contains(text, "from b")
		})
	}
	picture := gradient(900, 700)
	card, err := a.ImportBytes(ctx, id, board.Point{X: 900}, "sky.png", picture)
	must(t, err)
	fetchableTest(t, a, id, card, "the picture")
	doubles, err := a.Duplicate(id, []board.CardID{card}, board.Point{X: 50})
	must(t, err)
	fetchableTest(t, a, id, doubles[0], "its double")
	sum := sha256.Sum256(picture)
	blob := blobs.ID(hex.EncodeToString(sum[:]))
	eventually(t, b, "the picture", func() bool { return b.blobs.Has(blob) })
	s := b.Sharing(id)
	if !s.Shared || s.Waiting || len(s.Members) != 2 || s.Members[0].Name != "Ada" || !s.Members[0].Owner || !s.Members[0].Here || s.Mine != share.Write {
		t.Errorf("shared with %+v", s)
	}
	eventually(t, a, "that b has it", func() bool { return a.SyncState(id).Have == 1 })
	if w := a.SyncState(id).Words; w != "On the other device" {
		t.Errorf("says %q", w)
	}
}

func TestWordsOfWhereSomethingIs(t *testing.T) {
	for want, s := range map[string]SyncState{
		"Only on this device":                 {Devices: 2},
		"Backed up":                           {Devices: 2, Backed: true},
		"On the other device":                 {Devices: 1, Have: 1},
		"On 1 of 2 other devices":             {Devices: 2, Have: 1},
		"On both other devices":               {Devices: 2, Have: 2},
		"On all 3 other devices · backed up":  {Devices: 3, Have: 3, Backed: true},
		"On 2 of 3 other devices · backed up": {Devices: 3, Have: 2, Backed: true},
	} {
		if got := s.words(true); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
	if got := (SyncState{}).words(false); got != "Looking where this is" {
		t.Errorf("of what is not known: %q", got)
	}
}

// fetchableTest requires that the document of a file says how others fetch it.
func fetchableTest(t *testing.T, a *App, boardID doc.ID, id board.CardID, what string) {
	t.Helper()
	n, err := a.readStored(testContext(t), readTest(t, a, boardID).Card(id).Link.Document)
	must(t, err)
	if len(n.list) == 0 {
		t.Errorf("%s names no file", what)
	}
	for _, f := range n.list {
		if _, ok := fileOf(f); !ok {
			t.Errorf("nobody else can fetch %s", what)
		}
	}
}

// gradient is a picture of several pieces.
func gradient(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x * y), uint8(x ^ y*7), uint8(y * 31), 255})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // memory does not fail
	return b.Bytes()
}
