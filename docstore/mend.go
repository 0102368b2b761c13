package docstore

import (
	"context"
	"encoding/hex"
	"fmt"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/sqlite"
)

// What is damaged here others may have. When a collection is awakened, rows whose bodies
// are not what was written get a state of their own: the shelf does not count them, so
// that they are asked for again, and what comes is written in their place.

// lostRow is a chunk whose body is damaged.
type lostRow struct {
	badRow
	run  []byte
	hash string
}

// badOf is the rows alone.
func badOf(lost []lostRow) []badRow {
	out := make([]badRow, len(lost))
	for n, r := range lost {
		out[n] = r.badRow
	}
	return out
}

// lose puts damaged rows aside. It takes out of applied what the member cannot judge
// for want of them, so that documents keep it meanwhile, and gives those documents.
func (c *collection) lose(lost []lostRow, applied applied) (hurt []chunk.DocumentID, err error) {
	var ids []doc.ID
	gone, runs := map[doc.ID]map[string]bool{}, map[string]bool{}
	for _, r := range lost {
		c.s.quarantine(r.document, []badRow{r.badRow})
		if r.document == "" { // a run, or what did not count yet
			runs[string(r.run)] = true
			continue
		}
		if gone[r.document] == nil {
			gone[r.document] = map[string]bool{}
		}
		gone[r.document][r.hash] = true
	}
	delete(runs, "")
	for id, changes := range applied {
		if changes.forget(gone[id], runs) {
			ids = append(ids, id)
		}
	}
	err = c.s.write(func(tx *sqlite.Tx) error {
		for _, r := range lost {
			if err := tx.Exec("UPDATE chunks SET state = ? WHERE id = ?", stateLost, r.row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("putting damaged items aside: %w", err)
	}
	c.unshelve()
	all, err := c.s.find(ids)
	for _, f := range all {
		hurt = append(hurt, f.genesis)
	}
	return hurt, err
}

// forget takes out changes that are gone or of a run that is, and what builds on them;
// false if there are none.
func (list changesOf) forget(gone, runs map[string]bool) bool {
	var next []string
	upon := map[string][]string{}
	for hash, a := range list {
		if gone[hash] || runs[a.run] {
			next = append(next, hash)
		}
		for _, dep := range a.deps {
			upon[dep] = append(upon[dep], hash)
		}
	}
	found := len(next) > 0
	for len(next) > 0 {
		hash := next[0]
		next = next[1:]
		if _, here := list[hash]; here {
			delete(list, hash)
			next = append(next, upon[hash]...)
		}
	}
	return found
}

// mended notes how much of a document is still damaged, with what has just come.
func (d *document) mended(c *came) error {
	again := map[string]bool{}
	for _, a := range c.applied {
		again[hex.EncodeToString(a.Change.Hash[:])] = true
	}
	left, all := 0, 0
	err := d.s.read(context.Background(), func(tx *sqlite.Tx) error {
		left, all = 0, 0
		return tx.Each(func(scan func(...any) error) error {
			var hash string
			if err := scan(&hash); err != nil {
				return err
			}
			if all++; !again[hash] {
				left++
			}
			return nil
		}, "SELECT hash FROM chunks WHERE document = ? AND kind = ? AND state = ?", string(d.id), chunk.KindChange.String(), stateLost)
	})
	if err != nil {
		return fmt.Errorf("looking for what is damaged: %w", err)
	}
	c.mends = c.mends || all > 0
	d.damage = nil
	if left > 0 {
		d.damage = damaged(left)
	}
	d.err = d.damage
	return nil
}

// damaged names a document of which changes are.
func damaged(n int) error { return fmt.Errorf("%w: %d of its changes are damaged", ErrDamaged, n) }
