package verify

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
)

// Names says under which names a change is written anew.
type Names struct {
	// Actor gives each writer a new name, to no two the same; nil keeps all.
	Actor func([ActorSize]byte) [ActorSize]byte
	// Seq is the sequence number of the change, or of the first of several.
	Seq uint64
	// Deps are what the change follows, or the first of several, in any order.
	Deps [][32]byte
}

// Rewrite writes the same operations anew: as one change, or as several, each
// following the one before it, where one would be over a limit. Change accepts
// each as it is, uncompressed. Time and message are the same in all of them;
// operations keep their counters. d stays as it was.
//
// ErrTooLarge if one operation alone is over a limit, or what all have in
// common; ErrMalformed if no engine can have used the names: two writers with
// one, a dependency twice, number 0. Linear in the operations.
//
// Which of two concurrent values of a slot is shown depends on the order of
// their writers' names, and so does the order of concurrent insertions at one
// place: to keep it, the new names must be ordered as the old ones are.
func (d *Decoded) Rewrite(n Names) ([]*Decoded, error) {
	return d.rewrite(n, foreign)
}

func (d *Decoded) rewrite(n Names, lim limits) ([]*Decoded, error) {
	w, err := newRewriter(d, n, lim)
	if err != nil {
		return nil, err
	}
	if w.cut(0, lim.inflated) == len(d.Ops) { // all of it at once, perhaps
		p, err := w.piece(0, len(d.Ops))
		switch {
		case err == nil:
			return []*Decoded{p}, nil
		case !errors.Is(err, ErrTooLarge):
			return nil, err
		}
	}
	var out []*Decoded
	for from := 0; from < len(d.Ops); {
		to := w.cut(from, lim.encoded)
		p, err := w.piece(from, to)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
		from = to
		w.seq++
		w.deps = [][32]byte{p.Hash}
	}
	return out, nil
}

// rewriter writes the pieces of one change.
type rewriter struct {
	d     *Decoded
	lim   limits
	seq   uint64
	deps  [][32]byte
	names [][ActorSize]byte // of d.Actors
	rank  []uint32          // their order
	preds []ID              // as d.preds, but sorted by the new names
	cost  cost

	// Of the piece at hand:
	table   []uint32 // the other writers it needs
	needed  []bool   // whether it is one of them
	numbers []uint32 // what they are in the piece
	same    crowd

	columns *columnWriter
	data    []byte
}

func newRewriter(d *Decoded, n Names, lim limits) (*rewriter, error) {
	w := &rewriter{
		d: d, lim: lim, seq: n.Seq, deps: slices.Clone(n.Deps), names: d.Actors,
		needed: make([]bool, len(d.Actors)), numbers: make([]uint32, len(d.Actors)),
		preds: d.preds, columns: newColumnWriter(),
	}
	slices.SortFunc(w.deps, func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) })
	if n.Actor != nil {
		w.names = make([][ActorSize]byte, len(d.Actors))
		for i, a := range d.Actors {
			w.names[i] = n.Actor(a)
		}
	}
	if len(d.Ops) > lim.same {
		w.same = make(crowd)
	}
	w.cost = costOf(d, max(1, len(w.deps)))
	if err := w.order(); err != nil {
		return nil, err
	}
	w.sortPreds()
	return w, nil
}

// order ranks the new names.
func (w *rewriter) order() error {
	sorted := make([]uint32, len(w.names))
	for i := range sorted {
		sorted[i] = uint32(i)
	}
	slices.SortFunc(sorted, func(a, b uint32) int { return bytes.Compare(w.names[a][:], w.names[b][:]) })
	w.rank = make([]uint32, len(w.names))
	for i, a := range sorted {
		w.rank[a] = uint32(i)
		if i > 0 && w.names[a] == w.names[sorted[i-1]] {
			return fault(ErrMalformed, "table of writers", "numbers %d and %d get one name", sorted[i-1], a)
		}
	}
	return nil
}

// sortPreds sorts what each operation overwrites, as the new names order it.
func (w *rewriter) sortPreds() {
	if len(w.names) == 1 {
		return
	}
	compare := func(a, b ID) int {
		return cmp.Or(cmp.Compare(a.Counter, b.Counter), cmp.Compare(w.rank[a.Actor], w.rank[b.Actor]))
	}
	mine := false // whether preds are a copy
	for i := range w.d.Ops {
		from, to := w.d.Ops[i].preds, w.d.Ops[i].predsEnd
		if to-from < 2 || slices.IsSortedFunc(w.preds[from:to], compare) {
			continue
		}
		if !mine {
			w.preds, mine = slices.Clone(w.preds), true
		}
		slices.SortFunc(w.preds[from:to], compare)
	}
}

// predsOf is Preds in the order of the new names.
func (w *rewriter) predsOf(i int) []ID { return w.preds[w.d.Ops[i].preds:w.d.Ops[i].predsEnd] }

// piece writes some operations, which were cut out last, as a change.
func (w *rewriter) piece(from, to int) (*Decoded, error) {
	slices.SortFunc(w.table, func(a, b uint32) int { return cmp.Compare(w.rank[a], w.rank[b]) })
	for i, a := range w.table {
		w.numbers[a] = uint32(1 + i)
	}
	w.columns.reset()
	for i := from; i < to; i++ {
		w.columns.add(&w.d.Ops[i], w.d.value(i), w.predsOf(i), w.numbers)
	}
	w.data = w.columns.appendTo(w.preamble(w.data[:0], from))
	if len(w.data) > w.lim.encoded {
		return nil, fault(ErrTooLarge, "frame", "%d operations of %d bytes", to-from, len(w.data))
	}
	f := frame{hash: hashOf(w.data)}
	f.chunk = wrap(typeChange, f.hash, w.data)
	f.data = f.chunk[len(f.chunk)-len(w.data):]
	if len(f.chunk) > w.lim.encoded {
		return nil, fault(ErrTooLarge, "frame", "%d operations of %d bytes", to-from, len(f.chunk))
	}
	return decode(f, w.lim)
}

// preamble writes what comes before the columns.
func (w *rewriter) preamble(b []byte, from int) []byte {
	b = binary.AppendUvarint(b, uint64(len(w.deps)))
	for _, hash := range w.deps {
		b = append(b, hash[:]...)
	}
	b = appendBytes(b, w.names[0][:])
	b = binary.AppendUvarint(b, w.seq)
	b = binary.AppendUvarint(b, uint64(w.d.StartOp)+uint64(from))
	b = appendSigned(b, w.d.Time)
	b = appendBytes(b, w.d.Message)
	b = binary.AppendUvarint(b, uint64(len(w.table)))
	for _, a := range w.table {
		b = appendBytes(b, w.names[a][:])
	}
	return b
}
