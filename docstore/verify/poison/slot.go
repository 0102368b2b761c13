package poison

import (
	"bytes"
	"crypto/sha256"

	"corkboard/record"
)

// A slot is 128 bytes: version, order, document and hash of a change as a
// record, zeros, and 8 bytes of the SHA-256 of all that. A free one is zeros;
// so is, for us, one that was cut off in the middle: its core was never called.
const (
	slotSize    = 128
	sumSize     = 8
	maxSlots    = 8192
	maxDocument = 64
	slotVersion = 1
)

func encode(s Suspect) []byte {
	w := record.Writer{B: make([]byte, 0, slotSize)}
	w.Uint8(slotVersion)
	w.Uint(s.order)
	w.String(s.Document)
	w.Fixed(s.Hash[:])
	b := append(w.B, make([]byte, slotSize-sumSize-len(w.B))...)
	sum := sha256.Sum256(b)
	return append(b, sum[:sumSize]...)
}

func decode(b []byte) (s Suspect, ok bool) {
	if len(b) != slotSize {
		return s, false
	}
	body, sum := b[:slotSize-sumSize], sha256.Sum256(b[:slotSize-sumSize])
	r := record.NewReader(body)
	version := r.Uint8()
	s.order, s.Document, s.Hash = r.Uint(1<<62), r.String(maxDocument), r.Hash()
	return s, r.Err() == nil && version == slotVersion && bytes.Equal(sum[:sumSize], b[slotSize-sumSize:])
}
