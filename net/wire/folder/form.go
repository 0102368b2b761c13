package folder

import (
	"fmt"

	"corkboard/record"
)

const version = 1

// The most bytes of each kind of file.
const (
	maxAlive   = 16
	maxSeen    = 16
	maxMessage = 256 // of Noise's handshake
	maxCall    = 1 + idBytes + 2 + maxMessage
	maxSegment = 2 + maxPieces*(3+maxSealed)
)

func begin() record.Writer {
	var w record.Writer
	w.Uint8(version)
	return w
}

func read1(b []byte) *record.Reader {
	r := record.NewReader(b)
	if r.Uint8() != version {
		r.Fail("another version")
	}
	return r
}

func foreign(what string, err error) error {
	return fmt.Errorf("%s: %w: %w", what, ErrForeign, err)
}

// encodeCount is a sign of life, which only has to change, and the count of segments
// taken.
func encodeCount(n uint64) []byte {
	w := begin()
	w.Uint(n)
	return w.B
}

// decodeCount is the other way. ErrForeign.
func decodeCount(b []byte) (uint64, error) {
	r := read1(b)
	n := r.Uint(1 << 62)
	if err := r.Close(); err != nil {
		return 0, foreign("count", err)
	}
	return n, nil
}

// call asks for a connection.
type call struct {
	id      connID
	message []byte // the first of Noise, 1 to maxMessage bytes
}

func (c call) encode() []byte {
	w := begin()
	w.Fixed(c.id[:])
	w.Bytes(c.message)
	return w.B
}

// decodeCall gives a call whose message is a part of b. ErrForeign.
func decodeCall(b []byte) (call, error) {
	r := read1(b)
	var c call
	copy(c.id[:], r.Fixed(idBytes))
	c.message = r.Bytes(maxMessage)
	if len(c.message) == 0 {
		r.Fail("no message")
	}
	if err := r.Close(); err != nil {
		return call{}, foreign("call", err)
	}
	return c, nil
}

// encodeSegment takes 1 to maxPieces pieces of at most maxSealed bytes.
func encodeSegment(pieces [][]byte) []byte {
	w := begin()
	w.Uint(uint64(len(pieces)))
	for _, p := range pieces {
		w.Bytes(p)
	}
	return w.B
}

// decodeSegment gives pieces that are parts of b. ErrForeign.
func decodeSegment(b []byte) ([][]byte, error) {
	r := read1(b)
	pieces := make([][]byte, r.Uint(maxPieces))
	if len(pieces) == 0 {
		r.Fail("no pieces")
	}
	for i := range pieces {
		pieces[i] = r.Bytes(maxSealed)
	}
	if err := r.Close(); err != nil {
		return nil, foreign("segment", err)
	}
	return pieces, nil
}
