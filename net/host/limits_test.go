package host

import (
	"context"
	"io"
	"testing"
	"time"

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
	until(t, "streams that are closed make room", func() bool {
		ctx, cancel := context.WithTimeout(within(t), time.Second)
		defer cancel()
		s, err := ab.Open(ctx, "/corkboard/hello/1")
		if err != nil {
			return false
		}
		defer s.Close()
		for {
			name, r, err := ba.Accept(ctx)
			if err != nil {
				return false
			}
			r.Close()
			if name == "/corkboard/hello/1" {
				return true
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
			answered := 0
			for range 10000 {
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
