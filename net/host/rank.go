package host

import (
	"slices"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"

	"corkboard/net/wire"
)

const (
	nextLocal  = 30 * time.Millisecond  // until the next address of a local network is tried too
	afterLocal = 250 * time.Millisecond // until QUIC is tried there
)

// rank orders the addresses of one peer by when each is tried. On a local network
// TCP comes first, because it is two to three times as fast there; over the
// internet QUIC does, because it needs a round trip less and outlives a change of
// address.
func rank(addresses []ma.Multiaddr) []network.AddrDelay {
	var tcp, quic, far []ma.Multiaddr
	for _, a := range addresses {
		switch {
		case stepOf(a) != wire.StepLocal:
			far = append(far, a)
		case isTCP(a):
			tcp = append(tcp, a)
		default:
			quic = append(quic, a)
		}
	}
	slices.SortStableFunc(tcp, func(a, b ma.Multiaddr) int { return nearness(a) - nearness(b) })
	slices.SortStableFunc(quic, func(a, b ma.Multiaddr) int { return nearness(a) - nearness(b) })
	var list []network.AddrDelay
	var wait time.Duration
	for _, a := range tcp {
		list = append(list, network.AddrDelay{Addr: a, Delay: wait})
		wait += nextLocal
	}
	if len(tcp) > 0 {
		wait += afterLocal
	}
	for _, a := range quic {
		list = append(list, network.AddrDelay{Addr: a, Delay: wait})
		wait += nextLocal
	}
	return append(list, swarm.DefaultDialRanker(far)...)
}

// nearness is smaller the likelier an address answers at once.
func nearness(a ma.Multiaddr) int {
	switch {
	case manet.IsIPLoopback(a):
		return 0
	case has(a, ma.P_IP4):
		return 1
	}
	return 2
}

func isTCP(a ma.Multiaddr) bool { return has(a, ma.P_TCP) }

func has(a ma.Multiaddr, protocol int) bool {
	_, err := a.ValueForProtocol(protocol)
	return err == nil
}
