package lan

import (
	"fmt"
	"net"
	"net/netip"
	"slices"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

const (
	port     = 5353
	maxLinks = 8
	hops     = 255
)

var (
	group4 = net.IPv4(224, 0, 0, 251)
	group6 = net.ParseIP("ff02::fb")
)

// A link is one network interface: a socket that hears what is said to all, and one
// to ask from, so that answers come to this program and not to another that listens
// on the same port. It speaks IPv4, or IPv6 where the interface has nothing else.
type link struct {
	device net.Interface
	nets   []netip.Prefix // of this device on the link
	ips    []netip.Addr   // the same, without lengths
	all    *net.UDPAddr
	ear    *net.UDPConn
	asking *net.UDPConn
}

// openLinks opens all links there are. Those that cannot be opened are left out.
func openLinks() []*link {
	devices, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var list []*link
	const want = net.FlagUp | net.FlagMulticast
	for _, d := range devices {
		if d.Flags&want != want || d.Flags&net.FlagLoopback != 0 || len(list) == maxLinks {
			continue
		}
		if l, err := openLink(d); err == nil {
			list = append(list, l)
		}
	}
	return list
}

func openLink(device net.Interface) (*link, error) {
	l := &link{device: device}
	four, six := prefixes(device)
	network, wild := "udp4", net.IPv4zero
	l.nets, l.all = four, &net.UDPAddr{IP: group4, Port: port}
	if len(four) == 0 {
		network, wild = "udp6", net.IPv6zero
		l.nets, l.all = six, &net.UDPAddr{IP: group6, Port: port, Zone: device.Name}
	}
	if len(l.nets) == 0 {
		return nil, fmt.Errorf("%s has no address", device.Name)
	}
	for _, p := range l.nets[:min(len(l.nets), maxIPs)] {
		l.ips = append(l.ips, p.Addr())
	}
	var err error
	if l.ear, err = net.ListenMulticastUDP(network, &l.device, &net.UDPAddr{IP: l.all.IP, Port: port}); err != nil {
		return nil, fmt.Errorf("hear on %s: %w", device.Name, err)
	}
	if l.asking, err = net.ListenUDP(network, &net.UDPAddr{IP: wild}); err != nil {
		l.ear.Close()
		return nil, fmt.Errorf("ask on %s: %w", device.Name, err)
	}
	for _, c := range []*net.UDPConn{l.ear, l.asking} {
		if err := l.aim(c, network); err != nil {
			l.close()
			return nil, fmt.Errorf("speak on %s: %w", device.Name, err)
		}
	}
	return l, nil
}

// aim makes multicast from a socket go out on this link, and to other programs on
// this device.
func (l *link) aim(c *net.UDPConn, network string) error {
	if network == "udp4" {
		p := ipv4.NewPacketConn(c)
		p.SetMulticastTTL(hops)
		p.SetMulticastLoopback(true)
		return p.SetMulticastInterface(&l.device)
	}
	p := ipv6.NewPacketConn(c)
	p.SetMulticastHopLimit(hops)
	p.SetMulticastLoopback(true)
	return p.SetMulticastInterface(&l.device)
}

// prefixes are a device's addresses with the length of their networks. Those of IPv6
// that are only valid on the link come last.
func prefixes(device net.Interface) (four, six []netip.Prefix) {
	list, err := device.Addrs()
	if err != nil {
		return nil, nil
	}
	var local []netip.Prefix
	for _, a := range list {
		p, err := netip.ParsePrefix(a.String())
		switch {
		case err != nil || p.Addr().IsLoopback():
		case p.Addr().Is4():
			four = append(four, p)
		case p.Addr().IsLinkLocalUnicast():
			local = append(local, p)
		default:
			six = append(six, p)
		}
	}
	return four, append(six, local...)
}

// holds says whether an address is on this link.
func (l *link) holds(ip netip.Addr) bool {
	if ip.Zone() != "" {
		return ip.Zone() == l.device.Name
	}
	return slices.ContainsFunc(l.nets, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// own says whether a datagram comes from this link's own socket to ask from.
func (l *link) own(from netip.AddrPort) bool {
	return int(from.Port()) == l.asking.LocalAddr().(*net.UDPAddr).Port &&
		slices.Contains(l.ips, from.Addr().WithZone(""))
}

func (l *link) close() {
	l.ear.Close()
	l.asking.Close()
}
