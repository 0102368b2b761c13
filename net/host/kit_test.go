package host

import (
	"context"
	"io"
	"testing"
	"time"

	"corkboard/net/wire"
)

// bound is longer than anything here takes when it works.
const bound = 20 * time.Second

// start makes a host on loopback that ends with the test.
func start(t testing.TB, o Options) *Host {
	t.Helper()
	if o.Listen == nil {
		o.Listen = []string{"127.0.0.1:0"}
	}
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), bound)
	t.Cleanup(cancel)
	return ctx
}

// address is where h listens, over "tcp" or "quic".
func address(t testing.TB, h *Host, over string) wire.Address {
	t.Helper()
	for _, a := range h.Addresses() {
		to, err := readTarget(a)
		if err != nil {
			t.Fatalf("own address %s: %v", a, err)
		}
		if isTCP(to.ways[0]) == (over == "tcp") {
			return a
		}
	}
	t.Fatalf("no %s address in %v", over, h.Addresses())
	return ""
}

// meet connects a to b and gives both ends.
func meet(t testing.TB, a, b *Host, over string) (dialled, accepted wire.Conn) {
	t.Helper()
	dialled, err := a.Dial(within(t), address(t, b, over))
	if err != nil {
		t.Fatal(err)
	}
	accepted, err = b.Accept(within(t))
	if err != nil {
		t.Fatal(err)
	}
	return dialled, accepted
}

// pair opens a stream from one end to the other.
func pair(t testing.TB, from, to wire.Conn, protocol string) (opener, other wire.Stream) {
	t.Helper()
	opener, err := from.Open(within(t), protocol)
	if err != nil {
		t.Fatal(err)
	}
	name, other, err := to.Accept(within(t))
	if err != nil {
		t.Fatal(err)
	}
	if name != protocol {
		t.Fatalf("a stream for %q arrived as one for %q", protocol, name)
	}
	return opener, other
}

// carries checks that bytes get from one stream to the other.
func carries(t testing.TB, from io.Writer, to io.Reader, text string) {
	t.Helper()
	if _, err := io.WriteString(from, text); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, len(text))
	if _, err := io.ReadFull(to, got); err != nil || string(got) != text {
		t.Fatalf("got %q, %v; want %q", got, err, text)
	}
}

// carriesMany reads n bytes.
func carriesMany(t testing.TB, from wire.Stream, n int64) {
	t.Helper()
	from.SetReadDeadline(time.Now().Add(bound))
	if got, err := io.CopyN(io.Discard, from, n); err != nil {
		t.Fatalf("after %d of %d bytes: %v", got, n, err)
	}
}

// until waits for something to become true.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(bound); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, bound)
		}
	}
}
