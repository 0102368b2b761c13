package search

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/filesum"
	"corkboard/sqlite"
)

func TestDamagedIndexIsMadeAnew(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"garbage": func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte(strings.Repeat("garbage ", 4000)), 0o600))
		},
		"flipped": func(t *testing.T, path string) { // one bit, where no structure is hurt
			b, err := os.ReadFile(path)
			must(t, err)
			at := strings.LastIndex(string(b), "word")
			b[at] ^= 1
			must(t, os.WriteFile(path, b, 0o600))
		},
		"cut":       func(t *testing.T, path string) { must(t, os.Truncate(path, 5000)) },
		"gone":      func(t *testing.T, path string) { must(t, os.Remove(path)) },
		"other":     func(t *testing.T, path string) { retag(t, path, "UPDATE meta SET value = '0'") },
		"newer":     func(t *testing.T, path string) { retag(t, path, "PRAGMA user_version = 99") },
		"no tables": func(t *testing.T, path string) { retag(t, path, "DROP TABLE meta") },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "search.db")
			x := openAt(t, path, nil)
			put(t, x, entry(1, "word", ""))
			must(t, x.Close())
			spoil(t, path)
			x = openAt(t, path, nil)
			stamps, err := x.Stamps(t.Context())
			if err != nil || len(stamps) != 0 {
				t.Fatalf("it has %v, %v", stamps, err)
			}
			put(t, x, entry(1, "word", ""))
			if find(t, x, Query{Text: "word"}).Shown.Total != 1 {
				t.Error("what was put in again is not found")
			}
		})
	}
}

func retag(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{Migrations: schema})
	must(t, err)
	must(t, db.Write(t.Context(), func(tx *sqlite.Tx) error { return tx.Exec(statement) }))
	must(t, db.Close())
}

func TestDamageInUseIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "search.db")
	x := openAt(t, path, nil)
	var list []Entry
	for n := range 400 {
		list = append(list, entry(n, fmt.Sprint("word", n), strings.Repeat(fmt.Sprint("text", n, " "), 40)))
	}
	put(t, x, list...)
	must(t, x.Close())
	b, err := os.ReadFile(path)
	must(t, err)
	for at := 3 * 4096; at < len(b); at += 4096 { // all but the first pages
		copy(b[at:], strings.Repeat("\xff", 512))
	}
	must(t, os.WriteFile(path, b, 0o600))
	must(t, os.Remove(path+filesum.Suffix)) // as after a crash
	lost := 0
	x = openAt(t, path, func() { lost++ })
	if err := x.Check(t.Context()); !errors.Is(err, ErrLost) || lost != 1 {
		t.Fatalf("%v, told %d times", err, lost)
	}
	put(t, x, list...)
	must(t, x.Check(t.Context()))
	if find(t, x, Query{Text: "text7"}).Shown.Total == 0 {
		t.Error("nothing is found in the new one")
	}
}
