package app

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/net/docsync"
	"corkboard/net/host"
	"corkboard/net/node"
	"corkboard/net/wire"
)

// shelves is the shared collections, as the network asks for them.
type shelves struct {
	a *App

	mu   sync.Mutex
	made map[access.RecordID]*shelf
}

// Shelves implements node.Shelves.
func (s *shelves) Shelves() []node.Shelf {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []node.Shelf
	for _, c := range s.a.offeredCircles() {
		id := c.ID
		sh := s.made[id]
		if sh == nil {
			kept, err := s.a.store.Shelf(id)
			if err != nil {
				s.a.opts.Log.Error("a shared collection cannot be read", "err", err)
				continue
			}
			sh = &shelf{Shelf: kept, a: s.a, id: id}
			s.made[id] = sh
			kept.Subscribe(s.a.files.poke)
			kept.SubscribeShown(s.a.files.poke)
			s.a.files.poke() // for what came before
		}
		out = append(out, sh)
	}
	return out
}

// Subscribe implements node.Shelves.
func (s *shelves) Subscribe(wake func()) (cancel func()) { return s.a.company.records.Subscribe(wake) }

// storageMark stands in links before the address of a storage peer: it is spoken with
// otherwise than with a member.
const storageMark = "storage:"

// shelf is one collection, as the network asks for it.
type shelf struct {
	*docstore.Shelf
	a  *App
	id access.RecordID
}

func (s *shelf) circle() docstore.Collection {
	s.a.circles.mu.Lock()
	defer s.a.circles.mu.Unlock()
	return s.a.circles.byID[s.id]
}

// Collection implements node.Shelf.
func (s *shelf) Collection() [32]byte { return s.id }

// Rights implements node.Shelf: members get all, and whoever knows the collection gets
// its records, with which one joins.
func (s *shelf) Rights(who wire.Who) docsync.Rights {
	c := s.circle()
	if c.State == nil || c.State.Role(who.Person) < access.Store {
		return docsync.Records
	}
	if c.State.Left[access.Seat{Person: who.Person, Device: who.Device}] || !c.People[who.Person].Active(who.Device) {
		return docsync.Records
	}
	return docsync.All
}

// Put implements node.Shelf.
func (s *shelf) Put(ctx context.Context, raws [][]byte) []error {
	errs := s.Shelf.Put(ctx, raws)
	for n, err := range errs {
		if err != nil && !docstore.Passing(err) {
			errs[n] = fmt.Errorf("%w: %w", node.ErrBadItem, err)
		}
	}
	return errs
}

// Replica implements docsync.Index.
func (s *shelf) Replica() docsync.ReplicaID { return s.Shelf.Replica() }

// After implements docsync.Index.
func (s *shelf) After(place uint64, max int) []docsync.Entry {
	list := s.Shelf.After(place, max)
	out := make([]docsync.Entry, len(list))
	for n, e := range list {
		out[n] = entry(e)
	}
	return out
}

// Find implements docsync.Index.
func (s *shelf) Find(key docsync.Key) (docsync.Entry, bool) {
	e, ok := s.Shelf.Find(key)
	return entry(e), ok
}

func entry(e docstore.Entry) docsync.Entry {
	sort := docsync.Content
	if e.Record {
		sort = docsync.Record
	}
	return docsync.Entry{Place: e.Place, Key: e.Key, Sort: sort, Size: e.Size}
}

// Keys implements docsync.Index.
func (s *shelf) Keys(lo, hi docsync.Key, records bool) []docsync.Key {
	list := s.Shelf.Keys(lo, hi, records)
	out := make([]docsync.Key, len(list))
	for n, k := range list {
		out[n] = k
	}
	return out
}

// Bytes implements docsync.Index.
func (s *shelf) Bytes(key docsync.Key) ([]byte, error) { return s.Shelf.Bytes(key) }

// Seen implements docsync.Index.
func (s *shelf) Seen(of docsync.ReplicaID) uint64 { return s.Shelf.Seen(of) }

// SetSeen implements node.Shelf.
func (s *shelf) SetSeen(of docsync.ReplicaID, place uint64) {
	s.SetPeer(of, identity.PersonID{}, identity.DeviceID{}, place, 0)
}

// SetAcked implements node.Shelf. What a device has is noted under its own name: the
// name of its counting is not told along.
func (s *shelf) SetAcked(own docsync.ReplicaID, who wire.Who, place uint64) {
	if own == s.Replica() {
		s.SetPeer([16]byte(who.Device[:16]), who.Person, who.Device, 0, place)
	}
}

// Stores implements node.Shelf.
func (s *shelf) Stores() []node.Store {
	var out []node.Store
	c := s.circle()
	if c.State == nil {
		return nil
	}
	if len(c.State.Members) == 0 { // nothing has come yet: the link tells where to begin
		for _, at := range c.At {
			at, stored := strings.CutPrefix(at, storageMark)
			if device, ok := host.DeviceAt(wire.Address(at)); ok && stored {
				out = append(out, node.Store{Device: device, Addresses: []wire.Address{wire.Address(at)}})
			}
		}
	}
	for device, at := range c.State.Stores {
		st := node.Store{Device: device}
		for _, a := range strings.Fields(at) {
			st.Addresses = append(st.Addresses, wire.Address(a))
		}
		out = append(out, st)
	}
	return out
}

// Allows implements node.Shelf.
func (s *shelf) Allows(board doc.ID) bool {
	c, ok := s.a.belongsTo(board)
	return ok && c == s.id
}
