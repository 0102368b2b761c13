package app

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/host"
	"corkboard/net/host/lan"
	"corkboard/net/node"
	"corkboard/net/presence"
	"corkboard/net/wire"
	"corkboard/net/wire/joint"
)

// Network says how this device meets others. The zero value meets nobody.
type Network struct {
	On     bool
	Listen []string // addresses and ports, see host.Options; nil: all, any port
	NoLAN  bool     // nobody is looked for, nor told, on the local network

	// Transport takes the place of libp2p, if it is not nil. The App closes it.
	Transport wire.Transport
}

// ErrNobodyMet says that this device does not meet others at the moment.
var ErrNobodyMet = errors.New("nobody is met")

// awakenAfter is how long the program has to show itself before it reads all of what is
// shared.
const awakenAfter = 2 * time.Second

// rotateWithin is how long one who finds that a key is due waits at most, so that
// not all who find so make one.
const rotateWithin = 4 * time.Second

// company is what this device does with others.
type company struct {
	doc.Listeners // of whatever the window can say of others
	a             *App
	records       doc.Listeners // of what collections say alone
	hub           *presence.Hub
	shelves       *shelves

	works sync.WaitGroup // begun under mu until ended

	storageDue chan struct{} // something has changed for storage peers

	mu        sync.Mutex
	ended     bool
	transport wire.Transport // nil while nobody is met
	node      *node.Node
	here      map[identity.PersonID]bool
	devices   map[identity.DeviceID]node.Peer
	seen      map[identity.PersonID]time.Time
	lastSeen  map[identity.DeviceID]time.Time
	found     *lan.Lan // nil while nobody is looked for on the local network
	err       error    // why nobody is met
}

func newCompany(a *App) *company {
	c := &company{a: a, hub: presence.NewHub(time.Now, a.profileOf), seen: map[identity.PersonID]time.Time{}, lastSeen: map[identity.DeviceID]time.Time{}}
	c.storageDue = make(chan struct{}, 1)
	c.records.Subscribe(c.rouseStorage)
	c.shelves = &shelves{a: a, made: map[access.RecordID]*shelf{}}
	return c
}

// rouseStorage has storage peers looked after soon.
func (t *company) rouseStorage() {
	select {
	case t.storageDue <- struct{}{}:
	default:
	}
}

// meet begins to look after shared collections, and to meet others if Network says
// so, as soon as the keys are open. Close ends it.
func (a *App) meet() {
	t := a.company
	t.hub.Hide(a.Device().Invisible)
	t.begin(t.lookAfter)
	t.begin(t.awaken)
	if a.opts.Network.On {
		t.begin(func() {
			if err := t.start(); err != nil {
				a.opts.Log.Error("others cannot be met", "err", err)
				t.mu.Lock()
				t.err = err
				t.mu.Unlock()
				t.Wake()
			}
		})
	}
}

// awaken lets the store read what is kept of shared boards, once the program has had
// time to show itself.
func (t *company) awaken() {
	a := t.a
	select {
	case <-time.After(awakenAfter):
	case <-a.ctx.Done():
		return
	}
	if st := a.store.AwaitKeys(a.ctx); st.Err != nil || !st.Known || a.ReadOnly() != nil {
		return
	}
	a.lookAround()
	for _, c := range a.syncedCircles() {
		if a.ctx.Err() != nil {
			return
		}
		if err := a.store.Awaken(c.ID); err != nil {
			a.opts.Log.Warn("a shared board cannot be read", "err", err)
		}
	}
}

// begin does something on a goroutine that end waits for; not after end.
func (t *company) begin(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ended {
		t.works.Go(f)
	}
}

// end waits for all that was begun; the App's context has ended.
func (t *company) end() {
	t.mu.Lock()
	t.ended = true
	t.mu.Unlock()
	t.works.Wait()
}

// lookAfter reads what records say when some have come, and does what is due then.
func (t *company) lookAfter() {
	a := t.a
	if st := a.store.AwaitKeys(a.ctx); !st.Known {
		return
	}
	news := make(chan struct{}, 1)
	wake := func() {
		select {
		case news <- struct{}{}:
		default:
		}
	}
	defer a.store.SubscribeCollections(wake)()
	defer a.devices.changes.Subscribe(wake)()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	wake()
	for {
		select {
		case <-a.ctx.Done():
			return
		case <-news:
			a.lookAround()
			if a.ReadOnly() == nil {
				a.devices.lookAfter(a.ctx)
				a.takeUp(a.ctx)
				timer.Reset(time.Duration(rand.Int64N(int64(rotateWithin))))
			}
			t.hub.ProfilesChanged()
		case <-timer.C:
			a.rotate(a.ctx)
			timer.Reset(time.Hour)
		}
	}
}

// start opens the network.
func (t *company) start() error {
	a := t.a
	key, err := a.store.DeviceKey()
	if err != nil {
		return err
	}
	a.storage.load()
	a.lookAround()
	o := a.opts.Network
	transport := o.Transport
	if transport == nil {
		h, err := host.New(host.Options{Listen: o.Listen, Punch: true})
		if err != nil {
			return fmt.Errorf("opening the network: %w", err)
		}
		transport = h
	}
	h, real := transport.(*host.Host)
	all := joint.New(transport)
	transport = all
	n := node.Start(node.Options{
		Nearby:    &a.nearby,
		Transport: transport, Pieces: a.files.member, Tenancies: a.storage.tenancies, Self: &wire.Self{Person: a.store.Person(), Device: key},
		Shelves: t.shelves, Addresses: addressBook{a}, Invitations: tray{a}, Doors: doors{a.devices}, Hub: t.hub, Log: a.opts.Log, Avoid: a.avoids,
	})
	if real && !o.NoLAN {
		t.begin(func() { t.watchNetwork(a.ctx, h, n) })
	}
	t.mu.Lock()
	t.transport, t.node = transport, n
	t.mu.Unlock()
	a.folders.begin(n, all)
	for _, c := range a.sharedCircles() {
		if len(c.State.Members) == 0 {
			t.hint(c.At...)
		}
	}
	stir := make(chan struct{}, 1)
	cancel := n.Subscribe(func() {
		select {
		case stir <- struct{}{}:
		default:
		}
	})
	t.begin(func() { t.watchPeers(a.ctx, stir) })
	t.begin(func() { a.files.run(a.ctx) })
	t.begin(func() { t.lookAfterStorage(a.ctx) })
	<-a.ctx.Done()
	cancel()
	t.mu.Lock()
	t.node = nil
	t.mu.Unlock()
	_ = n.Close()
	_ = transport.Close()
	return nil
}

// How often storage peers are asked how it stands, and after what went wrong.
const (
	storageLook  = 5 * time.Minute
	storageAgain = 5 * time.Second
)

// lookAfterStorage looks after storage peers when somebody has come or records have,
// until the context ends.
func (t *company) lookAfterStorage(ctx context.Context) {
	for {
		wait := storageLook
		if !t.a.storage.lookAfter(ctx) {
			wait = storageAgain
		}
		select {
		case <-t.storageDue:
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}

// networkLook is how often the addresses of this device are compared.
const networkLook = 5 * time.Second

// watchNetwork looks for others on the local network until the context ends, anew when
// this device has slept or gone elsewhere, or its person looks for people.
func (t *company) watchNetwork(ctx context.Context, h *host.Host, n *node.Node) {
	found := h.Discover(func(other host.Neighbour) { n.Hint(other.Address, node.Hint) })
	defer found.Close()
	t.mu.Lock()
	t.found = found
	t.mu.Unlock()
	lan.Watch(ctx, networkLook, func() {
		h.NetworkChanged()
		n.NetworkChanged()
		found.Search()
	})
}

// searchNearby asks the local network once more who is there: whose program was found
// long ago may have been given up since. What is asked says nothing of why.
func (t *company) searchNearby() {
	t.mu.Lock()
	found := t.found
	t.mu.Unlock()
	if found != nil {
		found.Search()
	}
}

// SubscribeTogether calls wake when anything may have changed that is said of others,
// of shared boards or of invitations, on any goroutine; wake must return at once.
func (a *App) SubscribeTogether(wake func()) (cancel func()) { return a.company.Subscribe(wake) }

// Presence is who is on a board, and where this person shows what they point at.
func (a *App) Presence(board doc.ID) *presence.Room { return a.company.hub.Room(a.store.Moved(board)) }

// Addresses is where others can dial this device; none while nobody is met.
func (a *App) Addresses() []string {
	a.company.mu.Lock()
	defer a.company.mu.Unlock()
	if a.company.transport == nil {
		return nil
	}
	var out []string
	for _, at := range a.company.transport.Addresses() {
		out = append(out, string(at))
	}
	return out
}
