package load

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"

	"corkboard/chunk"
	"corkboard/net/blind"
	"corkboard/net/docsync"
)

// shelf is what one person has: a docsync.Index in memory. Bytes of items are made again
// when they are asked for.
type shelf struct {
	mu      sync.Mutex
	person  int
	id      docsync.ReplicaID
	rows    []docsync.Entry
	places  map[docsync.Key]int // positions in rows
	sum     [8]byte
	seen    map[docsync.ReplicaID]uint64
	foreign int // items that came from the storage peer and are not this person's
}

func newShelf(person int) *shelf {
	s := &shelf{person: person, places: map[docsync.Key]int{}, seen: map[docsync.ReplicaID]uint64{}}
	binary.BigEndian.PutUint64(s.id[:], uint64(person)+1)
	return s
}

// sizes is how many of the sizes of chunks there are, the smallest first: up to a
// kilobyte, as those of edits are.
const sizes = 4

// item is one of a person, by number: a genesis or a change, as they are padded.
func item(person, number int) blind.Item {
	var seed [32]byte
	binary.BigEndian.PutUint64(seed[:], uint64(person))
	binary.BigEndian.PutUint64(seed[8:], uint64(number))
	b := make([]byte, chunk.Sizes()[number%sizes])
	_, _ = rand.NewChaCha8(seed).Read(b)
	b[0], b[1] = 1, byte(chunk.KindChange)
	return blind.Item{Key: sha256.Sum256(b), Sort: docsync.Content, Body: b}
}

// add puts the next item on the shelf, and gives it.
func (s *shelf) add() blind.Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := item(s.person, len(s.rows))
	s.places[i.Key] = len(s.rows)
	s.rows = append(s.rows, docsync.Entry{Place: uint64(len(s.rows)) + 1, Key: i.Key, Sort: i.Sort, Size: len(i.Body)})
	for k := range s.sum {
		s.sum[k] ^= i.Key[k]
	}
	return i
}

// Replica implements docsync.Index.
func (s *shelf) Replica() docsync.ReplicaID { return s.id }

// Last implements docsync.Index.
func (s *shelf) Last() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return uint64(len(s.rows))
}

// After implements docsync.Index.
func (s *shelf) After(place uint64, most int) []docsync.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	from := min(int(place), len(s.rows))
	return slices.Clone(s.rows[from:min(from+most, len(s.rows))])
}

// Find implements docsync.Index.
func (s *shelf) Find(k docsync.Key) (docsync.Entry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.places[k]
	if !ok {
		return docsync.Entry{}, false
	}
	return s.rows[at], true
}

// Keys implements docsync.Index.
func (s *shelf) Keys(lo, hi docsync.Key, records bool) (list []docsync.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.places {
		if !records && bytes.Compare(k[:], lo[:]) >= 0 && (hi == docsync.Key{} || bytes.Compare(k[:], hi[:]) < 0) {
			list = append(list, k)
		}
	}
	slices.SortFunc(list, func(a, b docsync.Key) int { return bytes.Compare(a[:], b[:]) })
	return list
}

// Sum implements docsync.Index.
func (s *shelf) Sum(records bool) [8]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if records {
		return [8]byte{}
	}
	return s.sum
}

// Bytes implements docsync.Index.
func (s *shelf) Bytes(k docsync.Key) ([]byte, error) {
	s.mu.Lock()
	at, ok := s.places[k]
	s.mu.Unlock()
	if !ok {
		return nil, fmt.Errorf("there is no item %x", k[:4])
	}
	return item(s.person, at).Body, nil
}

// Seen implements docsync.Index.
func (s *shelf) Seen(of docsync.ReplicaID) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[of]
}

func (s *shelf) setSeen(of docsync.ReplicaID, place uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[of] = place
}
