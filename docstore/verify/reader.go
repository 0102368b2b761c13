package verify

import (
	"encoding/binary"
	"unicode/utf8"
)

// reader reads the pieces that chunks are made of. After the first fault all
// that it gives is zero.
type reader struct {
	rest []byte
	part string // what is being read
	err  error
}

func (r *reader) fail(kind error, why string, args ...any) {
	if r.err == nil {
		r.err, r.rest = fault(kind, r.part, why, args...), nil
	}
}

// unsigned reads an unsigned LEB128 number in its shortest form.
func (r *reader) unsigned(limit uint64) uint64 {
	if r.err != nil {
		return 0
	}
	v, n := binary.Uvarint(r.rest)
	switch {
	case n <= 0:
		r.fail(ErrMalformed, "broken number")
	case n > 1 && r.rest[n-1] == 0:
		r.fail(ErrMalformed, "number longer than need be")
	case v > limit:
		r.fail(ErrTooLarge, "%d, more than %d", v, limit)
	default:
		r.rest = r.rest[n:]
		return v
	}
	return 0
}

// signed reads a signed LEB128 number (two's complement) in its shortest form.
func (r *reader) signed() int64 {
	var v int64
	for i, c := range r.rest {
		if i == 9 && c != 0 && c != 0x7f {
			break // beyond 64 bits
		}
		shift := 7 * i
		v |= int64(c&0x7f) << shift
		if c&0x80 != 0 {
			continue
		}
		if i > 0 && (c == 0 && r.rest[i-1]&0x40 == 0 || c == 0x7f && r.rest[i-1]&0x40 != 0) {
			r.fail(ErrMalformed, "number longer than need be")
			return 0
		}
		if c&0x40 != 0 && shift+7 < 64 {
			v |= -1 << (shift + 7)
		}
		r.rest = r.rest[i+1:]
		return v
	}
	r.fail(ErrMalformed, "broken number")
	return 0
}

// take reads n bytes, which are a part of what is read, not a copy.
func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.fail(ErrMalformed, "cut short")
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

// text reads UTF-8 of at most limit bytes with its length before it.
func (r *reader) text(limit uint64) string {
	b := r.take(int(r.unsigned(limit)))
	if !utf8.Valid(b) {
		r.fail(ErrMalformed, "not UTF-8")
		return ""
	}
	return string(b)
}
