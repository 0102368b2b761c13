package docsync

import "crypto/sha256"

// Key names an item: SHA-256 of its bytes.
type Key [32]byte

// ReplicaID names one device's counting of one collection. A restored backup
// counts anew under another name.
type ReplicaID [16]byte

// ofRecords names the same counting where only records count. Cursors of the two
// do not mix.
func (id ReplicaID) ofRecords() (r ReplicaID) {
	sum := sha256.Sum256(append([]byte("corkboard/records of/1"), id[:]...))
	copy(r[:], sum[:])
	return r
}

// Sort says how early an item should travel; it is visible to everybody.
type Sort uint8

// The sorts, in the order in which they travel.
const (
	Record  Sort = 1 + iota // who may do what: a sealed record
	Content                 // any other chunk
)

// Entry is an item as an index counts it.
type Entry struct {
	Place uint64 // when it came, from 1; there may be gaps
	Key   Key
	Sort  Sort
	Size  int // bytes, exactly
}

// An Index is the items of one collection on this device. Its methods are called
// on the goroutine of a Session; Bytes may block on a disk, the others do not.
type Index interface {
	Replica() ReplicaID
	// Last is the newest place, 0 if there is nothing.
	Last() uint64
	// After is the first max entries beyond a place, ascending by place.
	After(place uint64, max int) []Entry
	// Find is the entry of an item that is on disk here.
	Find(Key) (Entry, bool)
	// Keys is all keys from lo (included) to hi (excluded; zero: to the end),
	// ascending. Records only, if so asked. They are only read, and not after the
	// index is called again.
	Keys(lo, hi Key, records bool) []Key
	// Sum is the first 8 bytes of all keys, or of those of records, XORed.
	Sum(records bool) [8]byte
	// Bytes is an item.
	Bytes(Key) ([]byte, error)
	// Seen is up to which place of another's replica everything is on disk here.
	Seen(ReplicaID) uint64
}
