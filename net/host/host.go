package host

import (
	"context"
	"fmt"

	"github.com/libp2p/go-libp2p"
	libhost "github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	quic "github.com/libp2p/go-libp2p/p2p/transport/quic"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"

	"corkboard/net/wire"
)

// Host listens and dials.
type Host struct {
	lib libhost.Host
}

// New listens on QUIC and TCP.
func New() (*Host, error) {
	lib, err := libp2p.New(
		libp2p.ListenAddrStrings("/ip4/0.0.0.0/tcp/0", "/ip4/0.0.0.0/udp/0/quic-v1"),
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Transport(quic.NewTransport),
		libp2p.Security(noise.ID, noise.New),
		libp2p.Muxer(yamux.ID, yamux.DefaultTransport),
		libp2p.DisableMetrics(),
		libp2p.Ping(false),
	)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return &Host{lib: lib}, nil
}

// Self is the name of this end.
func (h *Host) Self() []byte { return []byte(h.lib.ID()) }

// Addresses are where others may dial this end.
func (h *Host) Addresses() []wire.Address {
	var list []wire.Address
	for _, a := range h.lib.Addrs() {
		list = append(list, wire.Address(a.String()+"/p2p/"+h.lib.ID().String()))
	}
	return list
}

// connect dials an address.
func (h *Host) connect(ctx context.Context, to wire.Address) error {
	info, err := peer.AddrInfoFromString(string(to))
	if err != nil {
		return fmt.Errorf("read address: %w", err)
	}
	return h.lib.Connect(ctx, *info)
}

// Close ends every connection.
func (h *Host) Close() error { return h.lib.Close() }
