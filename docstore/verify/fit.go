package verify

import "slices"

// fitting is a change in terms of Places.
type fitting struct {
	follows []uint32
	actors  []uint32 // numbers of Decoded.Actors
	past    clock
}

func (f fitting) id(id ID) ID { return ID{id.Counter, f.actors[id.Actor]} }

// object is the id of a container, where the zero ID is the root.
func (f fitting) object(id ID) ID {
	if id == (ID{}) {
		return rootID
	}
	return f.id(id)
}

// fit holds a change against its past: that it counts on from it, and speaks
// of nothing else. So whether it fits does not depend on what else is here.
func (p *Places) fit(d *Decoded) (fitting, error) {
	var f fitting
	for _, hash := range d.Deps {
		at, ok := p.index[hash]
		if !ok {
			return f, fault(ErrMissing, "dependencies", "%x is not here", hash[:4])
		}
		f.follows = append(f.follows, at)
	}
	f.past = p.past(f.follows)
	f.actors = make([]uint32, len(d.Actors))
	for i, a := range d.Actors {
		n, known := p.numbers[a]
		switch {
		case i == 0 && !known:
			n = uint32(len(p.writers))
		case !known || i > 0 && f.past[n] == 0:
			return f, fault(ErrMisplaced, "table of writers", "number %d wrote nothing before", i)
		}
		f.actors[i] = n
	}
	if err := p.fitNumbers(d, f); err != nil {
		return f, err
	}
	inside := map[ID]uint8{}
	for i := range d.Ops {
		if err := p.fitOp(d, f, i, inside); err != nil {
			return f, err
		}
	}
	return f, nil
}

// fitNumbers looks at how the change counts.
func (p *Places) fitNumbers(d *Decoded, f fitting) error {
	me := f.actors[0]
	seq, last := uint64(0), uint32(0)
	if int(me) < len(p.writers) {
		seq, last = p.writers[me].seq, p.writers[me].last
	}
	switch {
	case d.Seq <= seq:
		return fault(ErrMisplaced, "sequence number", "there is another change with number %d", d.Seq)
	case d.Seq > seq+1 || f.past[me] != last:
		return fault(ErrMisplaced, "sequence number", "%d does not follow the writer's change before it", d.Seq)
	}
	if newest := slices.Max(f.past); d.StartOp != newest+1 {
		return fault(ErrMisplaced, "first counter", "%d follows %d", d.StartOp, newest)
	}
	return nil
}

// fitOp looks at what an operation speaks of that is older than the change.
func (p *Places) fitOp(d *Decoded, f fitting, i int, inside map[ID]uint8) error {
	op := &d.Ops[i]
	misplaced := func(why string) error { return fault(ErrMisplaced, "operations", "%d %s", i, why) }
	obj := f.object(op.Obj)
	depth, mine := inside[obj]
	if !mine {
		o := p.objects[obj]
		if o == nil || obj != rootID && !f.past.has(obj) {
			return misplaced("is in an object that is not there")
		}
		if !op.suits(o.kind) {
			return misplaced("takes an object for another")
		}
		depth = o.depth
	}
	if op.Action.Makes() {
		if depth+1 >= MaxNesting {
			return fault(ErrTooLarge, "operations", "%d nests deeper than %d", i, MaxNesting)
		}
		inside[f.id(d.ID(i))] = depth + 1
	}
	if op.Elem != (ID{}) && d.before(i, op.Elem) == nil {
		s := p.older(f, op.Elem)
		if s == nil || !s.insert || s.obj != obj {
			return misplaced("is at an element that is not there")
		}
	}
	counts := op.Action != Increment
	for _, was := range d.Preds(i) {
		if mine := d.before(i, was); mine != nil {
			counts = counts || mine.Value == Counter
			continue
		}
		s := p.older(f, was)
		if s == nil || s.obj != obj || !p.sameSlot(s, f, op, was) {
			return misplaced("overwrites what is not there")
		}
		counts = counts || s.counter
	}
	if !counts {
		return misplaced("adds to what is no counter")
	}
	return nil
}

// older finds an operation in the change's past.
func (p *Places) older(f fitting, id ID) *span {
	at := f.id(id)
	if !f.past.has(at) {
		return nil
	}
	return p.find(at)
}

func (p *Places) sameSlot(s *span, f fitting, op *Op, was ID) bool {
	if op.Key != "" {
		n, ok := p.names[op.Key]
		return ok && s.slot == ID{n, noActor}
	}
	if s.insert {
		return op.Elem == was
	}
	return s.slot == f.id(op.Elem)
}
