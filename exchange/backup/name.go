package backup

import (
	"fmt"
	"strings"
)

// The names of entries, in the order in which they come. Blobs follow, by id.
const (
	headName = "corkboard-backup"

	Header  = "header.json" // of the profile
	Keys    = "keys"        // whose profile it is, in the clear
	Log     = "log.db"      // a copy of it at one moment
	Device  = "device.json" // what is remembered on one device; need not be there
	Unseen  = "unseen.json" // likewise
	Keymap  = "keys.json"   // likewise
	blobDir = "blobs/"
)

// order is the names, and how many bytes each may have.
var order = []struct {
	name string
	most int64
}{
	{headName, 4 << 10}, {Header, 64 << 10}, {Keys, 64 << 10}, {Log, maxSize},
	{Device, 8 << 20}, {Unseen, 8 << 20}, {Keymap, 256 << 10},
}

const (
	maxSize    = 1 << 42 // bytes of an entry
	maxEntries = 1 << 22
	idLength   = 64 // hexadecimal digits
)

// BlobName is that of the file with an id.
func BlobName(id string) string { return blobDir + id }

// BlobID is the id of a blob's entry; false for other entries.
func BlobID(name string) (id string, ok bool) {
	id, ok = strings.CutPrefix(name, blobDir)
	return id, ok && len(id) == idLength && strings.Trim(id, "0123456789abcdef") == ""
}

// sequence sees to it that entries come as they should.
type sequence struct {
	last  string // of the names so far
	rank  int    // of last
	count int
}

// take notes the next entry. Errors: ErrOrder.
func (s *sequence) take(name string, size int64) error {
	rank, most := rankOf(name)
	switch {
	case rank < 0, s.last == "" && rank > 0, s.last != "" && rank < s.rank, rank == s.rank && name <= s.last:
		return fmt.Errorf("entry %.80q: %w", name, ErrOrder)
	case size < 0 || size > most || s.count >= maxEntries:
		return fmt.Errorf("entry %.80q of %d bytes: %w", name, size, ErrOrder)
	}
	s.last, s.rank = name, rank
	s.count++
	return nil
}

// rankOf is where a name stands, and how long such an entry may be; below 0 for none.
func rankOf(name string) (rank int, most int64) {
	for n, o := range order {
		if o.name == name {
			return n, o.most
		}
	}
	if _, ok := BlobID(name); ok {
		return len(order), maxSize
	}
	return -1, 0
}
