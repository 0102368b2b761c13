package memory

import (
	"context"

	"corkboard/net/wire"
)

// mostUnheard is how many streams may wait for Accept; more are reset.
const mostUnheard = 1024

// conn is one end of a connection.
type conn struct {
	link     *link
	side     int // 0 has dialled
	self     *Transport
	other    *Transport
	incoming chan announcement
}

var _ wire.Conn = (*conn)(nil)

func (c *conn) Local() []byte         { return c.self.Self() }
func (c *conn) Remote() []byte        { return c.other.Self() }
func (c *conn) Dialled() bool         { return c.side == 0 }
func (c *conn) Step() wire.Step       { return wire.StepLocal }
func (c *conn) Address() wire.Address { return wire.Address(c.other.name) }
func (c *conn) Done() <-chan struct{} { return c.link.done }

// Open never blocks.
func (c *conn) Open(ctx context.Context, protocol string) (wire.Stream, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l := c.link
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return nil, l.err
	}
	near, far := c.open(protocol)
	l.streams[near], l.streams[far] = struct{}{}, struct{}{}
	return near, nil
}

// hear queues a stream; the caller holds the link's mu.
func (c *conn) hear(a announcement) {
	select {
	case c.incoming <- a:
	default:
		delete(c.link.streams, a.stream)
		a.stream.in.fail(ErrBroken, false)
		a.stream.out.fail(ErrBroken, false)
	}
}

// Accept waits for a stream of the other end that has been used.
func (c *conn) Accept(ctx context.Context) (string, wire.Stream, error) {
	select {
	case <-c.link.done:
		return "", nil, c.link.err
	default:
	}
	select {
	case a := <-c.incoming:
		return a.protocol, a.stream, nil
	case <-c.link.done:
		return "", nil, c.link.err
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
}

// Close ends both ends at once; what is under way is lost.
func (c *conn) Close() error {
	c.link.end(wire.ErrClosed, false)
	return nil
}
