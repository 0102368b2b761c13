package access

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
)

const (
	// MaxRecords is how many records a log holds.
	MaxRecords = 1 << 15
	// MaxWaiting and MaxWaitingBytes bound what waits for its parents; beyond,
	// what has waited longest is forgotten and must come again.
	MaxWaiting      = 1024
	MaxWaitingBytes = 16 << 20
)

// Log is the records of one collection: a graph that grows from its genesis.
// It knows of signatures and parents, not of rights: see View.
type Log struct {
	collection RecordID
	at         map[RecordID]*entry
	inserted   []*entry // parents first
	order      []*entry // by depth, then id: the same on every replica
	heads      map[RecordID]bool
	waiting    waiting
}

type entry struct {
	*Record
	index, depth int // depth: length of the longest way from the genesis
	parents      []*entry
}

// NewLog is an empty log; the genesis comes by Add like the rest.
func NewLog(collection RecordID) *Log {
	return &Log{
		collection: collection, at: map[RecordID]*entry{}, heads: map[RecordID]bool{},
		waiting: newWaiting(),
	}
}

// Collection is the id of the genesis.
func (l *Log) Collection() RecordID { return l.collection }

// Len is how many records there are, without those that wait.
func (l *Log) Len() int { return len(l.inserted) }

// Add takes a raw record, in any order: one whose parents are missing waits for
// them, which is no error (see Missing), and what is here already changes
// nothing. The record is returned in any case but an error's. Errors: those of
// Parse, ErrOtherCollection, ErrFull.
func (l *Log) Add(raw []byte) (*Record, error) {
	r, err := Parse(raw)
	if err != nil {
		return nil, err
	}
	return r, l.Take(r)
}

// Take is Add for a record that was parsed or signed here.
func (l *Log) Take(r *Record) error {
	switch {
	case r.Kind() == kindGenesis && r.ID != l.collection:
		return fmt.Errorf("add access record: %w", ErrOtherCollection)
	case l.at[r.ID] != nil || l.waiting.has(r.ID):
		return nil
	case len(l.inserted) >= MaxRecords:
		return fmt.Errorf("add access record: %w", ErrFull)
	}
	if missing, ok := l.missing(r); ok {
		l.waiting.put(r, missing)
		return nil
	}
	for free := []*Record{r}; len(free) > 0; free = free[1:] {
		if missing, ok := l.missing(free[0]); ok {
			l.waiting.put(free[0], missing)
			continue
		}
		if len(l.inserted) >= MaxRecords {
			return fmt.Errorf("add access record: %w", ErrFull)
		}
		l.insert(free[0])
		free = append(free, l.waiting.release(free[0].ID)...)
	}
	return nil
}

// missing is the first parent that is not here.
func (l *Log) missing(r *Record) (RecordID, bool) {
	for _, id := range r.Parents {
		if l.at[id] == nil {
			return id, true
		}
	}
	return RecordID{}, false
}

func (l *Log) insert(r *Record) {
	e := &entry{Record: r, index: len(l.inserted)}
	for _, id := range r.Parents {
		parent := l.at[id]
		e.parents = append(e.parents, parent)
		e.depth = max(e.depth, parent.depth+1)
		delete(l.heads, id)
	}
	l.at[r.ID], l.heads[r.ID] = e, true
	l.inserted = append(l.inserted, e)
	l.order = slices.Insert(l.order, sort.Search(len(l.order), func(i int) bool { return e.before(l.order[i]) }), e)
}

// before is the order of evaluation; parents come before their children.
func (e *entry) before(o *entry) bool {
	if e.depth != o.depth {
		return e.depth < o.depth
	}
	return bytes.Compare(e.ID[:], o.ID[:]) < 0
}

// Get is a record that is here and does not wait.
func (l *Log) Get(id RecordID) (*Record, bool) {
	e := l.at[id]
	if e == nil {
		return nil, false
	}
	return e.Record, true
}

// Heads are the records that no other record builds on, ascending.
func (l *Log) Heads() []RecordID {
	ids := make([]RecordID, 0, len(l.heads))
	for id := range l.heads {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}

// All is the records, parents first, in an order that is the same for the same
// records: by depth, then by id.
func (l *Log) All() []*Record {
	return l.Since(nil)
}

// Since is what All has and somebody with these heads has not. Heads that are
// not here are passed over.
func (l *Log) Since(heads []RecordID) []*Record {
	known := make([]bool, len(l.inserted))
	var stack []*entry
	for _, id := range heads {
		if e := l.at[id]; e != nil {
			stack = append(stack, e)
		}
	}
	for len(stack) > 0 {
		e := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !known[e.index] {
			known[e.index] = true
			stack = append(stack, e.parents...)
		}
	}
	var out []*Record
	for _, e := range l.order {
		if !known[e.index] {
			out = append(out, e.Record)
		}
	}
	return out
}

// Missing is the parents to ask others for, ascending.
func (l *Log) Missing() []RecordID {
	var ids []RecordID
	for _, id := range l.waiting.wanted() {
		if l.at[id] == nil {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, compareIDs)
	return slices.Compact(ids)
}
