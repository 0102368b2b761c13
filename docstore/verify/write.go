package verify

import "encoding/binary"

// runWriter writes a run-length column, in the one way that runs accepts.
type runWriter[T comparable] struct {
	put     func([]byte, T) []byte
	out     []byte
	literal []byte // values that are no run, not yet in out
	singles int    // how many
	last    T
	times   int // how often last came and is in neither yet
	nulls   int // how many came since
	some    bool
}

// reset begins a new column; the one before it is no more.
func (w *runWriter[T]) reset() {
	w.out, w.singles, w.times, w.nulls, w.some = w.out[:0], 0, 0, 0, false
}

func (w *runWriter[T]) add(v T) {
	if w.times > 0 && v == w.last {
		w.times++
		return
	}
	w.settle()
	w.endNulls()
	w.last, w.times, w.some = v, 1, true
}

func (w *runWriter[T]) null() {
	if w.nulls == 0 {
		w.settle()
		w.endLiteral()
	}
	w.nulls++
}

// settle puts the last value, and how often it came, where it belongs.
func (w *runWriter[T]) settle() {
	switch {
	case w.times == 1:
		if w.singles == 0 {
			w.literal = w.literal[:0]
		}
		w.literal = w.put(w.literal, w.last)
		w.singles++
	case w.times > 1:
		w.endLiteral()
		w.out = w.put(appendSigned(w.out, int64(w.times)), w.last)
	}
	w.times = 0
}

func (w *runWriter[T]) endLiteral() {
	if w.singles > 0 {
		w.out = append(appendSigned(w.out, -int64(w.singles)), w.literal...)
		w.singles = 0
	}
}

func (w *runWriter[T]) endNulls() {
	if w.nulls > 0 {
		w.out = binary.AppendUvarint(append(w.out, 0), uint64(w.nulls))
		w.nulls = 0
	}
}

// end gives the column, which holds until the next reset. One of nulls alone
// is empty.
func (w *runWriter[T]) end() []byte {
	w.settle()
	w.endLiteral()
	if w.some {
		w.endNulls()
	}
	return w.out
}

// deltaWriter writes a run-length column of differences.
type deltaWriter struct {
	runWriter[int64]
	sum int64
}

func (w *deltaWriter) reset() {
	w.runWriter.reset()
	w.sum = 0
}

func (w *deltaWriter) add(v uint32) {
	w.runWriter.add(int64(v) - w.sum)
	w.sum = int64(v)
}

// flagWriter writes a column of yes and no.
type flagWriter struct {
	out   []byte
	times int
	yes   bool
}

func (w *flagWriter) reset() { *w = flagWriter{out: w.out[:0]} }

func (w *flagWriter) add(yes bool) {
	if yes != w.yes {
		w.out = binary.AppendUvarint(w.out, uint64(w.times))
		w.yes, w.times = yes, 0
	}
	w.times++
}

func (w *flagWriter) end() []byte {
	if w.times > 0 {
		w.out = binary.AppendUvarint(w.out, uint64(w.times))
		w.times = 0
	}
	return w.out
}

// appendSigned writes a signed LEB128 number in its shortest form.
func appendSigned(b []byte, v int64) []byte {
	for v < -64 || v > 63 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v)&0x7f)
}

// appendBytes writes bytes with their length before them.
func appendBytes[B []byte | string](b []byte, s B) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
