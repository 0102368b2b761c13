package engine

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// core is a document inside a VM. Who uses it holds the VM.
type core struct {
	vm      *vm.VM
	at      vm.Pointer
	heads   doc.Heads // sorted
	waiting []frame   // changes whose predecessors have not come yet
	dirs    *dir      // where containers are, as far as known
	text    textSize  // of the text that was spliced last
}

// Types that JavaScript has none for arrive marked: without, a register could
// not be told from text nor a float from an integer.
var marked = []string{"str", "f64", "counter"}

func newCore(v *vm.VM, actor []byte) (*core, error) {
	at, err := v.Pointer("automerge_new", vm.Optional(hex.EncodeToString(actor)))
	if err != nil {
		return nil, coreError(err, ErrRefused)
	}
	return dress(v, at)
}

// loadCore makes a document from saved bytes (may be nil) and changes since.
func loadCore(v *vm.VM, saved []byte, chunks [][]byte, actor []byte) (*core, error) {
	c, err := restore(v, saved, actor)
	if err != nil {
		return nil, err
	}
	if err := c.takeIn(chunks); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func restore(v *vm.VM, saved, actor []byte) (*core, error) {
	if len(saved) == 0 {
		return newCore(v, actor)
	}
	at, err := v.Pointer("load", vm.Bytes(saved), vm.Object{"actor": hex.EncodeToString(actor)})
	if err != nil {
		return nil, coreError(err, ErrBadChunk)
	}
	return dress(v, at)
}

// dress prepares a document that the VM has just made.
func dress(v *vm.VM, at vm.Pointer) (*core, error) {
	c := &core{vm: v, at: at, dirs: newRoot()}
	for _, name := range marked {
		mark := vm.Func(func(value any) any { return &vm.Typed{Type: name, Value: value} })
		if err := v.Do("automerge_registerDatatype", at, name, mark, mark); err != nil {
			return nil, coreError(err, ErrRefused)
		}
	}
	return c, c.readHeads()
}

// close frees the document inside the VM.
func (c *core) close() {
	_ = c.vm.Do("__wbg_automerge_free", c.at, vm.Pointer(0))
}

// coreError says what an error of the VM means: an exception is kind, anything
// else the end of the VM.
func coreError(err, kind error) error {
	var thrown *vm.Exception
	switch {
	case errors.As(err, &thrown):
		return fmt.Errorf("%w: %w", kind, err)
	case errors.Is(err, vm.ErrDeadline):
		return fmt.Errorf("%w: %w", ErrDeadline, err)
	}
	return fmt.Errorf("%w: %w", ErrTrap, err)
}

// strange is the error for an answer that the core never gives.
func strange(what string, got any) error {
	return fmt.Errorf("%w: %s is a %T", ErrTrap, what, got)
}

func (c *core) readHeads() error {
	got, err := c.vm.Value("automerge_getHeads", c.at)
	if err != nil {
		return coreError(err, ErrBadChunk)
	}
	list, ok := got.(*vm.Array)
	if !ok {
		return strange("a list of heads", got)
	}
	c.heads = make(doc.Heads, len(list.Items))
	for i, x := range list.Items {
		if c.heads[i], ok = x.(string); !ok {
			return strange("a head", x)
		}
	}
	slices.Sort(c.heads)
	return nil
}

// known tells whether a change is in the document. hash is in hex.
func (c *core) known(hash string) (bool, error) {
	if _, found := slices.BinarySearch(c.heads, hash); found {
		return true, nil
	}
	got, err := c.vm.Value("automerge_getChangeMetaByHash", c.at, hash)
	if err != nil {
		return false, coreError(err, ErrUnknownHeads)
	}
	return got != nil, nil
}

// changes lists all of history, oldest first.
func (c *core) changes() ([]Change, error) {
	got, err := c.vm.Value("automerge_getChanges", c.at, &vm.Array{})
	if err != nil {
		return nil, coreError(err, ErrBadChunk)
	}
	list, ok := got.(*vm.Array)
	if !ok {
		return nil, strange("a list of changes", got)
	}
	out := make([]Change, len(list.Items))
	for i, x := range list.Items {
		b, ok := x.(vm.Bytes)
		if !ok {
			return nil, strange("a change", x)
		}
		if out[i], err = readChange(b); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (c *core) save() ([]byte, error) {
	got, err := c.vm.Value("automerge_save", c.at)
	if err != nil {
		return nil, coreError(err, ErrBadChunk)
	}
	b, ok := got.(vm.Bytes)
	if !ok {
		return nil, strange("a save", got)
	}
	return b, nil
}
