package vm

import (
	"fmt"
	"math"
	"strings"

	"github.com/tetratelabs/wazero/api"
)

// Pointer is the address of one of Automerge's objects in a VM's memory.
type Pointer uint32

// Optional is a string that the code takes as address and length; "" is none.
type Optional string

// noMemory is how the messages of exceptions end that are about memory.
const noMemory = "out of memory"

// Exception is what JavaScript would have caught: the call did nothing, the
// VM lives.
type Exception struct{ Message string }

func (e *Exception) Error() string { return e.Message }

// Value calls an export that returns a value or throws.
func (v *VM) Value(name string, args ...any) (any, error) {
	e, err := v.enter(name, args)
	if err != nil {
		return nil, err
	}
	defer v.settle()
	s := e.stack
	switch {
	case len(e.results) == 1 && e.results[0] == api.ValueTypeExternref:
		return v.handles.at(s[0]), nil
	case len(e.results) == 3 && s[2] != 0:
		return nil, v.thrown(s[1])
	case len(e.results) == 3:
		return v.take(s[0])
	}
	return nil, wrongShape(name)
}

// Pointer calls an export that returns an object of Automerge's or throws.
func (v *VM) Pointer(name string, args ...any) (Pointer, error) {
	e, err := v.enter(name, args)
	if err != nil {
		return 0, err
	}
	defer v.settle()
	if len(e.results) != 3 {
		return 0, wrongShape(name)
	}
	if e.stack[2] != 0 {
		return 0, v.thrown(e.stack[1])
	}
	return Pointer(e.stack[0]), nil
}

// Number calls an export that returns a number or throws.
func (v *VM) Number(name string, args ...any) (float64, error) {
	e, err := v.enter(name, args)
	if err != nil {
		return 0, err
	}
	defer v.settle()
	if len(e.results) != 3 || e.results[0] != api.ValueTypeF64 {
		return 0, wrongShape(name)
	}
	if e.stack[2] != 0 {
		return 0, v.thrown(e.stack[1])
	}
	return math.Float64frombits(e.stack[0]), nil
}

// Text calls an export that returns a string or throws.
func (v *VM) Text(name string, args ...any) (string, error) {
	e, err := v.enter(name, args)
	if err != nil {
		return "", err
	}
	defer v.settle()
	if len(e.results) != 4 {
		return "", wrongShape(name)
	}
	s := [4]uint64(e.stack)
	if s[3] != 0 {
		return "", v.thrown(s[2])
	}
	b, ok := v.memory.Read(uint32(s[0]), uint32(s[1]))
	if !ok {
		return "", v.wild(name)
	}
	text := string(b)
	copy(v.free.stack, []uint64{s[0], s[1], 1})
	return text, v.run(v.free)
}

// Do calls an export that returns nothing or a plain number, or throws.
func (v *VM) Do(name string, args ...any) error {
	e, err := v.enter(name, args)
	if err != nil {
		return err
	}
	defer v.settle()
	if len(e.results) == 2 && e.stack[1] != 0 {
		return v.thrown(e.stack[0])
	}
	return nil
}

func wrongShape(name string) error { return fmt.Errorf("%s does not return that", name) }

// wild ends a VM whose code gave an address outside of its memory.
func (v *VM) wild(name string) error {
	v.broken = fmt.Errorf("%w: %s points outside of its memory", ErrTrap, name)
	return v.broken
}

// enter puts the arguments where the code expects them and calls it.
func (v *VM) enter(name string, args []any) (*export, error) {
	if v.broken != nil {
		return nil, v.broken
	}
	e := v.exports[name]
	if e == nil {
		if e = newExport(v.module.ExportedFunction(name)); e == nil {
			return nil, fmt.Errorf("the code has no %s", name)
		}
		v.exports[name] = e
	}
	n := 0
	for _, a := range args {
		if n >= len(e.params) {
			return nil, fmt.Errorf("%s takes less", name)
		}
		switch x := a.(type) {
		case Pointer:
			e.stack[n] = uint64(x)
		case Optional:
			at, size, err := v.lendString(string(x))
			if err != nil {
				return nil, err
			}
			e.stack[n], e.stack[n+1] = at, size
			n++
		default:
			if f, ok := a.(float64); ok && e.params[n] == api.ValueTypeF64 {
				e.stack[n] = math.Float64bits(f)
			} else {
				e.stack[n] = v.handles.put(a)
			}
		}
		n++
	}
	if n != len(e.params) {
		return nil, fmt.Errorf("%s takes %d arguments, not %d", name, len(e.params), n)
	}
	return e, v.run(e)
}

// lendString copies s into the VM for a call that frees it.
func (v *VM) lendString(s string) (at, size uint64, err error) {
	if s == "" {
		return 0, 0, nil
	}
	v.malloc.stack[0], v.malloc.stack[1] = uint64(len(s)), 1
	if err := v.run(v.malloc); err != nil {
		return 0, 0, err
	}
	at = v.malloc.stack[0]
	if !v.memory.WriteString(uint32(at), s) {
		return 0, 0, v.wild("__wbindgen_malloc")
	}
	return at, uint64(len(s)), nil
}

// take reads a slot of the table and gives it back.
func (v *VM) take(slot uint64) (any, error) {
	v.tableGet.stack[0] = slot
	if err := v.run(v.tableGet); err != nil {
		return nil, err
	}
	value := v.handles.at(v.tableGet.stack[0])
	v.dealloc.stack[0] = slot
	return value, v.run(v.dealloc)
}

func (v *VM) thrown(slot uint64) error {
	value, err := v.take(slot)
	if err != nil {
		return err
	}
	e, ok := value.(*Exception)
	if !ok {
		e = &Exception{Message: text(value)}
	}
	if strings.HasSuffix(e.Message, noMemory) { // the one failure that is not about what it was given
		v.broken = fmt.Errorf("%w: %s", ErrTrap, e.Message)
		return v.broken
	}
	return e
}
