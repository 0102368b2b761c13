package replica

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/identity"
)

// Sort says what raw bytes are.
type Sort uint8

// The sorts, in the order in which they are best sent.
const (
	PersonRecord Sort = 1 + iota // of an identity.Log
	AccessRecord                 // of the collection's access.Log
	Chunk                        // sealed: genesis, run, change or piece
)

// MaxItem is the length of the longest item of any sort, in bytes.
const MaxItem = chunk.MaxChunk

// limit is the length of the longest item of a sort in bytes; 0: no such sort.
func (s Sort) limit() int {
	switch s {
	case PersonRecord:
		return identity.MaxRecord
	case AccessRecord:
		return access.MaxRecord
	case Chunk:
		return chunk.MaxChunk
	}
	return 0
}

// String is the sort in English.
func (s Sort) String() string {
	switch s {
	case PersonRecord:
		return "person record"
	case AccessRecord:
		return "access record"
	case Chunk:
		return "chunk"
	}
	return "item of no sort"
}

// A Key names raw bytes: their SHA-256. That of a chunk is its chunk.ID.
type Key [32]byte

// String is hexadecimal.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// An Item is what travels between replicas and what a store keeps.
type Item struct {
	Sort Sort
	Key  Key
	Raw  []byte // not to be changed
}

// newItem bounds and names raw bytes; it does not copy them.
func newItem(s Sort, raw []byte) (Item, error) {
	switch limit := s.limit(); {
	case limit == 0:
		return Item{}, fmt.Errorf("sort %d: %w", s, ErrSort)
	case len(raw) > limit:
		return Item{}, fmt.Errorf("%v of %d bytes: %w", s, len(raw), ErrTooLarge)
	}
	return Item{Sort: s, Key: sha256.Sum256(raw), Raw: raw}, nil
}
