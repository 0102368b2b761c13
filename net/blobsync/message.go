package blobsync

import (
	"fmt"

	"corkboard/record"
)

// Protocol names the stream. Whoever opens it asks, the other side answers.
const Protocol = "/corkboard/blobs/1"

// kind says what a frame holds.
type kind uint8

const (
	askPresent    kind = 1 + iota // handle
	askPiece                      // handle, index
	askStore                      // handle, index, sealed piece
	answerPresent                 // two sets
	answerPiece                   // sealed piece
	answerAbsent
	answerStored
	answerFull
	answerRefused
	answerWait // the answer takes its time
)

// MaxFrame is the most bytes that a frame may have, without its length.
const MaxFrame = 1 + len(Handle{}) + 5 + maxSealed

// maxOutstanding is how many questions may wait for their answers: 4 MiB of pieces.
const maxOutstanding = 16

// Present is which pieces of a file somebody has.
type Present struct {
	Manifest Bits
	Content  Bits
}

// message is any frame. Which fields count depends on the kind.
type message struct {
	kind    kind
	handle  Handle
	index   Index
	present Present
	sealed  []byte // at the end of its frame
}

func (k kind) asks() bool { return k >= askPresent && k <= askStore }

// head is the frame without the sealed piece.
func (m message) head() []byte {
	var w record.Writer
	w.Uint8(uint8(m.kind))
	if m.kind.asks() {
		w.Fixed(m.handle[:])
	}
	switch m.kind {
	case askPiece, askStore:
		w.Uint(uint64(m.index))
	case answerPresent:
		w.Bytes(m.present.Manifest.below(maxManifestPieces))
		w.Bytes(m.present.Content.below(MaxPieces))
	}
	return w.B
}

// parse reads a frame; what it gives shares memory with b. ErrProtocol.
func parse(b []byte) (message, error) {
	r := record.NewReader(b)
	m := message{kind: kind(r.Uint8())}
	if m.kind.asks() {
		copy(m.handle[:], r.Fixed(len(m.handle)))
	}
	switch m.kind {
	case askPiece, askStore:
		if m.index = Index(r.Uint(1<<32 - 1)); !m.index.valid() {
			r.Fail("no such piece")
		}
	case answerPresent:
		m.present.Manifest = readBits(r, maxManifestPieces)
		m.present.Content = readBits(r, MaxPieces)
	case askPresent, answerPiece, answerAbsent, answerStored, answerFull, answerRefused, answerWait:
	default:
		r.Fail("unknown kind")
	}
	if m.kind == askStore || m.kind == answerPiece {
		if n := r.Len(); n < minSealed || n > maxSealed {
			r.Fail("no size of a piece")
		}
		m.sealed = r.Fixed(r.Len())
	}
	if err := r.Close(); err != nil {
		return message{}, fmt.Errorf("%w: %w", ErrProtocol, err)
	}
	return m, nil
}

// readBits accepts a set of numbers below n in its one form.
func readBits(r *record.Reader, n int) Bits {
	b := Bits(r.Bytes((n + 7) / 8))
	if len(b) > 0 && b[len(b)-1] == 0 {
		r.Fail("set with an empty end")
	}
	return b
}
