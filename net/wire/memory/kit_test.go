package memory_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"corkboard/net/wire"
	"corkboard/net/wire/memory"
)

// bound is how long anything may take before it counts as never.
const bound = time.Minute

func join(t *testing.T, n *memory.Network, name string) *memory.Transport {
	t.Helper()
	end, err := n.Join(name)
	must(t, err)
	t.Cleanup(func() { end.Close() })
	return end
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func timed(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), bound)
	t.Cleanup(cancel)
	return ctx
}

// connect dials from one end to another: the dialler's end of it first.
func connect(t *testing.T, from, to *memory.Transport) (near, far wire.Conn) {
	t.Helper()
	ctx := timed(t)
	near, err := from.Dial(ctx, to.Addresses()[0])
	must(t, err)
	far, err = to.Accept(ctx)
	must(t, err)
	return near, far
}

// open is a stream that has been used for nothing yet.
func open(t *testing.T, c wire.Conn, protocol string) wire.Stream {
	t.Helper()
	s, err := c.Open(timed(t), protocol)
	must(t, err)
	return s
}

func write(t *testing.T, s wire.Stream, text string) {
	t.Helper()
	_, err := s.Write([]byte(text))
	must(t, err)
}

// read is what comes first.
func read(t *testing.T, s wire.Stream) string {
	t.Helper()
	must(t, s.SetReadDeadline(time.Now().Add(bound)))
	b := make([]byte, 1000)
	n, err := s.Read(b)
	must(t, err)
	return string(b[:n])
}

func accept(t *testing.T, c wire.Conn) (string, wire.Stream) {
	t.Helper()
	protocol, s, err := c.Accept(timed(t))
	must(t, err)
	return protocol, s
}
