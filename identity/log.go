package identity

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
)

// Log is the signed log of one person: a graph of records that starts with one
// genesis. It belongs to one goroutine.
type Log struct {
	person  PersonID
	known   map[RecordID]*entry
	all     []*entry // by index: parents first
	order   []*entry // by depth, then id: the same on every replica
	heads   map[RecordID]bool
	waiting map[RecordID]*pending
	byWhom  map[DeviceID]int
	devices int // records by devices
	words   int // records by recovery keys
	now     *verdict
}

// An entry is a record whose whole past is here and whose author was entitled to it.
type entry struct {
	*fact
	raw   []byte
	index int
	depth int  // longest way from the genesis
	past  past // all that it builds on, without itself
	keeps past // of a removal: what stays of the removed one
}

type pending struct {
	fact *fact
	raw  []byte
}

// NewLog is an empty log of a person; its genesis comes by Add like the rest.
func NewLog(person PersonID) *Log {
	return &Log{
		person: person, known: map[RecordID]*entry{}, heads: map[RecordID]bool{},
		waiting: map[RecordID]*pending{}, byWhom: map[DeviceID]int{},
	}
}

// Person is whose log it is.
func (l *Log) Person() PersonID { return l.person }

// Add takes a raw record in any order: one whose parents are missing waits for
// them, which is no error; Missing names what to ask for. What is here already
// changes nothing. The errors are those of errors.go, ErrBadSignature,
// ErrBadKEM and record.ErrMalformed; nothing of the log is lost by any of them.
// A record that has waited and turns out to be refused is dropped, with what
// waits for it.
func (l *Log) Add(raw []byte) error {
	if len(raw) > MaxRecord {
		return fmt.Errorf("add person record: %w", ErrTooLarge)
	}
	raw = bytes.Clone(raw)
	f, err := parse(raw)
	if err != nil {
		return err
	}
	if f.person != l.person {
		return fmt.Errorf("add person record: %w", ErrOtherPerson)
	}
	if l.known[f.id] != nil || l.waiting[f.id] != nil {
		return nil
	}
	if !l.complete(f) {
		if len(l.waiting) >= MaxWaiting {
			return fmt.Errorf("add person record: %w", ErrCrowded)
		}
		l.waiting[f.id] = &pending{f, raw}
		return nil
	}
	if err := l.take(f, raw); err != nil {
		l.forget(f.id)
		return fmt.Errorf("add person record: %w", err)
	}
	l.release()
	return nil
}

func (l *Log) complete(f *fact) bool {
	for _, id := range f.parents {
		if l.known[id] == nil {
			return false
		}
	}
	return true
}

// release takes what waited and waits no more, until nothing does.
func (l *Log) release() {
	for again := true; again; {
		again = false
		for id, p := range l.waiting {
			if !l.complete(p.fact) {
				continue
			}
			again = true
			delete(l.waiting, id)
			if l.take(p.fact, p.raw) != nil {
				l.forget(id)
			}
		}
	}
}

// forget drops what waits for a record that will never be taken.
func (l *Log) forget(id RecordID) {
	for child, p := range l.waiting {
		if slices.Contains(p.fact.parents, id) {
			delete(l.waiting, child)
			l.forget(child)
		}
	}
}

// take makes a record part of the log if its author was entitled to it.
func (l *Log) take(f *fact, raw []byte) error {
	e := &entry{fact: f, raw: raw, index: len(l.all)}
	for _, id := range f.parents {
		parent := l.known[id]
		e.depth = max(e.depth, parent.depth+1)
		e.past = e.past.union(parent.past).with(parent.index)
	}
	if f.kind == removeDevice {
		keeps, ok := l.frontier(e)
		if !ok {
			return fmt.Errorf("frontier outside of the record's past: %w", ErrNotEntitled)
		}
		e.keeps = keeps
	}
	if f.kind != genesis && !l.verdictOn(e.past).entitles(e) {
		return ErrNotEntitled
	}
	if err := l.room(f); err != nil {
		return err
	}
	l.insert(e)
	return nil
}

// frontier is what a removal leaves of the removed one: its own past, or that
// of the heads it names, which must lie in its past.
func (l *Log) frontier(e *entry) (past, bool) {
	if len(e.fact.frontier) == 0 {
		return e.past, true
	}
	var keeps past
	for _, id := range e.fact.frontier {
		head := l.known[id]
		if head == nil || !e.past.has(head.index) {
			return nil, false
		}
		keeps = keeps.union(head.past).with(head.index)
	}
	return keeps, true
}

func (l *Log) room(f *fact) error {
	if f.role == byRecovery {
		if l.words >= MaxByWords {
			return ErrFull
		}
		l.words++
		return nil
	}
	if l.devices >= MaxByDevices || l.byWhom[f.author] >= MaxByDevice {
		return ErrFull
	}
	l.devices++
	l.byWhom[f.author]++
	return nil
}

func (l *Log) insert(e *entry) {
	l.known[e.id] = e
	l.all = append(l.all, e)
	at := sort.Search(len(l.order), func(i int) bool { return before(e, l.order[i]) })
	l.order = slices.Insert(l.order, at, e)
	for _, id := range e.parents {
		delete(l.heads, id)
	}
	l.heads[e.id] = true
	l.now = nil
}

func before(a, b *entry) bool {
	if a.depth != b.depth {
		return a.depth < b.depth
	}
	return bytes.Compare(a.id[:], b.id[:]) < 0
}
