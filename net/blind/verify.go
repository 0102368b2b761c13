package blind

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"corkboard/net/docsync"
	"corkboard/sqlite"
)

// maxProblems is how many are told; the rest is counted.
const maxProblems = 100

// Report is what Verify has found.
type Report struct {
	Tenants, Namespaces, Items, Pieces int
	Bytes                              int64 // of items and pieces
	Problems                           []string
	More                               int // problems that are not told
}

// OK reports whether nothing is wrong.
func (r *Report) OK() bool { return len(r.Problems) == 0 }

func (r *Report) problem(format string, args ...any) {
	if len(r.Problems) == maxProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

// Verify reads everything, as it is at one moment: forms, sizes, hashes, and the sums
// of the quotas. Damage is in the report, not an error.
func (s *Store) Verify(ctx context.Context) (Report, error) {
	var r Report
	if err := s.db.Check(ctx); errors.Is(err, sqlite.ErrCorrupt) {
		r.problem("the file: %v", err)
	} else if err != nil {
		return r, err
	}
	err := s.db.Read(ctx, func(tx *sqlite.Tx) error {
		if err := r.counts(tx); err != nil {
			return err
		}
		ids, err := column(tx, "SELECT id FROM namespaces WHERE secret IS NOT NULL ORDER BY id")
		if err != nil {
			return err
		}
		r.Namespaces = len(ids)
		for _, id := range ids {
			if err := errors.Join(r.items(tx, id), r.pieces(tx, id)); err != nil {
				return err
			}
		}
		return r.sums(tx)
	})
	if errors.Is(err, sqlite.ErrCorrupt) {
		r.problem("the file: %v", err)
		err = nil
	}
	if err != nil {
		return r, fmt.Errorf("verifying: %w", err)
	}
	return r, nil
}

// counts looks for rows that nobody refers to, or that refer to nothing.
func (r *Report) counts(tx *sqlite.Tx) error {
	var bodies, named int
	if err := tx.Row([]any{&bodies, &named, &r.Tenants}, `SELECT (SELECT count(*) FROM bodies),
		(SELECT count(*) FROM items) + (SELECT count(*) FROM pieces), (SELECT count(*) FROM tenants)`); err != nil {
		return err
	}
	if bodies != named {
		r.problem("%d bodies for %d items and pieces", bodies, named)
	}
	return nil
}

func (r *Report) items(tx *sqlite.Tx, namespace int64) error {
	var x index
	return tx.Each(func(scan func(...any) error) error {
		var place, size int64
		var key, body []byte
		var sort docsync.Sort
		if err := scan(&place, &key, &sort, &size, &body); err != nil {
			return err
		}
		r.Items++
		r.Bytes += size
		var k docsync.Key
		copy(k[:], key)
		_, doubled := x.find(k)
		switch {
		case place != int64(len(x.rows))+1:
			r.problem("namespace %d: place %d where %d should be", namespace, place, len(x.rows)+1)
		case doubled:
			r.problem("namespace %d, place %d: an item that is there twice", namespace, place)
		case int64(len(body)) != size || check([]Item{{k, sort, body}}) != nil:
			r.problem("namespace %d, place %d: %v", namespace, place, ErrDamaged)
		}
		x.add(row{key: k, size: uint32(size), sort: sort})
		return nil
	}, `SELECT i.place, i.key, i.sort, i.size, coalesce(b.body, x'') FROM items i LEFT JOIN bodies b ON b.id = i.body
		WHERE i.namespace = ? ORDER BY i.place`, namespace)
}

func (r *Report) pieces(tx *sqlite.Tx, namespace int64) error {
	return tx.Each(func(scan func(...any) error) error {
		var number, size int64
		var hash, body []byte
		if err := scan(&number, &size, &hash, &body); err != nil {
			return err
		}
		r.Pieces++
		r.Bytes += size
		if sum := sha256.Sum256(body); int64(len(body)) != size || string(sum[:]) != string(hash) {
			r.problem("namespace %d, piece %d of a file: %v", namespace, number, ErrDamaged)
		}
		return nil
	}, `SELECT p.number, p.size, p.hash, coalesce(b.body, x'') FROM pieces p LEFT JOIN bodies b ON b.id = p.body
		WHERE p.namespace = ?`, namespace)
}

// sums compares what tenants have used with what is there.
func (r *Report) sums(tx *sqlite.Tx) error {
	return tx.Each(func(scan func(...any) error) error {
		var tenant, used, found int64
		if err := scan(&tenant, &used, &found); err != nil {
			return err
		}
		if used != found {
			r.problem("tenant %d: %d bytes are counted, %d are there", tenant, used, found)
		}
		return nil
	}, `SELECT t.id, t.used,
		(SELECT coalesce(sum(i.size + ?1), 0) FROM items i JOIN namespaces n ON n.id = i.namespace WHERE n.tenant = t.id) +
		(SELECT coalesce(sum(p.size + ?1), 0) FROM pieces p JOIN namespaces n ON n.id = p.namespace WHERE n.tenant = t.id)
		FROM tenants t`, overhead)
}
