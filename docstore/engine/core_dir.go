package engine

import (
	"fmt"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// maxDirs bounds what a document remembers of its containers.
const maxDirs = 1 << 13

// dir is a container in the document. Its id is for life; that it lies at a
// path is true until something is put, inserted or deleted above it or others'
// changes come in.
type dir struct {
	id   string
	list bool
	sub  map[string]*dir
}

func newRoot() *dir { return &dir{id: "_root"} }

// container finds the map or list at a path.
func (c *core) container(path doc.Path) (*dir, error) {
	at := c.dirs
	for _, step := range path {
		next := at.sub[step]
		if next == nil {
			kind, value, err := c.slot(at, step)
			if err != nil {
				return nil, err
			}
			id, _ := value.(string)
			if kind != "map" && kind != "list" {
				return nil, fmt.Errorf("no container at %q", step)
			}
			next = &dir{id: id, list: kind == "list"}
			if at.sub == nil || len(at.sub) >= maxDirs {
				at.sub = map[string]*dir{}
			}
			at.sub[step] = next
		}
		at = next
	}
	return at, nil
}

// forget drops what is known below a slot of d that is about to change.
func (d *dir) forget(step string) {
	if d.list {
		d.sub = nil // the others move
	} else {
		delete(d.sub, step)
	}
}

// key is the core's name of a slot: a string in maps, a number in lists.
func (d *dir) key(step string) (any, error) {
	if !d.list {
		return step, nil
	}
	i, ok := doc.Index(step)
	if !ok {
		return nil, fmt.Errorf("no index %q", step)
	}
	return float64(i), nil
}

// slot reads a slot: its type in the core's words, "" for empty, and what it
// holds, the id for a container or text.
func (c *core) slot(d *dir, step string) (kind string, value any, err error) {
	key, err := d.key(step)
	if err != nil {
		return "", nil, err
	}
	got, err := c.vm.Value("automerge_getWithType", c.at, d.id, key, vm.Undefined)
	if err != nil {
		return "", nil, coreError(err, ErrRefused)
	}
	if got == nil {
		return "", nil, nil
	}
	pair, ok := got.(*vm.Array)
	if !ok || len(pair.Items) != 2 {
		return "", nil, strange("a slot", got)
	}
	if kind, ok = pair.Items[0].(string); !ok {
		return "", nil, strange("a type", pair.Items[0])
	}
	return kind, pair.Items[1], nil
}

// length counts the items of a list.
func (c *core) length(d *dir) (int, error) {
	n, err := c.vm.Number("automerge_length", c.at, d.id, vm.Undefined)
	if err != nil {
		return 0, coreError(err, ErrRefused)
	}
	return int(n), nil
}
