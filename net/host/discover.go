package host

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"

	"corkboard/net/host/lan"
	"corkboard/net/wire"
)

// A Neighbour is a hint that somebody on the local network runs this program.
type Neighbour struct {
	Instance string       // new at each start of theirs, 16 hex digits
	Address  wire.Address // all ways there
}

// Discover announces this host on the local network and calls found for each who is
// there: when one is new, and again when a search finds it anew. found is called on
// other goroutines and must not block. Close what it gives before the host.
func (h *Host) Discover(found func(Neighbour)) *lan.Lan {
	own := h.parts.swarm.LocalPeer().String()
	service := lan.Service{Peer: own, IPv4: h.ports(ma.P_IP4), IPv6: h.ports(ma.P_IP6)}
	return lan.Start(service, func(f lan.Found) {
		if n, ok := neighbour(f); ok && f.Peer != own {
			found(n)
		}
	})
}

// neighbour makes an address of what the network said.
func neighbour(f lan.Found) (Neighbour, bool) {
	id, err := peer.Decode(f.Peer)
	if err != nil {
		return Neighbour{}, false
	}
	var ways []string
	for _, ip := range f.IPs {
		at := multiaddrOf(ip)
		if f.TCP != 0 {
			ways = append(ways, at+"/tcp/"+strconv.Itoa(f.TCP)+"/p2p/"+id.String())
		}
		if f.UDP != 0 {
			ways = append(ways, at+"/udp/"+strconv.Itoa(f.UDP)+"/quic-v1/p2p/"+id.String())
		}
	}
	n := Neighbour{Instance: f.Instance, Address: wire.Address(strings.Join(ways, " "))}
	_, err = readTarget(n.Address)
	return n, err == nil
}

// multiaddrOf is the beginning of a multiaddr.
func multiaddrOf(ip netip.Addr) string {
	switch {
	case ip.Is4():
		return "/ip4/" + ip.String()
	case ip.Zone() != "":
		return "/ip6zone/" + ip.Zone() + "/ip6/" + ip.WithZone("").String()
	}
	return "/ip6/" + ip.String()
}
