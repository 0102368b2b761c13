package node

import (
	"bytes"
	"slices"

	"corkboard/identity"
	"corkboard/net/wire"
)

// catalog is the collections as they were when it was made. It never changes.
type catalog struct {
	version   uint64 // higher than that of every older one that differs
	shelves   map[[32]byte]Shelf
	meet      []meeting // by which members find each other
	stores    map[identity.DeviceID][]meeting
	addresses map[wire.Address]identity.DeviceID // of storage peers
	nearby    bool                               // people on this network are looked for
}

// meeting is a secret, and the collection that it stands for; nil for a tenancy or a door.
type meeting struct {
	secret wire.Secret
	shelf  Shelf
}

// makeCatalog lists collections, tenancies and doors, and whether people nearby are looked
// for. Its version is that of the old one if handshakes would go as with that.
func makeCatalog(shelves []Shelf, tenancies []Tenancy, doors []wire.Secret, nearby bool, old *catalog) *catalog {
	c := &catalog{
		version:   old.version,
		shelves:   map[[32]byte]Shelf{},
		stores:    map[identity.DeviceID][]meeting{},
		addresses: map[wire.Address]identity.DeviceID{},
		nearby:    nearby,
	}
	if nearby {
		c.meet = append(c.meet, meeting{everybody, nil})
	}
	for _, secret := range doors {
		c.meet = append(c.meet, meeting{secret, nil})
	}
	for _, s := range shelves {
		id := s.Collection()
		if c.shelves[id] != nil {
			continue
		}
		c.shelves[id] = s
		if len(c.meet) < wire.MaxSecrets {
			c.meet = append(c.meet, meeting{wire.MeetSecret(id), s})
		}
		for _, store := range s.Stores() {
			c.addStore(store, meeting{wire.NamespaceSecret(id, store.Device), s})
		}
	}
	for _, t := range tenancies {
		c.addStore(t.Store, meeting{t.Secret, nil})
	}
	if !c.like(old) {
		c.version++
	}
	return c
}

func (c *catalog) addStore(s Store, m meeting) {
	if at := c.stores[s.Device]; len(at) < wire.MaxSecrets && !slices.Contains(at, m) {
		c.stores[s.Device] = append(at, m)
	}
	for _, a := range s.Addresses {
		c.addresses[a] = s.Device
	}
}

// empty says that nobody could have anything in common with us.
func (c *catalog) empty() bool { return len(c.meet) == 0 && len(c.stores) == 0 }

func (c *catalog) like(old *catalog) bool {
	if !same(c.meet, old.meet) || len(c.stores) != len(old.stores) {
		return false
	}
	for device, at := range c.stores {
		if !same(at, old.stores[device]) {
			return false
		}
	}
	return true
}

// same compares sets, in which nothing stands twice.
func same(a, b []meeting) bool {
	if len(a) != len(b) {
		return false
	}
	in := make(map[meeting]bool, len(a))
	for _, m := range a {
		in[m] = true
	}
	for _, m := range b {
		if !in[m] {
			return false
		}
	}
	return true
}

// store is the storage peer whose connection has this name: the name of a device
// that keeps its key ends with its public key.
func (c *catalog) store(name []byte) (identity.DeviceID, bool) {
	for device := range c.stores {
		if bytes.HasSuffix(name, device[:]) {
			return device, true
		}
	}
	return identity.DeviceID{}, false
}

// at is the secrets for a connection: people nearby are on the same network.
func (c *catalog) at(step wire.Step) []meeting {
	if c.nearby && step != wire.StepLocal {
		return c.meet[1:]
	}
	return c.meet
}

func secretsOf(list []meeting) []wire.Secret {
	out := make([]wire.Secret, len(list))
	for i, m := range list {
		out[i] = m.secret
	}
	return out
}
