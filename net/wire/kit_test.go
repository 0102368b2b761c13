package wire_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"corkboard/identity"
	"corkboard/net/wire"
	"corkboard/net/wire/memory"
)

// bound is how long anything may take before it counts as never.
const bound = time.Minute

// meeting is a connection with two ends in memory, the dialler's first.
type meeting struct {
	*testing.T
	ctx     context.Context
	network *memory.Network
	conns   [2]wire.Conn
}

func meet(t *testing.T) *meeting {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), bound)
	t.Cleanup(cancel)
	m := &meeting{T: t, ctx: ctx, network: memory.New(1, nil)}
	var ends [2]*memory.Transport
	for i, name := range []string{"ada", "bob"} {
		end, err := m.network.Join(name)
		m.must(err)
		t.Cleanup(func() { end.Close() })
		ends[i] = end
	}
	var err error
	m.conns[0], err = ends[0].Dial(ctx, "bob")
	m.must(err)
	m.conns[1], err = ends[1].Accept(ctx)
	m.must(err)
	return m
}

func (m *meeting) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

// stream is one end of the first stream. That of the acceptor is there once the
// dialler has written something.
func (m *meeting) stream(role int) (s wire.Stream, err error) {
	if role == 0 {
		return m.conns[0].Open(m.ctx, wire.Hello)
	}
	_, s, err = m.conns[1].Accept(m.ctx)
	return s, err
}

// side is what one end brings along, and what it gets.
type side struct {
	secrets []wire.Secret
	me      *wire.Self
	result  wire.Result
	err     error
}

// begin lets one end shake; done is closed when it has.
func (m *meeting) begin(role int, x *side) (done chan struct{}) {
	done = make(chan struct{})
	go func() {
		defer close(done)
		s, err := m.stream(role)
		if err != nil {
			x.err = err
			return
		}
		x.result, x.err = wire.Shake(m.ctx, s, m.conns[role], x.secrets, x.me)
	}()
	return done
}

// shake lets both ends shake, the dialler's first.
func (m *meeting) shake(a, b *side) {
	first, second := m.begin(0, a), m.begin(1, b)
	<-first
	<-second
}

func (m *meeting) wants(err, want error) {
	m.Helper()
	if !errors.Is(err, want) {
		m.Errorf("got %v, want %v", err, want)
	}
}

// secrets from lo to hi.
func secrets(lo, hi int) (out []wire.Secret) {
	for i := lo; i < hi; i++ {
		out = append(out, wire.NewSecret(sha256.Sum256([]byte{byte(i), byte(i >> 8)})))
	}
	return out
}

// person is somebody with a device.
func person(t *testing.T, seed byte) *wire.Self {
	t.Helper()
	device, err := identity.NewDevice(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	return &wire.Self{Person: identity.PersonID{seed}, Device: device}
}

func who(s *wire.Self) wire.Who { return wire.Who{Person: s.Person, Device: s.Device.ID()} }
