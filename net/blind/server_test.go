package blind

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"corkboard/net/blobsync"
	"corkboard/net/wire"
)

func TestTwoWhoAreNeverThereTogether(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	_, id := l.tenancy(1, 2, 0)
	items := someItems(t, chance(1), 700)
	items[3] = aRecord(t, chance(5))
	stored := openNamespace(t, l.store, id)

	a := l.meet("a", secretOf(2), secretOf(9))
	if len(a.result.Matched) != 1 || a.result.Anonymous || a.result.Peer.Device != l.device.ID() {
		t.Fatalf("%+v", a.result)
	}
	first := own(t, items[:400]...)
	a.sync(first)
	comes(t, "all is stored", has(stored, items[:400]...))
	a.conn.Close()
	comes(t, "nobody is there", func() bool { return l.server.Connections() == 0 })

	b := l.meet("b", secretOf(2))
	second := own(t, items[400:]...)
	b.sync(second)
	comes(t, "all has come", has(second, items...))
	comes(t, "all is stored", has(stored, items...))
	b.conn.Close()
	comes(t, "nobody is there", func() bool { return l.server.Connections() == 0 })

	a = l.meet("a2", secretOf(2))
	a.sync(first)
	comes(t, "all has come", has(first, items...))
	sound(t, l.store)
}

func TestWhatComesGoesOnToOthersAtOnce(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	l.tenancy(1, 2, 0)
	random := chance(1)
	var members []*Namespace
	for n := range 3 {
		c := l.meet(fmt.Sprint("member ", n), secretOf(2))
		members = append(members, own(t, anItem(t, random, 320)))
		c.sync(members[n])
	}
	for n := range 30 {
		i := anItem(t, random, 1024)
		put(t, members[n%3], i)
		for _, m := range members {
			comes(t, "a new item", has(m, i))
		}
	}
}

func TestStrangersHearNothing(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{HelloTime: 100 * time.Millisecond})
	l.tenancy(1, 2, 0)
	c := l.dial("stranger")
	wants(t, c.shake(secretOf(7)), wire.ErrStranger)
	c.closes()
	if l.server.Known([]byte("stranger")) {
		t.Error("a stranger is known")
	}
	c = l.dial("silent")
	c.closes()
	c = l.dial("eager") // asks before any handshake
	c.open(Sync).Write([]byte{1})
	c.closes()
	friend := l.meet("friend", secretOf(2))
	comes(t, "who knows a namespace is known", func() bool { return l.server.Known([]byte("friend")) })
	friend.conn.Close()
	comes(t, "who has gone is forgotten", func() bool { return !l.server.Known([]byte("friend")) })
}

func TestMoreConnectionsThanThereMayBe(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{Connections: 2})
	l.tenancy(1, 2, 0)
	l.meet("one", secretOf(2))
	two := l.meet("two", secretOf(2))
	l.dial("three").closes()
	two.conn.Close()
	comes(t, "there is room again", func() bool { return l.server.Connections() == 1 })
	l.meet("four", secretOf(2))
}

func TestWhoSaysNothingForLongIsLetGo(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{Idle: 200 * time.Millisecond})
	l.tenancy(1, 2, 0)
	l.meet("idle", secretOf(2)).closes()
}

func TestHostileStreamsEndTheConnectionAlone(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	_, id := l.tenancy(1, 2, 0)
	garbage := make([]byte, 4096)
	if _, err := rand.Read(garbage); err != nil {
		t.Fatal(err)
	}
	for name, attack := range map[string]func(*client){
		"garbage":         func(c *client) { c.open(Sync).Write(garbage) },
		"a frame too big": func(c *client) { c.open(Sync).Write([]byte{0xff, 0xff, 0xff, 0xff}) },
		"no sync frame":   func(c *client) { c.open(Sync).Write(wire.AppendFrame(nil, garbage)) },
		"no question":     func(c *client) { c.open("/corkboard/storage/1").Write(wire.AppendFrame(nil, []byte{1, 0})) },
		"no piece":        func(c *client) { c.open(blobsync.Protocol).Write(garbage) },
		"many streams": func(c *client) {
			for range 200 {
				s, err := c.conn.Open(t.Context(), "/corkboard/nonsense/1")
				if err != nil {
					return
				}
				s.Write([]byte{1})
			}
		},
		"many handshakes": func(c *client) {
			for range 200 {
				s, err := c.conn.Open(t.Context(), wire.Hello)
				if err != nil {
					return
				}
				wire.Shake(t.Context(), s, c.conn, []wire.Secret{secretOf(2)}, nil)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := l.meet(name, secretOf(2))
			attack(c)
			c.closes()
		})
	}
	item := anItem(t, chance(1), 1024)
	c := l.meet("honest", secretOf(2))
	c.sync(own(t, item))
	comes(t, "an honest item", has(openNamespace(t, l.store, id), item))
}

func TestPiecesGoToTheNamespaceThatIsNamed(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	_, first := l.tenancy(1, 2, 0)
	_, second := l.tenancy(3, 4, 0)
	c := l.meet("member", secretOf(2), secretOf(4))
	ctx, h, body := t.Context(), blobsync.Handle{5}, aPiece(t, chance(1))
	tag := c.result.Matched[1].Tag
	for _, protocol := range []string{blobsync.Protocol, blobsync.Protocol + "/" + hex.EncodeToString(tag[:])} {
		b := blobsync.NewClient(c.open(protocol), "storage")
		if err := b.Put(ctx, h, 1, body); err != nil {
			t.Fatal(err)
		}
		if p, err := b.Present(ctx, h); err != nil || !p.Content.Has(1) {
			t.Fatal(p, err)
		}
		if got, err := b.Get(ctx, h, 1); err != nil || !bytes.Equal(got, body) {
			t.Fatal(err)
		}
		if _, err := b.Get(ctx, h, 0); !errors.Is(err, blobsync.ErrAbsent) {
			t.Fatal(err)
		}
		b.Close()
	}
	spaces, err := l.store.Spaces(ctx)
	if err != nil || len(spaces) != 2 || spaces[0].Pieces != 1 || spaces[1].Pieces != 1 || spaces[0].ID != first || spaces[1].ID != second {
		t.Errorf("%+v, %v", spaces, err)
	}
	// An unknown tag, and a tenant without a namespace, have nowhere to bring pieces.
	unknown := blobsync.NewClient(c.open(blobsync.Protocol+"/"+strings.Repeat("00", 8)), "storage")
	if err := unknown.Put(ctx, h, 2, body); err == nil {
		t.Error("a piece is stored nowhere")
	}
	tenant := blobsync.NewClient(l.meet("tenant", secretOf(1)).open(blobsync.Protocol), "storage")
	if _, err := tenant.Get(ctx, h, 1); err == nil {
		t.Error("who knows no namespace reads pieces")
	}
}

func TestNothingStaysBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("busy", func(t *testing.T) {
		l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
		l.tenancy(1, 2, 0)
		for n := range 4 {
			c := l.meet(fmt.Sprint(n), secretOf(2), secretOf(1))
			c.sync(own(t, someItems(t, chance(byte(n)), 20)...))
		}
	})
	comes(t, "goroutines end", func() bool { return runtime.NumGoroutine() <= before+2 })
}

func TestAStoreThatStopsEndsTheServer(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir, Options{})
	network := newLab(t, t.TempDir(), Options{}, ServerOptions{}).network
	transport, err := network.Join("broken")
	if err != nil {
		t.Fatal(err)
	}
	server := NewServer(s, ServerOptions{Transport: transport})
	s.halt(errors.New("smoke"))
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	wants(t, server.Run(ctx), ErrStopped)
}
