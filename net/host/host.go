package host

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/host/autonat"
	basichost "github.com/libp2p/go-libp2p/p2p/host/basic"
	"github.com/libp2p/go-libp2p/p2p/host/observedaddrs"
	"github.com/libp2p/go-libp2p/p2p/net/connmgr"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"

	"corkboard/net/host/lan"
	"corkboard/net/wire"
)

const (
	acceptQueue   = 64 // connections that wait for Accept
	trimGrace     = time.Minute
	watchEvery    = 5 * time.Second
	maxProtocol   = 64 // bytes of a protocol's name
	agent         = "corkboard"
	protocolStart = "/corkboard/"
)

// Host is a wire.Transport over QUIC and TCP.
type Host struct {
	parts    *parts
	lib      *basichost.BasicHost
	observed *observedaddrs.Manager
	relay    *relay.Relay
	pulse    time.Duration
	incoming chan *conn
	changes  chan struct{}
	done     chan struct{}
	cancel   context.CancelFunc
	watching sync.WaitGroup

	mu       sync.RWMutex // guards what follows
	closed   bool
	peers    map[peer.ID][]*conn
	dialling map[peer.ID]int
	reserved map[peer.ID]Reservation
}

var _ wire.Transport = (*Host)(nil)

// New listens. The host is Public for relays as well as for peers.
func New(o Options) (*Host, error) {
	key, err := hostKey(o.Key)
	if err != nil {
		return nil, err
	}
	p, err := assemble(key)
	if err != nil {
		return nil, err
	}
	h := &Host{
		parts:    p,
		pulse:    o.pulse,
		incoming: make(chan *conn, acceptQueue),
		changes:  make(chan struct{}, 1),
		done:     make(chan struct{}),
		peers:    map[peer.ID][]*conn{},
		dialling: map[peer.ID]int{},
		reserved: map[peer.ID]Reservation{},
	}
	if h.pulse == 0 {
		h.pulse = pingEvery
	}
	if err := h.start(o); err != nil {
		h.Close()
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	h.watching.Go(func() { lan.Watch(ctx, watchEvery, h.NetworkChanged) })
	return h, nil
}

// hostKey is the key given, or a new one.
func hostKey(given ed25519.PrivateKey) (crypto.PrivKey, error) {
	if given == nil {
		var err error
		if _, given, err = ed25519.GenerateKey(rand.Reader); err != nil {
			return nil, fmt.Errorf("make a host key: %w", err)
		}
	}
	key, err := crypto.UnmarshalEd25519PrivateKey(given)
	if err != nil {
		return nil, fmt.Errorf("read the host key: %w", err)
	}
	return key, nil
}

// start listens and starts libp2p's services.
func (h *Host) start(o Options) error {
	if err := h.parts.listen(o.Listen); err != nil {
		return err
	}
	trim, err := connmgr.NewConnManager(trimTo, trimFrom, connmgr.WithGracePeriod(trimGrace))
	if err != nil {
		return fmt.Errorf("watch the number of connections: %w", err)
	}
	h.observed, err = observedaddrs.NewManager(h.parts.bus, h.parts.swarm)
	if err != nil {
		trim.Close()
		return fmt.Errorf("watch own addresses: %w", err)
	}
	h.lib, err = basichost.NewHost(h.parts.swarm, &basichost.HostOpts{
		EventBus:             h.parts.bus,
		ConnManager:          trim,
		UserAgent:            agent,
		EnableHolePunching:   o.Punch,
		ObservedAddrsManager: h.observed,
	})
	if err != nil {
		trim.Close()
		return fmt.Errorf("make a host: %w", err)
	}
	h.parts.swarm.Notify(&network.NotifyBundle{ConnectedF: h.connected, DisconnectedF: h.disconnected})
	h.lib.SetStreamHandler(pingProtocol, h.answerPings)
	h.lib.SetStreamHandlerMatch(protocolStart, ours, h.opened)
	if err := client.AddTransport(h.lib, h.parts.upgrader); err != nil {
		return fmt.Errorf("dial over relays: %w", err)
	}
	h.observed.Start(h.parts.swarm)
	h.lib.Start()
	reach := network.ReachabilityPrivate
	if o.Public {
		reach = network.ReachabilityPublic
	}
	known, err := autonat.New(h.lib, autonat.WithReachability(reach))
	if err != nil {
		return fmt.Errorf("say how far this host is reached: %w", err)
	}
	h.lib.SetAutoNat(known)
	return h.startRelay(o.Relay)
}

// ours says whether a stream is for this program.
func ours(id protocol.ID) bool {
	return len(id) <= maxProtocol && len(id) > len(protocolStart) && id[:len(protocolStart)] == protocolStart
}

// Self is the name of this end.
func (h *Host) Self() []byte { return []byte(h.parts.swarm.LocalPeer()) }

// Accept waits for somebody who dials. It also gives a direct connection that this
// end has punched through routers, with Dialled true.
func (h *Host) Accept(ctx context.Context) (wire.Conn, error) {
	for {
		select {
		case <-h.done:
			return nil, wire.ErrClosed
		default:
		}
		select {
		case c := <-h.incoming:
			if c.live() {
				return c, nil
			}
		case <-h.done:
			return nil, wire.ErrClosed
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Changes tells that this device has other addresses now or has woken up: what
// failed before may succeed. It holds one change at most.
func (h *Host) Changes() <-chan struct{} { return h.changes }

// NetworkChanged makes every connection prove at once that it is alive, and tells
// Changes. The host calls it by itself when addresses change or the device wakes.
func (h *Host) NetworkChanged() {
	for _, c := range h.all() {
		c.prove()
	}
	select {
	case h.changes <- struct{}{}:
	default:
	}
}

// Close ends every connection and waits until nothing runs any more.
func (h *Host) Close() error {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil
	}
	h.closed = true
	h.mu.Unlock()
	close(h.done)
	if h.cancel != nil {
		h.cancel()
	}
	h.watching.Wait()
	for _, c := range h.all() {
		c.Close()
	}
	if h.relay != nil {
		h.relay.Close()
	}
	if h.observed != nil {
		h.observed.Close()
	}
	if h.lib != nil {
		h.lib.Close()
	} else {
		h.parts.swarm.Close()
	}
	return h.parts.quic.Close()
}
