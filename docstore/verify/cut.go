package verify

import "math/bits"

// cost tells how many bytes operations take at most. In a run-length column
// an item takes no more than two bytes besides its value.
type cost struct {
	change int // without operations and table of writers
	op     int // without its name, value and predecessors
	pred   int
}

const (
	runColumns = 8 // that have an item for each operation
	nameCost   = 1 + ActorSize
	// headCost is the frame, what is in each preamble, the list of columns, and
	// what a column of flags has more than flags.
	headCost = 20 + 64 + 12*7 + 8
)

// costOf the operations of a change.
func costOf(d *Decoded, deps int) cost {
	number := lengthOf(uint64(len(d.Actors)))
	counter := lengthOf(2 * (uint64(d.StartOp) + uint64(len(d.Ops)))) // a difference has a sign
	return cost{
		change: headCost + 32*deps + len(d.Message),
		op:     2*runColumns + 1 + 2*(number+counter) + lengthOf(uint64(Increment)) + lengthOf(uint64(len(d.preds))),
		pred:   2*2 + number + counter,
	}
}

func (c cost) of(op *Op, value, preds int) int {
	return c.op + lengthOf(uint64(len(op.Key))) + len(op.Key) + lengthOf(uint64(value)<<4|15) + value + c.pred*preds
}

// lengthOf is the length of a number in unsigned LEB128.
func lengthOf(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }

// cut gives the end of the longest piece that begins at an operation, is
// within the limits and takes no more than so many bytes for certain; of one
// operation at least. It notes the writers that the piece needs.
func (w *rewriter) cut(from, most int) int {
	for _, a := range w.table {
		w.needed[a] = false
	}
	w.table = w.table[:0]
	clear(w.same)
	size, preds := w.cost.change, 0
	for i := from; i < len(w.d.Ops); i++ {
		op, before, same := &w.d.Ops[i], len(w.table), 1
		w.need(i)
		if w.same != nil {
			same = w.same.add(op)
		}
		preds += len(w.predsOf(i))
		size += w.cost.of(op, len(w.d.value(i)), len(w.predsOf(i))) + nameCost*(len(w.table)-before)
		if i > from && (i-from == w.lim.ops || same > w.lim.same || preds > w.lim.preds || len(w.table) >= w.lim.actors || size > most) {
			for _, a := range w.table[before:] {
				w.needed[a] = false
			}
			w.table = w.table[:before]
			return i
		}
	}
	return len(w.d.Ops)
}

// need notes the writers of whom an operation speaks.
func (w *rewriter) need(i int) {
	op := &w.d.Ops[i]
	w.needOne(op.Obj)
	w.needOne(op.Elem)
	for _, p := range w.predsOf(i) {
		w.needOne(p)
	}
}

func (w *rewriter) needOne(id ID) {
	if id.Actor != 0 && !w.needed[id.Actor] {
		w.needed[id.Actor] = true
		w.table = append(w.table, id.Actor)
	}
}
