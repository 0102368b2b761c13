package host

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
	"github.com/libp2p/go-libp2p/core/sec"
	ma "github.com/multiformats/go-multiaddr"

	"corkboard/net/wire"
)

// ErrNobody says that nobody of this program answers at an address.
var ErrNobody = errors.New("nobody answers")

// Dial connects to an address: one multiaddr, or several of one peer with spaces
// between them, which are tried one shortly after the other. Without a name of the
// peer it takes whoever answers. It gives the connection that is there already,
// also one that Accept has given, unless that is relayed and the address is not.
// ErrAddress, ErrNobody with what the network says, wire.ErrClosed.
func (h *Host) Dial(ctx context.Context, to wire.Address) (wire.Conn, error) {
	t, err := readTarget(to)
	if err != nil {
		return nil, err
	}
	if t.id == "" {
		if t.id, t.ways, err = h.ask(ctx, t.ways); err != nil {
			return nil, err
		}
	}
	c := h.current(t.id)
	if c != nil && (c.Step() != wire.StepRelayed || relayedOnly(t.ways)) {
		return c, nil
	}
	if c != nil {
		ctx = network.WithForceDirectDial(ctx, agent)
	}
	return h.dial(ctx, t)
}

// dial opens a connection.
func (h *Host) dial(ctx context.Context, t target) (wire.Conn, error) {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil, wire.ErrClosed
	}
	h.dialling[t.id]++
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.dialling[t.id]--; h.dialling[t.id] == 0 {
			delete(h.dialling, t.id)
		}
	}()
	h.parts.swarm.Peerstore().AddAddrs(t.id, t.ways, peerstore.TempAddrTTL)
	h.parts.swarm.Backoff().Clear(t.id)
	ctx = network.WithAllowLimitedConn(ctx, agent)
	if _, err := h.parts.swarm.DialPeer(ctx, t.id); err != nil {
		return nil, fmt.Errorf("dial: %w: %w", ErrNobody, err)
	}
	if c := h.current(t.id); c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("dial: %w", wire.ErrClosed)
}

// ask finds out who answers at TCP addresses without a name: it asks for somebody
// who does not exist, and the refusal says who is there. ErrNobody with the reason.
func (h *Host) ask(ctx context.Context, ways []ma.Multiaddr) (peer.ID, []ma.Multiaddr, error) {
	key, _, err := crypto.GenerateEd25519Key(rand.Reader)
	if err != nil {
		return "", nil, fmt.Errorf("make a key to ask with: %w", err)
	}
	nobody, err := peer.IDFromPrivateKey(key)
	if err != nil {
		return "", nil, fmt.Errorf("make a name to ask for: %w", err)
	}
	var reasons []error
	for _, way := range ways {
		if !isTCP(way) || has(way, ma.P_CIRCUIT) {
			return "", nil, fmt.Errorf("%w: %s needs the name of who is there (/p2p/...)", ErrAddress, way)
		}
		resolved, err := resolve(ctx, way)
		if err != nil {
			reasons = append(reasons, err)
		}
		for _, r := range resolved {
			c, err := h.parts.tcp.Dial(ctx, r, nobody)
			var other sec.ErrPeerIDMismatch
			switch {
			case errors.As(err, &other):
				return other.Actual, []ma.Multiaddr{r}, nil
			case err == nil:
				c.Close()
			default:
				reasons = append(reasons, err)
			}
		}
	}
	return "", nil, fmt.Errorf("%w: %w", ErrNobody, errors.Join(reasons...))
}

// relayedOnly says whether every way leads over a relay.
func relayedOnly(ways []ma.Multiaddr) bool {
	for _, w := range ways {
		if !has(w, ma.P_CIRCUIT) {
			return false
		}
	}
	return true
}
