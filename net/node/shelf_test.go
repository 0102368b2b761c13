package node

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
	"time"

	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// shelves is some collections in memory.
type shelves struct {
	doc.Listeners
	lock sync.Mutex
	list []*shelf
}

func (s *shelves) Shelves() []Shelf {
	s.lock.Lock()
	defer s.lock.Unlock()
	var list []Shelf
	for _, x := range s.list {
		list = append(list, x)
	}
	return list
}

func (s *shelves) add(list ...*shelf) {
	s.lock.Lock()
	s.list = append(s.list, list...)
	s.lock.Unlock()
	s.Wake()
}

func (s *shelves) remove(x *shelf) {
	s.lock.Lock()
	s.list = slices.DeleteFunc(s.list, func(o *shelf) bool { return o == x })
	s.lock.Unlock()
	s.Wake()
}

// shelf is a collection in memory.
type shelf struct {
	doc.Listeners
	id      [32]byte
	replica docsync.ReplicaID
	stores  []Store

	lock    sync.Mutex
	entries []docsync.Entry
	places  map[docsync.Key]uint64
	sums    [2][8]byte // of all, of records
	bytes   map[docsync.Key][]byte
	seen    map[docsync.ReplicaID]uint64
	acked   map[identity.DeviceID]uint64
	rights  map[identity.DeviceID]docsync.Rights
	puts    int
	fail    error
	slow    time.Duration // what a commit takes
	lenient bool          // takes what is bad
}

func newShelf(collection, device string) *shelf {
	r := sha256.Sum256([]byte(collection + device))
	return &shelf{
		id:      sha256.Sum256([]byte(collection)),
		replica: docsync.ReplicaID(r[:16]),
		places:  map[docsync.Key]uint64{},
		bytes:   map[docsync.Key][]byte{},
		seen:    map[docsync.ReplicaID]uint64{},
		acked:   map[identity.DeviceID]uint64{},
		rights:  map[identity.DeviceID]docsync.Rights{},
	}
}

func (s *shelf) Collection() [32]byte       { return s.id }
func (s *shelf) Replica() docsync.ReplicaID { return s.replica }
func (s *shelf) Allows(doc.ID) bool         { return true }

func (s *shelf) Stores() []Store {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.stores
}

// keptAt is a storage peer from now on.
func (s *shelf) keptAt(store Store) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.stores = []Store{store}
}

// Rights is All, unless it was set otherwise.
func (s *shelf) Rights(who wire.Who) docsync.Rights {
	s.lock.Lock()
	defer s.lock.Unlock()
	if r, ok := s.rights[who.Device]; ok {
		return r
	}
	return docsync.All
}

// allow sets somebody's rights.
func (s *shelf) allow(p *person, r docsync.Rights) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.rights[p.who().Device] = r
}

func (s *shelf) Last() uint64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	return uint64(len(s.entries))
}

func (s *shelf) After(place uint64, most int) []docsync.Entry {
	s.lock.Lock()
	defer s.lock.Unlock()
	rest := s.entries[min(place, uint64(len(s.entries))):]
	return slices.Clone(rest[:min(most, len(rest))])
}

func (s *shelf) Find(k docsync.Key) (docsync.Entry, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	place, ok := s.places[k]
	if !ok {
		return docsync.Entry{}, false
	}
	return s.entries[place-1], true
}

func (s *shelf) Keys(lo, hi docsync.Key, records bool) []docsync.Key {
	s.lock.Lock()
	defer s.lock.Unlock()
	var keys []docsync.Key
	for _, e := range s.entries {
		if compare(e.Key, lo) >= 0 && (hi == docsync.Key{} || compare(e.Key, hi) < 0) && (!records || e.Sort == docsync.Record) {
			keys = append(keys, e.Key)
		}
	}
	slices.SortFunc(keys, compare)
	return keys
}

func compare(a, b docsync.Key) int { return slices.Compare(a[:], b[:]) }

func (s *shelf) Sum(records bool) [8]byte {
	s.lock.Lock()
	defer s.lock.Unlock()
	if records {
		return s.sums[1]
	}
	return s.sums[0]
}

func (s *shelf) Bytes(k docsync.Key) ([]byte, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	b, ok := s.bytes[k]
	if !ok {
		return nil, fmt.Errorf("item %x is not here", k[:4])
	}
	return slices.Clone(b), nil
}

func (s *shelf) Seen(r docsync.ReplicaID) uint64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.seen[r]
}

func (s *shelf) SetSeen(r docsync.ReplicaID, place uint64) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.seen[r] = max(place, s.seen[r])
}

func (s *shelf) SetAcked(_ docsync.ReplicaID, who wire.Who, place uint64) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.acked[who.Device] = max(place, s.acked[who.Device])
}

// Put takes texts that begin with R for a record, else with C; everything else is
// bad.
func (s *shelf) Put(_ context.Context, raws [][]byte) []error {
	errs := make([]error, len(raws))
	if s.slow > 0 {
		time.Sleep(s.slow)
	}
	s.lock.Lock()
	s.puts++
	for i, raw := range raws {
		errs[i] = s.put(raw)
	}
	s.lock.Unlock()
	s.Wake()
	return errs
}

func (s *shelf) put(raw []byte) error {
	if s.fail != nil {
		return s.fail
	}
	sort := docsync.Content
	switch {
	case len(raw) > 0 && raw[0] == 'R':
		sort = docsync.Record
	case !s.lenient && (len(raw) == 0 || raw[0] != 'C'):
		return ErrBadItem
	}
	k := docsync.Key(sha256.Sum256(raw))
	if s.bytes[k] != nil {
		return nil
	}
	s.bytes[k] = slices.Clone(raw)
	place := uint64(len(s.entries) + 1)
	s.places[k] = place
	s.entries = append(s.entries, docsync.Entry{Place: place, Key: k, Sort: sort, Size: len(raw)})
	for i := range s.sums[0] {
		s.sums[0][i] ^= k[i]
		if sort == docsync.Record {
			s.sums[1][i] ^= k[i]
		}
	}
	return nil
}

// write is an item of this device's own.
func (s *shelf) write(texts ...string) {
	var raws [][]byte
	for _, t := range texts {
		raws = append(raws, []byte(t))
	}
	s.Put(context.Background(), raws)
}

// texts is everything here, sorted.
func (s *shelf) texts() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	var list []string
	for _, b := range s.bytes {
		list = append(list, string(b))
	}
	slices.Sort(list)
	return list
}

// entry is an item that is there though nothing can be stored.
func (s *shelf) entry(text string) {
	s.lock.Lock()
	fail := s.fail
	s.fail = nil
	s.put([]byte(text))
	s.fail = fail
	s.lock.Unlock()
	s.Wake()
}
