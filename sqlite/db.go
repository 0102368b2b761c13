package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// Options says how a file is opened.
type Options struct {
	// Migrations are SQL scripts; the file's user_version counts those that
	// have run. Append only.
	Migrations []string
	// Relaxed gives up the last moments before a power cut for speed: for
	// files that can be rebuilt.
	Relaxed bool
	// ReadOnly opens without writing a byte into the file or its log.
	ReadOnly bool
	// Immutable promises that nobody else writes: then the folder may be
	// read-only too. Only with ReadOnly.
	Immutable bool
	// Readers bounds the read pool; 0 means 4.
	Readers int
	// MaxPages makes the file full at this many pages, for tests of a full
	// disk; 0 means no limit.
	MaxPages int64
}

// DB is an open file. Safe on any goroutine.
type DB struct {
	path           string
	writer, reader *sql.DB
	version        int
}

// Open opens or makes the file at path. It fails with ErrNewer if the file
// has migrations that this program does not know (unless ReadOnly), and with
// the kinds of this package where the disk or file is at fault.
func Open(path string, o Options) (*DB, error) {
	db, err := open(path, o)
	if err != nil {
		err = typed(err)
		if errors.Is(err, ErrIO) && !readable(path) { // while it opens, SQLite does not tell of what sort it is
			err = fmt.Errorf("%w: %w", ErrUnreadable, err)
		}
		return nil, fmt.Errorf("opening %s: %w", filepath.Base(path), err)
	}
	return db, nil
}

// readable reports whether the disk gives back all of a file that it opens.
func readable(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return true
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err == nil
}

func open(path string, o Options) (*DB, error) {
	readers := o.Readers
	if readers <= 0 {
		readers = 4
	}
	db := &DB{path: path}
	ok := false
	defer func() {
		if !ok {
			db.Close()
		}
	}()
	var err error
	if !o.ReadOnly {
		if db.writer, err = sql.Open("sqlite", dsn(path, o, true)); err != nil {
			return nil, err
		}
		db.writer.SetMaxOpenConns(1)
		if err := checkVersion(db.writer); err != nil {
			return nil, err
		}
		if err := checkSettings(db.writer, o); err != nil {
			return nil, err
		}
		if err := db.migrate(o.Migrations); err != nil {
			return nil, err
		}
	}
	if db.reader, err = sql.Open("sqlite", dsn(path, o, false)); err != nil {
		return nil, err
	}
	db.reader.SetMaxOpenConns(readers)
	db.reader.SetMaxIdleConns(readers)
	if err := checkVersion(db.reader); err != nil {
		return nil, err
	}
	if err := db.reader.QueryRow("PRAGMA user_version").Scan(&db.version); err != nil {
		return nil, err
	}
	ok = true
	return db, nil
}

// dsn spells the settings of one connection for the driver.
func dsn(path string, o Options, write bool) string {
	q := url.Values{}
	set := func(name, value string) { q.Add("_pragma", name+"("+value+")") }
	set("busy_timeout", "5000")
	set("trusted_schema", "0")
	set("mmap_size", "0")
	set("cell_size_check", "1")
	if !write {
		q.Set("mode", "ro")
		set("query_only", "1")
		if o.Immutable && o.ReadOnly {
			q.Set("immutable", "1")
		}
	} else {
		q.Set("_txlock", "immediate")
		set("journal_mode", "WAL")
		set("synchronous", strconv.Itoa(synchronous(o)))
		set("secure_delete", "1")
		set("foreign_keys", "1")
		if runtime.GOOS == "darwin" {
			set("fullfsync", "1")
			set("checkpoint_fullfsync", "1")
		}
		if o.MaxPages > 0 {
			set("max_page_count", strconv.FormatInt(o.MaxPages, 10))
		}
	}
	return fileURL(path, q)
}

func synchronous(o Options) int {
	if o.Relaxed {
		return 1 // NORMAL
	}
	return 2 // FULL
}

// checkSettings reads back what a wrong file system or driver may have ignored.
func checkSettings(db *sql.DB, o Options) error {
	want := [][2]string{
		{"journal_mode", "wal"}, {"synchronous", strconv.Itoa(synchronous(o))},
		{"secure_delete", "1"}, {"trusted_schema", "0"}, {"busy_timeout", "5000"},
	}
	for _, w := range want {
		var got string
		if err := db.QueryRow("PRAGMA " + w[0]).Scan(&got); err != nil {
			return fmt.Errorf("reading setting %s: %w", w[0], err)
		}
		if !strings.EqualFold(got, w[1]) {
			return fmt.Errorf("%w: setting %s is %q, not %q", ErrIO, w[0], got, w[1])
		}
	}
	var mmap sql.NullString
	err := db.QueryRow("PRAGMA mmap_size").Scan(&mmap)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("reading setting mmap_size: %w", err)
	}
	if mmap.Valid && mmap.String != "0" {
		return fmt.Errorf("%w: setting mmap_size is %q", ErrIO, mmap.String)
	}
	return nil
}

// Path is the file's path.
func (db *DB) Path() string { return db.path }

// Version is the file's user_version: how many migrations have run on it.
func (db *DB) Version() int { return db.version }

// Close closes all connections; it waits for transactions in progress.
func (db *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{db.reader, db.writer} {
		if pool != nil {
			errs = append(errs, typed(pool.Close()))
		}
	}
	return errors.Join(errs...)
}

// Check runs SQLite's own integrity check. ErrCorrupt with the first finding.
func (db *DB) Check(ctx context.Context) error {
	var says string
	if err := db.reader.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&says); err != nil {
		return fmt.Errorf("checking %s: %w", filepath.Base(db.path), typed(err))
	}
	if says != "ok" {
		return fmt.Errorf("checking %s: %w: %s", filepath.Base(db.path), ErrCorrupt, says)
	}
	return nil
}

// Backup writes a complete, compact copy to a new file, beside all other work.
func (db *DB) Backup(ctx context.Context, path string) error {
	// A connection of its own: the readers' "query only" also forbids this.
	q := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)", "trusted_schema(0)"}}
	from, err := sql.Open("sqlite", fileURL(db.path, q))
	if err != nil {
		return fmt.Errorf("copying %s: %w", filepath.Base(db.path), typed(err))
	}
	defer from.Close()
	if _, err := from.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("copying %s: %w", filepath.Base(db.path), typed(err))
	}
	return nil
}

func fileURL(path string, q url.Values) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}
