package verify

import "corkboard/doc"

// Places knows what a document has been given so far: who wrote what after
// what, and where its containers lie. It tells whether a change fits, and what
// it touches. It belongs to one goroutine at a time.
//
// Feed it every change of the document, each after those it follows; the same
// ones in another order give the same answers.
type Places struct {
	numbers map[[ActorSize]byte]uint32 // in an ID of Places, Actor counts writers
	writers []writer
	index   map[[32]byte]uint32
	changes []link
	walks   uint64
	heads   map[uint32]clock // pasts of changes that nothing follows, as many as are kept
	objects map[ID]*object
	names   map[string]uint32
}

// object is a map, list or text.
type object struct {
	in    ID     // the container that it was put into
	key   string // its slot there; "" in a list
	kind  Action
	depth uint8
	gone  bool // overwritten or deleted, which is for ever
}

// NewPlaces knows the empty document.
func NewPlaces() *Places {
	return &Places{
		numbers: map[[ActorSize]byte]uint32{}, index: map[[32]byte]uint32{}, heads: map[uint32]clock{},
		objects: map[ID]*object{rootID: {kind: MakeMap}}, names: map[string]uint32{},
	}
}

// rootID is the root map, which nobody wrote.
var rootID = ID{Actor: 1<<32 - 1}

// Add takes in a change and tells which slots of the document it may have
// changed: of maps the slot, of lists and texts the whole. What lies in an
// object that is no longer there is told as the slot where it was, what lies
// in a list as the list. No path begins with another.
//
// ErrMissing if a change that it follows was not added, ErrMisplaced if it
// cannot have been made in this document; then nothing is changed. A change
// that was added before touches nothing.
func (p *Places) Add(d *Decoded) ([]doc.Path, error) {
	if p.Has(d.Hash) {
		return nil, nil
	}
	f, err := p.fit(d)
	if err != nil {
		return nil, err
	}
	p.keep(d, f)
	return p.touched(d, f), nil
}

// Has reports whether a change was added.
func (p *Places) Has(hash [32]byte) bool {
	_, ok := p.index[hash]
	return ok
}

// Check says what Add would say, and changes nothing.
func (p *Places) Check(d *Decoded) error {
	if p.Has(d.Hash) {
		return nil
	}
	_, err := p.fit(d)
	return err
}

// keep notes the change and its operations.
func (p *Places) keep(d *Decoded, f fitting) {
	w := f.actors[0]
	if int(w) == len(p.writers) {
		p.numbers[d.Actor] = w
		p.writers = append(p.writers, writer{})
	}
	last := d.StartOp + uint32(len(d.Ops)) - 1
	p.writers[w].seq, p.writers[w].last = d.Seq, last
	f.past[w] = last
	at := uint32(len(p.changes))
	p.index[d.Hash] = at
	p.changes = append(p.changes, link{follows: f.follows, writer: w, last: last})
	for _, before := range f.follows {
		delete(p.heads, before)
	}
	p.heads[at] = f.past
	if len(p.heads) > maxClocks {
		oldest := at
		for head := range p.heads {
			oldest = min(oldest, head)
		}
		delete(p.heads, oldest)
	}
	for i := range d.Ops {
		p.keepOp(d, f, i)
	}
}

func (p *Places) keepOp(d *Decoded, f fitting, i int) {
	op, id := &d.Ops[i], f.id(d.ID(i))
	in := f.object(op.Obj)
	for _, was := range d.Preds(i) {
		if o := p.objects[f.id(was)]; o != nil { // an increment hides what is not a counter
			o.gone = true
		}
	}
	if op.Action.Makes() {
		p.objects[id] = &object{in: in, key: op.Key, kind: op.Action, depth: p.objects[in].depth + 1}
	}
	if op.Action == Delete || op.Action == Increment {
		return // nothing can speak of these
	}
	s := span{from: id.Counter, to: id.Counter + 1, obj: in, slot: f.id(op.Elem), insert: op.Insert, counter: op.Value == Counter}
	if op.Key != "" {
		s.slot = ID{p.name(op.Key), noActor}
	}
	p.writers[id.Actor].add(s)
}

// name numbers the names of slots.
func (p *Places) name(key string) uint32 {
	n, ok := p.names[key]
	if !ok {
		n = uint32(len(p.names))
		p.names[key] = n
	}
	return n
}
