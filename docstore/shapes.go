package docstore

import (
	"fmt"
	"strings"

	"corkboard/sqlite"
	"corkboard/sqlite/salvage"
)

// shape is a table of the log, by which its rows are known wherever they are found: no two
// have the same, but for meta and moved.
type shape struct {
	table   string
	columns []string
	types   []string                // INTEGER, TEXT or BLOB
	alias   bool                    // the first column is the row's number
	least   int                     // columns that every row has; those after it have been added later
	put     map[int]sqlite.Prepared // rows of so many columns
}

// readShapes reads the tables of a log.
func readShapes(tx *sqlite.Tx) (out []*shape, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		var table, column, kind string
		var first, optional bool
		if err := scan(&table, &column, &kind, &first, &optional); err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].table != table {
			out = append(out, &shape{table: table, alias: first, put: map[int]sqlite.Prepared{}})
		}
		s := out[len(out)-1]
		s.columns, s.types = append(s.columns, column), append(s.types, kind)
		if !optional {
			s.least = len(s.columns)
		}
		return nil
	}, `SELECT t.name, c.name, c.type, c.pk = 1 AND c.cid = 0 AND c.type = 'INTEGER' AND (SELECT max(pk) FROM pragma_table_info(t.name)) = 1,
		c.dflt_value IS NOT NULL FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid`)
	return out, err
}

// fits reports whether a row can be of this table.
func (s *shape) fits(row salvage.Row) bool {
	if len(row.Values) < s.least || len(row.Values) > len(s.types) {
		return false
	}
	for n, v := range row.Values {
		ok := false
		switch v.(type) {
		case nil:
			ok = n == 0 && s.alias
		case int64:
			ok = s.types[n] == "INTEGER" && !(n == 0 && s.alias)
		case string:
			ok = s.types[n] == "TEXT"
		case []byte:
			ok = s.types[n] == "BLOB"
		}
		if !ok {
			return false
		}
	}
	return true
}

// shapeOf is the table that a row is of; nil if it is of none.
func shapeOf(shapes []*shape, row salvage.Row) *shape {
	for _, s := range shapes {
		if s.fits(row) && (s.table != "moved" || !isMeta(row)) && (s.table != "meta" || isMeta(row)) {
			return s
		}
	}
	return nil
}

// isMeta tells rows of meta from those of moved, which begin with the id of a document.
func isMeta(row salvage.Row) bool {
	name, _ := row.Values[0].(string)
	return name == "replica" || name == "incarnation" || name == "rebuilt" || strings.Contains(name, " ")
}

// insert writes a row unless there is one of its number, or of what else is unique in it.
func (s *shape) insert(tx *sqlite.Tx, row salvage.Row) error {
	width := len(row.Values)
	columns, values := append([]string{"rowid"}, s.columns[:width]...), append([]any{row.ID}, row.Values...)
	if s.alias {
		columns, values = columns[1:], values[1:]
		values[0] = row.ID
	}
	put, ok := s.put[width]
	if !ok {
		var err error
		put, err = tx.Prepare(fmt.Sprintf("INSERT OR IGNORE INTO %s (%s) VALUES (?%s)",
			s.table, strings.Join(columns, ", "), strings.Repeat(", ?", len(values)-1)))
		if err != nil {
			return err
		}
		s.put[width] = put
	}
	if err := put.Exec(values...); err != nil {
		return fmt.Errorf("writing a row of %s: %w", s.table, err)
	}
	return nil
}
