package search

import (
	"context"
	"fmt"

	"corkboard/doc"
	"corkboard/sqlite"
)

// Stamps are the versions of all documents that the index has.
func (x *Index) Stamps(ctx context.Context) (map[doc.ID]string, error) {
	out := map[doc.ID]string{}
	err := x.read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var id doc.ID
			var heads string
			err := scan(&id, &heads)
			out[id] = heads
			return err
		}, "SELECT document, heads FROM docs")
	})
	if err != nil {
		return nil, fmt.Errorf("reading the index of words: %w", err)
	}
	return out, nil
}

// Pinned is all documents that are on boards.
func (x *Index) Pinned(ctx context.Context) (map[doc.ID]bool, error) {
	out := map[doc.ID]bool{}
	err := x.read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			out[doc.ID(id)] = true
			return err
		}, "SELECT DISTINCT document FROM places")
	})
	if err != nil {
		return nil, fmt.Errorf("reading the index of words: %w", err)
	}
	return out, nil
}

// Stamp is the version of one document that the index has, "" if none.
func (x *Index) Stamp(ctx context.Context, id doc.ID) (heads string, err error) {
	err = x.read(ctx, func(tx *sqlite.Tx) error {
		return tx.Row([]any{&heads}, "SELECT coalesce(max(heads), '') FROM docs WHERE document = ?", string(id))
	})
	if err != nil {
		return "", fmt.Errorf("reading the index of words: %w", err)
	}
	return heads, nil
}

// SetGone says which collections this person is out of: their documents leave the
// index. It is remembered, as the next start may not know it at once.
func (x *Index) SetGone(ctx context.Context, collections []string) error {
	err := x.write(ctx, func(tx *sqlite.Tx) error {
		if err := tx.Exec("DELETE FROM gone"); err != nil {
			return err
		}
		for _, c := range collections {
			if err := tx.Exec("INSERT INTO gone (collection) VALUES (?)", c); err != nil {
				return err
			}
		}
		var ids []string
		err := tx.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, "SELECT document FROM docs WHERE collection IN (SELECT collection FROM gone)")
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := remove(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("leaving a collection: %w", err)
	}
	return nil
}

// Gone is what SetGone said.
func (x *Index) Gone(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := x.read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var c string
			err := scan(&c)
			out[c] = true
			return err
		}, "SELECT collection FROM gone")
	})
	if err != nil {
		return nil, fmt.Errorf("reading the index of words: %w", err)
	}
	return out, nil
}
