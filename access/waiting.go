package access

import "slices"

// waiting is the records whose parents are missing, each filed under one
// missing parent.
type waiting struct {
	by    map[RecordID][]*Record
	all   map[RecordID]RecordID // record to the parent it is filed under
	since []RecordID            // oldest first; those that left stay until they are met
	bytes int
}

func newWaiting() waiting {
	return waiting{by: map[RecordID][]*Record{}, all: map[RecordID]RecordID{}}
}

func (w *waiting) has(id RecordID) bool {
	_, ok := w.all[id]
	return ok
}

func (w *waiting) put(r *Record, missing RecordID) {
	w.by[missing] = append(w.by[missing], r)
	w.all[r.ID] = missing
	w.bytes += len(r.Raw)
	w.since = append(w.since, r.ID)
	for len(w.all) > MaxWaiting || w.bytes > MaxWaitingBytes {
		w.forget(w.since[0])
		w.since = w.since[1:]
	}
	if len(w.since) > 2*MaxWaiting {
		w.since = slices.DeleteFunc(w.since, func(id RecordID) bool { return !w.has(id) })
	}
}

func (w *waiting) forget(id RecordID) {
	parent, ok := w.all[id]
	if !ok {
		return
	}
	i := slices.IndexFunc(w.by[parent], func(r *Record) bool { return r.ID == id })
	w.drop(w.by[parent][i])
	if w.by[parent] = slices.Delete(w.by[parent], i, i+1); len(w.by[parent]) == 0 {
		delete(w.by, parent)
	}
}

func (w *waiting) drop(r *Record) {
	delete(w.all, r.ID)
	w.bytes -= len(r.Raw)
}

// release is what was filed under a parent that has come.
func (w *waiting) release(parent RecordID) []*Record {
	free := w.by[parent]
	delete(w.by, parent)
	for _, r := range free {
		w.drop(r)
	}
	return free
}

// wanted is every parent that was missing, also if it waits itself.
func (w *waiting) wanted() []RecordID {
	var ids []RecordID
	for parent := range w.by {
		if !w.has(parent) {
			ids = append(ids, parent)
		}
	}
	return ids
}
