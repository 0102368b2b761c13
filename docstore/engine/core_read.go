package engine

import (
	"fmt"
	"math"
	"math/big"
	"slices"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// tree reads the whole document, or an older version if heads is an array.
func (c *core) tree(heads any) (doc.Map, error) {
	v, err := c.readObject("_root", heads)
	if err != nil {
		return nil, err
	}
	m, ok := v.(doc.Map)
	if !ok {
		return nil, strange("the root", v)
	}
	return m, nil
}

func (c *core) readObject(id string, heads any) (doc.Value, error) {
	got, err := c.vm.Value("automerge_materialize", c.at, id, heads, vm.Undefined)
	if err != nil {
		return nil, coreError(err, ErrBadChunk)
	}
	// It has begun to note differences, which nobody is going to ask for.
	if err := c.do("automerge_resetDiffCursor", c.at); err != nil {
		return nil, err
	}
	return valueOf(got, 0)
}

// versionAt reads an older version.
func (c *core) versionAt(heads doc.Heads) (doc.Map, error) {
	if len(heads) == 0 {
		return doc.Map{}, nil
	}
	list := &vm.Array{}
	for _, h := range heads {
		ok, err := c.known(h)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("%w: %s", ErrUnknownHeads, h)
		}
		list.Items = append(list.Items, h)
	}
	return c.tree(list)
}

// read reads one slot with all below it.
func (c *core) read(path doc.Path) (doc.Value, bool, error) {
	if len(path) == 0 {
		m, err := c.tree(vm.Undefined)
		return m, true, err
	}
	parent, err := c.container(path[:len(path)-1])
	if c.vm.Broken() != nil {
		return nil, false, err
	}
	if err != nil {
		return nil, false, nil
	}
	kind, value, err := c.slot(parent, path[len(path)-1])
	switch {
	case c.vm.Broken() != nil:
		return nil, false, err
	case err != nil || kind == "":
		return nil, false, nil
	case kind == "map" || kind == "list":
		id, _ := value.(string)
		v, err := c.readObject(id, vm.Undefined)
		return v, true, err
	case kind == "text":
		id, _ := value.(string)
		s, err := c.readText(id, vm.Undefined)
		return doc.Text(s), true, err
	case slices.Contains(marked, kind):
		value = &vm.Typed{Type: kind, Value: value}
	}
	v, err := valueOf(value, 0)
	return v, true, err
}

// valueOf turns what the core shows into a value. What Automerge can hold and
// a doc.Value cannot becomes its nearest: an unsigned number or a time in
// milliseconds an int64 (or a float64 beyond its range), the unknown nil.
func valueOf(x any, depth int) (doc.Value, error) {
	switch x := x.(type) {
	case bool:
		return x, nil
	case string:
		return doc.Text(x), nil // registers come marked
	case float64:
		return int64(x), nil // so do floats
	case *big.Int:
		return intOf(x), nil
	case vm.Bytes:
		return []byte(x), nil
	case vm.Date:
		return int64(x), nil
	case *vm.Typed:
		return typedOf(x), nil
	case vm.Object:
		if depth > doc.MaxNesting {
			return nil, tooDeep()
		}
		m := make(doc.Map, len(x))
		for k, v := range x {
			var err error
			if m[k], err = valueOf(v, depth+1); err != nil {
				return nil, err
			}
		}
		return m, nil
	case *vm.Array:
		if depth > doc.MaxNesting {
			return nil, tooDeep()
		}
		l := make(doc.List, len(x.Items))
		for i, v := range x.Items {
			var err error
			if l[i], err = valueOf(v, depth+1); err != nil {
				return nil, err
			}
		}
		return l, nil
	}
	return nil, nil
}

func tooDeep() error {
	return fmt.Errorf("%w: nested deeper than %d", ErrBadChunk, doc.MaxNesting)
}

func typedOf(t *vm.Typed) doc.Value {
	if t.Type != "counter" {
		return t.Value // a string or a float64
	}
	switch n := t.Value.(type) {
	case float64:
		return doc.Counter(n)
	case *big.Int:
		return doc.Counter(n.Int64())
	}
	return doc.Counter(0)
}

func intOf(n *big.Int) doc.Value {
	if n.IsInt64() {
		return n.Int64()
	}
	f, _ := new(big.Float).SetInt(n).Float64()
	if math.IsInf(f, 0) {
		return nil
	}
	return f
}
