package node

import (
	"context"
	"errors"

	"corkboard/identity"
	"corkboard/net/wire"
)

// ErrAway says that somebody is not connected now.
var ErrAway = errors.New("not connected")

// OpenAt begins a stream of a protocol with a storage peer that is connected. It ends
// with the connection; its reader closes it. Errors: ErrAway, those of the transport.
func (n *Node) OpenAt(ctx context.Context, storage identity.DeviceID, protocol string) (wire.Stream, error) {
	l := n.storageLink(storage)
	if l == nil {
		return nil, ErrAway
	}
	return l.conn.Open(ctx, protocol)
}

// Reconnect ends the connection with a storage peer, if there is one, and dials it
// anew: what has been registered there meanwhile is found by the next handshake.
func (n *Node) Reconnect(storage identity.DeviceID) {
	if l := n.storageLink(storage); l != nil {
		l.end(errAnew)
	}
}

func (n *Node) storageLink(storage identity.DeviceID) *link {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range n.links {
		if l.isShaken() && l.storage != nil && *l.storage == storage && l.ctx.Err() == nil {
			return l
		}
	}
	return nil
}
