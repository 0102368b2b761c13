package host

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	ma "github.com/multiformats/go-multiaddr"
)

func freshKey(t testing.TB) crypto.PrivKey {
	t.Helper()
	key, _, err := crypto.GenerateEd25519Key(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// reckless is a connection of a peer that minds no limits.
func reckless(t testing.TB, to *Host, over string) network.Conn {
	t.Helper()
	c := recklessWith(t, freshKey(t), to, over)
	if c == nil {
		t.Fatal("not let in")
	}
	return c
}

// recklessWith is the same under a name, nil if it is not let in for long.
func recklessWith(t testing.TB, key crypto.PrivKey, to *Host, over string) network.Conn {
	t.Helper()
	unlimited, err := rcmgr.NewResourceManager(rcmgr.NewFixedLimiter(rcmgr.InfiniteLimits), rcmgr.WithMetricsDisabled())
	if err != nil {
		t.Fatal(err)
	}
	h, err := libp2p.New(libp2p.NoListenAddrs, libp2p.Identity(key), libp2p.ResourceManager(unlimited), libp2p.DisableMetrics())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	a, err := readTarget(address(t, to, over))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Connect(within(t), peer.AddrInfo{ID: a.id, Addrs: []ma.Multiaddr{a.ways[0]}}); err != nil {
		return nil
	}
	conns := h.Network().ConnsToPeer(a.id)
	if len(conns) == 0 {
		return nil
	}
	s, err := conns[0].NewStream(within(t))
	if err != nil {
		return nil
	}
	s.SetDeadline(time.Now().Add(bound))
	var x [1]byte
	if _, err := s.Write([]byte("\x13/multistream/1.0.0\n")); err != nil {
		return nil
	}
	if _, err := s.Read(x[:]); err != nil {
		return nil
	}
	s.Reset()
	return conns[0]
}
