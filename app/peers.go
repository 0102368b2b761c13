package app

import (
	"context"
	"errors"
	"time"

	"corkboard/identity"
	"corkboard/net/host"
	"corkboard/net/node"
	"corkboard/net/wire"
)

// How often an address that a person typed is tried, and the pause between.
const (
	dialTries = 3
	dialPause = 500 * time.Millisecond
)

// peersPace is the least time between two looks at who is here: with many others it
// changes with every key that one of them presses.
const peersPace = 100 * time.Millisecond

// watchPeers looks who is here, now and whenever that may have changed, until the
// context ends.
func (t *company) watchPeers(ctx context.Context, stir <-chan struct{}) {
	for {
		t.peersChanged()
		select {
		case <-ctx.Done():
			return
		case <-time.After(peersPace):
		}
		select {
		case <-ctx.Done():
			return
		case <-stir:
		}
	}
}

// peersChanged notes who is here.
func (t *company) peersChanged() {
	t.mu.Lock()
	if t.node == nil {
		t.mu.Unlock()
		return
	}
	here, devices, fresh := map[identity.PersonID]bool{}, map[identity.DeviceID]node.Peer{}, false
	now := t.a.opts.Now()
	for _, p := range t.node.Peers() {
		if p.Passing {
			continue
		}
		devices[p.Who.Device] = p
		t.lastSeen[p.Who.Device] = now
		if _, before := t.devices[p.Who.Device]; !before {
			fresh = true
		}
		if p.Who.Person != (identity.PersonID{}) {
			here[p.Who.Person] = true
			t.seen[p.Who.Person] = now
		}
	}
	t.here, t.devices = here, devices
	t.mu.Unlock()
	t.hub.Again() // what has come may be a board that is shown already
	if fresh {
		t.a.files.again()
		t.rouseStorage()
	}
	t.Wake()
}

func (t *company) personHere(p identity.PersonID) (here bool, seen time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.here[p], t.seen[p]
}

func (t *company) deviceHere(d identity.DeviceID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, here := t.devices[d]
	return here
}

// deviceSeen is when a device was here last: since this start, or when it was dialled
// before.
func (t *company) deviceSeen(d identity.DeviceID) (seen time.Time) {
	for _, m := range t.a.Device().Met {
		if at := time.UnixMilli(m.At); m.Device == d.String() && at.After(seen) {
			seen = at
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if at := t.lastSeen[d]; at.After(seen) {
		return at
	}
	return seen
}

func (t *company) present() *node.Node {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.node
}

// hint says that somebody may be found at addresses; those of storage peers are looked
// up otherwise.
func (t *company) hint(list ...string) {
	n := t.present()
	if n == nil {
		return
	}
	for _, at := range list {
		if to, err := t.parse(at); err == nil {
			n.Hint(to, node.Asked)
		}
	}
}

// parse reads an address in the words of the transport.
func (t *company) parse(at string) (wire.Address, error) {
	if t.a.opts.Network.Transport != nil {
		return wire.Address(at), nil
	}
	return host.ParseAddress(at)
}

// deliver has invitations offered to those who are connected.
func (t *company) deliver() {
	if n := t.present(); n != nil {
		n.Deliver()
	}
}

// DialManually connects to an address that a person typed. It blocks until the
// connection is made and both have found out whether they share anything. Errors:
// ErrNobodyMet, those of host.ParseAddress and node.Dial.
func (a *App) DialManually(ctx context.Context, address string) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	to, err := a.company.parse(address)
	if err != nil {
		return err
	}
	n := a.company.present()
	if n == nil {
		return ErrNobodyMet
	}
	for try := 1; ; try++ {
		err := n.Dial(ctx, to)
		if err == nil || try == dialTries || errors.Is(err, wire.ErrStranger) || errors.Is(err, node.ErrBanned) || errors.Is(err, node.ErrCrowded) {
			return err
		}
		select { // perhaps both have dialled at once, and the other connection is still to come
		case <-time.After(dialPause):
		case <-ctx.Done():
			return err
		}
	}
}
