package host

import (
	"bytes"
	"slices"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"

	"corkboard/net/wire"
)

// together is how far apart two connections may open and still count as both ends
// dialling at once. Later than that, the older one is dead for whoever dialled anew.
const together = 10 * time.Second

type verdict int

const (
	keepBoth verdict = iota
	keepOld
	keepNew
)

// judge says which of two connections to one peer stays. Both ends come to the same
// answer, in whichever order they see the two:
//   - a direct one rather than a relayed one;
//   - of two that the same end has dialled, that end decides, and keeps the first;
//   - of two dialled at once from both ends, the one of the smaller name;
//   - otherwise the newer.
func judge(old, new *conn) verdict {
	oldFar, newFar := old.Step() == wire.StepRelayed, new.Step() == wire.StepRelayed
	switch {
	case oldFar && !newFar:
		return keepNew
	case newFar && !oldFar:
		return keepOld
	case old.dialled && new.dialled:
		return keepOld
	case !old.dialled && !new.dialled:
		return keepBoth
	case new.opened.Sub(old.opened) > together:
		return keepNew
	}
	smaller := bytes.Compare(new.Local(), new.Remote()) < 0
	if new.dialled == smaller {
		return keepNew
	}
	return keepOld
}

// connected takes a new connection in, or closes it where another stays.
func (h *Host) connected(_ network.Network, n network.Conn) {
	c := newConn(h, n)
	p := n.RemotePeer()
	var losers []*conn
	h.mu.Lock()
	for _, old := range h.peers[p] {
		switch judge(old, c) {
		case keepNew:
			losers = append(losers, old)
		case keepOld:
			losers = append(losers, c)
		}
	}
	lost := h.closed || slices.Contains(losers, c)
	if !lost {
		stay := slices.DeleteFunc(h.peers[p], func(x *conn) bool { return slices.Contains(losers, x) })
		h.peers[p] = append(stay, c)
	}
	awaited := c.dialled && h.dialling[p] > 0
	h.mu.Unlock()
	if lost {
		go c.Close()
		return
	}
	if c.dialled {
		go c.ping()
	}
	for _, old := range losers {
		go old.Close()
	}
	if awaited {
		return
	}
	select {
	case h.incoming <- c:
	default:
		go c.Close()
	}
}

// disconnected ends what stood on a connection that is gone.
func (h *Host) disconnected(_ network.Network, n network.Conn) {
	if c := h.find(n); c != nil {
		c.end()
	}
}

// find is the connection that stands on n, nil if it is not kept.
func (h *Host) find(n network.Conn) *conn {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, c := range h.peers[n.RemotePeer()] {
		if c.net.ID() == n.ID() {
			return c
		}
	}
	return nil
}

// current is the connection to use for a peer, nil if there is none: a direct one
// before a relayed one, then the latest.
func (h *Host) current(p peer.ID) *conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	var best *conn
	for _, c := range h.peers[p] {
		if best == nil || c.Step() <= best.Step() {
			best = c
		}
	}
	return best
}

// all are the connections there are.
func (h *Host) all() []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*conn
	for _, conns := range h.peers {
		list = append(list, conns...)
	}
	return list
}

// forget takes a connection out.
func (h *Host) forget(c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := c.net.RemotePeer()
	h.peers[p] = slices.DeleteFunc(h.peers[p], func(x *conn) bool { return x == c })
	if len(h.peers[p]) == 0 {
		delete(h.peers, p)
		delete(h.reserved, p)
	}
}
