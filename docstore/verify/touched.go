package verify

import (
	"slices"

	"corkboard/doc"
)

// touched gives the paths of what a change, which is kept already, has done.
func (p *Places) touched(d *Decoded, f fitting) []doc.Path {
	var out []doc.Path
	var last ID
	var at doc.Path
	whole := false
	for i := range d.Ops {
		op := &d.Ops[i]
		if op.Obj.own(d) != 0 {
			continue // its container is new, and touched as such
		}
		obj := f.object(op.Obj)
		again := len(out) > 0 && obj == last
		if !again {
			at, whole = p.path(obj)
			last = obj
		}
		switch {
		case whole && op.Key != "":
			out = append(out, append(slices.Clip(at), op.Key))
		case !again:
			out = append(out, at)
		}
	}
	return outermost(out)
}

// path leads to an object. It ends early, and is not whole, at a list that
// holds the object, and at a slot where it or what held it was once.
func (p *Places) path(id ID) (at doc.Path, whole bool) {
	if id == rootID {
		return nil, true
	}
	o := p.objects[id]
	if at, whole = p.path(o.in); !whole || o.key == "" {
		return at, false
	}
	return append(slices.Clip(at), o.key), !o.gone
}

// outermost sorts paths and leaves out those below others.
func outermost(list []doc.Path) []doc.Path {
	slices.SortFunc(list, func(a, b doc.Path) int { return slices.Compare(a, b) })
	out := list[:0]
	for _, path := range list {
		if len(out) == 0 || !path.Has(out[len(out)-1]) {
			out = append(out, path)
		}
	}
	return out
}
