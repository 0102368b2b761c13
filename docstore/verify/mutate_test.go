package verify_test

import (
	"math/rand/v2"
	"slices"

	"corkboard/docstore/verify"
)

// pool is what a history talks about, for mutants that talk about it too.
type pool struct {
	ids    []ref // of operations
	objs   []ref // of containers, the root among them
	keys   []string
	hashes [][32]byte
	values []forgedOp
}

func poolOf(history []*verify.Decoded) (p pool) {
	p.objs = []ref{{}}
	for _, d := range history {
		f := forge(d)
		p.hashes = append(p.hashes, d.Hash)
		for i, o := range f.ops {
			id := ref{f.start + uint64(i), f.actor}
			p.ids = append(p.ids, id)
			if o.action == 0 || o.action == 2 || o.action == 4 {
				p.objs = append(p.objs, id)
			}
			if !o.list {
				p.keys = append(p.keys, o.key)
			}
			p.values = append(p.values, o)
		}
	}
	return p
}

func pick[T any](r *rand.Rand, list []T) (v T) {
	if len(list) == 0 {
		return v
	}
	return list[r.IntN(len(list))]
}

// mutant is the change with something wrong and its checksum repaired.
func mutant(r *rand.Rand, d *verify.Decoded, p pool) []byte {
	f := forge(d)
	switch r.IntN(8) {
	case 0: // bytes anywhere
		return chunk(1, scramble(r, f.data()))
	case 1: // bytes of one column
		f.columns = func(all []forgedColumn) []forgedColumn {
			if len(all) > 0 {
				i := r.IntN(len(all))
				all[i].data = scramble(r, all[i].data)
			}
			return all
		}
		return f.bytes()
	}
	for n := 1 + r.IntN(3); n > 0; n-- {
		if r.IntN(4) == 0 || len(f.ops) == 0 {
			f.mutateHead(r, p)
		} else {
			f.mutateOp(r, p)
		}
	}
	return f.bytes()
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

func (f *forged) mutateHead(r *rand.Rand, p pool) {
	switch r.IntN(9) {
	case 0:
		f.seq += uint64(r.IntN(5)) - 2
	case 1:
		f.start += uint64(r.IntN(9)) - 4
	case 2:
		f.start = []uint64{1, 2, 1 << 20, verify.MaxCounter - verify.MaxOps, 1 << 31, 1<<32 - 2, 1 << 33}[r.IntN(7)]
	case 3:
		f.deps = append(f.deps, pick(r, p.hashes))
		slices.SortFunc(f.deps, func(a, b [32]byte) int { return slices.Compare(a[:], b[:]) })
		f.deps = slices.Compact(f.deps)
	case 4:
		if len(f.deps) > 0 {
			f.deps = slices.Delete(f.deps, 0, 1)
		}
	case 5:
		f.actor = pick(r, p.ids).actor
	case 6:
		f.time = r.Int64() - r.Int64()
	case 7:
		f.message += pick(r, p.keys)
	case 8:
		if len(f.ops) > 0 {
			f.shuffle(r)
		}
	}
}

// shuffle changes how many operations there are, and their order.
func (f *forged) shuffle(r *rand.Rand) {
	i, j := r.IntN(len(f.ops)), r.IntN(len(f.ops))
	switch r.IntN(4) {
	case 0:
		f.ops = slices.Delete(f.ops, i, i+1)
	case 1:
		f.ops = slices.Insert(f.ops, i, f.ops[j])
	case 2:
		f.ops[i], f.ops[j] = f.ops[j], f.ops[i]
	case 3:
		for range r.IntN(40) {
			f.ops = append(f.ops, f.ops[i])
		}
	}
}

// someID is one of the history, or of this change, or nearly so.
func (f *forged) someID(r *rand.Rand, from []ref) ref {
	id := pick(r, from)
	switch r.IntN(6) {
	case 0:
		id = ref{f.start + uint64(r.IntN(len(f.ops)+1)), f.actor}
	case 1:
		id.counter += uint64(r.IntN(5)) - 2
	case 2:
		id.actor = f.actor
	}
	return id
}

func (f *forged) mutateOp(r *rand.Rand, p pool) {
	o := &f.ops[r.IntN(len(f.ops))]
	o.preds = slices.Clone(o.preds)
	switch r.IntN(11) {
	case 0:
		o.obj = f.someID(r, p.objs)
	case 1:
		o.obj = pick(r, p.objs)
	case 2:
		o.elem = f.someID(r, p.ids)
	case 3:
		o.key = pick(r, p.keys)
	case 4:
		o.list = !o.list
		if o.list {
			o.key, o.elem = "", f.someID(r, p.ids)
		} else {
			o.key, o.elem = pick(r, p.keys), ref{}
		}
	case 5:
		o.insert = !o.insert
	case 6:
		o.action = uint64(r.IntN(8))
		if o.action != 1 && o.action != 5 {
			o.kind, o.value = 0, nil
		}
	case 7:
		v := pick(r, p.values)
		o.kind, o.value = v.kind, v.value
	case 8:
		o.preds = append(o.preds, f.someID(r, p.ids))
	case 9:
		if len(o.preds) > 0 {
			o.preds = slices.Delete(o.preds, 0, 1)
		}
	case 10:
		*o = pick(r, p.values) // an operation of another change
	}
	slices.SortFunc(o.preds, func(a, b ref) int {
		if a.counter != b.counter {
			return int(int64(a.counter) - int64(b.counter))
		}
		return slices.Compare([]byte(a.actor), []byte(b.actor))
	})
	o.preds = slices.Compact(o.preds)
}
