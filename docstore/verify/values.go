package verify

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// Type is the kind of a scalar value, as numbered on the wire.
type Type uint8

// The types that a document of ours may hold. The engines write all but
// Unsigned and Timestamp, which others write for the same numbers: both are
// read as whole numbers.
const (
	Null      Type = 0
	False     Type = 1
	True      Type = 2
	Unsigned  Type = 3
	Integer   Type = 4
	Float     Type = 5
	String    Type = 6
	Bytes     Type = 7
	Counter   Type = 8
	Timestamp Type = 9
)

// readValues reads the types and looks at each value.
func (d *Decoded) readValues(c *columns, lim limits) error {
	types := newRuns(c.valueType, func(r *reader) uint64 { return r.unsigned(uint64(lim.inflated) << 4) })
	d.values = c.value.data
	values := reader{rest: c.value.data, part: c.value.name}
	for i := range d.Ops {
		t, null := types.next()
		if null {
			types.r.fail(ErrMalformed, "operation %d has none", i)
		}
		if types.r.err != nil {
			return types.r.err
		}
		op := &d.Ops[i]
		op.Value = Type(t & 15)
		op.value = uint32(len(d.values) - len(values.rest))
		b := values.take(int(t >> 4))
		if values.err == nil {
			op.checkValue(&values, b)
		}
		if values.err != nil {
			return values.err
		}
	}
	if len(values.rest) > 0 {
		values.fail(ErrMalformed, "too many bytes")
	}
	return firstOf(types.close(), values.err)
}

// value is the bytes of the value of Ops[i], as they are on the wire.
func (d *Decoded) value(i int) []byte {
	end := uint32(len(d.values))
	if i+1 < len(d.Ops) {
		end = d.Ops[i+1].value
	}
	return d.values[d.Ops[i].value:end:end]
}

// checkValue looks at the bytes of one value; r takes the blame.
func (op *Op) checkValue(r *reader, b []byte) {
	switch op.Value {
	case Null, False, True:
		if len(b) > 0 {
			r.fail(ErrMalformed, "bytes in a value that has none")
		}
	case Unsigned, Integer, Counter, Timestamp:
		n := reader{rest: b, part: r.part}
		if op.Value == Unsigned {
			n.unsigned(math.MaxUint64)
		} else {
			n.signed()
		}
		if n.err == nil && len(n.rest) > 0 {
			n.fail(ErrMalformed, "bytes after a number")
		}
		r.err = n.err
	case Float:
		if len(b) != 8 {
			r.fail(ErrMalformed, "a float of %d bytes", len(b))
		} else if math.IsNaN(math.Float64frombits(binary.LittleEndian.Uint64(b))) {
			r.fail(ErrMalformed, "not a number") // no document may hold it: it equals nothing
		}
	case String:
		if !utf8.Valid(b) {
			r.fail(ErrMalformed, "not UTF-8")
		}
		_, first := utf8.DecodeRune(b)
		op.glyph = len(b) > 0 && first == len(b)
	case Bytes:
	default:
		r.fail(ErrUnknown, "type %d", op.Value)
	}
}

// Values are the bytes of all operations' values, to write a change anew.
func (d *Decoded) Values() [][]byte {
	out := make([][]byte, len(d.Ops))
	for i := range out {
		out[i] = d.value(i)
	}
	return out
}
