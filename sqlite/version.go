package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
)

// minVersion is the first SQLite without the bug that could lose committed
// pages when a write-ahead log is reset.
const minVersion = "3.53.4"

func checkVersion(db *sql.DB) error {
	var version string
	if err := db.QueryRow("SELECT sqlite_version()").Scan(&version); err != nil {
		return err
	}
	if older(version, minVersion) {
		return fmt.Errorf("%w: %s, need %s", ErrVersion, version, minVersion)
	}
	return nil
}

func older(a, b string) bool {
	var x, y [3]int
	_, _ = fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2])
	_, _ = fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

// migrate runs what is missing, each script and its number in one transaction.
func (db *DB) migrate(scripts []string) error {
	var have int
	if err := db.writer.QueryRow("PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > len(scripts) {
		return fmt.Errorf("%w: %d, this one knows %d", ErrNewer, have, len(scripts))
	}
	if have < 0 {
		return fmt.Errorf("%w: %d migrations", ErrCorrupt, have)
	}
	for n := have; n < len(scripts); n++ {
		err := db.Write(context.Background(), func(tx *Tx) error {
			if err := tx.Exec(scripts[n]); err != nil {
				return err
			}
			return tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", n+1))
		})
		if err != nil {
			return fmt.Errorf("migration %d: %w", n+1, unfit(err))
		}
	}
	return nil
}

// unfit takes it for damage that a script does not go with what is there: its number is wrong.
func unfit(err error) error {
	var e *driver.Error
	if errors.As(err, &e) && e.Code()&0xff == codeError {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}
