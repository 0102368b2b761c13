package identity

import (
	"bytes"
	"iter"
	"slices"
)

// State is what the log says now: a function of the set of its records alone.
// Without a genesis there are no devices in it.
func (l *Log) State() State { return l.current().state(l.person) }

// Void lists the records that count for nothing, because their author, or who
// let the author in, was removed; sorted. They stay, and another record may
// bring them back.
func (l *Log) Void() []RecordID {
	v, void := l.current(), []RecordID(nil)
	for _, e := range l.all {
		if !v.force.has(e.index) {
			void = append(void, e.id)
		}
	}
	return sortIDs(void)
}

// Heads are the records that no other builds on, sorted.
func (l *Log) Heads() []RecordID {
	heads := make([]RecordID, 0, len(l.heads))
	for id := range l.heads {
		heads = append(heads, id)
	}
	return sortIDs(heads)
}

// Missing are the records that others wait for, sorted.
func (l *Log) Missing() []RecordID {
	missing := map[RecordID]bool{}
	for _, p := range l.waiting {
		for _, id := range p.fact.parents {
			if l.known[id] == nil && l.waiting[id] == nil {
				missing[id] = true
			}
		}
	}
	if len(l.all) == 0 {
		missing[RecordID(l.person)] = true
	}
	out := make([]RecordID, 0, len(missing))
	for id := range missing {
		out = append(out, id)
	}
	return sortIDs(out)
}

// Len is the number of records, without those that wait.
func (l *Log) Len() int { return len(l.all) }

// Has says whether a record is here; one that waits is not.
func (l *Log) Has(id RecordID) bool { return l.known[id] != nil }

// Raw is a record as it came, not to be changed; nil if it is not here.
func (l *Log) Raw(id RecordID) []byte {
	if e := l.known[id]; e != nil {
		return e.raw
	}
	return nil
}

// Records are all raw records, parents first, in the same order on every
// replica; not to be changed.
func (l *Log) Records() iter.Seq2[RecordID, []byte] {
	return func(yield func(RecordID, []byte) bool) {
		for _, e := range l.order {
			if !yield(e.id, e.raw) {
				return
			}
		}
	}
}

func sortIDs(ids []RecordID) []RecordID {
	slices.SortFunc(ids, func(a, b RecordID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}
