package search

import (
	"context"
	"errors"
	"fmt"

	"corkboard/sqlite"
)

// maxTries is how often a file is read that ends whoever reads it.
const maxTries = 3

// File is a file whose text was not read yet.
type File struct{ Blob, MIME string }

// Unread are files that documents of the index name and whose text is not known, at
// most so many, after one in the order of their names.
func (x *Index) Unread(ctx context.Context, after string, most int) (list []File, err error) {
	err = x.read(ctx, func(tx *sqlite.Tx) error {
		list = nil
		return tx.Each(func(scan func(...any) error) error {
			var f File
			err := scan(&f.Blob, &f.MIME)
			list = append(list, f)
			return err
		}, `SELECT blob, min(mime) FROM docs WHERE blob > ? AND blob NOT IN (SELECT blob FROM files WHERE done) GROUP BY blob ORDER BY blob LIMIT ?`,
			after, most)
	})
	if err != nil {
		return nil, fmt.Errorf("listing files to read: %w", err)
	}
	return list, nil
}

// PutFile keeps the text of a file, once and for all, at most maxText bytes; it is found
// in every document that names the file.
func (x *Index) PutFile(ctx context.Context, blob, text string) error {
	text = clip(text)
	err := x.write(ctx, func(tx *sqlite.Tx) error {
		err := tx.Exec(`INSERT INTO files (blob, done, tries, body) VALUES (?1, 1, 0, ?2)
			ON CONFLICT (blob) DO UPDATE SET done = 1, body = excluded.body`, blob, text)
		if err != nil {
			return err
		}
		type row struct {
			id          int64
			title, body string
		}
		var rows []row
		err = tx.Each(func(scan func(...any) error) error {
			var r row
			err := scan(&r.id, &r.title, &r.body)
			rows = append(rows, r)
			return err
		}, "SELECT docs.row, title, body FROM docs JOIN bodies USING (row) WHERE blob = ?", blob)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := putWords(tx, r.id, r.title, r.body, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keeping the text of a file: %w", err)
	}
	return nil
}

// Tried counts one more time that a file could not be read by no fault of its own;
// after some it counts as a file without text.
func (x *Index) Tried(ctx context.Context, blob string) error {
	err := x.write(ctx, func(tx *sqlite.Tx) error {
		var tries int
		err := tx.Row([]any{&tries}, "SELECT tries FROM files WHERE blob = ?", blob)
		if err != nil && !errors.Is(err, sqlite.ErrNoRows) {
			return err
		}
		return tx.Exec(`INSERT OR REPLACE INTO files (blob, done, tries, body) VALUES (?, ?, ?, '')`, blob, tries+1 >= maxTries, tries+1)
	})
	if err != nil {
		return fmt.Errorf("noting that a file was not read: %w", err)
	}
	return nil
}
