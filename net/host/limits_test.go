package host

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	ma "github.com/multiformats/go-multiaddr"

	"corkboard/net/wire"
)

func TestOnePeerOpensAFewStreamsOnly(t *testing.T) {
	a, b := start(t, Options{}), start(t, Options{})
	ab, ba := meet(t, a, b, "tcp")
	var open []wire.Stream
	for range 4 * maxStreams {
		s, err := ab.Open(within(t), "/corkboard/sync/1")
		if err != nil {
			break
		}
		open = append(open, s)
	}
	if len(open) > maxStreams {
		t.Errorf("%d streams were opened", len(open))
	}
	for _, s := range open {
		s.Close()
	}
	names := make(chan string, 8*maxStreams)
	go func() { // ends with the test's context
		for {
			name, r, err := ba.Accept(t.Context())
			if err != nil {
				return
			}
			r.Close()
			names <- name
		}
	}()
	until(t, "streams that are closed make room", func() bool {
		s, err := ab.Open(within(t), "/corkboard/hello/1")
		if err != nil {
			return false
		}
		defer s.Close()
		for {
			select {
			case name := <-names:
				if name == "/corkboard/hello/1" {
					return true
				}
			case <-time.After(time.Second): // it was refused there
				return false
			}
		}
	})
}

// A peer whose own limits are off opens ten thousand streams: it gets a few.
func TestTenThousandStreams(t *testing.T) {
	for _, over := range []string{"tcp", "quic"} {
		t.Run(over, func(t *testing.T) {
			b := start(t, Options{})
			c := unlimited(t, b, over)
			answered, began := 0, time.Now()
			for range 10000 {
				if time.Since(began) > 5*time.Second {
					break // later the first make room: nobody has named them
				}
				s, err := c.NewStream(within(t))
				if err != nil {
					break
				}
				s.SetDeadline(time.Now().Add(5 * time.Millisecond))
				if _, err := s.Write([]byte("\x13/multistream/1.0.0\n")); err != nil {
					continue
				}
				var x [1]byte
				if _, err := io.ReadFull(s, x[:]); err == nil {
					answered++
				}
				if answered > maxStreams {
					t.Fatalf("%d streams were answered", answered)
				}
			}
			if answered == 0 {
				t.Error("no stream was answered at all")
			}
		})
	}
}

func TestOnePeerHasFourConnections(t *testing.T) {
	b := start(t, Options{})
	key := freshKey(t)
	through := 0
	for range 3 * maxConnsOfPeer {
		if c := unlimitedWith(t, key, b, "quic"); c != nil {
			through++
		}
	}
	if through == 0 || through > maxConnsOfPeer {
		t.Errorf("%d connections of one peer stand", through)
	}
}

// Whoever dials too often is refused before the handshake; who is in stays, and this
// end may dial whom it wants.
func TestTheDoorLetsAFewInAtATime(t *testing.T) {
	manager, err := limits()
	if err != nil {
		t.Fatal(err)
	}
	defer manager.Close()
	open := func(dir network.Direction, from string) bool {
		scope, err := manager.OpenConnection(dir, false, ma.StringCast(from))
		if err != nil {
			return false
		}
		scope.Done()
		return true
	}
	one, let := "/ip4/127.0.0.1/udp/4001/quic-v1", 0
	for range 4 * callsBurst {
		if open(network.DirInbound, one) {
			let++
		}
	}
	if let < callsBurst || let > 2*callsBurst {
		t.Errorf("one address was let in %d times", let)
	}
	if !open(network.DirInbound, "/ip4/127.0.0.2/tcp/4001") {
		t.Error("another address is kept out")
	}
	let = 0
	for i := range 4 * callersBurst {
		if open(network.DirInbound, fmt.Sprintf("/ip4/10.0.%d.%d/tcp/4001", i/250, i%250)) {
			let++
		}
	}
	if let < callersBurst/2 || let > 2*callersBurst {
		t.Errorf("%d connections from many addresses were let in", let)
	}
	for i := range 2 * callersBurst {
		if !open(network.DirOutbound, one) {
			t.Fatalf("own dial %d is refused", i)
		}
	}
}
