package search

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/sqlite"
)

type pinned struct {
	Place
	kind cards.Kind
}

// selectPlaces is places of documents, boards that can be reached first.
const selectPlaces = `SELECT places.document, board, card, places.kind, coalesce(title, ''), coalesce(loose OR aside <> 0, 1) AS away
	FROM places LEFT JOIN docs ON docs.document = board WHERE places.document %s ORDER BY away, changed DESC, board, card LIMIT %d`

func eachPlace(tx *sqlite.Tx, which string, most int, arg string, each func(of doc.ID, p pinned)) error {
	return tx.Each(func(scan func(...any) error) error {
		var id doc.ID
		var p pinned
		if err := scan(&id, &p.Board, &p.Card, &p.kind, &p.Title, &p.Loose); err != nil {
			return err
		}
		each(id, p)
		return nil
	}, fmt.Sprintf(selectPlaces, which, most), arg)
}

// firstPlaces is the first place of each document.
func firstPlaces(tx *sqlite.Tx, ids []doc.ID) (map[doc.ID]pinned, error) {
	out := make(map[doc.ID]pinned, len(ids))
	err := eachPlace(tx, "IN (SELECT value FROM json_each(?))", -1, jsonList(ids), func(id doc.ID, p pinned) {
		if _, ok := out[id]; !ok {
			out[id] = p
		}
	})
	return out, err
}

// jsonList is a parameter for "IN (SELECT value FROM json_each(?))".
func jsonList[T any](list []T) string {
	b, _ := json.Marshal(list) // numbers and strings always marshal
	return string(b)
}

// maxPlaces is how many places of one document are told.
const maxPlaces = 1000

// Places is where a document is pinned, boards that can be reached from Home first, those
// that have changed last before others.
func (x *Index) Places(ctx context.Context, id doc.ID) ([]Place, error) {
	var out []Place
	err := x.read(ctx, func(tx *sqlite.Tx) error {
		out = nil
		return eachPlace(tx, "= ?", maxPlaces, string(id), func(_ doc.ID, p pinned) { out = append(out, p.Place) })
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
	query := itemQuery + "(aside <> 0 OR loose) = ?"
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
	return x.items(ctx, query, args...)
}

// Item is one document as lists show it; ok is false if the index does not know it.
func (x *Index) Item(ctx context.Context, id doc.ID) (i Item, ok bool, err error) {
	list, err := x.items(ctx, itemQuery+"document = ?", string(id))
	if err != nil || len(list) == 0 {
		return i, false, err
	}
	return list[0], true, nil
}

const itemQuery = `SELECT document || char(9) || kind || char(9) || changed || char(9) || aside || char(9) || loose || char(9) || title AS line
	FROM docs WHERE `

// items reads what an itemQuery tells. It comes out of SQL as one text with a line each:
// ten thousand rows one by one would take twice as long.
func (x *Index) items(ctx context.Context, query string, args ...any) (out []Item, err error) {
	var lines string
	err = x.read(ctx, func(tx *sqlite.Tx) error {
		return tx.Row([]any{&lines}, "SELECT coalesce(group_concat(line, char(10)), '') FROM ("+query+")", args...)
	})
	if err != nil {
		return nil, fmt.Errorf("listing documents: %w", err)
	}
	if lines == "" {
		return nil, nil
	}
	out = make([]Item, 0, strings.Count(lines, "\n")+1)
	for line := range strings.SplitSeq(lines, "\n") {
		out = append(out, itemOf(line))
	}
	return out, nil
}

// itemOf reads a line of List. A damaged index may hold anything.
func itemOf(line string) Item {
	var fields [5]string
	for n := range fields {
		fields[n], line, _ = strings.Cut(line, "\t")
	}
	number := func(s string) int64 {
		n, _ := strconv.ParseInt(s, 10, 64)
		return n
	}
	return item(fields[0], fields[1], line, number(fields[2]), number(fields[3]), number(fields[4]))
}
