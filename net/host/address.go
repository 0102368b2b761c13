package host

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"

	"corkboard/identity"
	"corkboard/net/wire"
)

// ErrAddress says that an address cannot be read or dialled.
var ErrAddress = errors.New("not an address")

const (
	maxAddress = 4096 // bytes of one Address
	maxWays    = 16   // multiaddrs in it
)

// ParseAddress reads what a person has typed: "192.168.1.7:4001", "name.example:4001",
// "[fe80::1%eth0]:4001" or a multiaddr. ErrAddress with the reason otherwise. It does
// not ask the network.
func ParseAddress(text string) (wire.Address, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", fmt.Errorf("%w: it is empty", ErrAddress)
	}
	if !strings.HasPrefix(text, "/") {
		m, err := fromHostPort(text)
		if err != nil {
			return "", err
		}
		text = m
	}
	to := wire.Address(text)
	if _, err := readTarget(to); err != nil {
		return "", err
	}
	return to, nil
}

// fromHostPort makes a TCP multiaddr of "host:port".
func fromHostPort(text string) (string, error) {
	name, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", fmt.Errorf("%w: %q needs a port, as in 192.168.1.7:4001", ErrAddress, text)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return "", fmt.Errorf("%w: %q is no port", ErrAddress, port)
	}
	ip, err := netip.ParseAddr(name)
	switch {
	case err == nil && ip.Unmap().Is4():
		return "/ip4/" + ip.Unmap().String() + "/tcp/" + port, nil
	case err == nil && ip.Zone() != "":
		return "/ip6zone/" + ip.Zone() + "/ip6/" + ip.WithZone("").String() + "/tcp/" + port, nil
	case err == nil:
		return "/ip6/" + ip.String() + "/tcp/" + port, nil
	case name == "" || strings.ContainsAny(name, "/ "):
		return "", fmt.Errorf("%w: %q is no name of a computer", ErrAddress, name)
	}
	return "/dns/" + name + "/tcp/" + port, nil
}

// A target is somebody to dial and the ways there. An empty id is not known yet.
type target struct {
	id   peer.ID
	ways []ma.Multiaddr
}

// readTarget reads an Address: one multiaddr, or several of one peer with spaces
// between them.
func readTarget(to wire.Address) (target, error) {
	if len(to) > maxAddress {
		return target{}, fmt.Errorf("%w: it is too long", ErrAddress)
	}
	fields := strings.Fields(string(to))
	if len(fields) == 0 || len(fields) > maxWays {
		return target{}, fmt.Errorf("%w: it has %d ways, between 1 and %d can be tried", ErrAddress, len(fields), maxWays)
	}
	var t target
	for i, f := range fields {
		m, err := ma.NewMultiaddr(f)
		if err != nil {
			return target{}, fmt.Errorf("%w: %q: %w", ErrAddress, f, err)
		}
		way, id := peer.SplitAddr(m)
		if len(way) == 0 || !dialable(way) {
			return target{}, fmt.Errorf("%w: %q leads over nothing that can be dialled", ErrAddress, f)
		}
		if i > 0 && id != t.id {
			return target{}, fmt.Errorf("%w: it names two peers", ErrAddress)
		}
		t.id = id
		t.ways = append(t.ways, way)
	}
	return t, nil
}

// dialable says whether way ends in a transport that is built in.
func dialable(way ma.Multiaddr) bool {
	switch way[len(way)-1].Protocol().Code {
	case ma.P_TCP, ma.P_QUIC_V1, ma.P_CIRCUIT:
		return true
	}
	return false
}

// stepOf is how far a multiaddr leads.
func stepOf(way ma.Multiaddr) wire.Step {
	if has(way, ma.P_CIRCUIT) {
		return wire.StepRelayed
	}
	ip, err := manet.ToIP(way)
	if err != nil {
		return wire.StepDirect // a name: it is looked up when it is dialled
	}
	if ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return wire.StepLocal
	}
	return wire.StepDirect
}

// resolve turns a name in a TCP address into the addresses it stands for.
func resolve(ctx context.Context, way ma.Multiaddr) ([]ma.Multiaddr, error) {
	first := way[0]
	switch first.Protocol().Code {
	case ma.P_DNS, ma.P_DNS4, ma.P_DNS6:
	default:
		return []ma.Multiaddr{way}, nil
	}
	ips, err := net.DefaultResolver.LookupNetIP(ctx, "ip", first.Value())
	if err != nil {
		return nil, fmt.Errorf("look up %s: %w", first.Value(), err)
	}
	var list []ma.Multiaddr
	for _, ip := range ips {
		m, err := manet.FromIP(ip.Unmap().AsSlice())
		if err == nil {
			list = append(list, m.Encapsulate(way[1:]))
		}
	}
	return list, nil
}

// DeviceAt is the key that names whoever is at an address: a storage peer's device;
// false if the address names nobody.
func DeviceAt(at wire.Address) (identity.DeviceID, bool) {
	t, err := readTarget(at)
	if err != nil || t.id == "" {
		return identity.DeviceID{}, false
	}
	key, err := t.id.ExtractPublicKey()
	if err != nil {
		return identity.DeviceID{}, false
	}
	raw, err := key.Raw()
	if err != nil || len(raw) != len(identity.DeviceID{}) {
		return identity.DeviceID{}, false
	}
	return identity.DeviceID(raw), true
}
