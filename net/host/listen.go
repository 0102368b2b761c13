package host

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"

	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"

	"corkboard/net/host/lan"
	"corkboard/net/wire"
)

// everywhere are the addresses that a host listens on unless told otherwise.
var everywhere = []string{"0.0.0.0:0", "[::]:0"}

// listen opens the sockets. Where no port is given, one that opens is enough.
func (p *parts) listen(at []string) error {
	must := at != nil
	if !must {
		at = everywhere
	}
	var failed []error
	for _, text := range at {
		ways, err := listenWays(text)
		if err != nil {
			return err
		}
		for _, w := range ways {
			if err := p.swarm.Listen(w); err != nil {
				failed = append(failed, fmt.Errorf("listen on %s: %w", w, err))
			}
		}
	}
	if must || len(p.swarm.ListenAddresses()) == 0 {
		return errors.Join(failed...)
	}
	return nil
}

// listenWays are the multiaddrs of one "IP:port".
func listenWays(text string) ([]ma.Multiaddr, error) {
	at, err := netip.ParseAddrPort(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %q is no IP address with a port", ErrAddress, text)
	}
	ip, err := manet.FromIP(at.Addr().AsSlice())
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrAddress, text, err)
	}
	port := strconv.Itoa(int(at.Port()))
	tcp := ma.StringCast("/tcp/" + port)
	quic := ma.StringCast("/udp/" + port + "/quic-v1")
	return []ma.Multiaddr{ip.Encapsulate(tcp), ip.Encapsulate(quic)}, nil
}

// Addresses are where others may dial this host now, each a multiaddr with this
// host's name: those of the device's networks without loopback (unless it listens
// nowhere else), those that others have seen it under, and those at relays.
func (h *Host) Addresses() []wire.Address {
	var near, loop []wire.Address
	for _, a := range h.lib.Addrs() {
		if has(a, ma.P_CIRCUIT) {
			continue
		}
		named := h.named(a)
		if manet.IsIPLoopback(a) {
			loop = append(loop, named)
		} else {
			near = append(near, named)
		}
	}
	if len(near) == 0 {
		near = loop
	}
	return append(near, h.relayed()...)
}

// named adds this host's name to a way.
func (h *Host) named(way ma.Multiaddr) wire.Address {
	return wire.Address(way.String() + "/p2p/" + h.parts.swarm.LocalPeer().String())
}

// ports are the first ones that are listened on at addresses of a family, ma.P_IP4 or
// ma.P_IP6.
func (h *Host) ports(family int) lan.Ports {
	var p lan.Ports
	for _, a := range h.parts.swarm.ListenAddresses() {
		if !has(a, family) {
			continue
		}
		if v, err := a.ValueForProtocol(ma.P_TCP); err == nil && p.TCP == 0 {
			p.TCP, _ = strconv.Atoi(v)
		}
		if v, err := a.ValueForProtocol(ma.P_UDP); err == nil && p.UDP == 0 {
			p.UDP, _ = strconv.Atoi(v)
		}
	}
	return p
}
