package vm

// tableCode is a module that imports the code's table of references and
// exports what the host needs of it, for which the runtime has no other door:
//
//	(module
//	  (import "c" "__wbindgen_externrefs" (table 0 externref))
//	  (func (export "get") (param i32) (result externref) (table.get 0 (local.get 0)))
//	  (func (export "set") (param i32 externref) (table.set 0 (local.get 0) (local.get 1)))
//	  (func (export "grow") (param externref i32) (result i32) (table.grow 0 (local.get 0) (local.get 1)))
//	  (func (export "size") (result i32) (table.size 0)))
var tableCode = []byte("\x00asm\x01\x00\x00\x00" +
	"\x01\x15\x04" + "\x60\x01\x7f\x01\x6f" + "\x60\x02\x7f\x6f\x00" + "\x60\x02\x6f\x7f\x01\x7f" + "\x60\x00\x01\x7f" + // types
	"\x02\x1d\x01" + "\x01c" + "\x15__wbindgen_externrefs" + "\x01\x6f\x00\x00" + // imports
	"\x03\x05\x04\x00\x01\x02\x03" + // functions
	"\x07\x1b\x04" + "\x03get\x00\x00" + "\x03set\x00\x01" + "\x04grow\x00\x02" + "\x04size\x00\x03" + // exports
	"\x0a\x21\x04" + "\x06\x00\x20\x00\x25\x00\x0b" + "\x08\x00\x20\x00\x20\x01\x26\x00\x0b" +
	"\x09\x00\x20\x00\x20\x01\xfc\x0f\x00\x0b" + "\x05\x00\xfc\x10\x00\x0b") // code

// The first handles never change; null is the one that WebAssembly calls so.
const (
	hNull = iota
	hUndefined
	hTrue
	hFalse
	hFirst
)

// sweepAt is how many handles are given out before the first sweep.
const sweepAt = 1 << 12

// handles number the values that code inside refers to. It keeps some of them
// in its table; the others are dead when its call returns, which nobody says,
// so that they are swept now and then.
type handles struct {
	values []any
	free   []uint32
	limit  int // sweep when so many are in use
}

func newHandles() handles {
	return handles{values: []any{hNull: nil, hUndefined: Undefined, hTrue: true, hFalse: false}, limit: sweepAt}
}

func (h *handles) put(value any) uint64 {
	switch value {
	case nil:
		return hNull
	case Undefined:
		return hUndefined
	case true:
		return hTrue
	case false:
		return hFalse
	}
	if n := len(h.free); n > 0 {
		at := h.free[n-1]
		h.free = h.free[:n-1]
		h.values[at] = value
		return uint64(at)
	}
	h.values = append(h.values, value)
	return uint64(len(h.values) - 1)
}

// at is the value of a handle; only our own code makes up handles.
func (h *handles) at(handle uint64) any { return h.values[handle] }

// settle sweeps after a call if it is time.
func (v *VM) settle() {
	h := &v.handles
	if len(h.values)-len(h.free) < h.limit || v.broken != nil {
		return
	}
	if v.run(v.tableSize) != nil {
		return
	}
	live := make([]bool, len(h.values))
	for slot := range v.tableSize.stack[0] {
		v.tableGet.stack[0] = slot
		if v.run(v.tableGet) != nil {
			return
		}
		live[v.tableGet.stack[0]] = true
	}
	h.sweep(live)
}

func (h *handles) sweep(live []bool) {
	end := hFirst
	for i := hFirst; i < len(live); i++ {
		if live[i] {
			end = i + 1
		}
	}
	if kept := h.values[:end]; cap(h.values) > 4*sweepAt && end < cap(h.values)/4 {
		h.values = append([]any(nil), kept...)
	} else {
		clear(h.values[end:])
		h.values = kept
	}
	h.free = h.free[:0]
	for i := hFirst; i < end; i++ {
		if !live[i] {
			h.values[i] = nil
			h.free = append(h.free, uint32(i))
		}
	}
	h.limit = max(sweepAt, 2*(len(h.values)-len(h.free)))
}
