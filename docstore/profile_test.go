package docstore

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

func TestSecondOpenIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	_, err := Open(dir, testOptions())
	var locked *LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Fatalf("got %v, want LockedError with our pid", err)
	}
	closeTest(t, s)
	closeTest(t, openTest(t, dir, testOptions()))
}

// After a crash the write-ahead log is full: reading it must not finish it.
func TestNewerProfileAfterACrashOpensToRead(t *testing.T) {
	live, dir := t.TempDir(), t.TempDir()
	id := history(t, live)
	s := openTest(t, live, testOptions())
	l := openRaw(s, id)
	safe(t, l.Do(doctest.Do("set", put("in the log only", "k"))))
	if err := os.CopyFS(dir, os.DirFS(live)); err != nil {
		t.Fatal(err)
	}
	if wal, err := os.Stat(filepath.Join(dir, logName+"-wal")); err != nil || wal.Size() == 0 {
		t.Fatalf("no write-ahead log to test with: %v", err)
	}
	h, err := readHeader(dir)
	h.Format = formatNow + 1
	if err := errors.Join(err, writeHeader(dir, h)); err != nil {
		t.Fatal(err)
	}
	readOnlyTest(t, dir, id)
	again := openTest(t, dir, testOptions())
	if got := doctest.AwaitState(t, openRaw(again, id), doc.Ready); got.Value["k"] != "in the log only" {
		t.Fatalf("shows %s", doctest.Show(got.Value))
	}
}

// fingerprint is the content of every file of a folder.
func fingerprint(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		out[path] = fmt.Sprintf("%x", sha256.Sum256(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestNewerProfileOpensToReadAndStaysAsItIs(t *testing.T) {
	for name, age := range map[string]func(dir string) error{
		"header": func(dir string) error {
			h, err := readHeader(dir)
			h.Format = formatNow + 1
			return errors.Join(err, writeHeader(dir, h))
		},
		"log": func(dir string) error {
			p := &profile{dir: dir}
			db, err := openLog(p, testOptions().filled())
			if err != nil {
				return err
			}
			defer db.Close()
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			id := history(t, dir)
			if err := age(dir); err != nil {
				t.Fatal(err)
			}
			if name == "log" {
				alterLog(t, dir, "PRAGMA user_version = 99")
			}
			readOnlyTest(t, dir, id)
		})
	}
}

func readOnlyTest(t *testing.T, dir string, id doc.ID) {
	t.Helper()
	was := fingerprint(t, dir)
	s := openTest(t, dir, testOptions())
	if !errors.Is(s.ReadOnly(), ErrNewer) {
		t.Fatalf("read-only because of %v, want ErrNewer", s.ReadOnly())
	}
	l := openRaw(s, id)
	got := doctest.AwaitState(t, l, doc.Ready)
	if len(got.Value) != 10 {
		t.Fatalf("shows %s", doctest.Show(got.Value))
	}
	for _, r := range []doc.Receipt{l.Do(doctest.Do("set", put("y", "k"))), l.Undo(), l.Redo(), s.Create(doctest.ID("new"), nil)} {
		if err := r.Wait(testContext(t)); !errors.Is(err, ErrReadOnly) {
			t.Fatalf("got %v, want ErrReadOnly", err)
		}
	}
	if _, err := s.Backup(testContext(t)); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("got %v, want ErrReadOnly", err)
	}
	if m, err := l.At(got.Heads); err != nil || len(m) != 10 {
		t.Fatalf("older version: %v", err)
	}
	closeTest(t, s)
	now := fingerprint(t, dir)
	if name := filepath.Join(dir, lockName); was[name] == now[name] && len(was) == len(now) {
		for path, sum := range was {
			if now[path] != sum {
				t.Errorf("%s was changed", path)
			}
		}
		return
	}
	t.Fatalf("files were added or the lock was written: %v, then %v", was, now)
}

func TestFoldersThatAreNoProfileAreLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		make func(t *testing.T, dir string)
		want error
	}{
		"somebody's folder": {func(t *testing.T, dir string) { write(t, dir, "thesis.odt", "words") }, ErrNotAProfile},
		"broken header":     {func(t *testing.T, dir string) { uncopied(t, dir); write(t, dir, headerName, "{") }, ErrDamagedHeader},
		"empty header":      {func(t *testing.T, dir string) { uncopied(t, dir); write(t, dir, headerName, "") }, ErrDamagedHeader},
		"senseless header":  {func(t *testing.T, dir string) { uncopied(t, dir); write(t, dir, headerName, `{"format":0}`) }, ErrDamagedHeader},
		"lost header":       {func(t *testing.T, dir string) { uncopied(t, dir); remove(t, dir, headerName) }, ErrDamagedHeader},
		"lost header, cache": {func(t *testing.T, dir string) {
			uncopied(t, dir)
			remove(t, dir, headerName)
			dropCache(t, dir)
		}, ErrDamagedHeader},
		"lost log": {func(t *testing.T, dir string) { history(t, dir); remove(t, dir, logName) }, ErrNoLog},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.make(t, dir)
			was := fingerprint(t, dir)
			if _, err := Open(dir, testOptions()); !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			now := fingerprint(t, dir)
			for path, sum := range was {
				if filepath.Base(path) != lockName && now[path] != sum {
					t.Errorf("%s was changed", path)
				}
			}
		})
	}
}

// uncopied is a profile without a copy of its header.
func uncopied(t *testing.T, dir string) {
	t.Helper()
	history(t, dir)
	remove(t, dir, filepath.Join(backupsName, headerName))
}

// A header that is damaged or lost comes from its copy, and a copy from the header.
func TestTheHeaderHasACopy(t *testing.T) {
	for name, harm := range map[string]func(dir string){
		"broken":         func(dir string) { write(t, dir, headerName, "{") },
		"empty":          func(dir string) { write(t, dir, headerName, "") },
		"senseless":      func(dir string) { write(t, dir, headerName, `{"format":0}`) },
		"lost":           func(dir string) { remove(t, dir, headerName) },
		"its copy, lost": func(dir string) { remove(t, dir, filepath.Join(backupsName, headerName)) },
		"its copy":       func(dir string) { write(t, dir, filepath.Join(backupsName, headerName), "{") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			id := history(t, dir)
			want, err := readHeader(dir)
			if err != nil {
				t.Fatal(err)
			}
			harm(dir)
			s := openTest(t, dir, testOptions())
			if got := doctest.AwaitState(t, openRaw(s, id), doc.Ready); got.Value["k"] != "x" || s.Profile().ID != want.Profile {
				t.Errorf("shows %s of profile %s", doctest.Show(got.Value), s.Profile().ID)
			}
			closeTest(t, s)
			for _, d := range []string{dir, filepath.Join(dir, backupsName)} {
				if h, err := readHeader(d); err != nil || h != want {
					t.Errorf("%s has %+v, %v", d, h, err)
				}
			}
		})
	}
}

// A power cut while a profile is made may leave the journal of the sort that SQLite begins
// with.
func TestWhatACutFoundingLeftBecomesAProfile(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{lockName, logName, logName + "-journal"} {
		write(t, dir, name, "")
	}
	s := openTest(t, dir, testOptions())
	safe(t, s.Create(doctest.ID("first"), nil))
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

func TestHalfMadeProfileIsFinished(t *testing.T) {
	dir := t.TempDir()
	closeTest(t, openTest(t, dir, testOptions()))
	remove(t, dir, headerName)
	dropCache(t, dir)
	if err := os.RemoveAll(filepath.Join(dir, "backups")); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "."+headerName+"-123", "{")
	s := openTest(t, dir, testOptions())
	safe(t, s.Create(doctest.ID("a"), nil))
	closeTest(t, s)
	s = openTest(t, dir, testOptions())
	if p := s.Profile(); p.Dir != dir || p.ID == "" || p.Format != formatNow {
		t.Fatalf("profile %+v", p)
	}
	if ok, err := s.Exists(doctest.ID("a")); err != nil || !ok {
		t.Fatalf("%v, %v", ok, err)
	}
}
