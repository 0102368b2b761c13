package wiretest_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"corkboard/net/wire"
	"corkboard/net/wire/memory"
	"corkboard/net/wire/wiretest"
)

// canaries break one promise each, and the test of the suite that must see it.
var canaries = map[string]struct {
	transport func(wire.Transport) wire.Transport
	seen      string
}{
	"everybody has dialled":       {breakConn(func(c wire.Conn) wire.Conn { return dialler{c} }), "names_are_each_other's"},
	"the other end has our name":  {breakConn(func(c wire.Conn) wire.Conn { return mirror{c} }), "names_are_each_other's"},
	"each dial is a new one":      {breakConn(func(c wire.Conn) wire.Conn { return &struct{ wire.Conn }{c} }), "a_second_dial"},
	"the last words are lost":     {breakStream(func(s wire.Stream) wire.Stream { return &late{Stream: s} }), "what_was_written_before_Close"},
	"bytes are lost":              {breakStream(func(s wire.Stream) wire.Stream { return &lossy{Stream: s} }), "bytes_come_in_order"},
	"no side can end alone":       {breakStream(func(s wire.Stream) wire.Stream { return whole{s} }), "one_side_ends"},
	"deadlines end like a stream": {breakStream(func(s wire.Stream) wire.Stream { return mute{s} }), "nobody_reads"},
	"a closed transport dials":    {func(t wire.Transport) wire.Transport { return immortal{t} }, "nobody_answers"},
	"a closed transport says so":  {func(t wire.Transport) wire.Transport { return vague{t} }, "connections_end_with_their_transport"},
}

const canary = "CORKBOARD_CANARY"

// A transport that breaks a promise fails in the test of that promise.
func TestTheSuiteSeesBrokenPromises(t *testing.T) {
	if os.Getenv(canary) != "" {
		t.Skip("this is the canary")
	}
	for name, c := range canaries {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.run", "^TestCanary$/"+c.seen, "-test.v")
			cmd.Env = append(os.Environ(), canary+"="+name)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "--- FAIL: TestCanary/"+c.seen) {
				t.Errorf("it passes: %v\n%s", err, out)
			}
		})
	}
}

func TestCanary(t *testing.T) {
	name := os.Getenv(canary)
	if name == "" {
		t.Skip("only as a canary")
	}
	wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
		n := memory.New(1, nil)
		ends := make([]wire.Transport, 2)
		for i, name := range []string{"a", "b"} {
			end, err := n.Join(name)
			if err != nil {
				t.Fatal(err)
			}
			ends[i] = end
		}
		return canaries[name].transport(ends[0]), canaries[name].transport(ends[1])
	})
}

// bent changes the connections of a transport.
type bent struct {
	wire.Transport
	bend func(wire.Conn) wire.Conn
}

func breakConn(bend func(wire.Conn) wire.Conn) func(wire.Transport) wire.Transport {
	return func(t wire.Transport) wire.Transport { return bent{t, bend} }
}

func (b bent) Dial(ctx context.Context, to wire.Address) (wire.Conn, error) {
	c, err := b.Transport.Dial(ctx, to)
	if err != nil {
		return nil, err
	}
	return b.bend(c), nil
}

func (b bent) Accept(ctx context.Context) (wire.Conn, error) {
	c, err := b.Transport.Accept(ctx)
	if err != nil {
		return nil, err
	}
	return b.bend(c), nil
}

type streamConn struct {
	wire.Conn
	bend func(wire.Stream) wire.Stream
}

func breakStream(bend func(wire.Stream) wire.Stream) func(wire.Transport) wire.Transport {
	return breakConn(func(c wire.Conn) wire.Conn { return streamConn{c, bend} })
}

func (c streamConn) Open(ctx context.Context, protocol string) (wire.Stream, error) {
	s, err := c.Conn.Open(ctx, protocol)
	return c.bend(s), err
}

func (c streamConn) Accept(ctx context.Context) (string, wire.Stream, error) {
	protocol, s, err := c.Conn.Accept(ctx)
	return protocol, c.bend(s), err
}

type dialler struct{ wire.Conn }

func (dialler) Dialled() bool { return true }

type mirror struct{ wire.Conn }

func (m mirror) Remote() []byte { return m.Local() }

// late keeps what it is given until it is given more.
type late struct {
	wire.Stream
	kept []byte
}

func (l *late) Write(b []byte) (int, error) {
	if string(b) == "!" {
		return l.Stream.Write(b)
	}
	_, err := l.Stream.Write(l.kept)
	l.kept = append([]byte(nil), b...)
	return len(b), err
}

// lossy loses a byte after a MiB.
type lossy struct {
	wire.Stream
	sent int
}

func (l *lossy) Write(b []byte) (int, error) {
	l.sent += len(b)
	if l.sent > 1<<20 && l.sent-len(b) <= 1<<20 {
		_, err := l.Stream.Write(b[1:])
		return len(b), err
	}
	return l.Stream.Write(b)
}

type whole struct{ wire.Stream }

func (w whole) CloseWrite() error { return w.Close() }

type mute struct{ wire.Stream }

func (m mute) Read(b []byte) (int, error) {
	n, err := m.Stream.Read(b)
	if err != nil {
		err = io.EOF
	}
	return n, err
}

// immortal dials whoever it has ever dialled.
type immortal struct{ wire.Transport }

func (i immortal) Dial(ctx context.Context, to wire.Address) (wire.Conn, error) {
	c, err := i.Transport.Dial(ctx, to)
	if err != nil {
		return nil, nil
	}
	return c, nil
}

type vague struct{ wire.Transport }

func (v vague) Accept(ctx context.Context) (wire.Conn, error) {
	c, err := v.Transport.Accept(ctx)
	if err != nil {
		return nil, io.ErrClosedPipe
	}
	return c, nil
}
