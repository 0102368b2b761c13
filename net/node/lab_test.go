package node

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/identity"
	"corkboard/net/blobsync"
	"corkboard/net/host"
	"corkboard/net/presence"
	"corkboard/net/wire"
	"corkboard/net/wire/folder"
	"corkboard/net/wire/memory"
)

// lab is some devices, on a network in memory and in virtual time, on the loopback
// of this machine, or over a folder.
type lab struct {
	t   testing.TB
	net *memory.Network // nil: loopback
	dir string          // or a folder, unless ""
}

// inLab runs a test in virtual time. Goroutines that are left at its end fail it.
func inLab(t *testing.T, f func(l *lab)) {
	synctest.Test(t, func(t *testing.T) {
		f(&lab{t: t, net: memory.New(1, nil)})
	})
}

// onLoopback runs a test over real connections.
func onLoopback(t *testing.T, f func(l *lab)) {
	l := &lab{t: t}
	before := len(ours())
	f(l)
	l.within(time.Minute, "no goroutine is left", func() bool { return len(ours()) <= before })
}

// join is a transport of a name.
func (l *lab) join(name string, key ed25519.PrivateKey) wire.Transport {
	l.t.Helper()
	var at wire.Transport
	var err error
	switch {
	case l.net != nil:
		at, err = l.net.Join(name)
	case l.dir != "":
		at, err = folder.New(folder.Options{Dir: l.dir})
	default:
		at, err = host.New(host.Options{Key: key, Listen: []string{"127.0.0.1:0"}})
	}
	if err != nil {
		l.t.Fatal(err)
	}
	return at
}

// person is a device with a node.
type person struct {
	lab       *lab
	name      string
	self      *wire.Self
	shelves   *shelves
	tray      *tray
	near      *neighbours
	met       *met
	at        wire.Transport
	hub       *presence.Hub
	pieces    blobsync.Source
	tenancies []Tenancy
	doors     Doors
	avoids    atomic.Pointer[identity.DeviceID]
	node      *Node
}

func (l *lab) person(name string, own ...*shelf) *person {
	device, err := identity.NewDevice(rand.NewChaCha8(sha256.Sum256([]byte(name))))
	if err != nil {
		l.t.Fatal(err)
	}
	p := &person{
		lab:     l,
		name:    name,
		self:    &wire.Self{Person: identity.PersonID(sha256.Sum256([]byte("person " + name))), Device: device},
		shelves: &shelves{},
		tray:    &tray{pending: map[identity.PersonID][]Invitation{}},
		met:     &met{},
		near:    &neighbours{there: map[wire.Who]string{}},
	}
	p.shelves.add(own...)
	return p
}

func (p *person) who() wire.Who { return wire.Who{Person: p.self.Person, Device: p.self.Device.ID()} }

func (p *person) start() *person {
	p.at = p.lab.join(p.name, nil)
	p.hub = presence.NewHub(time.Now, nil)
	p.node = Start(Options{
		Transport: p.at, Self: p.self, Shelves: p.shelves, Addresses: p.met, Invitations: p.tray, Hub: p.hub, Pieces: p.pieces,
		Tenancies: func() []Tenancy { return p.tenancies }, Nearby: p.near, Doors: p.doors,
		Avoid: func(d identity.DeviceID) bool { x := p.avoids.Load(); return x != nil && *x == d },
		Log:   slog.New(slog.NewTextHandler(logger{p}, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	return p
}

func (p *person) stop() {
	p.node.Close()
	p.hub.Close()
	p.at.Close()
}

func (p *person) dial(o *person) {
	p.lab.t.Helper()
	if err := p.node.Dial(context.Background(), o.at.Addresses()[0]); err != nil {
		p.lab.t.Fatalf("%s dials %s: %v", p.name, o.name, err)
	}
}

// sees reports whether somebody is connected, and with which collections.
func (p *person) sees(o *person) (collections [][32]byte, ok bool) {
	for _, x := range p.node.Peers() {
		if x.Who == o.who() {
			ok = true
			for _, c := range x.Collections {
				collections = append(collections, c.Collection)
			}
		}
	}
	return collections, ok
}

// within waits until something is so.
func (l *lab) within(limit time.Duration, what string, so func() bool) {
	l.t.Helper()
	began := time.Now()
	for !so() {
		if time.Since(began) > limit {
			l.t.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(time.Millisecond)
		if l.net != nil {
			synctest.Wait()
		}
	}
}

type logger struct{ p *person }

func (w logger) Write(b []byte) (int, error) {
	w.p.lab.t.Logf("%s: %s", w.p.name, b)
	return len(b), nil
}

// tray is invitations, out and in.
type tray struct {
	lock    sync.Mutex
	pending map[identity.PersonID][]Invitation
	taken   []Invitation
	fail    error
}

func (y *tray) Take(_ wire.Who, i Invitation) error {
	y.lock.Lock()
	defer y.lock.Unlock()
	if y.fail == nil {
		y.taken = append(y.taken, i)
	}
	return y.fail
}

func (y *tray) Pending(to wire.Who) []Invitation {
	y.lock.Lock()
	defer y.lock.Unlock()
	return slices.Clone(y.pending[to.Person])
}

func (y *tray) Delivered(to wire.Who, i Invitation) {
	y.lock.Lock()
	defer y.lock.Unlock()
	y.pending[to.Person] = slices.DeleteFunc(y.pending[to.Person], func(o Invitation) bool { return o == i })
}

func (y *tray) has() int {
	y.lock.Lock()
	defer y.lock.Unlock()
	return len(y.taken)
}

// met is addresses in memory.
type met struct {
	lock sync.Mutex
	list []Met
}

func (m *met) Load() []Met {
	m.lock.Lock()
	defer m.lock.Unlock()
	return slices.Clone(m.list)
}

func (m *met) Save(x Met) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.list = slices.DeleteFunc(m.list, func(o Met) bool { return o.Address == x.Address })
	m.list = slices.Insert(m.list, 0, x)
}

func latency(d time.Duration) memory.Faults { return memory.Faults{Latency: d, Jitter: d / 2} }
