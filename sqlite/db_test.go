package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var schema = []string{`CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;`}

func openTest(t *testing.T, path string, o Options) *DB {
	t.Helper()
	db, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func count(t *testing.T, db *DB) (n int) {
	t.Helper()
	err := db.Read(context.Background(), func(tx *Tx) error {
		return tx.Row([]any{&n}, "SELECT count(*) FROM notes")
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func put(db *DB, body string) error {
	return db.Write(context.Background(), func(tx *Tx) error {
		return tx.Exec("INSERT INTO notes (body) VALUES (?)", body)
	})
}

func TestWriteIsWholeOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd name ?#%.db")
	db := openTest(t, path, Options{Migrations: schema})
	stop := errors.New("stop")
	err := db.Write(context.Background(), func(tx *Tx) error {
		if err := tx.Exec("INSERT INTO notes (body) VALUES ('half')"); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) || count(t, db) != 0 {
		t.Fatalf("half a transaction stayed: %v, %d rows", err, count(t, db))
	}
	if err := put(db, "whole"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("the file is not where it was asked for: %v", err)
	}
	if got := count(t, openTest(t, path, Options{Migrations: schema})); got != 1 {
		t.Fatalf("%d rows after reopening", got)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	db := openTest(t, filepath.Join(t.TempDir(), "a.db"), Options{Migrations: schema})
	err := db.Read(context.Background(), func(tx *Tx) error {
		return tx.Exec("INSERT INTO notes (body) VALUES ('x')")
	})
	if !errors.Is(err, ErrReadOnly) {
		t.Fatalf("got %v, want ErrReadOnly", err)
	}
}

func TestNewerFileIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	openTest(t, path, Options{Migrations: append(append([]string{}, schema...), `CREATE TABLE later (id INTEGER) STRICT`)}).Close()
	if _, err := Open(path, Options{Migrations: schema}); !errors.Is(err, ErrNewer) {
		t.Fatalf("got %v, want ErrNewer", err)
	}
	db := openTest(t, path, Options{ReadOnly: true})
	if db.Version() != 2 || count(t, db) != 0 {
		t.Fatalf("read-only: version %d", db.Version())
	}
	if err := put(db, "x"); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("got %v, want ErrReadOnly", err)
	}
}

func TestBrokenMigrationLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	bad := append(append([]string{}, schema...), `CREATE TABLE half (id INTEGER) STRICT; NONSENSE;`)
	if _, err := Open(path, Options{Migrations: bad}); err == nil {
		t.Fatal("a broken migration was accepted")
	}
	if db := openTest(t, path, Options{Migrations: schema}); db.Version() != 1 {
		t.Fatalf("version %d", db.Version())
	}
}

func TestFullIsTyped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := openTest(t, path, Options{Migrations: schema, MaxPages: 8})
	var err error
	for i := 0; i < 100 && err == nil; i++ {
		err = put(db, strings.Repeat("x", 2000))
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("got %v, want ErrFull", err)
	}
	n := count(t, db)
	db.Close()
	db = openTest(t, path, Options{Migrations: schema})
	if err := put(db, "room again"); err != nil || count(t, db) != n+1 {
		t.Fatalf("after making room: %v, %d rows, want %d", err, count(t, db), n+1)
	}
}

func TestGarbageIsTyped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is not a database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{Migrations: schema}); !errors.Is(err, ErrCorrupt) {
		t.Fatalf("got %v, want ErrCorrupt", err)
	}
}

func TestBackupIsComplete(t *testing.T) {
	dir := t.TempDir()
	db := openTest(t, filepath.Join(dir, "a.db"), Options{Migrations: schema})
	for i := 0; i < 20; i++ {
		if err := put(db, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	copied := filepath.Join(dir, "copy.db")
	if err := db.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, copied, Options{ReadOnly: true, Immutable: true})
	if err := again.Check(context.Background()); err != nil || count(t, again) != 20 {
		t.Fatalf("copy: %v, %d rows", err, count(t, again))
	}
	if again.Version() != 1 {
		t.Fatalf("copy has version %d", again.Version())
	}
}

func TestVersionOrder(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"3.53.3", "3.53.4", true}, {"3.53.4", "3.53.4", false}, {"3.54.0", "3.53.4", false}, {"3.9.9", "3.53.4", true}, {"4.0.0", "3.53.4", false}} {
		if got := older(c.a, c.b); got != c.want {
			t.Errorf("older(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

// Tables are STRICT: a value of another type can only be a flipped bit.
func TestAValueOfAnotherTypeIsDamage(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "x.db"), Options{Migrations: []string{"CREATE TABLE t (n ANY) STRICT"}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Write(t.Context(), func(tx *Tx) error { return tx.Exec("INSERT INTO t VALUES ('words')") }); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := db.Read(t.Context(), func(tx *Tx) error { return tx.Row([]any{&n}, "SELECT n FROM t") }); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a row: %v", err)
	}
	err = db.Read(t.Context(), func(tx *Tx) error {
		return tx.Each(func(scan func(...any) error) error { return scan(&n) }, "SELECT n FROM t")
	})
	if !errors.Is(err, ErrCorrupt) {
		t.Errorf("each row: %v", err)
	}
}

// A number of migrations that does not go with the tables is damage, and no more.
func TestAWrongVersionIsDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	for _, version := range []int{0, -1, -1 << 31} {
		db := openTest(t, path, Options{Migrations: schema})
		err := db.Write(t.Context(), func(tx *Tx) error { return tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", version)) })
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, Options{Migrations: schema}); !errors.Is(err, ErrCorrupt) {
			t.Errorf("version %d: %v", version, err)
		}
		db = openTest(t, path, Options{Migrations: []string{""}, ReadOnly: true})
		if n := count(t, db); n != 0 {
			t.Errorf("version %d: %d rows", version, n)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}
