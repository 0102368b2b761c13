package verify

import "slices"

// writer is one actor: its changes are a chain.
type writer struct {
	seq   uint64
	last  uint32 // counter of its newest operation
	spans []span // sorted
}

// noActor in a slot marks the name of a map's slot, by number.
const noActor = 1<<32 - 2

// span is a run of operations of one writer that others can speak of: values
// and containers, in one slot or as new elements of one list.
type span struct {
	from, to uint32 // counters
	obj      ID
	slot     ID // the element or name; for insertions each is its own
	insert   bool
	counter  bool
}

func (w *writer) add(s span) {
	if n := len(w.spans); n > 0 && s.insert {
		last := &w.spans[n-1]
		if last.insert && last.to == s.from && last.obj == s.obj && last.counter == s.counter {
			last.to = s.to
			return
		}
	}
	w.spans = append(w.spans, s)
}

// find gives the span of an operation, nil if there is none.
func (p *Places) find(id ID) *span {
	spans := p.writers[id.Actor].spans
	i, ok := slices.BinarySearchFunc(spans, id.Counter, func(s span, c uint32) int {
		switch {
		case s.to <= c:
			return -1
		case s.from > c:
			return 1
		}
		return 0
	})
	if !ok {
		return nil
	}
	return &spans[i]
}

// link is a change in the graph of changes.
type link struct {
	follows []uint32
	writer  uint32
	last    uint32 // counter of its last operation
	walk    uint64 // the last walk that came by
}

// maxClocks bounds the pasts that are kept: a hostile writer can make as many
// names, and changes that nothing follows, as they like.
const maxClocks = 64

// clock is a past: of every writer the counter up to which it is known.
type clock []uint32

func (c clock) has(id ID) bool { return id.Counter <= c[id.Actor] }

// past is all that a change knows which follows these. Cheap if they are among
// the newest, else it walks back to the beginning, or to what is kept.
func (p *Places) past(follows []uint32) clock {
	c := make(clock, len(p.writers)+1)
	p.walks++
	for todo := slices.Clone(follows); len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		l := &p.changes[at]
		if l.walk == p.walks {
			continue
		}
		l.walk = p.walks
		known, newest := p.heads[at]
		if !newest {
			c[l.writer] = max(c[l.writer], l.last)
			todo = append(todo, l.follows...)
		}
		for w, last := range known {
			c[w] = max(c[w], last)
		}
	}
	return c
}
