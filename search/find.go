package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/sqlite"
)

const (
	defaultLimit = 50
	maxLimit     = 500
	// maxWeighed is how many hits are weighed against each other by how much they
	// say of the words; of more than that nobody reads the difference.
	maxWeighed = 2000
)

// Query is what is looked for.
type Query struct {
	Text  string       // as it was typed
	Kinds []cards.Kind // only these; none: all
	On    doc.ID       // only what this board holds; "": everywhere
	Limit int          // of each section; 0 means 50
}

// Place is a card on a board.
type Place struct {
	Board doc.ID
	Title string // of the board
	Card  board.CardID
	Loose bool // no way leads from Home to the board
}

// Item is a document as lists show it.
type Item struct {
	ID      doc.ID
	Kind    cards.Kind
	Title   string
	Changed time.Time
	Aside   Aside
}

// Hit is a document that was found.
type Hit struct {
	Item
	TitleMarks []Span // bytes of the title
	Snippet    Marked // of the text, its head if the words are in the title alone
	Place      Place  // one of those where it is pinned; no board if there is none
}

// Section is the best hits, and how many there are.
type Section struct {
	Hits  []Hit
	Total int
}

// Results are what is on boards, and what was put aside or fell from its last board.
type Results struct{ Shown, Aside Section }

// Search looks for documents that have every word of a query; the last word may be the
// beginning of one. First come those with the words in the title, and among
// them those that have them in a row; then boards, then what says most of them,
// then what has changed last. Without a letter or digit nothing is found. It blocks.
func (x *Index) Search(ctx context.Context, q Query) (Results, error) {
	p := parse(q.Text)
	if p.empty() {
		return Results{}, nil
	}
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	q.Limit = min(q.Limit, maxLimit)
	var r Results
	err := x.read(ctx, func(tx *sqlite.Tx) (err error) {
		r = Results{}
		if r.Shown.Total, r.Aside.Total, err = count(tx, p, q); err != nil {
			return err
		}
		if r.Shown.Hits, err = best(tx, p, q, false, r.Shown.Total); err != nil {
			return err
		}
		r.Aside.Hits, err = best(tx, p, q, true, r.Aside.Total)
		return err
	})
	if err != nil {
		return Results{}, fmt.Errorf("searching: %w", err)
	}
	return r, nil
}

// filter is what a query wants besides words, of the table docs.
func (q Query) filter() (sql string, args []any) {
	if len(q.Kinds) > 0 {
		sql += " AND docs.kind IN (?" + strings.Repeat(", ?", len(q.Kinds)-1) + ")"
		for _, k := range q.Kinds {
			args = append(args, k)
		}
	}
	if q.On != "" {
		sql += " AND docs.document IN (SELECT document FROM places WHERE board = ?)"
		args = append(args, string(q.On))
	}
	return sql, args
}

func count(tx *sqlite.Tx, p pattern, q Query) (shown, aside int, err error) {
	filter, more := q.filter()
	var all int
	err = tx.Row([]any{&all, &aside}, `SELECT count(*), coalesce(sum(docs.aside <> 0 OR docs.loose), 0)
		FROM words JOIN docs ON docs.row = words.rowid WHERE words MATCH ?`+filter, append([]any{p.all()}, more...)...)
	return all - aside, aside, err
}

// best reads the first hits of a section that has so many: one tier after the other, and
// no more of them than are wanted.
func best(tx *sqlite.Tx, p pattern, q Query, aside bool, total int) (hits []Hit, err error) {
	weight := "NULL"
	if total <= maxWeighed {
		weight = "round(bm25(words, 8.0, 1.0), 3)"
	}
	filter, more := q.filter()
	query := `SELECT docs.row, docs.document, docs.kind, docs.title, docs.changed, docs.aside, docs.loose
		FROM words JOIN docs ON docs.row = words.rowid
		WHERE words MATCH ? AND (docs.aside <> 0 OR docs.loose) = ?` + filter + `
		ORDER BY docs.kind <> 'board', ` + weight + `, docs.changed DESC, docs.row LIMIT ` + fmt.Sprint(2*q.Limit) // some of them are here already
	want := min(q.Limit, total)
	var rows []int64
	for _, tier := range []string{inTitle(p.exact()), inTitle(p.all()), p.exact(), p.all()} {
		if len(hits) == want {
			break
		}
		err := tx.Each(func(scan func(...any) error) error {
			var id, kind, title string
			var row, changed, aside, loose int64
			if err := scan(&row, &id, &kind, &title, &changed, &aside, &loose); err != nil {
				return err
			}
			if len(hits) < want && !slices.Contains(rows, row) {
				hits, rows = append(hits, Hit{Item: item(id, kind, title, changed, aside, loose)}), append(rows, row)
			}
			return nil
		}, query, append([]any{tier, aside}, more...)...)
		if err != nil {
			return nil, err
		}
	}
	if len(hits) == 0 {
		return nil, nil
	}
	return hits, finish(tx, p, hits, rows)
}

func item(id, kind, title string, changed, aside, loose int64) Item {
	i := Item{ID: doc.ID(id), Kind: kind, Title: title, Changed: time.UnixMilli(changed), Aside: Aside(aside)}
	if i.Aside == Shown && loose != 0 {
		i.Aside = Loose
	}
	return i
}

// finish reads what is shown of hits besides their titles.
func finish(tx *sqlite.Tx, p pattern, hits []Hit, rows []int64) error {
	at := make(map[int64]*Hit, len(hits))
	ids := make([]doc.ID, len(hits))
	for n := range hits {
		at[rows[n]], ids[n] = &hits[n], hits[n].ID
		hits[n].TitleMarks = p.marks(hits[n].Title)
	}
	inFile := map[*Hit]string{}
	err := tx.Each(func(scan func(...any) error) error {
		var row int64
		var body, blob string
		if err := scan(&row, &body, &blob); err != nil {
			return err
		}
		h := at[row]
		snippet, ok := p.snippet(body)
		if !ok {
			snippet.Text = cut(body, 0, snippetBytes)
			if blob != "" {
				inFile[h] = blob
			}
		}
		h.Snippet = snippet
		return nil
	}, "SELECT row, body, blob FROM bodies JOIN docs USING (row) WHERE row IN (SELECT value FROM json_each(?))", jsonList(rows))
	if err != nil {
		return err
	}
	for h, blob := range inFile {
		file, err := fileText(tx, blob)
		if err != nil {
			return err
		}
		if snippet, ok := p.snippet(file); ok {
			h.Snippet = snippet
		}
	}
	places, err := firstPlaces(tx, ids)
	for n := range hits {
		if place, ok := places[hits[n].ID]; ok {
			hits[n].Place = place.Place
			if hits[n].Kind == "" {
				hits[n].Kind = place.kind
			}
		}
	}
	return err
}
