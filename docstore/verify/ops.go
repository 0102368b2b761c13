package verify

import "slices"

// Op is one operation of a change.
type Op struct {
	Obj      ID     // the map, list or text it was made in
	Key      string // the slot of a map; "" in lists and texts
	Elem     ID     // in lists and texts the element, or what an insertion comes after
	Action   Action
	Insert   bool // it makes an element of a list or text
	Value    Type
	glyph    bool   // the value is a string of one rune
	value    uint32 // Decoded.values from here to the next one's
	preds    uint32 // Decoded.preds from here
	predsEnd uint32 // to there
}

// Action is what an operation does.
type Action uint8

// The actions, as numbered on the wire.
const (
	MakeMap   Action = 0
	Set       Action = 1
	MakeList  Action = 2
	Delete    Action = 3
	MakeText  Action = 4
	Increment Action = 5
	// A table is an old kind of map, and marks are formatting: our documents
	// have neither, and not every core can read them.
	makeTable Action = 6
	mark      Action = 7
)

// Makes reports whether an operation of this kind makes a container.
func (a Action) Makes() bool { return a == MakeMap || a == MakeList || a == MakeText }

// readOps reads the columns into Ops, one after the other. How many operations
// there are the column of actions tells.
func (d *Decoded) readOps(c *columns, lim limits) error {
	for _, read := range []func(*columns, limits) error{d.readActions, d.readObjects, d.readKeys, d.readInserts, d.readValues, d.readPreds} {
		if err := read(c, lim); err != nil {
			return err
		}
	}
	return nil
}

func (d *Decoded) readActions(c *columns, lim limits) error {
	actions := newRuns(c.action, func(r *reader) uint64 { return r.unsigned(1 << 31) })
	n, ahead := 0, actions
	for ; ahead.more(); n++ {
		if ahead.next(); n == lim.ops {
			return fault(ErrTooLarge, "operations", "more than %d", lim.ops)
		}
	}
	if n == 0 && ahead.r.err == nil {
		return fault(ErrMalformed, "operations", "none")
	}
	if uint64(d.StartOp)+uint64(n) > MaxCounter {
		return fault(ErrTooLarge, "operations", "%d from counter %d on", n, d.StartOp)
	}
	d.Ops = make([]Op, n)
	for i := range d.Ops {
		a, null := actions.next()
		switch {
		case actions.r.err != nil:
		case null:
			actions.r.fail(ErrMalformed, "operation %d has none", i)
		case a == uint64(makeTable) || a == uint64(mark):
			actions.r.fail(ErrUnknown, "operation %d makes a table or mark", i)
		case a > uint64(mark):
			actions.r.fail(ErrUnknown, "operation %d has number %d", i, a)
		}
		d.Ops[i].Action = Action(a)
	}
	return actions.close()
}

// actorRuns reads a column of numbers in the table of writers.
func (d *Decoded) actorRuns(c column, lim limits) runs[uint64] {
	return newRuns(c, func(r *reader) uint64 {
		a := r.unsigned(uint64(lim.actors))
		if a >= uint64(len(d.Actors)) {
			r.fail(ErrMalformed, "writer %d of %d", a, len(d.Actors))
		}
		return a
	})
}

func (d *Decoded) readObjects(c *columns, lim limits) error {
	actors := d.actorRuns(c.objectActor, lim)
	counters := newRuns(c.objectCounter, func(r *reader) uint64 { return r.unsigned(MaxCounter) })
	for i := range d.Ops {
		actor, root := actors.next()
		counter, none := counters.next()
		if root != none || !root && counter == 0 {
			counters.r.fail(ErrMalformed, "operation %d has half an object", i)
		}
		d.Ops[i].Obj = ID{uint32(counter), uint32(actor)}
	}
	if err := firstOf(actors.r.err, counters.r.err); err != nil {
		return err
	}
	return firstOf(actors.close(), counters.close())
}

func (d *Decoded) readKeys(c *columns, lim limits) error {
	actors, counters := d.actorRuns(c.keyActor, lim), newDeltas(c.keyCounter)
	names := newRuns(c.keyName, func(r *reader) string { return r.text(MaxKey) })
	for i := range d.Ops {
		actor, noActor := actors.next()
		counter, noCounter := counters.next()
		name, noName := names.next()
		inMap := noActor && noCounter && !noName
		inList := !noCounter && noName && noActor == (counter == 0)
		if !inMap && !inList {
			names.r.fail(ErrMalformed, "operation %d needs a name or an element", i)
		}
		if inMap && name == "" {
			names.r.fail(ErrMalformed, "operation %d has an empty one", i)
		}
		d.Ops[i].Key, d.Ops[i].Elem = name, ID{counter, uint32(actor)}
	}
	if err := firstOf(actors.r.err, counters.r.err, names.r.err); err != nil {
		return err
	}
	return firstOf(actors.close(), counters.close(), names.close())
}

func (d *Decoded) readInserts(c *columns, _ limits) error {
	inserts := newFlags(c.insert)
	for i := range d.Ops {
		d.Ops[i].Insert = inserts.next()
	}
	return inserts.close()
}

func (d *Decoded) readPreds(c *columns, lim limits) error {
	counts := newRuns(c.predCount, func(r *reader) uint64 { return r.unsigned(uint64(lim.preds)) })
	total := uint64(0)
	for i := range d.Ops {
		n, null := counts.next()
		if null {
			counts.r.fail(ErrMalformed, "operation %d has none", i)
		}
		d.Ops[i].preds = uint32(total)
		if total += n; total > uint64(lim.preds) {
			return fault(ErrTooLarge, "predecessors", "more than %d", lim.preds)
		}
		d.Ops[i].predsEnd = uint32(total)
	}
	if err := counts.close(); err != nil {
		return err
	}
	actors, counters := d.actorRuns(c.predActor, lim), newDeltas(c.predCounter)
	d.preds = slices.Grow(d.preds, int(total))
	for range total {
		actor, noActor := actors.next()
		counter, noCounter := counters.next()
		if noActor || noCounter || counter == 0 {
			counters.r.fail(ErrMalformed, "half a predecessor")
			break
		}
		d.preds = append(d.preds, ID{counter, uint32(actor)})
	}
	if err := firstOf(actors.r.err, counters.r.err); err != nil {
		return err
	}
	return firstOf(actors.close(), counters.close())
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
