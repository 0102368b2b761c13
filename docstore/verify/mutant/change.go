package mutant

import (
	"encoding/binary"
	"maps"
	"slices"

	"corkboard/docstore/verify"
)

// Change is a change taken apart or made up, legal or not.
type Change struct {
	Deps    [][32]byte
	Actor   string // 16 bytes, if it is legal
	Seq     uint64
	Start   uint64 // counter of the first operation
	Time    int64  // Unix milliseconds
	Message string
	Others  []string // the other writers; nil: those that the operations need
	Ops     []Op

	Columns func([]Column) []Column // if not nil, changes what is written
	After   []byte                  // written after the last column
}

// Ref names an operation; the zero Ref is the root map, or the start of a list.
type Ref struct {
	Counter uint64
	Actor   string
}

// Op is one operation; verify.Op explains the fields.
type Op struct {
	Obj    Ref
	Key    string // in a map
	Elem   Ref    // in a list
	List   bool
	Insert bool
	Action uint64
	Kind   uint64 // of the value
	Value  []byte
	Preds  []Ref
}

// Column is one column as it is written.
type Column struct {
	Number uint64
	Data   []byte
}

// Forge takes a change apart.
func Forge(d *verify.Decoded) *Change {
	f := &Change{
		Deps: slices.Clone(d.Deps), Actor: string(d.Actor[:]), Seq: d.Seq, Start: uint64(d.StartOp),
		Time: d.Time, Message: d.Message,
	}
	to := func(id verify.ID) Ref {
		if id == (verify.ID{}) {
			return Ref{}
		}
		return Ref{uint64(id.Counter), string(d.Actors[id.Actor][:])}
	}
	values := d.Values()
	for i, o := range d.Ops {
		op := Op{
			Obj: to(o.Obj), Key: o.Key, Elem: to(o.Elem), List: o.Key == "", Insert: o.Insert,
			Action: uint64(o.Action), Kind: uint64(o.Value), Value: values[i],
		}
		for _, p := range d.Preds(i) {
			op.Preds = append(op.Preds, to(p))
		}
		f.Ops = append(f.Ops, op)
	}
	return f
}

// Bytes is the change as a chunk with the right checksum.
func (f *Change) Bytes() []byte { return Chunk(1, f.Data()) }

// Data is the content of the chunk.
func (f *Change) Data() []byte {
	b := binary.AppendUvarint(nil, uint64(len(f.Deps)))
	for _, d := range f.Deps {
		b = append(b, d[:]...)
	}
	b = AppendText(b, f.Actor)
	b = binary.AppendUvarint(b, f.Seq)
	b = binary.AppendUvarint(b, f.Start)
	b = AppendSigned(b, f.Time)
	b = AppendText(b, f.Message)
	index := f.actors()
	b = binary.AppendUvarint(b, uint64(len(f.Others)))
	for _, a := range f.Others {
		b = AppendText(b, a)
	}
	columns := f.encode(index)
	if f.Columns != nil {
		columns = f.Columns(columns)
	}
	b = binary.AppendUvarint(b, uint64(len(columns)))
	for _, c := range columns {
		b = binary.AppendUvarint(binary.AppendUvarint(b, c.Number), uint64(len(c.Data)))
	}
	for _, c := range columns {
		b = append(b, c.Data...)
	}
	return append(b, f.After...)
}

// actors numbers the writers.
func (f *Change) actors() map[string]uint64 {
	used := map[string]bool{}
	for _, o := range f.Ops {
		for _, r := range append([]Ref{o.Obj, o.Elem}, o.Preds...) {
			if r != (Ref{}) && r.Actor != f.Actor {
				used[r.Actor] = true
			}
		}
	}
	if f.Others == nil {
		f.Others = slices.Sorted(maps.Keys(used))
	}
	index := map[string]uint64{f.Actor: 0}
	for i, a := range f.Others {
		index[a] = uint64(i + 1)
	}
	return index
}
