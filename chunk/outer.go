package chunk

import (
	"crypto/sha256"
	"fmt"

	"corkboard/record"
)

// Kind says what a chunk holds.
type Kind uint8

const (
	KindGenesis Kind = 1 + iota // of a document
	KindRun                     // who writes from now on
	KindChange                  // one Automerge change
	KindPiece                   // of a bundle
	KindPerson                  // a record of a person's log, see SealRecord
	KindAccess                  // a record of the collection's access log
)

const (
	version   = 1
	nonceSize = 24 // XChaCha20
	macSize   = 16 // Poly1305

	boundSize = 1 + 1 + len(Tag{}) + len(EpochRef{}) // what stands before the nonce
	outerSize = boundSize + nonceSize + macSize
)

// Limits, in bytes.
const (
	// MaxChange is the most that an Automerge change may have, uncompressed.
	MaxChange = 1 << 20
	// MaxChunk is the most that a chunk may have: a change of MaxChange, padded.
	MaxChunk = 1136 << 10
)

func (k Kind) known() bool { return k >= KindGenesis && k <= KindAccess }

// String is a word for logs.
func (k Kind) String() string {
	if !k.known() {
		return fmt.Sprintf("kind %d", uint8(k))
	}
	return [...]string{"genesis", "run", "change", "piece", "person record", "access record"}[k-KindGenesis]
}

// Sealed is the outside of a chunk: all that can be known without keys.
type Sealed struct {
	Kind  Kind
	Tag   Tag
	Epoch EpochRef
	bytes []byte
}

// Parse checks all that can be checked without keys: size, version and kind.
// The result shares memory with b. Errors: ErrTooLarge, ErrNewer, ErrMalformed.
func Parse(b []byte) (Sealed, error) {
	if len(b) > MaxChunk {
		return Sealed{}, fmt.Errorf("reading a chunk of %d bytes: %w", len(b), ErrTooLarge)
	}
	r := record.NewReader(b)
	v, kind := r.Uint8(), Kind(r.Uint8())
	switch {
	case r.Err() == nil && (v > version || v == version && kind > KindAccess):
		return Sealed{}, fmt.Errorf("reading a chunk of version %d, %s: %w", v, kind, ErrNewer)
	case v != version || !kind.known():
		r.Fail("no version or kind")
	}
	s := Sealed{Kind: kind, bytes: b}
	copy(s.Tag[:], r.Fixed(len(s.Tag)))
	copy(s.Epoch[:], r.Fixed(len(s.Epoch)))
	if r.Err() == nil && bucket(len(b)) != len(b) {
		r.Fail("size is none of the sizes")
	}
	if err := r.Err(); err != nil {
		return Sealed{}, fmt.Errorf("reading a chunk: %w", err)
	}
	return s, nil
}

// ID is SHA-256 of the whole chunk.
func (s Sealed) ID() ID { return sha256.Sum256(s.bytes) }

// Bytes is the whole chunk; do not write to it.
func (s Sealed) Bytes() []byte { return s.bytes }

func (s Sealed) bound() []byte { return s.bytes[:boundSize] }

func (s Sealed) nonce() []byte { return s.bytes[boundSize : boundSize+nonceSize] }

func (s Sealed) ciphertext() []byte { return s.bytes[boundSize+nonceSize:] }
