package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"

	"corkboard/net/wire"
)

// ErrNoRelay says that a relay does not pass bytes on for this host.
var ErrNoRelay = errors.New("the relay refuses")

// What a relay gives each whom it serves.
const (
	relayFor       = 24 * time.Hour // one connection
	relayBytes     = 16 << 30       // of one connection, in each direction
	relayBuffer    = 64 << 10       // bytes of each direction
	relayCircuits  = 32             // connections to one who has reserved
	relayPlaces    = 512            // who have reserved
	relayPlacesIP  = 64
	relayPlacesNet = 512
)

// How one who wants to be reached over a relay tries.
const (
	reserveFirst  = time.Second // after a failure, then twice as long each time
	reserveLast   = time.Minute
	reserveWithin = 30 * time.Second
)

// startRelay begins to pass bytes on, if o is not nil.
func (h *Host) startRelay(o *Relay) error {
	if o == nil {
		return nil
	}
	use := relay.DefaultResources()
	use.Limit = &relay.RelayLimit{Duration: relayFor, Data: relayBytes}
	use.BufferSize = relayBuffer
	use.MaxCircuits = relayCircuits
	use.MaxReservations = relayPlaces
	use.MaxReservationsPerIP = relayPlacesIP
	use.MaxReservationsPerASN = relayPlacesNet
	var err error
	h.relay, err = relay.New(h.lib, relay.WithResources(use), relay.WithACL(admission{o}),
		relay.WithReservationAddressFilter(func(a ma.Multiaddr) bool { return !manet.IsIPLoopback(a) || h.onlyLoopback() }))
	if err != nil {
		return fmt.Errorf("start the relay: %w", err)
	}
	return nil
}

// onlyLoopback says whether nobody but this device can dial this host.
func (h *Host) onlyLoopback() bool {
	for _, a := range h.lib.Addrs() {
		if !manet.IsIPLoopback(a) && !has(a, ma.P_CIRCUIT) {
			return false
		}
	}
	return true
}

// admission asks a Relay's functions for libp2p.
type admission struct{ relay *Relay }

func (a admission) AllowReserve(p peer.ID, _ ma.Multiaddr) bool {
	return a.relay.Reserve([]byte(p))
}

func (a admission) AllowConnect(from peer.ID, _ ma.Multiaddr, to peer.ID) bool {
	return a.relay.Connect([]byte(from), []byte(to))
}

// A Reservation says that others reach this host over a relay.
type Reservation struct {
	Until     time.Time      // reserve again before
	Addresses []wire.Address // this host's, over the relay
	via       *conn
}

// Reserve asks a relay to pass bytes on to this host, for about an hour and as long
// as the connection to it stands. ErrNoRelay if it refuses, or what Dial says.
func (h *Host) Reserve(ctx context.Context, at wire.Address) (Reservation, error) {
	dialled, err := h.Dial(ctx, at)
	if err != nil {
		return Reservation{}, fmt.Errorf("reach the relay: %w", err)
	}
	c := dialled.(*conn)
	via := c.net.RemotePeer()
	slot, err := client.Reserve(ctx, h.lib, peer.AddrInfo{ID: via})
	if err != nil {
		return Reservation{}, fmt.Errorf("%w: %w", ErrNoRelay, err)
	}
	r := Reservation{Until: slot.Expiration, via: c}
	ways := slot.Addrs
	if t, err := readTarget(c.Address()); len(ways) == 0 && err == nil {
		ways = t.ways
	}
	for _, w := range ways {
		w, _ = peer.SplitAddr(w)
		over := ma.StringCast("/p2p/" + via.String() + "/p2p-circuit")
		if len(w) > 0 && dialable(w) && !has(w, ma.P_CIRCUIT) {
			r.Addresses = append(r.Addresses, h.named(w.Encapsulate(over)))
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.peers[via]) == 0 {
		return Reservation{}, fmt.Errorf("%w: %w", ErrNoRelay, wire.ErrClosed)
	}
	h.reserved[via] = r
	return r, nil
}

// StayReachable keeps a reservation at a relay until the context ends, and calls
// changed when Addresses may have changed. It tries again, ever more rarely, while the
// relay is not there or refuses.
func (h *Host) StayReachable(ctx context.Context, at wire.Address, changed func()) {
	pause := reserveFirst
	for ctx.Err() == nil {
		trying, cancel := context.WithTimeout(ctx, reserveWithin)
		r, err := h.Reserve(trying, at)
		cancel()
		if err == nil {
			pause = reserveFirst
			changed()
			select {
			case <-time.After(time.Until(r.Until) / 2):
				continue
			case <-r.via.done:
				changed()
			case <-ctx.Done():
				return
			}
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
		pause = min(2*pause, reserveLast)
	}
}

// relayed are the addresses at relays whose reservations stand.
func (h *Host) relayed() []wire.Address {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []wire.Address
	for _, r := range h.reserved {
		if time.Now().Before(r.Until) {
			list = append(list, r.Addresses...)
		}
	}
	return list
}
