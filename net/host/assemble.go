package host

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"time"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/sec"
	"github.com/libp2p/go-libp2p/core/transport"
	"github.com/libp2p/go-libp2p/p2p/host/eventbus"
	"github.com/libp2p/go-libp2p/p2p/host/peerstore/pstoremem"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
	"github.com/libp2p/go-libp2p/p2p/net/upgrader"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	quictransport "github.com/libp2p/go-libp2p/p2p/transport/quic"
	"github.com/libp2p/go-libp2p/p2p/transport/quicreuse"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	"github.com/quic-go/quic-go"
)

const (
	dialTimeout      = 10 * time.Second
	dialTimeoutLocal = 4 * time.Second
)

// parts are what a host is made of, below libp2p's own services.
type parts struct {
	swarm    *swarm.Swarm
	upgrader transport.Upgrader
	tcp      transport.Transport
	quic     *quicreuse.ConnManager
	bus      event.Bus
}

// assemble makes the parts, which listen nowhere yet.
func assemble(key crypto.PrivKey) (*parts, error) {
	id, err := peer.IDFromPrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("name of the host key: %w", err)
	}
	store, err := pstoremem.NewPeerstore()
	if err != nil {
		return nil, fmt.Errorf("keep addresses: %w", err)
	}
	if err := store.AddPrivKey(id, key); err != nil {
		return nil, fmt.Errorf("keep the host key: %w", err)
	}
	manager, err := limits()
	if err != nil {
		return nil, err
	}
	bus := eventbus.NewBus()
	sw, err := swarm.NewSwarm(id, store, bus,
		swarm.WithResourceManager(manager),
		swarm.WithDialTimeout(dialTimeout),
		swarm.WithDialTimeoutLocal(dialTimeoutLocal),
		swarm.WithDialRanker(rank),
		swarm.WithUDPBlackHoleSuccessCounter(nil),
		swarm.WithIPv6BlackHoleSuccessCounter(nil))
	if err != nil {
		return nil, fmt.Errorf("make a swarm: %w", err)
	}
	p := &parts{swarm: sw, bus: bus}
	if err := p.addTransports(key, manager); err != nil {
		sw.Close()
		return nil, err
	}
	return p, nil
}

// addTransports adds TCP under Noise, and QUIC.
func (p *parts) addTransports(key crypto.PrivKey, manager network.ResourceManager) error {
	muxers := []upgrader.StreamMuxer{{ID: yamux.ID, Muxer: yamux.DefaultTransport}}
	secured, err := noise.New(noise.ID, key, muxers)
	if err != nil {
		return fmt.Errorf("make Noise: %w", err)
	}
	p.upgrader, err = upgrader.New([]sec.SecureTransport{secured}, muxers, nil, manager, nil)
	if err != nil {
		return fmt.Errorf("make TCP's upgrade: %w", err)
	}
	// Dialling from the port that is listened on would let two ends that dial each
	// other at the same moment meet in one half-made connection.
	overTCP, err := tcp.NewTCPTransport(p.upgrader, manager, nil,
		tcp.DisableReuseport(), tcp.WithConnectionTimeout(dialTimeoutLocal))
	if err != nil {
		return fmt.Errorf("make TCP: %w", err)
	}
	p.tcp = overTCP
	var reset quic.StatelessResetKey
	var token quic.TokenGeneratorKey
	rand.Read(reset[:])
	rand.Read(token[:])
	p.quic, err = quicreuse.NewConnManager(reset, token,
		quicreuse.ConnContext(counted(manager)),
		quicreuse.VerifySourceAddress(func(a net.Addr) bool { return manager.VerifySourceAddress(a) }))
	if err != nil {
		return fmt.Errorf("make QUIC's sockets: %w", err)
	}
	overQUIC, err := quictransport.NewTransport(key, p.quic, nil, nil, manager)
	if err != nil {
		return fmt.Errorf("make QUIC: %w", err)
	}
	for _, t := range []transport.Transport{overTCP, overQUIC} {
		if err := p.swarm.AddTransport(t); err != nil {
			return fmt.Errorf("add a transport: %w", err)
		}
	}
	return nil
}

// counted lets the limits see an incoming QUIC connection before its handshake.
func counted(manager network.ResourceManager) func(context.Context, *quic.ClientInfo) (context.Context, error) {
	return func(ctx context.Context, from *quic.ClientInfo) (context.Context, error) {
		address, err := quicreuse.ToQuicMultiaddr(from.RemoteAddr, quic.Version1)
		if err != nil {
			return ctx, fmt.Errorf("address of a QUIC client: %w", err)
		}
		scope, err := manager.OpenConnection(network.DirInbound, false, address)
		if err != nil {
			return ctx, err
		}
		ctx = network.WithConnManagementScope(ctx, scope)
		context.AfterFunc(ctx, scope.Done)
		return ctx, nil
	}
}
