package engine

import (
	"encoding/hex"
	"slices"
	"strconv"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// takeIn applies changes in any order. Order, frames and missing predecessors
// are looked after here, as for the native core: what waits is then never part
// of a save.
func (c *core) takeIn(chunks [][]byte) error {
	list := slices.Clone(c.waiting)
	for _, b := range chunks {
		f, err := readFrame(b)
		if err != nil {
			return err
		}
		list = append(list, f)
	}
	var broken error
	ready, rest := inOrder(list, func(h changeHash) bool {
		ok, err := c.known(hex.EncodeToString(h[:]))
		if err != nil {
			broken = err
		}
		return ok
	})
	if broken != nil {
		return broken
	}
	c.waiting = rest
	if len(ready) == 0 {
		return nil
	}
	all := &vm.Array{}
	for _, f := range ready {
		all.Items = append(all.Items, vm.Bytes(f.body))
	}
	if err := c.vm.Do("automerge_applyChanges", c.at, all); err != nil {
		return coreError(err, ErrBadChunk)
	}
	c.dirs, c.text = newRoot(), textSize{}
	return c.readHeads()
}

// merge takes changes in and tells what they touched.
func (c *core) merge(chunks [][]byte) ([]doc.Path, error) {
	if err := c.do("automerge_updateDiffCursor", c.at); err != nil {
		return nil, err
	}
	before := c.heads
	if err := c.takeIn(chunks); err != nil {
		return nil, err
	}
	var touched []doc.Path
	if !slices.Equal(before, c.heads) {
		got, err := c.vm.Value("automerge_diffIncremental", c.at)
		if err != nil {
			return nil, coreError(err, ErrBadChunk)
		}
		if touched, err = touchedBy(got); err != nil {
			return nil, err
		}
	}
	return touched, c.do("automerge_resetDiffCursor", c.at)
}

// touchedBy reads the core's patches. Each holds for the state that the ones
// before it have made: an index says nothing once items of its list have come
// or gone, so that such a list is named as a whole.
func touchedBy(got any) ([]doc.Path, error) {
	patches, ok := got.(*vm.Array)
	if !ok {
		return nil, strange("a list of patches", got)
	}
	var paths []doc.Path
	for _, x := range patches.Items {
		patch, _ := x.(vm.Object)
		steps, ok := patch["path"].(*vm.Array)
		if !ok || len(steps.Items) == 0 {
			return nil, strange("a patch", x)
		}
		path := make(doc.Path, len(steps.Items))
		for i, s := range steps.Items {
			switch s := s.(type) {
			case string:
				path[i] = s
			case float64:
				path[i] = strconv.Itoa(int(s))
			default:
				return nil, strange("a step of a path", s)
			}
		}
		_, index := steps.Items[len(path)-1].(float64)
		switch patch["action"] {
		case "put", "inc":
		case "insert", "splice":
			path = path[:len(path)-1]
		case "del":
			if index { // an item, or letters of a text
				path = path[:len(path)-1]
			}
		default: // marks and notes of conflict change no value
			continue
		}
		paths = append(paths, path)
	}
	return outermost(paths), nil
}

// outermost sorts paths and drops those that lie below others.
func outermost(paths []doc.Path) []doc.Path {
	slices.SortFunc(paths, func(a, b doc.Path) int { return slices.Compare(a, b) })
	var out []doc.Path
	for _, p := range paths {
		if len(out) == 0 || !p.Has(out[len(out)-1]) {
			out = append(out, p)
		}
	}
	return out
}
