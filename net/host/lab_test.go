//go:build linux

package host

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"corkboard/internal/lab"
	"corkboard/net/wire"
)

func TestMain(m *testing.M) {
	lab.Main(m, map[string]func([]string){"neighbour": beNeighbour})
}

const labPulse = 500 * time.Millisecond

// beNeighbour connects with everybody it finds, and with the address of each line it
// is given.
func beNeighbour([]string) {
	h, err := New(Options{pulse: labPulse})
	if err != nil {
		fmt.Println("error", err)
		return
	}
	connect := func(to wire.Address) {
		c, err := h.Dial(context.Background(), to)
		if err != nil {
			fmt.Println("failed", err)
			return
		}
		tellOf(c)
	}
	h.Discover(func(n Neighbour) { go connect(n.Address) })
	go func() {
		for {
			c, err := h.Accept(context.Background())
			if err != nil {
				return
			}
			tellOf(c)
		}
	}()
	go func() {
		for range h.Changes() {
			fmt.Println("changed")
		}
	}()
	for _, a := range h.Addresses() {
		fmt.Println("address", a)
	}
	fmt.Println("started")
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		go connect(wire.Address(in.Text()))
	}
}

// tellOf says that a connection is there, and when it ends.
func tellOf(c wire.Conn) {
	fmt.Println("met", c.Step(), "at", c.Address())
	go func() {
		<-c.Done()
		fmt.Println("lost", c.Step())
	}()
}

// Two hosts on one network meet by themselves, over TCP. When the network falls silent
// between them both notice, and when it is back they can meet again.
func TestMeetLoseAndMeetAgain(t *testing.T) {
	t.Parallel()
	net := lab.New(t, lab.Options{IPv6: true})
	ha, hb := net.Host("a"), net.Host("b")
	a := ha.Role("neighbour")
	a.Expect("started", bound)
	began := time.Now()
	b := hb.Role("neighbour")
	for _, p := range []*lab.Process{a, b} {
		p.Expect("met local network", bound)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("they met after %v", took)
	}
	for _, line := range append(a.Lines(), b.Lines()...) {
		if strings.HasPrefix(line, "met") && strings.Contains(line, "quic") {
			t.Errorf("on a local network: %s", line)
		}
		if strings.HasPrefix(line, "address") && strings.Contains(line, "127.0.0.1") {
			t.Errorf("loopback is told: %s", line)
		}
	}
	net.Partition([]*lab.Host{ha}, []*lab.Host{hb})
	a.Expect("lost local network", bound)
	b.Expect("lost local network", bound)
	seen := len(b.Lines())
	net.Heal()
	hb.Readdress("10.77.0.9")
	b.Expect("changed", bound)
	until(t, "they meet again", func() bool {
		for _, line := range b.Lines()[seen:] {
			if strings.HasPrefix(line, "met local network") {
				return true
			}
		}
		return false
	})
}

// Where there is no IPv4, they meet over IPv6.
func TestMeetOverIPv6(t *testing.T) {
	t.Parallel()
	net := lab.New(t, lab.Options{IPv6: true, NoIPv4: true})
	a := net.Host("a").Role("neighbour")
	a.Expect("started", bound)
	b := net.Host("b").Role("neighbour")
	at := a.Expect("met local network at ", bound) + b.Expect("met local network at ", bound)
	if !strings.Contains(at, "/ip6") {
		t.Errorf("met at %s", at)
	}
}
