package mutant

import (
	"math/rand/v2"
	"slices"

	"corkboard/docstore/verify"
)

// New is the change with something wrong and its checksum repaired. It may be
// legal all the same.
func New(r *rand.Rand, d *verify.Decoded, p Pool) []byte {
	f := Forge(d)
	switch r.IntN(8) {
	case 0: // bytes anywhere
		return Chunk(1, scramble(r, f.Data()))
	case 1: // bytes of one column
		f.Columns = func(all []Column) []Column {
			if len(all) > 0 {
				i := r.IntN(len(all))
				all[i].Data = scramble(r, all[i].Data)
			}
			return all
		}
		return f.Bytes()
	}
	for n := 1 + r.IntN(3); n > 0; n-- {
		if r.IntN(4) == 0 || len(f.Ops) == 0 {
			f.mutateHead(r, p)
		} else {
			f.mutateOp(r, p)
		}
	}
	return f.Bytes()
}

func scramble(r *rand.Rand, b []byte) []byte {
	b = slices.Clone(b)
	for n := 1 + r.IntN(3); n > 0 && len(b) > 0; n-- {
		i := r.IntN(len(b))
		switch r.IntN(6) {
		case 0:
			b[i] ^= 1 << r.IntN(8)
		case 1:
			b[i] = byte(r.IntN(256))
		case 2:
			b[i] += byte(r.IntN(3)) - 1
		case 3:
			b = slices.Delete(b, i, i+1)
		case 4:
			b = slices.Insert(b, i, byte(r.IntN(256)))
		case 5:
			b = slices.Insert(b, i, b[i:min(len(b), i+1+r.IntN(4))]...)
		}
	}
	return b
}

func (f *Change) mutateHead(r *rand.Rand, p Pool) {
	switch r.IntN(9) {
	case 0:
		f.Seq += uint64(r.IntN(5)) - 2
	case 1:
		f.Start += uint64(r.IntN(9)) - 4
	case 2:
		f.Start = []uint64{1, 2, 1 << 20, verify.MaxCounter - verify.MaxOps, 1 << 31, 1<<32 - 2, 1 << 33}[r.IntN(7)]
	case 3:
		f.Deps = append(f.Deps, pick(r, p.hashes))
		slices.SortFunc(f.Deps, func(a, b [32]byte) int { return slices.Compare(a[:], b[:]) })
		f.Deps = slices.Compact(f.Deps)
	case 4:
		if len(f.Deps) > 0 {
			f.Deps = slices.Delete(f.Deps, 0, 1)
		}
	case 5:
		f.Actor = pick(r, p.ids).Actor
	case 6:
		f.Time = r.Int64() - r.Int64()
	case 7:
		f.Message += pick(r, p.keys)
	case 8:
		if len(f.Ops) > 0 {
			f.shuffle(r)
		}
	}
}

// shuffle changes how many operations there are, and their order.
func (f *Change) shuffle(r *rand.Rand) {
	i, j := r.IntN(len(f.Ops)), r.IntN(len(f.Ops))
	switch r.IntN(4) {
	case 0:
		f.Ops = slices.Delete(f.Ops, i, i+1)
	case 1:
		f.Ops = slices.Insert(f.Ops, i, f.Ops[j])
	case 2:
		f.Ops[i], f.Ops[j] = f.Ops[j], f.Ops[i]
	case 3:
		for range r.IntN(40) {
			f.Ops = append(f.Ops, f.Ops[i])
		}
	}
}

// someID is one of the history, or of this change, or nearly so.
func (f *Change) someID(r *rand.Rand, from []Ref) Ref {
	id := pick(r, from)
	switch r.IntN(6) {
	case 0:
		id = Ref{f.Start + uint64(r.IntN(len(f.Ops)+1)), f.Actor}
	case 1:
		id.Counter += uint64(r.IntN(5)) - 2
	case 2:
		id.Actor = f.Actor
	}
	return id
}

func (f *Change) mutateOp(r *rand.Rand, p Pool) {
	o := &f.Ops[r.IntN(len(f.Ops))]
	o.Preds = slices.Clone(o.Preds)
	switch r.IntN(11) {
	case 0:
		o.Obj = f.someID(r, p.objs)
	case 1:
		o.Obj = pick(r, p.objs)
	case 2:
		o.Elem = f.someID(r, p.ids)
	case 3:
		o.Key = pick(r, p.keys)
	case 4:
		o.List = !o.List
		if o.List {
			o.Key, o.Elem = "", f.someID(r, p.ids)
		} else {
			o.Key, o.Elem = pick(r, p.keys), Ref{}
		}
	case 5:
		o.Insert = !o.Insert
	case 6:
		o.Action = uint64(r.IntN(8))
		if o.Action != 1 && o.Action != 5 {
			o.Kind, o.Value = 0, nil
		}
	case 7:
		v := pick(r, p.values)
		o.Kind, o.Value = v.Kind, v.Value
	case 8:
		o.Preds = append(o.Preds, f.someID(r, p.ids))
	case 9:
		if len(o.Preds) > 0 {
			o.Preds = slices.Delete(o.Preds, 0, 1)
		}
	case 10:
		*o = pick(r, p.values) // an operation of another change
	}
	slices.SortFunc(o.Preds, func(a, b Ref) int {
		if a.Counter != b.Counter {
			return int(int64(a.Counter) - int64(b.Counter))
		}
		return slices.Compare([]byte(a.Actor), []byte(b.Actor))
	})
	o.Preds = slices.Compact(o.Preds)
}
