package salvage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Row is a row of some table.
type Row struct {
	ID int64 // its rowid
	// Values are nil, int64, float64, string or []byte, as they are stored: of an
	// INTEGER PRIMARY KEY nil, and columns that a later ALTER TABLE added may be missing.
	Values []any
}

// leaf is the first byte of a page with rows of a table.
const leaf = 0x0d

// Rows calls each with every row that can be read, in the order of pages; an error of it
// ends that and is given back. Else errors are ErrUnreadable at the end, or those of opening
// the files.
func Rows(path string, each func(Row) error) error {
	p, done, err := open(path)
	if err != nil {
		return fmt.Errorf("salvaging: %w", err)
	}
	return errors.Join(p.all(each), done())
}

// all is rows, and ErrUnreadable if they are few.
func (p *pages) all(each func(Row) error) error {
	err := p.rows(each)
	if err == nil && len(p.dead) > 1+int(p.count/8) {
		err = fmt.Errorf("%w: %d of %d pages", ErrUnreadable, len(p.dead), p.count)
	}
	return err
}

func (p *pages) rows(each func(Row) error) error {
	spare := 2 * int64(p.count) // pages that long rows go on in, all together
	for n := uint32(1); n != 0 && n <= p.count; n++ {
		b := p.page(n)
		at := 0
		if n == 1 {
			at = header
		}
		if len(b) == 0 || b[at] != leaf {
			continue
		}
		cells := int(binary.BigEndian.Uint16(b[at+3:]))
		if at+8+2*cells > p.size {
			continue
		}
		for c := range cells {
			pointer := int(binary.BigEndian.Uint16(b[at+8+2*c:]))
			r, ok := p.row(b, pointer, &spare)
			if !ok {
				continue
			}
			if err := each(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// row reads the cell at a place of a page.
func (p *pages) row(b []byte, at int, spare *int64) (r Row, ok bool) {
	if at >= len(b) {
		return r, false
	}
	length, n := varint(b[at:])
	at += n
	id, m := varint(b[at:])
	at += m
	if n == 0 || m == 0 || length == 0 || length > uint64(p.count)*uint64(p.size) {
		return r, false
	}
	local := p.local(length)
	if at+local > len(b) {
		return r, false
	}
	payload := b[at : at+local]
	if uint64(local) < length {
		if at+local+4 > len(b) {
			return r, false
		}
		if payload, ok = p.further(payload, length, binary.BigEndian.Uint32(b[at+local:]), spare); !ok {
			return r, false
		}
	}
	r.ID = int64(id)
	r.Values, ok = values(payload)
	return r, ok
}

// local is how much of a row lies on its leaf, section 1.6.
func (p *pages) local(length uint64) int {
	u := uint64(p.size)
	if length <= u-35 {
		return int(length)
	}
	least := (u-12)*32/255 - 23
	k := least + (length-least)%(u-4)
	if k <= u-35 {
		return int(k)
	}
	return int(least)
}

// further reads the rest of a row from the pages that it goes on in.
func (p *pages) further(begin []byte, length uint64, next uint32, spare *int64) ([]byte, bool) {
	out := append([]byte(nil), begin...)
	for uint64(len(out)) < length {
		if *spare--; *spare < 0 || next == 0 || next > p.count {
			return nil, false
		}
		b := p.page(next)
		if len(b) < p.size {
			return nil, false
		}
		part := b[4:p.size]
		out = append(out, part[:min(uint64(len(part)), length-uint64(len(out)))]...)
		next = binary.BigEndian.Uint32(b)
	}
	return out, next == 0
}

// values reads a record, section 2.1, which must be as long as it says.
func values(b []byte) (out []any, ok bool) {
	length, n := varint(b)
	if n == 0 || length < uint64(n) || length > uint64(len(b)) {
		return nil, false
	}
	types, body := b[n:length], b[length:]
	for len(types) > 0 {
		t, n := varint(types)
		if n == 0 {
			return nil, false
		}
		types = types[n:]
		v, size, ok := value(t, body)
		if !ok {
			return nil, false
		}
		body = body[size:]
		out = append(out, v)
	}
	return out, len(body) == 0
}

// sizes of the values of types 0 to 9, in bytes.
var sizes = [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}

func value(t uint64, body []byte) (v any, size int, ok bool) {
	switch {
	case t < uint64(len(sizes)):
		size = sizes[t]
	case t < 12 || t > math.MaxInt32:
		return nil, 0, false
	default:
		size = int(t-12) / 2
	}
	if size > len(body) {
		return nil, 0, false
	}
	b := body[:size:size]
	switch {
	case t == 0:
		return nil, size, true
	case t == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b)), size, true
	case t == 8, t == 9:
		return int64(t - 8), size, true
	case t < 7:
		n := int64(int8(b[0]))
		for _, c := range b[1:] {
			n = n<<8 | int64(c)
		}
		return n, size, true
	case t%2 == 0:
		return b, size, true
	}
	return string(b), size, true
}

// varint reads a number of one to nine bytes, section 1.6; n is 0 if it is cut off.
func varint(b []byte) (v uint64, n int) {
	for i := range min(len(b), 9) {
		if i == 8 {
			return v<<8 | uint64(b[i]), 9
		}
		v = v<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}
