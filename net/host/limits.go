package host

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	"github.com/libp2p/go-libp2p/x/rate"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
)

// The limits of one host.
const (
	maxConns       = 1024      // in all
	maxConnsOfIP   = 256       // an office behind one router
	maxConnsOfPeer = 4         // that it has opened
	maxDialsOfPeer = 16        // that this end is trying: one for each address
	maxStreams     = 32        // that one peer may have open, of each direction
	maxHalfOpen    = 256       // connections that have not said who they are
	maxMemory      = 256 << 20 // buffers of all connections, bytes
	maxMemoryPeer  = 32 << 20  // buffers of one peer, bytes
	newConnsBurst  = 256       // of one public IP at once
	newConnsPerSec = 5         // and from then on
	callersBurst   = 512       // connections from outside, of all IPs, at once
	callersPerSec  = 40        // and from then on: each costs about two milliseconds of work
	callsBurst     = 128       // of one IP, also a local one
	callsPerSec    = 10        // and from then on
	trimFrom       = 960       // connections; the idlest are closed down to trimTo
	trimTo         = 800
)

// localNetworks may be dialled at any rate: those in them share no router with
// strangers.
var localNetworks = []string{
	"127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
	"169.254.0.0/16", "fc00::/7", "fe80::/10",
}

// limits counts what everybody uses and refuses what is too much.
func limits() (network.ResourceManager, error) {
	private := make([]rate.PrefixLimit, len(localNetworks))
	for i, p := range localNetworks {
		private[i].Prefix = netip.MustParsePrefix(p)
	}
	perSecond := rate.Limit{RPS: newConnsPerSec, Burst: newConnsBurst}
	manager, err := rcmgr.NewResourceManager(
		rcmgr.NewFixedLimiter(limitsOfScopes().Build(rcmgr.DefaultLimits.Scale(maxMemory, maxConns))),
		rcmgr.WithMetricsDisabled(),
		rcmgr.WithLimitPerSubnet(
			[]rcmgr.ConnLimitPerSubnet{{PrefixLength: 32, ConnCount: maxConnsOfIP}},
			[]rcmgr.ConnLimitPerSubnet{
				{PrefixLength: 56, ConnCount: maxConnsOfIP},
				{PrefixLength: 48, ConnCount: 2 * maxConnsOfIP},
			}),
		rcmgr.WithConnRateLimiters(&rate.Limiter{
			NetworkPrefixLimits: private,
			SubnetRateLimiter: rate.SubnetLimiter{
				IPv4SubnetLimits: []rate.SubnetLimit{{PrefixLength: 32, Limit: perSecond}},
				IPv6SubnetLimits: []rate.SubnetLimit{{PrefixLength: 56, Limit: perSecond}},
				GracePeriod:      time.Minute,
			},
		}))
	if err != nil {
		return nil, fmt.Errorf("set limits: %w", err)
	}
	return &door{ResourceManager: manager, callers: rate.Limiter{
		GlobalLimit: rate.Limit{RPS: callersPerSec, Burst: callersBurst},
		SubnetRateLimiter: rate.SubnetLimiter{
			IPv4SubnetLimits: []rate.SubnetLimit{{PrefixLength: 32, Limit: rate.Limit{RPS: callsPerSec, Burst: callsBurst}}},
			IPv6SubnetLimits: []rate.SubnetLimit{{PrefixLength: 56, Limit: rate.Limit{RPS: callsPerSec, Burst: callsBurst}}},
			GracePeriod:      time.Minute,
		},
	}}, nil
}

// errCalls says that too many have connected lately.
var errCalls = errors.New("too many new connections from outside")

// door lets so many in at a time, before any handshake: their number bounds what
// strangers make this host do, and those who are in go on as before. Its own dials do
// not count.
type door struct {
	network.ResourceManager
	callers rate.Limiter
}

// OpenConnection implements network.ResourceManager.
func (d *door) OpenConnection(dir network.Direction, usefd bool, endpoint ma.Multiaddr) (network.ConnManagementScope, error) {
	if dir == network.DirInbound && !d.callers.Allow(ipOf(endpoint)) {
		return nil, errCalls
	}
	return d.ResourceManager.OpenConnection(dir, usefd, endpoint)
}

// ipOf is where a connection comes from; none for one that is relayed by name.
func ipOf(endpoint ma.Multiaddr) netip.Addr {
	ip, err := manet.ToIP(endpoint)
	if err != nil {
		return netip.Addr{}
	}
	at, _ := netip.AddrFromSlice(ip)
	return at.Unmap()
}

// limitsOfScopes are the limits by whom they bound.
func limitsOfScopes() rcmgr.PartialLimitConfig {
	return rcmgr.PartialLimitConfig{
		System: rcmgr.ResourceLimits{
			Conns: maxConns, ConnsInbound: maxConns, ConnsOutbound: maxConns, FD: maxConns,
			Streams: 16 * maxConns, StreamsInbound: 8 * maxConns, StreamsOutbound: 8 * maxConns,
			Memory: maxMemory,
		},
		Transient: rcmgr.ResourceLimits{
			Conns: maxHalfOpen, ConnsInbound: maxHalfOpen, ConnsOutbound: maxHalfOpen, FD: maxHalfOpen,
			Streams: 2 * maxHalfOpen, StreamsInbound: maxHalfOpen, StreamsOutbound: maxHalfOpen,
			Memory: maxMemory / 4,
		},
		PeerDefault: rcmgr.ResourceLimits{
			Conns: maxDialsOfPeer, ConnsInbound: maxConnsOfPeer, ConnsOutbound: maxDialsOfPeer, FD: maxDialsOfPeer,
			Streams: 2 * maxStreams, StreamsInbound: maxStreams, StreamsOutbound: maxStreams,
			Memory: maxMemoryPeer,
		},
		ProtocolDefault: rcmgr.ResourceLimits{
			Streams: 4 * maxConns, StreamsInbound: 2 * maxConns, StreamsOutbound: 2 * maxConns,
			Memory: maxMemory,
		},
		ProtocolPeerDefault: rcmgr.ResourceLimits{
			Streams: 2 * maxStreams, StreamsInbound: maxStreams, StreamsOutbound: maxStreams,
			Memory: maxMemoryPeer,
		},
	}
}
