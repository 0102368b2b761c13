package docstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corkboard/sqlite"
)

// openLog opens log.db for writing. Only a fresh profile gets a new one.
func openLog(p *profile, o Options) (*sqlite.DB, error) {
	path := p.path(logName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !p.fresh {
		return nil, ErrNoLog
	}
	return sqlite.Open(path, sqlite.Options{Migrations: logSchema, MaxPages: o.MaxPages.Load()})
}

// openLogToRead opens log.db without changing a byte in the profile. With an
// unfinished write-ahead log SQLite would have to write beside it: then a copy
// elsewhere is read.
func openLogToRead(p *profile) (db *sqlite.DB, temp string, err error) {
	path := p.path(logName)
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		if temp, err = os.MkdirTemp("", "corkboard-read-"); err != nil {
			return nil, "", fmt.Errorf("copying the log: %w", err)
		}
		for _, suffix := range []string{"", "-wal"} {
			if err := copyFile(path+suffix, filepath.Join(temp, logName+suffix)); err != nil {
				return nil, temp, fmt.Errorf("copying the log: %w", err)
			}
		}
		db, err = sqlite.Open(filepath.Join(temp, logName), sqlite.Options{ReadOnly: true})
		return db, temp, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrNoLog, err)
	}
	db, err = sqlite.Open(path, sqlite.Options{ReadOnly: true, Immutable: true})
	return db, "", err
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}
