package docstore

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/identity/vault"
)

func TestKeysComeBackFromTheirCopy(t *testing.T) {
	for name, harm := range map[string]func(file string) error{
		"lost":    func(file string) error { return os.RemoveAll(filepath.Dir(file)) },
		"damaged": func(file string) error { return os.WriteFile(file, []byte("corkkeys, once"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			id := history(t, dir)
			if err := harm(filepath.Join(dir, keysName, vault.FileName)); err != nil {
				t.Fatal(err)
			}
			s := openTest(t, dir, testOptions())
			l := openRaw(s, id)
			doctest.AwaitState(t, l, doc.Ready)
			safe(t, l.Do(doctest.Do("go on", put("y", "k"))))
			if n := len(quarantined(t, dir)); n != map[string]int{"lost": 0, "damaged": 2}[name] {
				t.Errorf("%d files set aside", n)
			}
		})
	}
}

// Without keys nothing is written, nothing new is made, and what the cache has
// is there to see.
func TestAProfileWithoutKeysIsShownAndNotReplaced(t *testing.T) {
	dir := t.TempDir()
	id := history(t, dir)
	for _, folder := range []string{keysName, filepath.Join("backups", keysName)} {
		if err := os.RemoveAll(filepath.Join(dir, folder)); err != nil {
			t.Fatal(err)
		}
	}
	s := openTest(t, dir, testOptions())
	l := openRaw(s, id)
	if got := doctest.AwaitState(t, l, doc.Ready); len(got.Value) != 10 {
		t.Errorf("shows %s", doctest.Show(got.Value))
	}
	for what, r := range map[string]doc.Receipt{
		"edit": l.Do(doctest.Do("edit", put("y", "k"))), "create": s.Create(s.NewID(), nil), "undo": l.Undo(),
	} {
		if err := r.Wait(testContext(t)); !errors.Is(err, ErrNoKeys) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got := l.Snapshot(); got.Value["k"] != "x" {
		t.Errorf("shows %s", doctest.Show(got.Value))
	}
	closeTest(t, s)
	if hasVault(&profile{dir: dir}) {
		t.Error("new keys were made over an old profile")
	}
}

// A crash while a profile is made leaves nothing that a second try could not use;
// but keys without what they were for are somebody's.
func TestAFoundingThatIsCutShort(t *testing.T) {
	later := []string{headerName, "backups", poisonName, cacheName, cacheName + "-wal", cacheName + "-shm"}
	for name, missing := range map[string][]string{"header": nil, "keys": {keysName}, "all": {keysName, logName}, "log": {logName}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			closeTest(t, openTest(t, dir, testOptions()))
			for _, gone := range append(missing, later...) {
				if err := os.RemoveAll(filepath.Join(dir, gone)); err != nil {
					t.Fatal(err)
				}
			}
			if name == "log" {
				if _, err := Open(dir, testOptions()); !errors.Is(err, ErrNoLog) {
					t.Errorf("keys without a log: %v", err)
				}
				return
			}
			s := openTest(t, dir, testOptions())
			safe(t, s.Create(s.NewID(), []doc.Edit{put("x", "k")}))
			r := received(t, s, everything(t, s))
			defer r.Close()
			if n := len(r.Documents()); n != 1 {
				t.Errorf("%d documents", n)
			}
		})
	}
}
