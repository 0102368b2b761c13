package search

import (
	"context"
	"fmt"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/sqlite"
)

type pinned struct {
	Place
	kind cards.Kind
}

// placesOf is where a document is pinned, boards that can be reached first.
func placesOf(tx *sqlite.Tx, id doc.ID, most int) (list []pinned, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		var p pinned
		err := scan(&p.Board, &p.Card, &p.kind, &p.Title, &p.Loose)
		list = append(list, p)
		return err
	}, `SELECT board, card, places.kind, coalesce(title, ''), coalesce(loose OR aside <> 0, 1) AS away
		FROM places LEFT JOIN docs ON docs.document = board WHERE places.document = ? ORDER BY away, changed DESC, board, card LIMIT ?`,
		string(id), most)
	return list, err
}

// maxPlaces is how many places of one document are told.
const maxPlaces = 1000

// Places is where a document is pinned, boards that can be reached from Home first, those
// that have changed last before others.
func (x *Index) Places(ctx context.Context, id doc.ID) ([]Place, error) {
	var out []Place
	err := x.read(ctx, func(tx *sqlite.Tx) error {
		list, err := placesOf(tx, id, maxPlaces)
		out = nil
		for _, p := range list {
			out = append(out, p.Place)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for places: %w", err)
	}
	return out, nil
}

// List is a wish for documents as lists show them.
type List struct {
	Kind   cards.Kind // "": all
	Aside  bool       // what was put aside, instead of the rest
	Recent bool       // what has changed last first, else in the order in which they came
	Limit  int        // 0: all
}

// List tells documents, without their texts.
func (x *Index) List(ctx context.Context, l List) ([]Item, error) {
	query := "SELECT document, kind, title, changed, aside, loose FROM docs WHERE (aside <> 0 OR loose) = ?"
	args := []any{l.Aside}
	if l.Kind != "" {
		query += " AND kind = ?"
		args = append(args, l.Kind)
	}
	if l.Recent {
		query += " ORDER BY changed DESC, row DESC"
	} else {
		query += " ORDER BY row"
	}
	if l.Limit > 0 {
		query += " LIMIT ?"
		args = append(args, l.Limit)
	}
	var out []Item
	err := x.read(ctx, func(tx *sqlite.Tx) error {
		out = nil
		return tx.Each(func(scan func(...any) error) error {
			var i Item
			var changed int64
			var loose bool
			if err := scan(&i.ID, &i.Kind, &i.Title, &changed, &i.Aside, &loose); err != nil {
				return err
			}
			i.settle(changed, loose)
			out = append(out, i)
			return nil
		}, query, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("listing documents: %w", err)
	}
	return out, nil
}

// Has is how many documents the index knows.
func (x *Index) Has(ctx context.Context) (n int, err error) {
	err = x.read(ctx, func(tx *sqlite.Tx) error { return tx.Row([]any{&n}, "SELECT count(*) FROM docs") })
	if err != nil {
		return 0, fmt.Errorf("counting documents: %w", err)
	}
	return n, nil
}
