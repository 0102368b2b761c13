package node

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/blind"
	"corkboard/net/blind/admin"
	"corkboard/net/docsync"
	"corkboard/net/presence"
	"corkboard/net/wire"
)

// soon is longer than anything on loopback takes when it works.
const soon = 30 * time.Second

func TestLoopbackSyncAndPresenceAndFiles(t *testing.T) {
	onLoopback(t, func(l *lab) {
		x, y := newShelf("x", "ada"), newShelf("x", "ben")
		a, b := l.person("ada", x), l.person("ben", y)
		content := noise(3 << 20)
		f, pieces := one(t, content)
		a.pieces = pieces
		a.start()
		b.start()
		defer a.stop()
		defer b.stop()
		x.write("R first", "C one")
		y.write("C two", "C "+string(make([]byte, 1_000_000)))
		a.dial(b)
		l.within(soon, "both have all", alike(x, y))
		for i := range 20 {
			from, to := x, y
			if i%2 == 1 {
				from, to = y, x
			}
			text := fmt.Sprint("C live ", i)
			from.write(text)
			l.within(soon, text, func() bool { return slices.Contains(to.texts(), text) })
		}
		board := doc.NewID(sha256.Sum256([]byte("board")))
		a.hub.Room(board).Show(presence.State{})
		l.within(soon, "ben sees ada", func() bool { return len(b.hub.Room(board).Others()) == 1 })
		if got, err := fetch(b, f); err != nil || !bytes.Equal(got, content) {
			t.Fatalf("the file does not come: %v", err)
		}
		u, v := newShelf("later", "ada"), newShelf("later", "ben")
		u.write("C later")
		a.shelves.add(u)
		b.shelves.add(v)
		l.within(soon, "what was added later comes", alike(u, v))
	})
}

func TestLoopbackThreeInALine(t *testing.T) {
	onLoopback(t, func(l *lab) {
		x, y, z := newShelf("x", "ada"), newShelf("x", "ben"), newShelf("x", "cyd")
		a, b, c := l.person("ada", x).start(), l.person("ben", y).start(), l.person("cyd", z).start()
		defer a.stop()
		defer b.stop()
		defer c.stop()
		x.write("C of ada")
		z.write("C of cyd")
		a.dial(b)
		c.dial(b)
		l.within(soon, "all have all", alike(x, y, z))
		x.write("C later")
		l.within(soon, "it is passed on", alike(x, y, z))
	})
}

func TestLoopbackStrangersAndCrossingAndReturn(t *testing.T) {
	onLoopback(t, func(l *lab) {
		x, y := newShelf("x", "ada"), newShelf("x", "ben")
		a, b := l.person("ada", x).start(), l.person("ben", y).start()
		s := l.person("eve", newShelf("other", "eve")).start()
		defer a.stop()
		defer s.stop()
		if err := s.node.Dial(context.Background(), a.at.Addresses()[0]); !errors.Is(err, wire.ErrStranger) {
			t.Fatalf("dial a stranger: %v", err)
		}
		a.node.Hint(b.at.Addresses()[0], Hint)
		b.node.Hint(a.at.Addresses()[0], Hint)
		one := func() bool { return len(a.node.Peers()) == 1 && len(b.node.Peers()) == 1 }
		l.within(soon, "one connection stays", one)
		b.stop()
		x.write("C while ben was off")
		b.start()
		defer b.stop()
		b.dial(a)
		l.within(soon, "both have all", alike(x, y))
	})
}

func TestLoopbackAttacks(t *testing.T) {
	onLoopback(t, func(l *lab) {
		x, y := newShelf("x", "ada"), newShelf("x", "ben")
		a, b := l.person("ada", x), l.person("ben", y).start()
		_, a.pieces = one(t, noise(10))
		a.start()
		defer a.stop()
		defer b.stop()
		b.dial(a)
		l.within(soon, "ben is there", func() bool { return len(a.node.Peers()) == 1 })
		before := heap()
		for name, attack := range memberAttacks {
			if name == "10,000 streams" {
				continue // the attacker's own host refuses to open them
			}
			m := l.mallory(name)
			conn := m.join(a, l.person(name).self)
			m.attack(conn, attack)
			m.at.Close()
			x.write("C after " + name)
			l.within(soon, "the honest one goes on", alike(x, y))
		}
		if grown := heap() - before; grown > 64<<20 {
			t.Errorf("the heap has grown by %d bytes", grown)
		}
		if len(a.node.Peers()) != 1 {
			t.Error("who attacked is still there")
		}
	})
}

// sealed is an item as a storage peer takes them: a chunk by its outside.
func sealed(seed byte) string {
	b := make([]byte, 1024)
	rand.NewChaCha8([32]byte{seed}).Read(b)
	b[0], b[1] = 1, byte(chunk.KindChange)
	return string(b)
}

func TestLoopbackOverAStoragePeer(t *testing.T) {
	onLoopback(t, func(l *lab) {
		dir := filepath.Join(t.TempDir(), "storage")
		store, err := blind.Open(dir, blind.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		random := rand.NewChaCha8(sha256.Sum256([]byte("storage")))
		seed := make([]byte, ed25519.SeedSize)
		random.Read(seed)
		device, err := identity.NewDevice(rand.NewChaCha8(sha256.Sum256([]byte("storage"))))
		if err != nil {
			t.Fatal(err)
		}
		at := l.join("storage", ed25519.NewKeyFromSeed(seed))
		defer at.Close()
		tenancy := Tenancy{Store: Store{Device: device.ID(), Addresses: at.Addresses()}, Secret: wire.NewSecret([32]byte{7})}
		if _, err := store.AddTenant(tenancy.Secret, 1<<30); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		served := make(chan error, 1)
		go func() {
			served <- blind.NewServer(store, blind.ServerOptions{Transport: at, Device: device}).Run(ctx)
		}()
		defer func() { cancel(); <-served }()

		x, y := newShelf("x", "ada"), newShelf("x", "ben")
		x.lenient, y.lenient = true, true
		x.write(sealed(1), sealed(2))
		a, b := l.person("ada", x), l.person("ben", y)
		a.tenancies = []Tenancy{tenancy}
		a.start()
		keeps := func(p *person) func() bool {
			return func() bool {
				list := p.node.Peers()
				return len(list) == 1 && list[0].Storage && list[0].Who.Device == device.ID()
			}
		}
		l.within(soon, "ada is a tenant", keeps(a))
		stream, err := a.node.OpenAt(ctx, device.ID(), admin.Protocol)
		if err != nil {
			t.Fatal(err)
		}
		register := admin.NewClient(stream)
		if err := register.Register(ctx, wire.NamespaceSecret(x.id, device.ID())); err != nil {
			t.Fatal(err)
		}
		register.Close()
		x.keptAt(tenancy.Store)
		a.shelves.Wake()
		acked := func(s *shelf, place uint64) func() bool {
			return func() bool {
				s.lock.Lock()
				defer s.lock.Unlock()
				return s.acked[device.ID()] == place
			}
		}
		l.within(soon, "the storage peer has ada's", acked(x, 2))
		a.stop()

		y.keptAt(tenancy.Store)
		y.write(sealed(3))
		b.start()
		l.within(soon, "ben has ada's", func() bool { return y.Last() == 3 })
		l.within(soon, "the storage peer has ben's", acked(y, 3))
		for _, c := range b.node.Peers()[0].Collections {
			if c.Rights != docsync.All {
				t.Errorf("rights at the storage peer: %v", c.Rights)
			}
		}
		b.stop()

		a.start()
		defer a.stop()
		l.within(soon, "both have all", alike(x, y))
	})
}
