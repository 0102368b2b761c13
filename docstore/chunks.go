package docstore

import (
	"bytes"
	"fmt"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/member"
	"corkboard/docstore/replica"
	"corkboard/sqlite"
)

// chunkRow is one row of chunks.
type chunkRow struct {
	id      int64
	written member.Written
	change  engine.Change // if it holds one
}

// rowsOf are the rows of what was written, and the access records that go with
// them. The changes are those in it, in order.
func rowsOf(written []member.Written, changes []engine.Change) (rows []*chunkRow, records []*loose) {
	for _, w := range written {
		if w.Item.Sort != replica.Chunk {
			records = append(records, &loose{Item: w.Item})
			continue
		}
		r := &chunkRow{written: w}
		if w.Kind == chunk.KindChange {
			r.change, changes = changes[0], changes[1:]
		}
		rows = append(rows, r)
	}
	return rows, records
}

// stored is a chunk as it lies in the log.
type stored struct {
	row  int64
	body []byte
}

// past is what the log has of a document after some row.
type past struct {
	changes []stored // oldest first
	runs    [][]byte // raw records of the runs that the changes name
	last    int64    // newest row of any kind
	bad     []badRow
}

const wrongHash = "the body does not have the hash that was stored with it"

// readHistory reads the changes of a document after a row, and the runs that
// they name. Damaged rows are handed back apart.
func readHistory(tx *sqlite.Tx, id doc.ID, after int64) (h past, err error) {
	h.last = after
	err = tx.Each(func(scan func(...any) error) error {
		var s stored
		var kind string
		var hash []byte
		if err := scan(&s.row, &kind, &s.body, &hash); err != nil {
			return err
		}
		h.last = s.row
		switch {
		case !bytes.Equal(hash, bodyHash(s.body)):
			h.bad = append(h.bad, badRow{"chunks", s.row, id, s.body, hash, wrongHash})
		case kind == chunk.KindChange.String():
			h.changes = append(h.changes, s)
		}
		return nil
	}, "SELECT id, kind, body, body_hash FROM chunks WHERE document = ? AND id > ? AND state IN (?, ?) ORDER BY id", string(id), after, stateApplied, stateLost)
	if err != nil {
		return h, err
	}
	err = tx.Each(func(scan func(...any) error) error {
		var body, hash []byte
		if err := scan(&body, &hash); err != nil {
			return err
		}
		if bytes.Equal(hash, bodyHash(body)) {
			h.runs = append(h.runs, body)
		}
		return nil
	}, `SELECT DISTINCT runs.body, runs.body_hash FROM chunks JOIN runs ON runs.ref = chunks.run AND runs.collection = chunks.collection
		WHERE chunks.document = ? AND chunks.id > ?`, string(id), after)
	return h, err
}

// open gives the changes as an engine takes them. What cannot be opened becomes
// a bad row.
func (h *past) open(m *member.Member, id chunk.DocumentID) (bodies [][]byte) {
	for _, raw := range h.runs {
		if err := m.Know(id, raw); err != nil {
			h.bad = append(h.bad, badRow{table: "runs", body: raw, why: err.Error()})
		}
	}
	_ = m.Know(id) // without runs it cannot fail
	for _, s := range h.changes {
		body, err := m.Change(id, s.body)
		if err != nil {
			h.bad = append(h.bad, badRow{table: "chunks", row: s.row, body: s.body, why: err.Error()})
			continue
		}
		bodies = append(bodies, body)
	}
	return bodies
}

// mendRuns learns the runs of a document from their chunks, where the short way
// to them is damaged. It reads all runs of the collection.
func (c *collection) mendRuns(tx *sqlite.Tx, m *member.Member, id chunk.DocumentID) error {
	return tx.Each(func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		raw, err := m.Run(body)
		if err == nil {
			err = m.Know(id, raw)
		}
		if err != nil {
			c.s.opt.Log.Error("a run cannot be read", "err", err)
		}
		return nil
	}, "SELECT body FROM chunks WHERE collection = ? AND kind = ?", c.row, chunk.KindRun.String())
}

func writeChunks(tx *sqlite.Tx, batch []*item, next *int64) error {
	put, err := tx.Prepare(`INSERT INTO chunks (id, collection, document, kind, run, hash, deps, label, body, body_hash, time)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for _, i := range batch {
		for _, r := range i.records {
			*next++
			r.place = *next
			if err := writeRecord(tx, i.in.row, r.place, r.Item, i.time); err != nil {
				return err
			}
		}
		for _, c := range i.rows {
			*next++
			c.id = *next
			id, w := i.doc.id, &c.written
			if w.Kind == chunk.KindRun {
				id = ""
				if err := writeRun(tx, i.in.row, w); err != nil {
					return err
				}
			}
			run := w.Run[:]
			if w.Kind == chunk.KindGenesis {
				run = []byte{}
			}
			err := put.Exec(c.id, i.in.row, string(id), w.Kind.String(), run, c.change.Hash, headsText(c.change.Deps),
				c.change.Label, w.Item.Raw, w.Item.Key[:], i.time)
			if err != nil {
				return fmt.Errorf("writing a %v: %w", w.Kind, err)
			}
		}
	}
	return nil
}

func writeRun(tx *sqlite.Tx, collection int64, w *member.Written) error {
	err := tx.Exec("INSERT OR IGNORE INTO runs (ref, collection, body, body_hash) VALUES (?, ?, ?, ?)",
		w.Run[:], collection, w.Announced, bodyHash(w.Announced))
	if err != nil {
		return fmt.Errorf("writing a run: %w", err)
	}
	return nil
}
