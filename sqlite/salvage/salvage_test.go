package salvage

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"corkboard/internal/lean"
	"corkboard/sqlite"
)

var schema = []string{`CREATE TABLE things (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL, body BLOB NOT NULL, n INTEGER, f REAL) STRICT;
	CREATE INDEX things_by_name ON things (name);`}

func safe(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// thing is a row that follows from its id: short, long, and with all widths of numbers.
func thing(id int64) []any {
	r := rand.New(rand.NewPCG(uint64(id), 1))
	body := make([]byte, []int{0, 1, 100, 3000, 5000, 20_000, 4057, 4061, 4062, 4096}[id%10])
	for i := range body {
		body[i] = byte(r.Uint32())
	}
	n := []any{nil, int64(0), int64(1), int64(-1), int64(-129), int64(1 << 20), int64(-1 << 30), int64(1 << 45), int64(-1 << 62)}[id%9]
	return []any{id, strings.Repeat("ä", int(id%7)), body, n, []any{nil, 0.25, -1e300}[id%3]}
}

// database writes n things in pieces, changes and removes some, and copies the files as
// they lie while it is open, and after it was closed.
func database(t testing.TB, n int64) (busy, closed string) {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	path := filepath.Join(dir, "a.db")
	db, err := sqlite.Open(path, sqlite.Options{Migrations: schema})
	safe(t, err)
	put := "INSERT OR REPLACE INTO things (id, name, body, n, f) VALUES (?, ?, ?, ?, ?)"
	for id := int64(1); id <= n; id++ {
		safe(t, db.Write(ctx, func(tx *sqlite.Tx) error {
			other := thing(id + 5)
			other[0] = id
			return errors.Join(tx.Exec(put, other...), tx.Exec(put, thing(2*n+id)...))
		}))
	}
	safe(t, db.Write(ctx, func(tx *sqlite.Tx) error {
		err := tx.Exec("DELETE FROM things WHERE id > ?", 2*n)
		for id := int64(1); id <= n; id++ {
			err = errors.Join(err, tx.Exec(put, thing(id)...))
		}
		return err
	}))
	busy, closed = filepath.Join(dir, "busy.db"), filepath.Join(dir, "closed.db")
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		safe(t, errors.Join(err, os.WriteFile(busy+suffix, b, 0o600)))
	}
	safe(t, db.Close())
	safe(t, os.Rename(path, closed))
	return busy, closed
}

// things reads all rows of things, by id.
func things(t testing.TB, path string) map[int64][]any {
	t.Helper()
	out := map[int64][]any{}
	safe(t, Rows(path, func(r Row) error {
		if len(r.Values) != 5 || r.Values[0] != nil { // of the schema
			return nil
		}
		if out[r.ID] != nil {
			t.Errorf("row %d comes twice", r.ID)
		}
		r.Values[0] = r.ID
		out[r.ID] = r.Values
		return nil
	}))
	return out
}

// what compares rows with what was written, and gives how many there are.
func what(t testing.TB, path string) int {
	t.Helper()
	all := things(t, path)
	for id, got := range all {
		if want := thing(id); !reflect.DeepEqual(got, want) {
			t.Fatalf("row %d is %.80v, not %.80v", id, fmt.Sprint(got), fmt.Sprint(want))
		}
	}
	return len(all)
}

func TestAllRowsAreRead(t *testing.T) {
	busy, closed := database(t, 120)
	if wal, err := os.Stat(busy + "-wal"); err != nil || wal.Size() < 4096 {
		t.Fatalf("nothing waits in the log: %v", err)
	}
	for _, path := range []string{busy, closed} {
		if n := what(t, path); n != 120 {
			t.Errorf("%s: %d rows", filepath.Base(path), n)
		}
		if v, err := Version(path); v != 1 || err != nil {
			t.Errorf("version %d, %v", v, err)
		}
	}
	if err := Rows(filepath.Join(t.TempDir(), "none"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	stop := errors.New("stop")
	if err := Rows(closed, func(Row) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// One page that is lost costs the rows that lie on it and no other, whichever it is.
func TestALostPageCostsItsRows(t *testing.T) {
	_, closed := database(t, 60)
	whole, err := os.ReadFile(closed)
	safe(t, err)
	const page = 4096
	random := rand.NewChaCha8([32]byte{1})
	for at := 0; at < len(whole); at += page {
		for _, fill := range []string{"zeros", "chance"} {
			b := bytes.Clone(whole)
			clear(b[at : at+page])
			if fill == "chance" {
				_, _ = random.Read(b[at : at+page])
			}
			path := filepath.Join(t.TempDir(), "torn.db")
			safe(t, os.WriteFile(path, b, 0o600))
			n, most := 0, 60
			for id, got := range things(t, path) {
				if reflect.DeepEqual(got, thing(id)) { // a page in the middle of a long one may be another
					n++
				}
			}
			if whole[at] == leaf && at > 0 { // else it is one row at most
				cells := int(binary.BigEndian.Uint16(whole[at+3:]))
				most = 60 - cells
			}
			if n < 59 && n < most || n > most {
				t.Errorf("without page %d (%x…, %s) there are %d of at most %d rows", at/page+1, whole[at:at+8], fill, n, most)
			}
		}
	}
}

// sick is a disk that does not give back some pages.
type sick struct {
	whole []byte
	dead  func(page int) bool
}

func (s sick) ReadAt(b []byte, at int64) (int, error) {
	if len(b) == 4096 && s.dead(int(at/4096)+1) {
		return 0, errors.New("no answer")
	}
	return bytes.NewReader(s.whole).ReadAt(b, at)
}

// A page that the disk does not give back is as one that is lost; a disk that gives back
// little is none to read from.
func TestASickDisk(t *testing.T) {
	_, closed := database(t, 60)
	whole, err := os.ReadFile(closed)
	safe(t, err)
	read := func(dead func(int) bool) (n int, err error) {
		p := pagesOf(sick{whole, dead}, int64(len(whole)), nil)
		err = p.all(func(r Row) error { n++; return nil })
		return n, err
	}
	all, err := read(func(int) bool { return false })
	safe(t, err)
	if n, err := read(func(page int) bool { return page == 1 }); err != nil || n >= all || n < all-3 {
		t.Errorf("without the first page there are %d of %d rows: %v", n, all, err)
	}
	if _, err := read(func(page int) bool { return page%3 == 0 }); !errors.Is(err, ErrUnreadable) {
		t.Errorf("a third is gone: %v", err)
	}
}

// A write-ahead log counts up to its first frame that is not whole, by whole transactions.
func TestALogCountsWhileItIsWhole(t *testing.T) {
	const n = 30 // in the end; before the last transaction there were as many more
	busy, _ := database(t, n)
	wal, err := os.ReadFile(busy + "-wal")
	safe(t, err)
	safe(t, os.Remove(busy+"-wal"))
	without := things(t, busy)
	for _, c := range []struct {
		name  string
		spoil func([]byte)
		want  int
	}{
		{"as it was", func([]byte) {}, n},
		{"a bit of the last frame", func(b []byte) { b[len(b)-4096-10] ^= 1 }, 2 * n},
		{"a bit of the first frame", func(b []byte) { b[100] ^= 1 }, len(without)},
		{"another salt", func(b []byte) { b[logHeader+8] ^= 1 }, len(without)},
		{"another header", func(b []byte) { b[9] ^= 1 }, len(without)},
	} {
		b := bytes.Clone(wal)
		c.spoil(b)
		safe(t, os.WriteFile(busy+"-wal", b, 0o600))
		if got := len(things(t, busy)); got != c.want {
			t.Errorf("%s: %d rows, not %d", c.name, got, c.want)
		}
	}
}

func FuzzRows(f *testing.F) {
	busy, closed := database(f, 12)
	for _, path := range []string{busy, closed} {
		b, err := os.ReadFile(path)
		safe(f, err)
		wal, _ := os.ReadFile(path + "-wal")
		f.Add(b[:min(len(b), 32<<10)], wal[:min(len(wal), 16<<10)])
	}
	f.Fuzz(func(t *testing.T, b, wal []byte) {
		lean.Run(t, func() {
			p := pagesOf(bytes.NewReader(b), int64(len(b)), wal)
			_ = p.rows(func(r Row) error { return nil })
		})
	})
}
