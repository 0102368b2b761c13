package reckless

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	ma "github.com/multiformats/go-multiaddr"
	"github.com/multiformats/go-multistream"

	"corkboard/net/wire"
)

// NewKey draws the name of a peer.
func NewKey() (crypto.PrivKey, error) {
	key, _, err := crypto.GenerateEd25519Key(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("draw a name: %w", err)
	}
	return key, nil
}

// Conn is a wire.Conn that this end has dialled. It takes no streams.
type Conn struct {
	Net  network.Conn // for bytes that are not even a stream of a protocol
	lib  host.Host
	to   wire.Address
	done chan struct{}
	once sync.Once
}

var _ wire.Conn = (*Conn)(nil)

// Dial connects a peer of a name with an address of one way, from an IP address of this
// machine; from "" it listens nowhere and comes from any.
func Dial(ctx context.Context, key crypto.PrivKey, to wire.Address, from string) (*Conn, error) {
	way, err := ma.NewMultiaddr(string(to))
	if err != nil {
		return nil, fmt.Errorf("read an address: %w", err)
	}
	who, err := peer.AddrInfoFromP2pAddr(way)
	if err != nil {
		return nil, fmt.Errorf("read an address: %w", err)
	}
	unlimited, err := rcmgr.NewResourceManager(rcmgr.NewFixedLimiter(rcmgr.InfiniteLimits), rcmgr.WithMetricsDisabled())
	if err != nil {
		return nil, fmt.Errorf("have no limits: %w", err)
	}
	listen := libp2p.NoListenAddrs
	if from != "" {
		listen = libp2p.ListenAddrStrings("/ip4/"+from+"/tcp/0", "/ip4/"+from+"/udp/0/quic-v1")
	}
	lib, err := libp2p.New(listen, libp2p.Identity(key), libp2p.ResourceManager(unlimited), libp2p.DisableMetrics())
	if err != nil {
		return nil, fmt.Errorf("make a peer: %w", err)
	}
	c := &Conn{lib: lib, to: to, done: make(chan struct{})}
	lib.Network().Notify(&network.NotifyBundle{DisconnectedF: func(network.Network, network.Conn) { c.end() }})
	err = lib.Connect(ctx, *who)
	if conns := lib.Network().ConnsToPeer(who.ID); err == nil && len(conns) > 0 {
		c.Net = conns[0]
		return c, nil
	}
	_ = lib.Close()
	if err == nil {
		err = wire.ErrClosed
	}
	return nil, fmt.Errorf("dial: %w", err)
}

func (c *Conn) end() { c.once.Do(func() { close(c.done) }) }

// Local implements wire.Conn.
func (c *Conn) Local() []byte { return []byte(c.Net.LocalPeer()) }

// Remote implements wire.Conn.
func (c *Conn) Remote() []byte { return []byte(c.Net.RemotePeer()) }

// Dialled implements wire.Conn.
func (c *Conn) Dialled() bool { return true }

// Step implements wire.Conn.
func (c *Conn) Step() wire.Step { return wire.StepUnknown }

// Address implements wire.Conn.
func (c *Conn) Address() wire.Address { return c.to }

// Done implements wire.Conn.
func (c *Conn) Done() <-chan struct{} { return c.done }

// Open implements wire.Conn. It waits for no answer.
func (c *Conn) Open(ctx context.Context, name string) (wire.Stream, error) {
	s, err := c.Net.NewStream(ctx)
	if err != nil {
		return nil, fmt.Errorf("open a stream: %w", err)
	}
	return &stream{s, multistream.NewMSSelect(s, protocol.ID(name))}, nil
}

// Accept waits for the end of the connection.
func (c *Conn) Accept(ctx context.Context) (string, wire.Stream, error) {
	select {
	case <-c.done:
		return "", nil, wire.ErrClosed
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
}

// Close ends the connection and the peer.
func (c *Conn) Close() error {
	err := c.lib.Close()
	c.end()
	if err != nil {
		return fmt.Errorf("close a peer: %w", err)
	}
	return nil
}

// stream sends the protocol's name with its first bytes.
type stream struct {
	network.Stream
	lazy multistream.LazyConn
}

func (s *stream) Read(b []byte) (int, error)  { return s.lazy.Read(b) }
func (s *stream) Write(b []byte) (int, error) { return s.lazy.Write(b) }

// Close ends both ways at once.
func (s *stream) Close() error { return s.Reset() }
