package verify

import (
	"slices"

	"corkboard/doc"
)

// Slots is what a change has done to the slots of one map.
type Slots struct {
	Anew      bool     // the map was put in the place of what was there, or taken away
	Put, Gone []string // names of slots that were given something or emptied, in its order
	Said      []string // strings that were put into one slot of the maps that lie in them
}

// Slots tells what the change that was added last has done to the map at a path; Said
// is what it put into the slots called field of the maps in it. What lay in a map that
// another one replaces is not told.
func (p *Places) Slots(d *Decoded, at doc.Path, field string) Slots {
	var out Slots
	for i := range d.Ops {
		op := &d.Ops[i]
		if op.Key == "" || op.Action == Increment {
			continue
		}
		in, whole := p.path(p.objectOf(d, op.Obj))
		switch {
		case whole && len(in) < len(at) && at.Has(in) && at[len(in)] == op.Key:
			out.Anew = true
		case !whole || !in.Has(at):
		case len(in) == len(at) && op.Action == Delete:
			out.Gone = append(out.Gone, op.Key)
		case len(in) == len(at):
			out.Put = append(out.Put, op.Key)
		case len(in) == len(at)+1 && op.Key == field && op.Action == Set && op.Value == String:
			out.Said = append(out.Said, string(slices.Clone(d.value(i))))
		}
	}
	return out
}

// objectOf is the id of a container as a change that was added names it.
func (p *Places) objectOf(d *Decoded, id ID) ID {
	if id == (ID{}) {
		return rootID
	}
	return ID{id.Counter, p.numbers[d.Actors[id.Actor]]}
}
