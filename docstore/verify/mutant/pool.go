package mutant

import (
	"math/rand/v2"

	"corkboard/docstore/verify"
)

// Pool is what a history talks about, for mutants that talk about it too.
type Pool struct {
	ids    []Ref // of operations
	objs   []Ref // of containers, the root among them
	keys   []string
	hashes [][32]byte
	values []Op
}

// PoolOf gathers it.
func PoolOf(history []*verify.Decoded) (p Pool) {
	p.objs = []Ref{{}}
	for _, d := range history {
		f := Forge(d)
		p.hashes = append(p.hashes, d.Hash)
		for i, o := range f.Ops {
			id := Ref{f.Start + uint64(i), f.Actor}
			p.ids = append(p.ids, id)
			if o.Action == 0 || o.Action == 2 || o.Action == 4 {
				p.objs = append(p.objs, id)
			}
			if !o.List {
				p.keys = append(p.keys, o.Key)
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
