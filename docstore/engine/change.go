package engine

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"

	"corkboard/doc"
)

// readChange reads what the outside of a change tells: after the predecessors
// come actor, number, first operation, time and message (Automerge binary
// format, "Change chunk").
func readChange(b []byte) (Change, error) {
	f, err := readFrame(b)
	if err != nil {
		return Change{}, err
	}
	r := reader{rest: f.after}
	c := Change{Hash: hex.EncodeToString(f.hash[:]), Body: b, Deps: headsOfHashes(f.deps)}
	c.Actor = r.bytes()
	c.Seq = r.unsigned()
	_ = r.unsigned() // the number of its first operation
	c.UnixMilli = r.signed()
	c.Label = string(r.bytes())
	if r.bad {
		return Change{}, fmt.Errorf("%w: change without a head", ErrBadChunk)
	}
	return c, nil
}

func headsOfHashes(list []changeHash) doc.Heads {
	out := make(doc.Heads, len(list))
	for i, h := range list {
		out[i] = hex.EncodeToString(h[:])
	}
	slices.Sort(out)
	return out
}

// reader takes numbers in LEB128 and strings from the front of rest; bad says
// that something was missing.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) unsigned() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.rest, r.bad = nil, true
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) signed() int64 {
	var v int64
	for i, b := range r.rest {
		if i == 10 {
			break
		}
		v |= int64(b&0x7f) << (7 * i)
		if b&0x80 == 0 {
			r.rest = r.rest[i+1:]
			if b&0x40 != 0 && i < 9 {
				v |= -1 << (7 * (i + 1))
			}
			return v
		}
	}
	r.rest, r.bad = nil, true
	return 0
}

func (r *reader) bytes() []byte {
	n := r.unsigned()
	if n > uint64(len(r.rest)) {
		r.rest, r.bad = nil, true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return slices.Clone(b)
}
