package node

import (
	"time"

	"corkboard/identity"
	"corkboard/net/wire"
)

// How long somebody is left alone, and how many are remembered.
const (
	banTime = 10 * time.Minute
	maxBans = 1024
)

// A fault says why somebody is left alone.
type fault uint8

const (
	stranger fault = 1 + iota // shares no secret with us, until we have new ones
	hostile                   // broke the protocol
)

type ban struct {
	why   fault
	until time.Time
}

// bans is who is left alone for a while, by device, name and address.
type bans map[string]ban

func nameKey(name []byte) string        { return "n" + string(name) }
func addressKey(at wire.Address) string { return "a" + string(at) }
func deviceKey(device [32]byte) string  { return "d" + string(device[:]) }

// add bans a key from now. If too many are banned, the one that ends first is
// forgotten.
func (b bans) add(key string, why fault, now time.Time) {
	if b.of(key, now) == hostile {
		why = hostile
	}
	b[key] = ban{why, now.Add(banTime)}
	if len(b) <= maxBans {
		return
	}
	first := key
	for k, v := range b {
		if v.until.Before(b[first].until) {
			first = k
		}
	}
	delete(b, first)
}

// of is why a key is banned, 0 if it is not.
func (b bans) of(key string, now time.Time) fault {
	v, ok := b[key]
	if !ok {
		return 0
	}
	if !now.Before(v.until) {
		delete(b, key)
		return 0
	}
	return v.why
}

// pardonStrangers forgets who shared no secret: we have others now.
func (b bans) pardonStrangers() {
	for k, v := range b {
		if v.why == stranger {
			delete(b, k)
		}
	}
}

// ledger is how many bad items each device has brought lately, on all its connections:
// whoever comes again does not begin anew.
type ledger map[identity.DeviceID]debt

type debt struct {
	items int
	until time.Time
}

// add counts one, and gives the number. If too many devices are remembered, the one
// that would be forgotten first is.
func (l ledger) add(device identity.DeviceID, now time.Time) int {
	d := l[device]
	if !now.Before(d.until) {
		d = debt{}
	}
	d.items, d.until = d.items+1, now.Add(banTime)
	l[device] = d
	if len(l) > maxBans {
		first := device
		for k, v := range l {
			if v.until.Before(l[first].until) {
				first = k
			}
		}
		delete(l, first)
	}
	return d.items
}

// charge notes a bad item of somebody, and says how many of theirs there were lately.
// It is 0 for those without a name, who cannot be told apart.
func (n *Node) charge(device identity.DeviceID) int {
	if device == (identity.DeviceID{}) {
		return 0
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.debts.add(device, time.Now())
}
