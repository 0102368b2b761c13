package node

import (
	"bytes"
	"crypto/sha256"
	"os"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/net/presence"
	"corkboard/net/wire"
)

// Three devices that share nothing but a folder; one is restarted.
func TestOverAFolder(t *testing.T) {
	before := len(ours())
	l := &lab{t: t, dir: t.TempDir()}
	x, y, z := newShelf("x", "ada"), newShelf("x", "ben"), newShelf("x", "cyd")
	a, b, c := l.person("ada", x), l.person("ben", y), l.person("cyd", z)
	content := noise(1 << 20)
	f, pieces := one(t, content)
	a.pieces = pieces
	a.start()
	b.start()
	x.write("R first", "C one")
	y.write("C two", "C "+string(make([]byte, 1_000_000)))
	a.dial(b)
	l.within(soon, "both have all", alike(x, y))
	board := doc.NewID(sha256.Sum256([]byte("board")))
	a.hub.Room(board).Show(presence.State{})
	l.within(soon, "ben sees ada", func() bool { return len(b.hub.Room(board).Others()) == 1 })
	if step := a.node.Peers()[0].Step; step != wire.StepFolder {
		t.Errorf("over %v", step)
	}
	if got, err := fetch(b, f); err != nil || !bytes.Equal(got, content) {
		t.Fatalf("the file does not come: %v", err)
	}
	b.stop()
	x.write("C while ben was off")
	c.start()
	c.dial(a)
	l.within(soon, "cyd has what ada has", alike(x, z))
	b.start()
	b.dial(c)
	z.write("C of cyd")
	l.within(soon, "all have all", alike(x, y, z))
	for _, p := range []*person{a, b, c} {
		p.stop()
	}
	if left, err := os.ReadDir(l.dir); err != nil || len(left) != 0 {
		t.Errorf("%d names are left in the folder, %v", len(left), err)
	}
	l.within(time.Minute, "no goroutine is left", func() bool { return len(ours()) <= before })
}
