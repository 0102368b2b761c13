package node

import (
	"time"

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
