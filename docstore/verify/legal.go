package verify

import "bytes"

// legal holds the operations against what an engine can have meant, as far as
// the change alone tells: every operation speaks of what was there before it.
// Of the author's own counters those from StartOp on are in this change; no
// other writer's can be, because a change counts on from the highest that it
// follows.
func (d *Decoded) legal(lim limits) error {
	var depth map[uint32]int // of the objects made here, at least
	used := make([]bool, len(d.Actors))
	used[0] = true
	for i := range d.Ops {
		op := &d.Ops[i]
		used[op.Obj.Actor], used[op.Elem.Actor] = true, true
		for _, p := range d.Preds(i) {
			used[p.Actor] = true
		}
		if why := d.shape(op); why != "" {
			return fault(ErrMalformed, "operations", "%d %s", i, why)
		}
		if why := d.order(i); why != "" {
			return fault(ErrMalformed, "operations", "%d %s", i, why)
		}
		if op.Action.Makes() {
			inner := depth[op.Obj.own(d)] + 1
			if inner >= MaxNesting {
				return fault(ErrTooLarge, "operations", "%d nests deeper than %d", i, MaxNesting)
			}
			if depth == nil {
				depth = make(map[uint32]int)
			}
			depth[d.StartOp+uint32(i)] = inner
		}
	}
	for a := range used {
		if !used[a] {
			return fault(ErrMalformed, "table of writers", "number %d is not needed", a)
		}
	}
	return d.crowded(lim.same)
}

// crowded refuses more than most operations on one slot.
func (d *Decoded) crowded(most int) error {
	if len(d.Ops) <= most {
		return nil
	}
	count := make(crowd)
	for i := range d.Ops {
		if count.add(&d.Ops[i]) > most {
			return fault(ErrTooLarge, "operations", "more than %d on one slot", most)
		}
	}
	return nil
}

// crowd counts the operations on each slot.
type crowd map[slot]int

type slot struct {
	obj, elem ID
	key       string
}

// add tells how many there are now in the slot of op; a new element has its own.
func (c crowd) add(op *Op) int {
	if op.Insert {
		return 1
	}
	at := slot{op.Obj, op.Elem, op.Key}
	n := c[at] + 1
	c[at] = n
	return n
}

// own is the counter of an operation of this change, or 0.
func (id ID) own(d *Decoded) uint32 {
	if id.Actor == 0 && id.Counter >= d.StartOp {
		return id.Counter
	}
	return 0
}

// shape looks at what belongs together in one operation.
func (d *Decoded) shape(op *Op) string {
	overwrites := op.predsEnd > op.preds
	inList := op.Key == ""
	switch {
	case inList && op.Obj == ID{}:
		return "takes the root for a list"
	case op.Action == Increment && op.Value != Integer:
		return "adds what is no whole number"
	case op.Action != Increment && op.Action != Set && op.Value != Null:
		return "has a value that it does not need"
	case op.Insert && (!inList || overwrites):
		return "inserts where something is"
	case op.Insert && !op.Action.Makes() && op.Action != Set:
		return "inserts nothing"
	case inList && !op.Insert && op.Elem == ID{}:
		return "changes the start of a list"
	case !op.Insert && !overwrites && (inList || op.Action == Delete || op.Action == Increment):
		return "changes what is not there"
	}
	return ""
}

// order looks at what operation i speaks of: that it is older, and if it is in
// this change, that it is the right thing.
func (d *Decoded) order(i int) string {
	op := &d.Ops[i]
	if made := d.before(i, op.Obj); made != nil {
		if !made.Action.Makes() || !op.suits(made.Action) {
			return "takes an object for another"
		}
	} else if !d.older(op.Obj) {
		return "is in an object that comes later"
	}
	if at := d.before(i, op.Elem); at != nil {
		if !at.Insert || at.Obj != op.Obj {
			return "is at an element of another list"
		}
	} else if !d.older(op.Elem) {
		return "is at an element that comes later"
	}
	preds := d.Preds(i)
	for n, p := range preds {
		if n > 0 && !d.less(preds[n-1], p) {
			return "has predecessors that are not sorted"
		}
		if was := d.before(i, p); was != nil {
			if was.Action == Delete || was.Action == Increment || was.Obj != op.Obj || was.Key != op.Key || was.slot(d, p) != op.Elem {
				return "overwrites what is elsewhere"
			}
		} else if !d.older(p) {
			return "overwrites what comes later"
		}
	}
	return ""
}

// suits reports whether an operation can be in a container of a kind. A text
// takes single characters only: editing counts runes, the cores elements.
func (op *Op) suits(kind Action) bool {
	switch kind {
	case MakeMap:
		return op.Key != ""
	case MakeText:
		return op.Key == "" && (op.Action == Delete || op.Action == Set && op.Insert && op.glyph)
	}
	return op.Key == ""
}

// slot is the element that an operation belongs to: its own, if it made one.
func (op *Op) slot(d *Decoded, id ID) ID {
	if op.Insert {
		return id
	}
	return op.Elem
}

// before gives the operation id if it is in this change, before number i.
func (d *Decoded) before(i int, id ID) *Op {
	if at := int64(id.Counter) - int64(d.StartOp); id.Actor == 0 && at >= 0 && at < int64(i) {
		return &d.Ops[at]
	}
	return nil
}

// older reports whether id can have been there before this change.
func (d *Decoded) older(id ID) bool { return id.Counter < d.StartOp }

// less orders ids as the cores do.
func (d *Decoded) less(a, b ID) bool {
	if a.Counter != b.Counter {
		return a.Counter < b.Counter
	}
	return bytes.Compare(d.Actors[a.Actor][:], d.Actors[b.Actor][:]) < 0
}
