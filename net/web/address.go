package web

import (
	"net"
	"net/netip"
)

// closed are the special addresses of IPv4 (IANA's registry, RFC 6890) and what else is
// no host of the internet.
var closed = prefixes(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // shared, behind a provider's NAT
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // link-local, and where clouds keep their secrets
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocols
	"192.0.2.0/24",    // documentation
	"192.31.196.0/24", // AS112
	"192.52.193.0/24", // multicast tunnels
	"192.88.99.0/24",  // relays of 6to4
	"192.168.0.0/16",  // private
	"192.175.48.0/24", // AS112
	"198.18.0.0/15",   // measurements
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, and broadcast
)

// Of IPv6 only global unicast is the internet's, but for these.
var (
	global6 = netip.MustParsePrefix("2000::/3")
	closed6 = prefixes(
		"2001::/23",         // protocols, among them Teredo, benchmarks and ORCHID
		"2001:db8::/32",     // documentation
		"2002::/16",         // 6to4: any IPv4 address may stand in it
		"2620:4f:8000::/48", // AS112
		"3fff::/20",         // documentation
	)
	// nat64 holds an IPv4 address in its last 32 bits: in networks without IPv4, which
	// reach all of it that way.
	nat64 = netip.MustParsePrefix("64:ff9b::/96")
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// public reports whether an address is that of a host on the internet.
func public(a netip.Addr) bool {
	switch {
	case !a.IsValid() || a.Zone() != "":
		return false
	case a.Is4In6():
		return public(a.Unmap())
	case a.Is4():
		return !within(closed, a)
	case nat64.Contains(a):
		b := a.As16()
		return public(netip.AddrFrom4([4]byte(b[12:])))
	}
	return global6.Contains(a) && !within(closed6, a)
}

func within(list []netip.Prefix, a netip.Addr) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Networks that are larger are no neighbourhood: a prefix says nothing of who is near.
const (
	widest4 = 16
	widest6 = 48
)

// nearby reports whether an address is one of this machine, or on a network that it is
// part of: public addresses can be those of the printer, too.
func nearby(a netip.Addr, own []net.Addr) bool {
	a = a.Unmap()
	for _, o := range own {
		n, ok := o.(*net.IPNet)
		if !ok {
			continue
		}
		ip, ok := netip.AddrFromSlice(n.IP)
		if !ok {
			continue
		}
		ip = ip.Unmap()
		if ip == a {
			return true
		}
		bits, _ := n.Mask.Size()
		least := widest6
		if ip.Is4() {
			least = widest4
		}
		if p, err := ip.Prefix(bits); err == nil && bits >= least && p.Contains(a) {
			return true
		}
	}
	return false
}
