package host

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"
	manet "github.com/multiformats/go-multiaddr/net"

	"corkboard/net/wire"
)

// conn is a wire.Conn on one libp2p connection.
type conn struct {
	host    *Host
	net     network.Conn
	dialled bool
	opened  time.Time
	streams chan network.Stream
	nudge   chan struct{} // ping now
	silence *time.Timer   // ends a connection that was dialled from outside and is silent
	done    chan struct{}
	once    sync.Once
}

func newConn(h *Host, n network.Conn) *conn {
	c := &conn{
		host:    h,
		net:     n,
		dialled: n.Stat().Direction == network.DirOutbound,
		opened:  time.Now(),
		streams: make(chan network.Stream, maxStreams),
		nudge:   make(chan struct{}, 1),
		done:    make(chan struct{}),
	}
	if !c.dialled {
		c.silence = time.AfterFunc(silences*h.pulse, func() { c.Close() })
	}
	return c
}

func (c *conn) Local() []byte         { return []byte(c.net.LocalPeer()) }
func (c *conn) Remote() []byte        { return []byte(c.net.RemotePeer()) }
func (c *conn) Dialled() bool         { return c.dialled }
func (c *conn) Done() <-chan struct{} { return c.done }
func (c *conn) Step() wire.Step       { return stepOf(c.net.RemoteMultiaddr()) }

// Address is what was dialled, or for one that dialled this end, an address of the
// same IP that it says it listens on.
func (c *conn) Address() wire.Address {
	way := c.net.RemoteMultiaddr()
	end := wire.Address("/p2p/" + c.net.RemotePeer().String())
	if c.dialled {
		return wire.Address(way.String()) + end
	}
	ip, err := manet.ToIP(way)
	if err != nil {
		return ""
	}
	for _, a := range c.host.parts.swarm.Peerstore().Addrs(c.net.RemotePeer()) {
		other, err := manet.ToIP(a)
		if err == nil && other.Equal(ip) && isTCP(a) == isTCP(way) {
			return wire.Address(a.String()) + end
		}
	}
	return ""
}

// Open begins a stream. It sends the protocol's name and does not wait for an answer.
func (c *conn) Open(ctx context.Context, name string) (wire.Stream, error) {
	if !ours(protocol.ID(name)) {
		return nil, fmt.Errorf("open a stream: %q is no protocol of this program", name)
	}
	return c.open(ctx, protocol.ID(name))
}

func (c *conn) open(ctx context.Context, name protocol.ID) (*stream, error) {
	ctx = network.WithAllowLimitedConn(ctx, agent)
	s, err := c.net.NewStream(ctx)
	if err != nil {
		if !c.live() {
			return nil, wire.ErrClosed
		}
		return nil, fmt.Errorf("open a stream for %s: %w", name, err)
	}
	o, err := begin(ctx, s, name)
	if err != nil {
		s.Reset()
		return nil, fmt.Errorf("open a stream for %s: %w", name, err)
	}
	return o, nil
}

// Accept waits for a stream. It gives those that came before the end of the
// connection no more.
func (c *conn) Accept(ctx context.Context) (string, wire.Stream, error) {
	if !c.live() {
		return "", nil, wire.ErrClosed
	}
	select {
	case s := <-c.streams:
		return string(s.Protocol()), &stream{Stream: s}, nil
	case <-c.done:
		return "", nil, wire.ErrClosed
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
}

// opened takes a stream that the other end has opened. One too many is refused.
func (h *Host) opened(s network.Stream) {
	c := h.find(s.Conn())
	if c == nil {
		s.Reset()
		return
	}
	select {
	case c.streams <- s:
	default:
		s.Reset()
	}
}

func (c *conn) live() bool {
	select {
	case <-c.done:
		return false
	default:
		return true
	}
}

// end makes everybody who waits on the connection return.
func (c *conn) end() {
	c.once.Do(func() {
		if c.silence != nil {
			c.silence.Stop()
		}
		c.host.forget(c)
		close(c.done)
	})
}

// Close ends the connection. What has not been sent by then may be lost.
func (c *conn) Close() error {
	c.end()
	if err := c.net.Close(); err != nil && !errors.Is(err, network.ErrReset) {
		return fmt.Errorf("close a connection: %w", err)
	}
	return nil
}
