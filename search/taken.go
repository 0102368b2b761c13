package search

import (
	"context"
	"fmt"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/sqlite"
)

// Taken is a document that no board which can be reached from Home holds any more.
type Taken struct {
	Item
	Board doc.ID     // from which it was taken last; "" if the index was made anew since
	Title string     // of that board
	Area  board.Rect // of its card there, in board units
	When  time.Time  // zero if that is not known
}

// Taken lists what was taken off its last board, the newest first, without what holds
// nothing and what was put aside.
func (x *Index) Taken(ctx context.Context) (out []Taken, err error) {
	err = x.read(ctx, func(tx *sqlite.Tx) error {
		out = nil
		return tx.Each(func(scan func(...any) error) error {
			var t Taken
			var kind, area string
			var id, on doc.ID
			var changed, at int64
			if err := scan(&id, &kind, &t.Item.Title, &changed, &on, &t.Title, &area, &at); err != nil {
				return err
			}
			t.Item = Item{ID: id, Kind: cards.Kind(kind), Title: t.Item.Title, Changed: time.UnixMilli(changed), Aside: Loose}
			t.Board, t.Area = on, parseArea(area)
			if at > 0 {
				t.When = time.UnixMilli(at)
			}
			out = append(out, t)
			return nil
		}, `SELECT d.document, d.kind, d.title, d.changed, coalesce(t.board, ''), coalesce(b.title, ''), coalesce(t.area, ''), coalesce(t.time, 0)
			FROM docs d JOIN bodies ON bodies.row = d.row LEFT JOIN taken t ON t.document = d.document LEFT JOIN docs b ON b.document = t.board
			WHERE d.loose AND d.aside = 0 AND (d.title <> '' OR d.blob <> '' OR bodies.body <> '') AND d.document <> ?
			ORDER BY coalesce(t.time, 0) DESC, d.changed DESC, d.row DESC`, string(x.opt.Home))
	})
	if err != nil {
		return nil, fmt.Errorf("listing what was taken off boards: %w", err)
	}
	return out, nil
}

func areaText(r board.Rect) string { return fmt.Sprintf("%g %g %g %g", r.X, r.Y, r.W, r.H) }

func parseArea(s string) (r board.Rect) {
	_, _ = fmt.Sscanf(s, "%g %g %g %g", &r.X, &r.Y, &r.W, &r.H) // what cannot be read is nowhere
	return r
}
