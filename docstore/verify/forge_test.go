package verify_test

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"corkboard/docstore/verify"
)

// forged is a change that a test makes up, legal or not.
type forged struct {
	deps    [][32]byte
	actor   string
	seq     uint64
	start   uint64
	time    int64
	message string
	others  []string // nil: those that the operations need
	ops     []forgedOp

	columns func([]forgedColumn) []forgedColumn // changes what is written
	after   []byte                              // after the last column
}

type ref struct {
	counter uint64
	actor   string
}

type forgedOp struct {
	obj    ref
	key    string // in a map
	elem   ref    // in a list
	list   bool
	insert bool
	action uint64
	kind   uint64
	value  []byte
	preds  []ref
}

type forgedColumn struct {
	number uint64
	data   []byte
}

// forge takes a change apart.
func forge(d *verify.Decoded) *forged {
	f := &forged{deps: slices.Clone(d.Deps), actor: string(d.Actor[:]), seq: d.Seq, start: uint64(d.StartOp), time: d.Time, message: d.Message}
	to := func(id verify.ID) ref {
		if id == (verify.ID{}) {
			return ref{}
		}
		return ref{uint64(id.Counter), string(d.Actors[id.Actor][:])}
	}
	values := verify.Values(d)
	for i, o := range d.Ops {
		op := forgedOp{obj: to(o.Obj), key: o.Key, elem: to(o.Elem), list: o.Key == "", insert: o.Insert,
			action: uint64(o.Action), kind: uint64(o.Value), value: values[i]}
		for _, p := range d.Preds(i) {
			op.preds = append(op.preds, to(p))
		}
		f.ops = append(f.ops, op)
	}
	return f
}

// data is the content of the chunk.
func (f *forged) data() []byte {
	b := binary.AppendUvarint(nil, uint64(len(f.deps)))
	for _, d := range f.deps {
		b = append(b, d[:]...)
	}
	b = appendText(b, f.actor)
	b = binary.AppendUvarint(b, f.seq)
	b = binary.AppendUvarint(b, f.start)
	b = appendSigned(b, f.time)
	b = appendText(b, f.message)
	index := f.actors()
	b = binary.AppendUvarint(b, uint64(len(f.others)))
	for _, a := range f.others {
		b = appendText(b, a)
	}
	columns := f.encode(index)
	if f.columns != nil {
		columns = f.columns(columns)
	}
	b = binary.AppendUvarint(b, uint64(len(columns)))
	for _, c := range columns {
		b = binary.AppendUvarint(binary.AppendUvarint(b, c.number), uint64(len(c.data)))
	}
	for _, c := range columns {
		b = append(b, c.data...)
	}
	return append(b, f.after...)
}

func (f *forged) bytes() []byte { return chunk(1, f.data()) }

// actors numbers the writers.
func (f *forged) actors() map[string]uint64 {
	used := map[string]bool{}
	for _, o := range f.ops {
		for _, r := range append([]ref{o.obj, o.elem}, o.preds...) {
			if r != (ref{}) && r.actor != f.actor {
				used[r.actor] = true
			}
		}
	}
	if f.others == nil {
		f.others = slices.Sorted(maps.Keys(used))
	}
	index := map[string]uint64{f.actor: 0}
	for i, a := range f.others {
		index[a] = uint64(i + 1)
	}
	return index
}

// encode writes the columns as an engine would.
func (f *forged) encode(index map[string]uint64) []forgedColumn {
	var objA, objC, keyA, keyC, action, kind, predN, predA, predC []*int64
	var keyS []*string
	var insert []bool
	var values []byte
	num := func(n uint64) *int64 { v := int64(n); return &v }
	for _, o := range f.ops {
		oa, oc, ka, kc, ks := num(index[o.obj.actor]), num(o.obj.counter), num(index[o.elem.actor]), num(o.elem.counter), &o.key
		if o.obj == (ref{}) {
			oa, oc = nil, nil
		}
		if o.list {
			ks = nil
			if o.elem == (ref{}) {
				ka = nil
			}
		} else {
			ka, kc = nil, nil
		}
		objA, objC, keyA, keyC, keyS = append(objA, oa), append(objC, oc), append(keyA, ka), append(keyC, kc), append(keyS, ks)
		insert, action = append(insert, o.insert), append(action, num(o.action))
		kind, values = append(kind, num(uint64(len(o.value))<<4|o.kind)), append(values, o.value...)
		predN = append(predN, num(uint64(len(o.preds))))
		for _, p := range o.preds {
			predA, predC = append(predA, num(index[p.actor])), append(predC, num(p.counter))
		}
	}
	all := []forgedColumn{
		{0x01, rle(objA, appendUnsigned)}, {0x02, rle(objC, appendUnsigned)}, {0x11, rle(keyA, appendUnsigned)},
		{0x13, rle(differences(keyC), appendSigned)}, {0x15, rle(keyS, appendText)}, {0x34, booleans(insert)},
		{0x42, rle(action, appendUnsigned)}, {0x56, rle(kind, appendUnsigned)}, {0x57, values},
		{0x70, rle(predN, appendUnsigned)}, {0x71, rle(predA, appendUnsigned)}, {0x73, rle(differences(predC), appendSigned)},
	}
	return slices.DeleteFunc(all, func(c forgedColumn) bool { return len(c.data) == 0 })
}

// chunk puts a frame with the right checksum around data.
func chunk(kind byte, data []byte) []byte {
	sum := sha256.Sum256(append(binary.AppendUvarint([]byte{1}, uint64(len(data))), data...))
	return frameOf(kind, sum[:4], data)
}

func frameOf(kind byte, sum, data []byte) []byte {
	b := append([]byte{0x85, 0x6f, 0x4a, 0x83}, sum...)
	return append(binary.AppendUvarint(append(b, kind), uint64(len(data))), data...)
}

// rle writes a run-length column; nil is null.
func rle[T comparable](items []*T, put func([]byte, T) []byte) (out []byte) {
	same := func(a, b *T) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
	var literal []*T
	flush := func() {
		if len(literal) > 0 {
			out = appendSigned(out, -int64(len(literal)))
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
			out = put(appendSigned(out, int64(n)), *items[i])
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

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendSigned(b []byte, v int64) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}

var me, you = strings.Repeat("\x05", 16), strings.Repeat("\x09", 16)

// sample is a small change of several kinds of operations.
func sample() *forged {
	return &forged{
		deps: [][32]byte{{1}, {2}}, actor: me, seq: 3, start: 20, time: 1700000000000, message: "move",
		ops: []forgedOp{
			{key: "title", action: 1, kind: 6, value: []byte("Home"), preds: []ref{{4, me}, {4, you}}},
			{key: "cards", action: 0},
			{obj: ref{21, me}, key: "a", action: 2},
			{obj: ref{22, me}, list: true, insert: true, action: 1, kind: 4, value: []byte{7}},
			{obj: ref{22, me}, list: true, insert: true, elem: ref{23, me}, action: 1, kind: 8, value: []byte{1}},
			{obj: ref{22, me}, list: true, elem: ref{24, me}, action: 5, kind: 4, value: []byte{2}, preds: []ref{{24, me}}},
			{obj: ref{9, you}, list: true, elem: ref{10, you}, action: 3, preds: []ref{{10, you}, {11, me}}},
			{key: "old", action: 3, preds: []ref{{6, me}}},
		},
	}
}
