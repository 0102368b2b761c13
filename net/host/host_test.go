package host

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	ma "github.com/multiformats/go-multiaddr"

	"corkboard/net/wire"
)

func TestStreamsOverBothTransports(t *testing.T) {
	for _, over := range []string{"tcp", "quic"} {
		t.Run(over, func(t *testing.T) {
			a, b := start(t, Options{}), start(t, Options{})
			ab, ba := meet(t, a, b, over)
			if !ab.Dialled() || ba.Dialled() {
				t.Error("the ends do not agree on who has dialled")
			}
			if !bytes.Equal(ab.Remote(), b.Self()) || !bytes.Equal(ba.Remote(), a.Self()) || !bytes.Equal(ab.Local(), a.Self()) {
				t.Error("names are mixed up")
			}
			if ab.Step() != wire.StepLocal || ba.Step() != wire.StepLocal {
				t.Errorf("loopback is %v and %v", ab.Step(), ba.Step())
			}
			if ab.Address() != address(t, b, over) {
				t.Errorf("dialled %s, but Address says %s", address(t, b, over), ab.Address())
			}
			until(t, "the accepting end knows where to dial back", func() bool { return ba.Address() == address(t, a, over) })
			s, r := pair(t, ab, ba, "/corkboard/hello/1")
			carries(t, s, r, "there")
			carries(t, r, s, "and back")
			if err := s.CloseWrite(); err != nil {
				t.Fatal(err)
			}
			if rest, err := io.ReadAll(r); err != nil || len(rest) != 0 {
				t.Errorf("after the end: %q, %v", rest, err)
			}
			carries(t, r, s, "still")
			s2, r2 := pair(t, ba, ab, "/corkboard/sync/1")
			carries(t, s2, r2, "the accepting end opens streams too")
		})
	}
}

func TestDialGivesTheConnectionThatIsThere(t *testing.T) {
	a, b := start(t, Options{}), start(t, Options{})
	ab, ba := meet(t, a, b, "tcp")
	again, err := a.Dial(within(t), address(t, b, "quic"))
	if err != nil || again != ab {
		t.Errorf("dialled again: %v, %v", again, err)
	}
	back, err := b.Dial(within(t), address(t, a, "tcp"))
	if err != nil || back != ba {
		t.Errorf("dialled back: %v, %v", back, err)
	}
}

func TestCloseIsSeenByBoth(t *testing.T) {
	a, b := start(t, Options{}), start(t, Options{})
	ab, ba := meet(t, a, b, "quic")
	if err := ab.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []wire.Conn{ab, ba} {
		select {
		case <-c.Done():
		case <-time.After(bound):
			t.Fatal("one end does not know that the connection is closed")
		}
		if _, err := c.Open(within(t), "/corkboard/sync/1"); !errors.Is(err, wire.ErrClosed) {
			t.Errorf("open: %v", err)
		}
		if _, _, err := c.Accept(within(t)); !errors.Is(err, wire.ErrClosed) {
			t.Errorf("accept: %v", err)
		}
	}
	again, err := a.Dial(within(t), address(t, b, "quic"))
	if err != nil || again == ab {
		t.Errorf("a closed connection was given again: %v", err)
	}
}

func TestClosedHost(t *testing.T) {
	a := start(t, Options{})
	b := start(t, Options{})
	to := address(t, b, "tcp")
	a.Close()
	if _, err := a.Dial(within(t), to); !errors.Is(err, wire.ErrClosed) {
		t.Errorf("dial: %v", err)
	}
	if _, err := a.Accept(within(t)); !errors.Is(err, wire.ErrClosed) {
		t.Errorf("accept: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

func TestAcceptEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := start(t, Options{}).Accept(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestGivenKeyAndPort(t *testing.T) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	first := start(t, Options{Key: key})
	name := first.Self()
	tcp := first.ports(ma.P_IP4).TCP
	if _, err := New(Options{Listen: []string{"127.0.0.1:" + strconv.Itoa(tcp)}}); err == nil {
		t.Error("a port that is taken was not refused")
	}
	first.Close()
	second := start(t, Options{Key: key, Listen: []string{"127.0.0.1:" + strconv.Itoa(tcp)}})
	if !bytes.Equal(second.Self(), name) {
		t.Error("the same key has another name")
	}
	if other := start(t, Options{}); bytes.Equal(other.Self(), name) {
		t.Error("a host without a key has the name of another")
	}
}

func TestNothingElseListens(t *testing.T) {
	h := start(t, Options{Listen: []string{"0.0.0.0:0"}})
	for _, a := range h.Addresses() {
		if strings.Contains(string(a), "127.0.0.1") && len(h.Addresses()) > 2 {
			t.Errorf("loopback is told: %s", a)
		}
		for _, other := range []string{"webtransport", "webrtc", "/ws", "/tls"} {
			if strings.Contains(string(a), other) {
				t.Errorf("listens on %s", a)
			}
		}
	}
}

func TestCloseLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	options := []Options{{Punch: true}, {Public: true, Relay: &Relay{}}, {}}
	hosts := make([]*Host, len(options))
	for i, o := range options {
		o.Listen = []string{"127.0.0.1:0"}
		var err error
		if hosts[i], err = New(o); err != nil {
			t.Fatal(err)
		}
	}
	ab, ba := meet(t, hosts[0], hosts[1], "tcp")
	s, r := pair(t, ab, ba, "/corkboard/hello/1")
	carries(t, s, r, "x")
	meet(t, hosts[1], hosts[2], "quic")
	for _, h := range hosts {
		h.Close()
	}
	until(t, "goroutines back to the baseline", func() bool { return runtime.NumGoroutine() <= before })
}
