package docstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"time"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/sqlite"
)

// Bounds of what History gives. What is older, and what several wrote at once, is not
// lost by them: the next version has it.
const (
	maxVersions = 50_000 // of one document: the newest
	maxHeads    = 64     // of one version
)

// Version is what a document was after one more change.
type Version struct {
	// Of is the document that had it: this one, or one whose place it has taken.
	Of    doc.ID
	Heads doc.Heads // Reader.At leads there
	// Time is when it was made, as its writer's clock says: never later than it came
	// here, and later than that of every version before which its writer knew.
	Time   time.Time
	Person identity.PersonID // zero where its run cannot be read any more
	Device identity.DeviceID
	Label  string

	hash string
}

// VersionAt is the newest of versions that is not later than a time; -1 is none.
func VersionAt(list []Version, at time.Time) int {
	return sort.Search(len(list), func(i int) bool { return list[i].Time.After(at) }) - 1
}

// History lists the versions of a document, oldest first, also those of the documents
// whose place it has taken. It opens none, and blocks on the disk. A document that is
// not here has none.
func (s *Store) History(ctx context.Context, id doc.ID) ([]Version, error) {
	all, err := s.Histories(ctx, []doc.ID{id})
	return all[id], err
}

// Histories is History of many documents.
func (s *Store) Histories(ctx context.Context, ids []doc.ID) (map[doc.ID][]Version, error) {
	var all []doc.ID
	lives := make(map[doc.ID][]doc.ID, len(ids))
	for _, id := range ids {
		lives[id] = s.lives(id)
		all = append(all, lives[id]...)
	}
	rows, authors := map[doc.ID][]pastRow{}, authors{}
	for part := range slices.Chunk(all, loadBatch) {
		err := s.read(ctx, func(tx *sqlite.Tx) error {
			fresh, err := readPast(tx, part, rows)
			if err == nil {
				err = authors.read(tx, fresh)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading history: %w", err)
		}
	}
	out := make(map[doc.ID][]Version, len(ids))
	for id, lived := range lives {
		var list []Version
		for _, of := range lived {
			list = append(list, after(list, versionsOf(of, rows[of], authors))...)
		}
		out[id] = list[max(0, len(list)-maxVersions):]
	}
	return out, nil
}

// after moves the versions of a copy behind those of its original.
func after(before, list []Version) []Version {
	if len(before) == 0 {
		return list
	}
	last := before[len(before)-1].Time
	for i := range list {
		if !list[i].Time.After(last) {
			list[i].Time = last.Add(time.Millisecond)
		}
		last = list[i].Time
	}
	return list
}

// pastRow is what a row of chunks says of a change without being opened.
type pastRow struct {
	hash, label string
	deps        doc.Heads
	time        int64
	run         chunk.RunRef
}

// readPast reads the rows of documents and tells which runs they are of.
func readPast(tx *sqlite.Tx, ids []doc.ID, into map[doc.ID][]pastRow) (runs map[chunk.RunRef]bool, err error) {
	runs = map[chunk.RunRef]bool{}
	for _, id := range ids {
		delete(into, id) // a transaction may be begun again
	}
	err = tx.Each(func(scan func(...any) error) error {
		var id doc.ID
		var r pastRow
		var deps string
		var run []byte
		if err := scan(&id, &r.hash, &deps, &r.label, &r.time, &run); err != nil {
			return err
		}
		r.deps = headsOf(deps)
		if len(run) == len(r.run) {
			r.run = chunk.RunRef(run)
			runs[r.run] = true
		}
		into[id] = append(into[id], r)
		return nil
	}, `SELECT document, hash, deps, label, time, run FROM chunks
		WHERE document IN (SELECT value FROM json_each(?)) AND kind = ? AND state = ? ORDER BY id`,
		idList(ids), chunk.KindChange.String(), stateApplied)
	return runs, err
}

// author is who writes in a run.
type author struct {
	person identity.PersonID
	device identity.DeviceID
}

type authors map[chunk.RunRef]author

// read learns who writes in runs; of damaged ones nobody is known.
func (a authors) read(tx *sqlite.Tx, runs map[chunk.RunRef]bool) error {
	var names []string
	for ref := range runs {
		if _, known := a[ref]; !known {
			names = append(names, fmt.Sprintf("%X", ref[:]))
		}
	}
	list, _ := json.Marshal(names) // strings always marshal
	return tx.Each(func(scan func(...any) error) error {
		var body, hash []byte
		if err := scan(&body, &hash); err != nil {
			return err
		}
		if !bytes.Equal(hash, bodyHash(body)) {
			return nil
		}
		if r, err := chunk.ParseRun(body); err == nil {
			a[r.Ref()] = author{r.Person, r.Device}
		}
		return nil
	}, "SELECT body, body_hash FROM runs WHERE ref IN (SELECT unhex(value) FROM json_each(?))", string(list))
}

// versionsOf puts the changes of a document in order: each after those it follows,
// else by their times. Changes that follow what is not here are left out, as in the
// document.
func versionsOf(of doc.ID, rows []pastRow, who authors) []Version {
	list := make([]Version, 0, len(rows))
	deps := make(map[string]doc.Heads, len(rows))
	for _, r := range timed(rows) {
		a := who[r.run]
		deps[r.hash] = r.deps
		list = append(list, Version{Of: of, Time: time.UnixMilli(r.time), Person: a.person, Device: a.device, Label: r.label, hash: r.hash})
	}
	slices.SortStableFunc(list, func(a, b Version) int { return a.Time.Compare(b.Time) })
	open := map[string]bool{} // changes that nothing follows so far
	out := list[:0]
	for i, v := range list {
		for _, d := range deps[v.hash] {
			delete(open, d)
		}
		open[v.hash] = true
		if len(open) > maxHeads && i < len(list)-1 {
			continue
		}
		v.Heads = make(doc.Heads, 0, len(open))
		for h := range open {
			v.Heads = append(v.Heads, h)
		}
		slices.Sort(v.Heads)
		out = append(out, v)
	}
	return out
}

// timed gives each change a time after those it follows, and puts it behind them.
func timed(rows []pastRow) []pastRow {
	next := make(map[string][]int, len(rows)) // what follows a change
	missing := make([]int, len(rows))         // how much of what it follows is still to come
	seen := make(map[string]bool, len(rows))
	var ready []int
	for i, r := range rows {
		if seen[r.hash] {
			missing[i] = -1
			continue
		}
		seen[r.hash] = true
		for _, d := range r.deps {
			next[d] = append(next[d], i)
			missing[i]++
		}
		if missing[i] == 0 {
			ready = append(ready, i)
		}
	}
	out := make([]pastRow, 0, len(rows))
	least := make([]int64, len(rows))
	for n := 0; n < len(ready); n++ {
		i := ready[n]
		r := rows[i]
		r.time = max(r.time, least[i])
		out = append(out, r)
		for _, j := range next[r.hash] {
			least[j] = max(least[j], r.time+1)
			if missing[j]--; missing[j] == 0 {
				ready = append(ready, j)
			}
		}
	}
	return out
}
