package mutant

import (
	"encoding/binary"
	"slices"
)

// encode writes the columns as an engine would.
func (f *Change) encode(index map[string]uint64) []Column {
	var objA, objC, keyA, keyC, action, kind, predN, predA, predC []*int64
	var keyS []*string
	var insert []bool
	var values []byte
	num := func(n uint64) *int64 { v := int64(n); return &v }
	for _, o := range f.Ops {
		oa, oc, ka, kc, ks := num(index[o.Obj.Actor]), num(o.Obj.Counter), num(index[o.Elem.Actor]), num(o.Elem.Counter), &o.Key
		if o.Obj == (Ref{}) {
			oa, oc = nil, nil
		}
		if o.List {
			ks = nil
			if o.Elem == (Ref{}) {
				ka = nil
			}
		} else {
			ka, kc = nil, nil
		}
		objA, objC, keyA, keyC, keyS = append(objA, oa), append(objC, oc), append(keyA, ka), append(keyC, kc), append(keyS, ks)
		insert, action = append(insert, o.Insert), append(action, num(o.Action))
		kind, values = append(kind, num(uint64(len(o.Value))<<4|o.Kind)), append(values, o.Value...)
		predN = append(predN, num(uint64(len(o.Preds))))
		for _, p := range o.Preds {
			predA, predC = append(predA, num(index[p.Actor])), append(predC, num(p.Counter))
		}
	}
	all := []Column{
		{0x01, rle(objA, appendUnsigned)}, {0x02, rle(objC, appendUnsigned)}, {0x11, rle(keyA, appendUnsigned)},
		{0x13, rle(differences(keyC), AppendSigned)}, {0x15, rle(keyS, AppendText)}, {0x34, booleans(insert)},
		{0x42, rle(action, appendUnsigned)}, {0x56, rle(kind, appendUnsigned)}, {0x57, values},
		{0x70, rle(predN, appendUnsigned)}, {0x71, rle(predA, appendUnsigned)}, {0x73, rle(differences(predC), AppendSigned)},
	}
	return slices.DeleteFunc(all, func(c Column) bool { return len(c.Data) == 0 })
}

// rle writes a run-length column; nil is null.
func rle[T comparable](items []*T, put func([]byte, T) []byte) (out []byte) {
	same := func(a, b *T) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
	var literal []*T
	flush := func() {
		if len(literal) > 0 {
			out = AppendSigned(out, -int64(len(literal)))
			for _, v := range literal {
				out = put(out, *v)
			}
			literal = nil
		}
	}
	for i := 0; i < len(items); {
		n := 1
		for i+n < len(items) && same(items[i], items[i+n]) {
			n++
		}
		switch {
		case items[i] == nil:
			if n == len(items) {
				return nil
			}
			flush()
			out = binary.AppendUvarint(append(out, 0), uint64(n))
		case n == 1:
			literal = append(literal, items[i])
		default:
			flush()
			out = put(AppendSigned(out, int64(n)), *items[i])
		}
		i += n
	}
	flush()
	return out
}

func differences(items []*int64) []*int64 {
	out, last := make([]*int64, len(items)), int64(0)
	for i, v := range items {
		if v != nil {
			d := *v - last
			out[i], last = &d, *v
		}
	}
	return out
}

func booleans(items []bool) (out []byte) {
	yes, n := false, uint64(0)
	for _, v := range items {
		if v != yes {
			out = binary.AppendUvarint(out, n)
			yes, n = v, 0
		}
		n++
	}
	if n > 0 {
		out = binary.AppendUvarint(out, n)
	}
	return out
}

func appendUnsigned(b []byte, v int64) []byte { return binary.AppendUvarint(b, uint64(v)) }

// AppendText writes a text with its length.
func AppendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// AppendSigned writes a number as signed LEB128.
func AppendSigned(b []byte, v int64) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
