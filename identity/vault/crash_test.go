package vault

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// A folderRing is a keyring that outlives the process.
type folderRing struct{ dir string }

func (r folderRing) Get(name string) (string, error) {
	b, err := os.ReadFile(filepath.Join(r.dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return "", ErrNoEntry
	}
	return string(b), err
}

func (r folderRing) Set(name, secret string) error {
	return os.WriteFile(filepath.Join(r.dir, name), []byte(secret), 0o600)
}

func (r folderRing) Delete(name string) error { return os.Remove(filepath.Join(r.dir, name)) }

// locks are what crashes happen between.
func locks(ring Keyring) map[string]Lock {
	return map[string]Lock{"passphrase": quick("one"), "keyring": BySystem(ring), "file": BySystem(nil)}
}

const crashed = 3

// TestCrashChild is the process that dies: it is started by the tests below.
func TestCrashChild(t *testing.T) {
	dir := os.Getenv("VAULT_CRASH_DIR")
	if dir == "" {
		t.Skip("runs only as a child")
	}
	left, err := strconv.Atoi(os.Getenv("VAULT_CRASH_STEP"))
	if err != nil {
		t.Fatal(err)
	}
	ring := folderRing{os.Getenv("VAULT_CRASH_RING")}
	words, public := testWords(t, 2)
	by := locks(ring)[os.Getenv("VAULT_CRASH_LOCK")]
	v := &Vault{disk: disk{dir: dir}, ring: ring}
	create := os.Getenv("VAULT_CRASH_CREATE") != ""
	if !create {
		v = reopen(t, dir, ring)
		if _, err := v.UnlockWords(words); err != nil {
			t.Fatal(err)
		}
	}
	v.disk.step = func(string) {
		if left--; left < 0 {
			os.Exit(crashed)
		}
	}
	if create {
		err = v.create(testKeys(t, 1), public, by)
	} else {
		err = v.Protect(by)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// die runs the child and says whether it died at that step.
func die(t *testing.T, step int, dir, ring, lock, create string) bool {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashChild$")
	child.Env = append(os.Environ(), "VAULT_CRASH_DIR="+dir, "VAULT_CRASH_RING="+ring,
		"VAULT_CRASH_LOCK="+lock, "VAULT_CRASH_CREATE="+create, fmt.Sprint("VAULT_CRASH_STEP=", step))
	out, err := child.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == crashed {
		return true
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return false
}

func TestACrashWhileChangingLeavesTheOldOrTheNew(t *testing.T) {
	k := testKeys(t, 1)
	words, public := testWords(t, 2)
	for _, change := range [][2]string{
		{"passphrase", "keyring"}, {"keyring", "keyring"}, {"keyring", "file"}, {"file", "file"}, {"file", "passphrase"},
	} {
		step, died := 0, true
		for ; died; step++ {
			dir, ring := t.TempDir(), t.TempDir()
			create(t, dir, k, public, locks(folderRing{ring})[change[0]])
			died = die(t, step, dir, ring, change[1], "")
			v := reopen(t, dir, folderRing{ring})
			got, err := v.Unlock()
			if v.Protection() == UnderPassphrase {
				got, err = v.UnlockPassphrase("one")
			}
			wantKeys(t, k, got, err)
			got, err = v.UnlockWords(words)
			wantKeys(t, k, got, err)
			if err := v.Protect(quick("after")); err != nil {
				t.Errorf("%v, step %d: %v", change, step, err)
			}
			onlyOurs(t, dir, UnderPassphrase)
			if t.Failed() {
				t.Fatalf("%v, step %d", change, step)
			}
		}
		if step < 7 {
			t.Errorf("%v has only %d steps", change, step)
		}
	}
}

func TestACrashWhileCreatingLeavesNoneOrAll(t *testing.T) {
	k := testKeys(t, 1)
	_, public := testWords(t, 2)
	for lock := range locks(nil) {
		for step, died := 0, true; died; step++ {
			dir, ring := t.TempDir(), t.TempDir()
			died = die(t, step, dir, ring, lock, "yes")
			v, err := Open(dir, folderRing{ring})
			if errors.Is(err, ErrMissing) {
				v, err = Create(dir, k, public, locks(folderRing{ring})[lock])
			}
			if err != nil {
				t.Fatalf("%s, step %d: %v", lock, step, err)
			}
			var got Keys
			if got, err = v.Unlock(); v.Protection() == UnderPassphrase {
				got, err = v.UnlockPassphrase("one")
			}
			wantKeys(t, k, got, err)
			if t.Failed() {
				t.Fatalf("%s, step %d", lock, step)
			}
		}
	}
}
