package host

import (
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/network"

	"corkboard/net/host/reckless"
)

func freshKey(t testing.TB) crypto.PrivKey {
	t.Helper()
	key, err := reckless.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// unlimited is a connection of a peer that minds no limits.
func unlimited(t testing.TB, to *Host, over string) network.Conn {
	t.Helper()
	c := unlimitedWith(t, freshKey(t), to, over)
	if c == nil {
		t.Fatal("not let in")
	}
	return c
}

// unlimitedWith is the same under a name, nil if it is not let in for long.
func unlimitedWith(t testing.TB, key crypto.PrivKey, to *Host, over string) network.Conn {
	t.Helper()
	c, err := reckless.Dial(within(t), key, address(t, to, over), "")
	if err != nil {
		return nil
	}
	t.Cleanup(func() { c.Close() })
	s, err := c.Net.NewStream(within(t))
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
	return c.Net
}
