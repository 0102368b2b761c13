package node

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/blobsync"
	"corkboard/net/docsync"
	"corkboard/net/presence"
	"corkboard/net/wire"
)

// Options is what a node is made of.
type Options struct {
	Transport   wire.Transport // its maker closes it, after the node
	Self        *wire.Self
	Shelves     Shelves
	Tenancies   func() []Tenancy // asked when the shelves are, at once; nil for none
	Doors       Doors            // nil for none
	Addresses   Addresses        // nil remembers none
	Invitations Invitations      // nil neither makes nor takes any
	Nearby      Neighbours       // nil looks for nobody
	Hub         *presence.Hub    // nil takes no part in presence
	Pieces      blobsync.Source  // nil has none for others
	// Avoid says whom the node does not dial by itself; who dials it is let in. At
	// once, on any goroutine, without calling the node; nil avoids nobody.
	Avoid func(identity.DeviceID) bool
	Log   *slog.Logger // nil is silent
}

// Errors of Dial and of what ended a connection.
var (
	// ErrClosed says that the node is closed.
	ErrClosed = errors.New("node is closed")
	// ErrBanned says that somebody broke the protocol a short while ago.
	ErrBanned = errors.New("left alone for a while")
	// ErrCrowded says that there are too many connections already.
	ErrCrowded = errors.New("too many connections")
)

// Node runs the connections of one device. All methods are safe on any goroutine.
type Node struct {
	o      Options
	log    *slog.Logger
	ctx    context.Context
	stop   context.CancelFunc
	wg     sync.WaitGroup
	stir   chan struct{} // the keeper has something to do
	stale  atomic.Bool   // the shelves may have changed
	claims *docsync.Claims

	refreshing sync.Mutex

	mu       sync.Mutex
	closed   bool
	catalog  *catalog
	links    map[wire.Conn]*link
	wants    *wants
	dials    int // that have not come through yet
	bans     bans
	debts    ledger
	watchers doc.Listeners
}

// Start runs a node until Close.
func Start(o Options) *Node {
	n := &Node{
		o:       o,
		log:     o.Log,
		stir:    make(chan struct{}, 1),
		catalog: makeCatalog(nil, nil, nil, false, &catalog{}),
		links:   map[wire.Conn]*link{},
		wants:   newWants(),
		bans:    bans{},
		debts:   ledger{},
		claims:  docsync.NewClaims(),
	}
	if n.log == nil {
		n.log = slog.New(slog.DiscardHandler)
	}
	n.ctx, n.stop = context.WithCancel(context.Background())
	if o.Addresses != nil {
		for i, m := range o.Addresses.Load() {
			if i < maxSaved {
				n.wants.add(m.Address, Saved, m.Device, time.Now())
			}
		}
	}
	cancel := o.Shelves.Subscribe(n.Refresh)
	n.stale.Store(true)
	n.freshen() // before anybody is taken for a stranger
	context.AfterFunc(n.ctx, cancel)
	n.wg.Go(n.keep)
	n.wg.Go(n.accept)
	return n
}

// Close ends every connection and waits for all goroutines of the node.
func (n *Node) Close() error {
	n.mu.Lock()
	n.closed = true
	n.mu.Unlock()
	n.stop()
	n.wg.Wait()
	return nil
}

// Refresh has the shelves looked at again: those who are connected are shaken
// anew if there are new secrets, and what runs goes on. The node does so by
// itself when the shelves wake it.
func (n *Node) Refresh() {
	n.stale.Store(true)
	n.prod()
}

// prod lets the keeper look for something to do.
func (n *Node) prod() {
	select {
	case n.stir <- struct{}{}:
	default:
	}
}

// freshen takes a new look if the shelves may have changed, and waits for one that
// is being taken.
func (n *Node) freshen() {
	n.refreshing.Lock()
	defer n.refreshing.Unlock()
	if n.stale.Swap(false) {
		n.refresh()
	}
}

// refresh takes a new look at the shelves. Under refreshing.
func (n *Node) refresh() {
	shelves := n.o.Shelves.Shelves()
	var tenancies []Tenancy
	if n.o.Tenancies != nil {
		tenancies = n.o.Tenancies()
	}
	var doors []wire.Secret
	if n.o.Doors != nil {
		doors = n.o.Doors.Doors()
	}
	nearby := n.o.Nearby != nil && n.o.Nearby.Card() != nil
	n.mu.Lock()
	old := n.catalog
	n.catalog = makeCatalog(shelves, tenancies, doors, nearby, old)
	now := time.Now()
	n.wants.keepStorage(n.catalog.addresses, now)
	if n.catalog.version != old.version {
		n.bans.pardonStrangers()
		n.wants.reset(now)
	}
	links := n.linksLocked()
	n.mu.Unlock()
	for _, l := range links {
		l.refresh()
	}
}

func (n *Node) linksLocked() []*link {
	list := make([]*link, 0, len(n.links))
	for _, l := range n.links {
		list = append(list, l)
	}
	return list
}

func (n *Node) shelvesNow() *catalog {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.catalog
}

// Subscribe has wake called, on any goroutine, when what Peers says may have
// changed. wake must not block.
func (n *Node) Subscribe(wake func()) (cancel func()) { return n.watchers.Subscribe(wake) }
