package replica

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"corkboard/access"
	"corkboard/identity"
	"corkboard/net/docsync"
)

// shelf is what a node's disk keeps beside its items, so that they can be
// exchanged: places, and how far others' were followed. What travels is an item
// with its sort before it.
type shelf struct {
	n        *node
	id       docsync.ReplicaID
	entries  []docsync.Entry
	at       map[docsync.Key]int
	items    map[docsync.Key]Key
	sorted   []docsync.Key
	cursor   map[docsync.ReplicaID]uint64
	written  map[docsync.ReplicaID]uint64 // the cursor that is on disk
	sums     [2][8]byte                   // of entries up to summed, but for absent ones,
	summed   int
	absent   int
	summing  *Replica // and what the replica held then
	held     int
	gone     int
	records  int // of the access log when its authors were looked up
	authored map[identity.PersonID]bool
}

func newShelf(n *node, seed uint64) *shelf {
	name := sha256.Sum256(fmt.Appendf(nil, "%d %d", seed, n.at))
	return &shelf{
		n: n, id: docsync.ReplicaID(name[:16]), at: map[docsync.Key]int{}, items: map[docsync.Key]Key{},
		cursor: map[docsync.ReplicaID]uint64{}, written: map[docsync.ReplicaID]uint64{}, authored: map[identity.PersonID]bool{},
	}
}

func sealed(i Item) []byte { return append([]byte{byte(i.Sort)}, i.Raw...) }

// count gives a place to an item that is on disk now.
func (s *shelf) count(i Item) {
	raw := sealed(i)
	k := docsync.Key(sha256.Sum256(raw))
	if _, here := s.at[k]; here {
		return
	}
	sort := docsync.Content
	if i.Sort != Chunk {
		sort = docsync.Record
	}
	s.at[k], s.items[k] = len(s.entries), i.Key
	s.entries = append(s.entries, docsync.Entry{Place: s.Last() + 1, Key: k, Sort: sort, Size: len(raw)})
	at, _ := slices.BinarySearchFunc(s.sorted, k, compareSynced)
	s.sorted = slices.Insert(s.sorted, at, k)
}

func compareSynced(a, b docsync.Key) int { return slices.Compare(a[:], b[:]) }

// trusts says whether somebody has ever acted in the collection, as far as is
// known here.
func (s *shelf) trusts(p identity.PersonID) bool {
	if log := s.n.r.log; log.Len() != s.records {
		s.records = log.Len()
		for _, r := range log.All() {
			s.authored[r.Author] = true
		}
	}
	return s.authored[p] || s.n.player.id == p
}

func (s *shelf) here(e docsync.Entry, records bool) bool {
	return s.n.r.held.has(s.items[e.Key]) && (!records || e.Sort == docsync.Record)
}

func (s *shelf) Replica() docsync.ReplicaID { return s.id }

func (s *shelf) Last() uint64 { return uint64(len(s.entries)) }

func (s *shelf) After(place uint64, most int) []docsync.Entry {
	var list []docsync.Entry
	for _, e := range s.entries[min(place, s.Last()):] {
		if len(list) < most && s.here(e, false) {
			list = append(list, e)
		}
	}
	return list
}

func (s *shelf) Find(k docsync.Key) (docsync.Entry, bool) {
	at, known := s.at[k]
	if !known || !s.here(s.entries[at], false) {
		return docsync.Entry{}, false
	}
	return s.entries[at], true
}

func (s *shelf) Keys(lo, hi docsync.Key, records bool) []docsync.Key {
	i, _ := slices.BinarySearchFunc(s.sorted, lo, compareSynced)
	j := len(s.sorted)
	if hi != (docsync.Key{}) {
		j, _ = slices.BinarySearchFunc(s.sorted, hi, compareSynced)
	}
	return slices.DeleteFunc(slices.Clone(s.sorted[i:j]), func(k docsync.Key) bool {
		return !s.here(s.entries[s.at[k]], records)
	})
}

// Sum adds what came since it was last asked for. What was summed and has gone, and what
// was absent and may have come again, makes it begin anew.
func (s *shelf) Sum(records bool) [8]byte {
	held := &s.n.r.held
	if s.n.r != s.summing || held.gone != s.gone || s.absent > 0 && len(held.at) != s.held {
		s.summing, s.gone = s.n.r, held.gone
		s.sums, s.summed, s.absent = [2][8]byte{}, 0, 0
	}
	for _, e := range s.entries[s.summed:] {
		if !s.here(e, false) {
			s.absent++
			continue
		}
		for i := range e.Key[:8] {
			s.sums[0][i] ^= e.Key[i]
			if e.Sort == docsync.Record {
				s.sums[1][i] ^= e.Key[i]
			}
		}
	}
	s.summed, s.held = len(s.entries), len(held.at)
	if records {
		return s.sums[1]
	}
	return s.sums[0]
}

func (s *shelf) Bytes(k docsync.Key) ([]byte, error) {
	i, held := s.n.r.Item(s.items[k])
	if !held {
		return nil, access.ErrUnknown
	}
	return sealed(i), nil
}

func (s *shelf) Seen(id docsync.ReplicaID) uint64 { return s.cursor[id] }
