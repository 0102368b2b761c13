package docstore

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/sqlite"
	"corkboard/sqlite/salvage"
)

// rebuilding writes a log anew: with all rows of the damaged one that can be read page by
// page, with those that only the profile's backups have, and with a row of state 3 for each
// change that others build on and that nobody here has any more. What others have of it
// comes again, as for any damaged row; what comes of that is not known any more, so that all
// is compared with everybody.
type rebuilding struct {
	log           *slog.Logger
	from, backups string // a log, and a folder
	now           int64  // ms since 1970 UTC
	tx            *sqlite.Tx
	shapes        []*shape
	own, others   int // rows
	missing       int // changes
}

func (r *rebuilding) write(tx *sqlite.Tx) (err error) {
	r.tx, r.missing = tx, 0
	if r.shapes, err = readShapes(tx); err != nil {
		return err
	}
	if err := r.take(r.from, "peers"); errors.Is(err, salvage.ErrUnreadable) {
		return fmt.Errorf("%w: %w", sqlite.ErrIO, err)
	} else if err != nil {
		return err
	}
	if r.own, err = r.count(); err != nil {
		return err
	}
	had, err := r.documents()
	if err != nil {
		return err
	}
	if err := r.takeBackups(); err != nil {
		return err
	}
	if r.others, err = r.count(); err != nil {
		return err
	}
	r.others -= r.own
	if err := r.nameCollections(); err != nil {
		return err
	}
	err = tx.Exec("INSERT OR IGNORE INTO moved (document, target) SELECT substr(name, ?), value FROM meta WHERE name LIKE ?", len(moveMark)+1, moveMark+"%")
	if err != nil {
		return err
	}
	if _, err := readHome(tx); err != nil { // then nothing takes its place
		return fmt.Errorf("%w: whose profile it is cannot be read any more: %w", sqlite.ErrCorrupt, err)
	}
	if err := r.listLost(); err != nil {
		return err
	}
	err = tx.Exec("INSERT OR REPLACE INTO meta (name, value) VALUES ('rebuilt', ?)", strconv.FormatInt(r.now, 10))
	if err != nil {
		return err
	}
	all, err := r.documents()
	if err != nil {
		return err
	}
	for id, d := range all {
		_, whole := had[id]
		if err := r.settle(id, d, whole); err != nil {
			return err
		}
	}
	return nil
}

// takeBackups fills in what is lost, from the newest backup to the oldest.
func (r *rebuilding) takeBackups() error {
	names, err := backupNames(r.backups)
	if err != nil {
		r.log.Warn("there are no backups", "err", err)
	}
	leave := []string{"peers", "steps"} // a step may have gone since
	var tenancies int
	if err := r.tx.Row([]any{&tenancies}, "SELECT count(*) FROM tenancies"); err != nil {
		return err
	}
	if tenancies > 0 {
		leave = append(leave, "tenancies") // as may a storage peer
	}
	for _, name := range slices.Backward(names) {
		path := filepath.Join(r.backups, name)
		if version, err := salvage.Version(path); err == nil && version == len(firstSchema) {
			continue // of the first format
		}
		var unopened *fs.PathError
		err := r.take(path, leave...)
		if errors.As(err, &unopened) || errors.Is(err, salvage.ErrUnreadable) {
			r.log.Warn("a backup cannot be read", "name", name, "err", err)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// take writes what can be read of a log and is not there yet, but for some tables.
func (r *rebuilding) take(path string, leave ...string) error {
	return salvage.Rows(path, func(row salvage.Row) error {
		s := shapeOf(r.shapes, row)
		if s == nil || slices.Contains(leave, s.table) || s.table == "meta" && ofThisLog(row) {
			return nil
		}
		return s.insert(r.tx, row)
	})
}

// ofThisLog is what names a log among its copies: the new one is another.
func ofThisLog(row salvage.Row) bool {
	return row.Values[0] == "replica" || row.Values[0] == "incarnation"
}

// count is how many rows there are.
func (r *rebuilding) count() (all int, err error) {
	for _, s := range r.shapes {
		var n int
		if err := r.tx.Row([]any{&n}, "SELECT count(*) FROM "+s.table); err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// listed is the row of a document.
type listed struct {
	collection int64
	heads      doc.Heads
}

func (r *rebuilding) documents() (map[doc.ID]listed, error) {
	out := map[doc.ID]listed{}
	err := r.tx.Each(func(scan func(...any) error) error {
		var id doc.ID
		var d listed
		var heads string
		err := scan(&id, &d.collection, &heads)
		d.heads = headsOf(heads)
		out[id] = d
		return err
	}, "SELECT document, collection, heads FROM documents")
	return out, err
}

// nameCollections gives a row to collections of which only records are left: the first of
// them names it.
func (r *rebuilding) nameCollections() error {
	lost := map[int64]access.RecordID{}
	err := r.tx.Each(func(scan func(...any) error) error {
		var row int64
		var body []byte
		if err := scan(&row, &body); err != nil {
			return err
		}
		if record, err := access.Parse(body); err == nil && len(record.Parents) == 0 {
			lost[row] = record.ID
		}
		return nil
	}, "SELECT collection, body FROM records WHERE sort = ? AND collection NOT IN (SELECT id FROM collections)", int64(replica.AccessRecord))
	if err != nil {
		return err
	}
	for row, id := range lost {
		if err := r.tx.Exec("INSERT OR IGNORE INTO collections (id, genesis) VALUES (?, ?)", row, id[:]); err != nil {
			return fmt.Errorf("naming a collection: %w", err)
		}
	}
	return nil
}

// listLost gives a row to documents of which only items are left.
func (r *rebuilding) listLost() error {
	lost := map[doc.ID]int64{}
	err := r.tx.Each(func(scan func(...any) error) error {
		var id doc.ID
		var row int64
		err := scan(&id, &row)
		lost[id] = row
		return err
	}, "SELECT document, min(collection) FROM chunks WHERE document <> '' AND document NOT IN (SELECT document FROM documents) GROUP BY document")
	if err != nil {
		return err
	}
	for id, row := range lost {
		genesis, err := chunk.ParseDocumentID(id)
		if err != nil {
			r.log.Error("a document is lost of which nothing says how it began", "id", id)
			continue
		}
		err = r.tx.Exec("INSERT INTO documents (document, genesis, collection, heads, created, changed, changes) VALUES (?, ?, ?, '', 0, 0, 0)",
			string(id), genesis[:], row)
		if err != nil {
			return fmt.Errorf("listing a document: %w", err)
		}
	}
	return nil
}

// settle has the row of a document name its newest changes, unless it is whole, and keeps
// a place for each change that is named and not there: without body and name, as one of
// which both are damaged.
func (r *rebuilding) settle(id doc.ID, d listed, whole bool) error {
	here, open, wanted := map[string]bool{}, map[string]bool{}, map[string]bool{}
	err := r.tx.Each(func(scan func(...any) error) error {
		var hash, deps string
		var state int
		if err := scan(&hash, &deps, &state); err != nil {
			return err
		}
		here[hash] = true
		if state == stateApplied || state == stateLost {
			open[hash] = true
			for _, d := range headsOf(deps) {
				wanted[d] = true
			}
		}
		return nil
	}, "SELECT hash, deps, state FROM chunks WHERE document = ? AND kind = ?", string(id), chunk.KindChange.String())
	if err != nil {
		return err
	}
	if !whole {
		for hash := range wanted {
			delete(open, hash)
		}
		if err := r.relist(id, open); err != nil {
			return err
		}
	} else {
		for _, hash := range d.heads {
			wanted[hash] = true
		}
	}
	var last int64
	if err := readLastRow(r.tx, &last); err != nil {
		return err
	}
	for hash := range wanted {
		if here[hash] {
			continue
		}
		last++
		r.missing++
		if err := r.keepPlace(last, id, d.collection, hash); err != nil {
			return err
		}
	}
	return nil
}

// relist writes what the row of a document says of its changes.
func (r *rebuilding) relist(id doc.ID, newest map[string]bool) error {
	heads := make(doc.Heads, 0, len(newest))
	for hash := range newest {
		heads = append(heads, hash)
	}
	slices.Sort(heads)
	err := r.tx.Exec(`UPDATE documents SET heads = ?2, (created, changed, changes) = (SELECT coalesce(min(time), created),
		coalesce(max(time), changed), count(*) FROM chunks WHERE document = ?1 AND kind = ?3 AND state = ?4) WHERE document = ?1`,
		string(id), headsText(heads), chunk.KindChange.String(), stateApplied)
	if err != nil {
		return fmt.Errorf("listing a document's changes: %w", err)
	}
	return nil
}

func (r *rebuilding) keepPlace(row int64, id doc.ID, collection int64, hash string) error {
	name := make([]byte, 32)
	_, _ = rand.Read(name) // never fails
	err := r.tx.Exec(`INSERT INTO chunks (id, collection, document, kind, run, hash, deps, label, body, body_hash, state, time)
		VALUES (?, ?, ?, ?, x'', ?, '', '', x'', ?, ?, 0)`, row, collection, string(id), chunk.KindChange.String(), hash, name, stateLost)
	if err != nil {
		return fmt.Errorf("keeping a place for a change: %w", err)
	}
	return nil
}
