package verify

import "bytes"

// ID names an operation, and what it made: a counter, and a writer as a number
// in a list of them. The zero ID is the root map, or the start of a list.
type ID struct {
	Counter uint32
	Actor   uint32
}

// Decoded is a change that passed. It keeps the bytes it was read from.
type Decoded struct {
	Hash    [32]byte
	Actor   [ActorSize]byte
	Seq     uint64 // 1 for the actor's first change
	StartOp uint32 // counter of the first operation; the others count on
	Time    int64  // Unix milliseconds, as the writer claims
	Message string
	Deps    [][32]byte        // sorted
	Actors  [][ActorSize]byte // what ID.Actor counts; the first is Actor, the others are sorted
	Ops     []Op
	// Chunk is the change uncompressed. Hand this to a core, never what was
	// received: a core inflates without a limit.
	Chunk []byte

	data   []byte
	values []byte
	preds  []ID
}

// ID names the operation Ops[i].
func (d *Decoded) ID(i int) ID { return ID{Counter: d.StartOp + uint32(i)} }

// Preds are the operations that Ops[i] overwrites or deletes, sorted.
func (d *Decoded) Preds(i int) []ID { return d.preds[d.Ops[i].preds:d.Ops[i].predsEnd] }

// Change decodes exactly one change chunk, compressed or not. The error is
// ErrMalformed, ErrTooLarge or ErrUnknown; it takes bounded time and memory to
// find that out. b must not change while the result is in use.
func Change(b []byte) (*Decoded, error) {
	return read(b, foreign)
}

// Own decodes a change that an engine on this device made, and which nobody
// else has seen: as Change, but with room for a change as large as it may get
// by itself. Rewrite makes of it what Change takes.
func Own(b []byte) (*Decoded, error) {
	return read(b, ours)
}

func read(b []byte, lim limits) (*Decoded, error) {
	f, err := open(b, lim)
	if err != nil {
		return nil, err
	}
	return decode(f, lim)
}

func decode(f frame, lim limits) (*Decoded, error) {
	d := &Decoded{Hash: f.hash, Chunk: f.chunk, data: f.data}
	r := &reader{rest: f.data}
	d.readPreamble(r, lim)
	columns := readColumns(r, lim)
	if r.err != nil {
		return nil, r.err
	}
	if err := d.readOps(&columns, lim); err != nil {
		return nil, err
	}
	if err := d.legal(lim); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Decoded) readPreamble(r *reader, lim limits) {
	r.part = "dependencies"
	d.Deps = make([][32]byte, r.unsigned(uint64(lim.deps)))
	for i := range d.Deps {
		copy(d.Deps[i][:], r.take(32))
		if i > 0 && bytes.Compare(d.Deps[i-1][:], d.Deps[i][:]) >= 0 {
			r.fail(ErrMalformed, "not sorted")
		}
	}
	r.part = "writer"
	d.Actor = r.actor()
	r.part = "sequence number"
	if d.Seq = r.unsigned(MaxCounter); d.Seq == 0 {
		r.fail(ErrMalformed, "is zero")
	}
	r.part = "first counter"
	if d.StartOp = uint32(r.unsigned(MaxCounter - MaxOps)); d.StartOp == 0 {
		r.fail(ErrMalformed, "is zero")
	}
	r.part = "time"
	if d.Time = r.signed(); d.Time > MaxTime || d.Time < -MaxTime {
		r.fail(ErrTooLarge, "out of the calendar")
	}
	r.part = "message"
	d.Message = r.text(MaxMessage)
	d.readActors(r, lim)
}

// readActors reads the table of the other writers.
func (d *Decoded) readActors(r *reader, lim limits) {
	r.part = "table of writers"
	n := int(r.unsigned(uint64(lim.actors) - 1))
	if n > len(r.rest)/ActorSize {
		r.fail(ErrMalformed, "cut short")
		return
	}
	d.Actors = make([][ActorSize]byte, 1+n)
	d.Actors[0] = d.Actor
	for i := 1; i <= n; i++ {
		a := r.actor()
		if a == d.Actor || i > 1 && bytes.Compare(d.Actors[i-1][:], a[:]) >= 0 {
			r.fail(ErrMalformed, "not sorted")
		}
		d.Actors[i] = a
	}
}

func (r *reader) actor() (a [ActorSize]byte) {
	if n := r.unsigned(1 << 10); r.err == nil && n != ActorSize {
		r.fail(ErrUnknown, "a name of %d bytes", n)
	}
	copy(a[:], r.take(ActorSize))
	return a
}
