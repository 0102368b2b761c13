package node

import (
	"maps"
	"slices"
	"time"

	"corkboard/identity"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// Peer is somebody who is connected.
type Peer struct {
	Who         wire.Who // the device is proven; zero: nobody is named
	Passing     bool     // shares nothing: both look for people nearby
	Storage     bool     // a storage peer: Who.Device is its, and its person is nobody
	Step        wire.Step
	Address     wire.Address // "" if nobody knows
	Since       time.Time
	Collections []Progress // that both know
}

// Progress is how far a peer and this device are with one collection, as of 100 ms
// ago at most.
type Progress struct {
	Collection [32]byte
	Held       bool // what came could not be stored; tried again every 15 s
	docsync.Status
}

// Peers is who is connected now, once for each connection: for a moment there may
// be two to one device.
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
		Who:     l.whose(),
		Storage: l.storage != nil,
		Step:    l.conn.Step(),
		Address: l.conn.Address(),
		Since:   l.since,
		Passing: l.passing(),
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for id := range l.tags {
		if s, ok := l.told[id]; ok {
			p.Collections = append(p.Collections, s)
		} else {
			p.Collections = append(p.Collections, Progress{Collection: id})
		}
	}
	return p
}

// whose is who is there; of a storage peer only the device is known.
func (l *link) whose() wire.Who {
	if l.storage != nil {
		return wire.Who{Device: *l.storage}
	}
	return l.who
}

// named says that the other end has proven a device of its own.
func (l *link) named() bool { return l.who.Device != (identity.DeviceID{}) }

// tell notes how it stands with a collection; nil if it is not talked about.
func (l *link) tell(id [32]byte, p *Progress) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p == nil {
		delete(l.told, id)
	} else {
		l.told[id] = *p
	}
}

// tagged is the collections that both ends know, and what they are called on this
// connection.
func (l *link) tagged() map[[32]byte]docsync.Tag {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.tags)
}

// shared is the collections that both ends know.
func (l *link) shared() [][32]byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Keys(l.tags))
}

// wakeSync has the sync stream look at its collections again.
func (l *link) wakeSync() {
	select {
	case l.sync <- struct{}{}:
	default:
	}
}
