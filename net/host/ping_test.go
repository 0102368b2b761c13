package host

import (
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/network"

	"corkboard/net/wire"
)

const quick = 50 * time.Millisecond

func TestPingsKeepAConnection(t *testing.T) {
	a, b := start(t, Options{pulse: quick}), start(t, Options{pulse: quick})
	ab, ba := meet(t, a, b, "tcp")
	silence := ba.(*conn).silence
	time.Sleep(3 * silences * quick)
	for _, c := range []wire.Conn{ab, ba} {
		select {
		case <-c.Done():
			t.Error("a connection that answers was closed")
		default:
		}
	}
	silence.Stop()
}

// One end answers no ping any more: the end that has dialled notices.
func TestSilentListenerIsNoticed(t *testing.T) {
	a, b := start(t, Options{pulse: quick}), start(t, Options{pulse: time.Hour})
	b.lib.SetStreamHandler(pingProtocol, func(network.Stream) {})
	ab, _ := meet(t, a, b, "quic")
	select {
	case <-ab.Done():
	case <-time.After(bound):
		t.Error("nobody answers, and the connection stays")
	}
}

// Somebody connects and says nothing: the end that was dialled closes.
func TestSilentDiallerIsNoticed(t *testing.T) {
	a, b := start(t, Options{pulse: time.Hour}), start(t, Options{pulse: quick})
	_, ba := meet(t, a, b, "tcp")
	select {
	case <-ba.Done():
	case <-time.After(bound):
		t.Error("nobody pings, and the connection stays")
	}
}

// A change of the network makes a dead connection known at once, not at the next
// pulse.
func TestNetworkChangeProvesConnections(t *testing.T) {
	const pulse = 2 * time.Second
	a, b := start(t, Options{pulse: pulse}), start(t, Options{pulse: time.Hour})
	pinged := make(chan struct{}, 16)
	b.lib.SetStreamHandler(pingProtocol, func(s network.Stream) {
		var x [1]byte
		for {
			if _, err := s.Read(x[:]); err != nil {
				return
			}
			pinged <- struct{}{}
			s.Write(x[:])
		}
	})
	meet(t, a, b, "tcp")
	<-pinged
	began := time.Now()
	a.NetworkChanged()
	select {
	case <-pinged:
		if waited := time.Since(began); waited > pulse/2 {
			t.Errorf("pinged only after %v", waited)
		}
	case <-time.After(bound):
		t.Error("not pinged")
	}
	select {
	case <-a.Changes():
	default:
		t.Error("nobody was told")
	}
}
