package docstore

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"corkboard/sqlite"
)

// hopeless is the damaged rows that no backup has.
type hopeless struct {
	mu   sync.Mutex
	rows map[string]bool
}

// mend puts what the profile's own backups have in the place of damaged rows: the same
// bytes, as their hash says. It reports whether there was any; what is damaged is read
// again then.
func (s *Store) mend(bad []badRow) bool {
	if len(bad) == 0 || s.readOnly != nil {
		return false
	}
	s.hopeless.mu.Lock()
	defer s.hopeless.mu.Unlock()
	key := func(b badRow) string { return fmt.Sprintf("%s %d %x", b.table, b.row, bodyHash(b.body)) }
	bad = slices.DeleteFunc(slices.Clone(bad), func(b badRow) bool { return b.name == nil || s.hopeless.rows[key(b)] })
	dir := s.profile.path(backupsName)
	names, err := backupNames(dir)
	if err != nil {
		return false
	}
	var good []badRow
	for _, name := range slices.Backward(names) {
		if len(bad) > 0 {
			var found []badRow
			found, bad = seek(filepath.Join(dir, name), bad)
			good = append(good, found...)
		}
	}
	if s.hopeless.rows == nil {
		s.hopeless.rows = map[string]bool{}
	}
	for _, b := range bad {
		s.hopeless.rows[key(b)] = true
	}
	if len(good) == 0 {
		return false
	}
	err = s.write(func(tx *sqlite.Tx) error {
		for _, b := range good {
			if err := tx.Exec("UPDATE "+b.table+" SET body = ?, body_hash = ? WHERE rowid = ?", b.body, b.name, b.row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.opt.Log.Error("what a backup has of damaged rows cannot be written", "err", err)
		return false
	}
	s.unshelve()
	s.opt.Log.Warn("damaged rows were mended from a backup", "rows", len(good))
	return true
}

// readMended is read for what hands damaged rows back: it reads again if backups had some.
func (s *Store) readMended(ctx context.Context, f func(*sqlite.Tx) (bad []badRow, err error)) (bad []badRow, err error) {
	read := func() error {
		return s.read(ctx, func(tx *sqlite.Tx) (err error) {
			bad, err = f(tx)
			return err
		})
	}
	if err = read(); err == nil && s.mend(bad) {
		err = read()
	}
	return bad, err
}

// seek parts damaged rows into those that a backup has, as they were, and the others.
// Either the body or the name of a row must be the backup's: else it is another row.
func seek(path string, bad []badRow) (good, left []badRow) {
	db, err := sqlite.Open(path, sqlite.Options{ReadOnly: true, Immutable: true})
	if err != nil {
		return nil, bad
	}
	defer db.Close()
	for _, b := range bad {
		was := badRow{table: b.table, row: b.row}
		err := db.Read(context.Background(), func(tx *sqlite.Tx) error {
			return tx.Row([]any{&was.body, &was.name}, "SELECT body, body_hash FROM "+b.table+" WHERE rowid = ?", b.row)
		})
		same := bytes.Equal(was.name, b.name) || bytes.Equal(was.body, b.body)
		if err == nil && same && bytes.Equal(was.name, bodyHash(was.body)) {
			good = append(good, was)
		} else {
			left = append(left, b)
		}
	}
	return good, left
}
