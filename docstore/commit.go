package docstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"corkboard/doc"
	"corkboard/sqlite"
)

// commit writes a batch in one transaction: all of it, or an error after
// which nobody knows.
func (s *Store) commit(batch []*item) error {
	next := s.lastRow
	err := s.write(func(tx *sqlite.Tx) error {
		next = s.lastRow
		for part := range parts(batch) {
			if err := writePart(tx, part, &next); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("saving: %w", err)
	}
	s.lastRow = next
	s.shelve(batch)
	return nil
}

// parts cuts a batch after each item that makes a document anew: what is written of a
// document later comes after that.
func parts(batch []*item) iter.Seq[[]*item] {
	return func(yield func([]*item) bool) {
		from := 0
		for n, i := range batch {
			if n+1 < len(batch) && (i.came == nil || !i.came.remade) {
				continue
			}
			if !yield(batch[from : n+1]) {
				return
			}
			from = n + 1
		}
	}
}

func writePart(tx *sqlite.Tx, part []*item, next *int64) error {
	if err := writeBeginnings(tx, part); err != nil {
		return err
	}
	if err := writeChunks(tx, part, next); err != nil {
		return err
	}
	if err := writeDocuments(tx, part); err != nil {
		return err
	}
	if err := writeForeign(tx, part, next); err != nil {
		return err
	}
	if err := writePeers(tx, part); err != nil {
		return err
	}
	return writeSteps(tx, part)
}

// writeDocuments stores each document's newest heads, once.
func writeDocuments(tx *sqlite.Tx, batch []*item) error {
	type row struct {
		heads            doc.Heads
		changes          int
		created, changed int64
	}
	rows := map[*document]*row{}
	var order []*document
	for _, i := range batch {
		if i.doc == nil {
			continue
		}
		r := rows[i.doc]
		if r == nil {
			r = &row{created: i.time}
			rows[i.doc] = r
			order = append(order, i.doc)
		}
		r.heads, r.changed = i.heads, i.time
		r.changes += i.changes()
	}
	put, err := tx.Prepare(`INSERT INTO documents (document, genesis, collection, heads, created, changed, changes) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (document) DO UPDATE SET heads = excluded.heads, changed = excluded.changed, changes = changes + excluded.changes`)
	if err != nil {
		return err
	}
	for _, d := range order {
		r, genesis := rows[d], d.known.Load()
		if err := put.Exec(string(d.id), genesis[:], d.col.Load().row, headsText(r.heads), r.created, r.changed, r.changes); err != nil {
			return fmt.Errorf("writing heads: %w", err)
		}
	}
	return nil
}

// writeSteps stores the last state of each undo step, once.
func writeSteps(tx *sqlite.Tx, batch []*item) error {
	type row struct {
		change doc.StepChange
		doc    doc.ID
	}
	last := map[int64]row{}
	var order []int64
	for _, i := range batch {
		for _, c := range i.steps {
			if _, seen := last[c.Step.ID]; !seen {
				order = append(order, c.Step.ID)
			}
			last[c.Step.ID] = row{c, i.doc.id}
		}
	}
	if len(order) == 0 {
		return nil
	}
	put, err := tx.Prepare(`INSERT INTO steps (id, document, turn, undone, label, gesture, body, body_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET turn = excluded.turn, undone = excluded.undone, label = excluded.label,
		gesture = excluded.gesture, body = excluded.body, body_hash = excluded.body_hash`)
	if err != nil {
		return err
	}
	for _, id := range order {
		if err := writeStep(tx, put, last[id].change, last[id].doc); err != nil {
			return fmt.Errorf("writing an undo step: %w", err)
		}
	}
	return nil
}

func writeStep(tx *sqlite.Tx, put sqlite.Prepared, c doc.StepChange, id doc.ID) error {
	if c.Gone {
		return tx.Exec("DELETE FROM steps WHERE id = ?", c.Step.ID)
	}
	body, err := doc.EncodeSteps(c.Step.Inverse)
	if err != nil {
		return err
	}
	return put.Exec(c.Step.ID, string(id), c.Step.Turn, c.Step.Undone, c.Step.Label, c.Step.Gesture, body, bodyHash(body))
}

// missing tells which items of a batch are not in the log. What stands before one that
// is there is there too, as all that waits is written in one transaction, in order.
// Items without rows after that are written again: that does no harm. Of the others it is
// enough to look for the last row.
func (s *Store) missing(ctx context.Context, batch []*item) (rest []*item, err error) {
	err = s.read(ctx, func(tx *sqlite.Tx) error {
		if err := readLastRow(tx, &s.lastRow); err != nil {
			return err
		}
		for _, i := range batch {
			if len(i.rows) == 0 {
				rest = append(rest, i)
				continue
			}
			last := i.rows[len(i.rows)-1]
			err := tx.Row([]any{&last.id}, "SELECT id FROM chunks WHERE body_hash = ?", last.written.Item.Key[:])
			if errors.Is(err, sqlite.ErrNoRows) {
				rest = append(rest, i)
			} else if err != nil {
				return err
			} else {
				rest = nil
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading back what was saved: %w", err)
	}
	return rest, nil
}

// reopenLog closes the log and opens it again, with fresh eyes.
func (s *Store) reopenLog() error {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	if s.log != nil {
		_ = s.log.Close() // it failed already; what counts is the new one
		s.log = nil
	}
	db, err := openLog(s.profile, s.opt)
	if err != nil {
		return err
	}
	s.log = db
	return nil
}
