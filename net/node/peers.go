package node

import (
	"time"

	"corkboard/identity"
	"corkboard/net/wire"
)

// Peer is somebody who is connected.
type Peer struct {
	Who         wire.Who // zero: nobody is named
	Storage     bool     // a storage peer; Who.Device is its
	Step        wire.Step
	Address     wire.Address // "" if nobody knows
	Since       time.Time
	Collections []Progress
}

// Progress is how far a peer and this device are with one collection.
type Progress struct {
	Collection [32]byte
}

// Peers is who is connected now, once for each connection.
func (n *Node) Peers() []Peer {
	n.mu.Lock()
	defer n.mu.Unlock()
	var list []Peer
	for _, l := range n.links {
		if l.isShaken() && l.ctx.Err() == nil {
			list = append(list, l.peer())
		}
	}
	return list
}

func (l *link) peer() Peer {
	p := Peer{
		Who:     l.who,
		Storage: l.storage != nil,
		Step:    l.conn.Step(),
		Address: l.conn.Address(),
		Since:   l.since,
	}
	p.Who.Device = l.device()
	l.mu.Lock()
	defer l.mu.Unlock()
	for id := range l.running {
		p.Collections = append(p.Collections, Progress{Collection: id})
	}
	return p
}

// named says that the other end has proven a device of its own.
func (l *link) named() bool { return l.who.Device != (identity.DeviceID{}) }
