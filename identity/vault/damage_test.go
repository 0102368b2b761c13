package vault

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestCreateNeverReplaces(t *testing.T) {
	k := testKeys(t, 1)
	_, public := testWords(t, 2)
	for name, put := range map[string]func(path string) error{
		"empty":  func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"junk":   func(path string) error { return os.WriteFile(path, []byte("junk"), 0o600) },
		"huge":   func(path string) error { return os.WriteFile(path, make([]byte, maxFile+1), 0o600) },
		"folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"link":   func(path string) error { return os.Symlink("/nowhere", path) },
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, FileName)
		if err := put(path); err != nil {
			t.Fatal(err)
		}
		was, _ := os.Lstat(path)
		_, err := Create(dir, k, public, BySystem(nil))
		wantError(t, name, err, ErrExists)
		now, err := os.Lstat(path)
		if err != nil || !os.SameFile(was, now) || was.Size() != now.Size() {
			t.Errorf("%s: replaced", name)
		}
		if name != "link" {
			_, err = Open(dir, nil)
			wantError(t, name, err, ErrDamaged)
		}
	}
	_, err := Open(t.TempDir(), nil)
	wantError(t, "nothing", err, ErrMissing)
}

func TestDamageIsSeen(t *testing.T) {
	k, dir := testKeys(t, 1), t.TempDir()
	words, public := testWords(t, 2)
	v := create(t, dir, k, public, BySystem(nil))
	raw, path := bytes.Clone(v.raw), filepath.Join(dir, FileName)
	put := func(b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for at := range raw {
		if _, err := parseFile(raw[:at]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut at %d: got %v", at, err)
		}
		bent := bytes.Clone(raw)
		bent[at] ^= 1
		if _, err := parseFile(bent); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d bent: got %v", at, err)
		}
	}
	for at := 9; at < len(raw)-sha256.Size; at += 3 { // by somebody who knows the format
		put(forge(raw, func(b []byte) { b[at] ^= 1 }))
		v, err := Open(dir, nil)
		if err == nil {
			if _, err = v.Unlock(); err == nil {
				t.Fatalf("byte %d forged: opens", at)
			}
			if _, err2 := v.UnlockWords(words); !errors.Is(err2, ErrDamaged) && !errors.Is(err2, ErrWrongWords) {
				t.Fatalf("byte %d forged: the words say %v", at, err2)
			}
		}
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrLocked) {
			t.Fatalf("byte %d forged: got %v", at, err)
		}
	}
	put(forge(raw, func(b []byte) { b[len(magic)]++ }))
	_, err := Open(dir, nil)
	wantError(t, "next version", err, ErrNewer)
	put(raw)
	got, err := reopen(t, dir, nil).Unlock()
	wantKeys(t, k, got, err)
}

// forge changes a file and repairs its checksum.
func forge(raw []byte, change func([]byte)) []byte {
	b := bytes.Clone(raw[:len(raw)-sha256.Size])
	change(b)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}
