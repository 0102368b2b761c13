package engine

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// maxExact is the largest integer that a JavaScript number holds exactly.
const maxExact = 1<<53 - 1

// apply makes one change. On ErrRefused and ErrNothing the document is as
// before.
func (c *core) apply(edits []doc.Edit, label string, unixMilli int64) (Change, error) {
	for i, e := range edits {
		if err := c.edit(e); err != nil {
			if c.vm.Broken() != nil {
				return Change{}, err
			}
			err = fmt.Errorf("%w: edit %d (%T at %s): %w", ErrRefused, i, e, e.At(), err)
			c.rollback()
			return Change{}, err
		}
	}
	hash, err := c.vm.Value("automerge_commit", c.at, vm.Optional(label), vm.Pointer(1), float64(unixMilli))
	if err != nil {
		return Change{}, coreError(err, ErrRefused)
	}
	if hash == nil {
		return Change{}, ErrNothing
	}
	got, err := c.vm.Value("automerge_getLastLocalChange", c.at)
	if err != nil {
		return Change{}, coreError(err, ErrRefused)
	}
	body, ok := got.(vm.Bytes)
	if !ok {
		return Change{}, strange("a change", got)
	}
	made, err := readChange(body)
	if err != nil {
		return Change{}, fmt.Errorf("%w: reading back the change: %w", ErrRefused, err)
	}
	c.heads = doc.Heads{made.Hash}
	return made, nil
}

func (c *core) rollback() {
	c.dirs, c.text = newRoot(), textSize{}
	_ = c.vm.Do("automerge_rollback", c.at)
}

func (c *core) edit(e doc.Edit) error {
	p := e.At()
	if len(p) == 0 {
		return fmt.Errorf("the root is not a slot")
	}
	parent, err := c.container(p[:len(p)-1])
	if err != nil {
		return err
	}
	last := p[len(p)-1]
	switch e := e.(type) {
	case doc.Put:
		parent.forget(last)
		return c.put(parent, last, e.Value)
	case doc.Delete:
		parent.forget(last)
		return c.remove(parent, last)
	case doc.Insert:
		parent.forget(last)
		return c.insert(parent, last, e.Value)
	case doc.Splice:
		return c.splice(parent, last, e)
	case doc.Increment:
		return c.increment(parent, last, e.By)
	}
	return fmt.Errorf("unknown edit")
}

func (c *core) put(parent *dir, last string, v doc.Value) error {
	key, err := parent.key(last)
	if err != nil {
		return err
	}
	made, kind := form(v)
	if kind != "" {
		return c.do("automerge_put", c.at, parent.id, key, made, kind)
	}
	id, err := c.vm.Value("automerge_putObject", c.at, parent.id, key, made)
	if err != nil {
		return coreError(err, ErrRefused)
	}
	name, _ := id.(string)
	return c.fill(name, v)
}

func (c *core) insert(parent *dir, last string, v doc.Value) error {
	i, ok := doc.Index(last)
	if !parent.list || !ok {
		return fmt.Errorf("no list index %q", last)
	}
	made, kind := form(v)
	if kind != "" {
		return c.do("automerge_insert", c.at, parent.id, float64(i), made, kind)
	}
	id, err := c.vm.Text("automerge_insertObject", c.at, parent.id, float64(i), made)
	if err != nil {
		return coreError(err, ErrRefused)
	}
	return c.fill(id, v)
}

// fill puts what is in a container into one that was just made. Names go in
// sorted, so that the same edits make the same change.
func (c *core) fill(id string, v doc.Value) error {
	switch v := v.(type) {
	case doc.Map:
		d := &dir{id: id}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if err := c.put(d, k, v[k]); err != nil {
				return fmt.Errorf("in %q: %w", k, err)
			}
		}
	case doc.List:
		d := &dir{id: id, list: true}
		for i, x := range v {
			if err := c.insert(d, fmt.Sprint(i), x); err != nil {
				return fmt.Errorf("in item %d: %w", i, err)
			}
		}
	}
	return nil
}

// form gives a value in JavaScript's form and its type in the core's words,
// or for containers and text, which have none, the object to begin with.
func form(v doc.Value) (made any, kind string) {
	switch v := v.(type) {
	case nil:
		return nil, "null"
	case bool:
		return v, "boolean"
	case int64:
		return integer(v), "int"
	case float64:
		return v, "f64"
	case string:
		return v, "str"
	case []byte:
		return vm.Bytes(v), "bytes"
	case doc.Counter:
		return integer(int64(v)), "counter"
	case doc.Text:
		return string(v), ""
	case doc.List:
		return &vm.Array{}, ""
	}
	return vm.Object{}, ""
}

func integer(n int64) any {
	if n < -maxExact || n > maxExact {
		return big.NewInt(n)
	}
	return float64(n)
}

func (c *core) remove(parent *dir, last string) error {
	key, err := parent.key(last)
	if err != nil {
		return nil // what is not there is gone already
	}
	if i, ok := key.(float64); ok {
		n, err := c.length(parent)
		if err != nil || int(i) >= n {
			return err
		}
	}
	return c.do("automerge_delete", c.at, parent.id, key)
}

func (c *core) increment(parent *dir, last string, by int64) error {
	kind, _, err := c.slot(parent, last)
	if err != nil {
		return err
	}
	if kind != "counter" {
		return fmt.Errorf("no counter at %q", last)
	}
	key, err := parent.key(last)
	if err != nil {
		return err
	}
	// Beyond what a JavaScript number holds it takes two steps.
	parts := []int64{by}
	if by < -maxExact || by > maxExact {
		parts = []int64{by &^ 0xffffffff, by & 0xffffffff}
	}
	for _, n := range parts {
		if n == 0 {
			continue // the core would make an operation of it
		}
		if err := c.do("automerge_increment", c.at, parent.id, key, float64(n)); err != nil {
			return err
		}
	}
	return nil
}

func (c *core) do(name string, args ...any) error {
	if err := c.vm.Do(name, args...); err != nil {
		return coreError(err, ErrRefused)
	}
	return nil
}
