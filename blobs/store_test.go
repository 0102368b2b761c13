package blobs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func openStore(t *testing.T) *Store {
	t.Helper()
	root := t.TempDir()
	s, err := Open(filepath.Join(root, "blobs"), filepath.Join(root, "tmp"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *Store, content string) ID {
	t.Helper()
	id, size, err := s.Put(context.Background(), strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if size != int64(len(content)) {
		t.Fatalf("size %d, want %d", size, len(content))
	}
	return id
}

// mustBeEmpty fails when a put left something in the temporary folder or among the blobs.
func mustBeEmpty(t *testing.T, s *Store) {
	t.Helper()
	left, err := os.ReadDir(s.tmp)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 0 {
		t.Errorf("left in the temporary folder: %v", left)
	}
	err = s.Walk(context.Background(), func(id ID, _ int64) error {
		t.Errorf("left among the blobs: %s", id)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRoundTrip(t *testing.T) {
	s := openStore(t)
	for _, content := range []string{"", "x", strings.Repeat("corkboard ", 100_000)} {
		id := put(t, s, content)
		sum := sha256.Sum256([]byte(content))
		if string(id) != hex.EncodeToString(sum[:]) {
			t.Errorf("id %s is not the hash", id)
		}
		f, err := s.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f)
		f.Close()
		if err != nil || string(got) != content {
			t.Errorf("read %d bytes, %v", len(got), err)
		}
		if err := s.Verify(context.Background(), id); err != nil {
			t.Error(err)
		}
		path, err := s.Path(id)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o444 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
		if n, err := s.Size(id); err != nil || n != int64(len(content)) || !s.Has(id) {
			t.Errorf("size %d, %v", n, err)
		}
	}
}

func TestSameContentIsKeptOnce(t *testing.T) {
	s := openStore(t)
	a, b := put(t, s, "twice"), put(t, s, "twice")
	if a != b {
		t.Fatalf("%s and %s", a, b)
	}
	count := 0
	err := s.Walk(context.Background(), func(ID, int64) error { count++; return nil })
	if err != nil || count != 1 {
		t.Fatalf("%d blobs, %v", count, err)
	}
}

func TestDamagedBlobIsSeenAndStays(t *testing.T) {
	s := openStore(t)
	id := put(t, s, "content")
	path, _ := s.Path(id)
	overwrite(t, path, "c0ntent")
	if err := s.Verify(context.Background(), id); !errors.Is(err, ErrDamaged) {
		t.Fatalf("got %v, want ErrDamaged", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "c0ntent" {
		t.Fatalf("the damaged file was touched: %q, %v", got, err)
	}
}

func TestBlobOfWrongSizeIsReplacedByThePut(t *testing.T) {
	s := openStore(t)
	id := put(t, s, "content")
	path, _ := s.Path(id)
	overwrite(t, path, "cont")
	put(t, s, "content")
	if err := s.Verify(context.Background(), id); err != nil {
		t.Fatal(err)
	}
}

func overwrite(t *testing.T, path, content string) {
	t.Helper()
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestMissing(t *testing.T) {
	s := openStore(t)
	id := ID(strings.Repeat("0a", 32))
	if _, err := s.Open(id); !errors.Is(err, ErrMissing) {
		t.Errorf("Open: %v", err)
	}
	if _, err := s.Path(id); !errors.Is(err, ErrMissing) {
		t.Errorf("Path: %v", err)
	}
	if _, err := s.Size(id); !errors.Is(err, ErrMissing) {
		t.Errorf("Size: %v", err)
	}
	if err := s.Verify(context.Background(), id); !errors.Is(err, ErrMissing) {
		t.Errorf("Verify: %v", err)
	}
	if s.Has(id) {
		t.Error("Has says yes")
	}
}

func TestLinkUnderABlobsNameIsNotABlob(t *testing.T) {
	s := openStore(t)
	id := put(t, s, "content")
	path, _ := s.Path(id)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", path); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if f, err := s.Open(id); !errors.Is(err, ErrMissing) {
		t.Fatalf("opened %v, %v", f, err)
	}
}

func TestHostileIDs(t *testing.T) {
	s := openStore(t)
	for _, bad := range []string{
		"", "..", "../../etc/passwd", "/etc/passwd",
		strings.Repeat("A", 64), strings.Repeat("g", 64), strings.Repeat("a", 63), strings.Repeat("a", 65),
		strings.Repeat("../", 21) + "a", strings.Repeat("a", 63) + "\n", strings.Repeat("a", 63) + "\x00",
	} {
		if _, err := ParseID(bad); !errors.Is(err, ErrBadID) {
			t.Errorf("ParseID(%q): %v", bad, err)
		}
		if _, err := s.Open(ID(bad)); !errors.Is(err, ErrBadID) {
			t.Errorf("Open(%q): %v", bad, err)
		}
		if _, err := s.Path(ID(bad)); !errors.Is(err, ErrBadID) {
			t.Errorf("Path(%q): %v", bad, err)
		}
		if s.Has(ID(bad)) {
			t.Errorf("Has(%q)", bad)
		}
	}
	good := strings.Repeat("0f", 32)
	if id, err := ParseID(good); err != nil || string(id) != good {
		t.Errorf("ParseID(%q): %q, %v", good, id, err)
	}
}

func TestOpenRemovesLeftoversOnly(t *testing.T) {
	root := t.TempDir()
	tmp := filepath.Join(root, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{tempPrefix + "123", "other"} {
		if err := os.WriteFile(filepath.Join(tmp, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(filepath.Join(root, "blobs"), tmp); err != nil {
		t.Fatal(err)
	}
	left, _ := os.ReadDir(tmp)
	if len(left) != 1 || left[0].Name() != "other" {
		t.Fatalf("left: %v", left)
	}
}

func TestWalkPassesOverForeignFilesAndStops(t *testing.T) {
	s := openStore(t)
	want := map[ID]int64{put(t, s, "one"): 3, put(t, s, "three"): 5}
	misplaced := strings.Repeat("ab", 32)
	for _, name := range []string{"README", misplaced} {
		if err := os.WriteFile(filepath.Join(s.dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := map[ID]int64{}
	if err := s.Walk(context.Background(), func(id ID, n int64) error { got[id] = n; return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for id, n := range want {
		if got[id] != n {
			t.Errorf("%s: %d, want %d", id, got[id], n)
		}
	}
	stop := errors.New("stop")
	if err := s.Walk(context.Background(), func(ID, int64) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got %v, want the callback's error", err)
	}
}

func TestVerifyHonoursItsContext(t *testing.T) {
	s := openStore(t)
	id, _, err := s.Put(context.Background(), bytes.NewReader(make([]byte, 1<<20)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Verify(ctx, id); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}
