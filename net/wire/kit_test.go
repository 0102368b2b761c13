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

// open is the first stream, which only the dialler can use at once.
func (m *meeting) open() wire.Stream {
	m.Helper()
	s, err := m.conns[0].Open(m.ctx, wire.Hello)
	m.must(err)
	return s
}

func (m *meeting) accept() wire.Stream {
	m.Helper()
	_, s, err := m.conns[1].Accept(m.ctx)
	m.must(err)
	return s
}

// side is what one end brings along, and what it gets.
type side struct {
	secrets []wire.Secret
	me      *wire.Self
	result  wire.Result
	err     error
}

// shake lets both ends shake.
func (m *meeting) shake(a, b *side) {
	m.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, s, err := m.conns[1].Accept(m.ctx); err != nil {
			b.err = err
		} else {
			b.result, b.err = wire.Shake(m.ctx, s, m.conns[1], b.secrets, b.me)
		}
	}()
	a.result, a.err = wire.Shake(m.ctx, m.open(), m.conns[0], a.secrets, a.me)
	<-done
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
