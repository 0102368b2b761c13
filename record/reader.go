package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

// ErrMalformed says that bytes are not what a Writer would have written.
var ErrMalformed = errors.New("malformed record")

// Reader reads what a Writer wrote. After the first mistake all that it gives
// is zero; Close tells what was wrong.
type Reader struct {
	rest []byte
	err  error
}

// NewReader reads b, which must not change meanwhile.
func NewReader(b []byte) *Reader { return &Reader{rest: b} }

// Fail notes a mistake that only the caller can see; the first one counts.
func (r *Reader) Fail(why string) {
	if r.err == nil {
		r.err, r.rest = fmt.Errorf("%w: %s", ErrMalformed, why), nil
	}
}

// Err is the first mistake so far.
func (r *Reader) Err() error { return r.err }

// Len is the number of bytes that were not read yet.
func (r *Reader) Len() int { return len(r.rest) }

// Close returns the first mistake; bytes left over are one.
func (r *Reader) Close() error {
	if r.err == nil && len(r.rest) > 0 {
		r.Fail("bytes after the end")
	}
	return r.err
}

// Uint8 reads one byte.
func (r *Reader) Uint8() uint8 {
	if b := r.Fixed(1); b != nil {
		return b[0]
	}
	return 0
}

// Bool reads 0 or 1.
func (r *Reader) Bool() bool {
	switch r.Uint8() {
	case 0:
		return false
	case 1:
		return true
	}
	r.Fail("neither yes nor no")
	return false
}

// Uint reads a number, which must be at most limit.
func (r *Reader) Uint(limit uint64) uint64 {
	if r.err != nil {
		return 0
	}
	v, n := binary.Uvarint(r.rest)
	switch {
	case n <= 0:
		r.Fail("broken number")
		return 0
	case n > 1 && r.rest[n-1] == 0:
		r.Fail("number longer than need be")
		return 0
	case v > limit:
		r.Fail("number too large")
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// Fixed reads n bytes, which are a part of what is read, not a copy; nil after
// a mistake.
func (r *Reader) Fixed(n int) []byte {
	if r.err != nil {
		return nil
	}
	if n < 0 || n > len(r.rest) {
		r.Fail("cut short")
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

// Hash reads 32 bytes.
func (r *Reader) Hash() (h [32]byte) {
	copy(h[:], r.Fixed(len(h)))
	return h
}

// Bytes reads at most limit bytes with their number before them; a part of
// what is read, not a copy.
func (r *Reader) Bytes(limit int) []byte {
	return r.Fixed(int(r.Uint(uint64(limit))))
}

// String reads at most limit bytes of UTF-8.
func (r *Reader) String(limit int) string {
	b := r.Bytes(limit)
	if !utf8.Valid(b) {
		r.Fail("not a text")
		return ""
	}
	return string(b)
}
