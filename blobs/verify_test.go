package blobs

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rot changes one bit of a blob on the disk.
func rot(t *testing.T, s *Store, id ID) {
	t.Helper()
	path := filepath.Join(s.dir, id.place())
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, b, 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestARottenBlobIsNotTrustedAndAGoodOneTakesItsPlace(t *testing.T) {
	for name, again := range map[string]func(s *Store, id ID, b []byte) error{
		"put": func(s *Store, _ ID, b []byte) error {
			_, _, err := s.Put(t.Context(), bytes.NewReader(b))
			return err
		},
		"in pieces": func(s *Store, id ID, b []byte) error {
			p, err := s.Partial(id, int64(len(b)), 1)
			if err != nil {
				return err
			}
			if _, err := p.WriteAt(b, 0); err != nil {
				return err
			}
			return p.Finish(t.Context())
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := Open(filepath.Join(dir, "blobs"), filepath.Join(dir, "tmp"))
			if err != nil {
				t.Fatal(err)
			}
			b := []byte(strings.Repeat("content ", 1000))
			id, _, err := s.Put(t.Context(), bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			rot(t, s, id)
			if s, err = Open(s.dir, s.tmp); err != nil { // another day
				t.Fatal(err)
			}
			if !s.Has(id) {
				t.Error("it is missing before anybody has read it")
			}
			for range 2 {
				if err := s.Trust(t.Context(), id); !errors.Is(err, ErrDamaged) {
					t.Fatalf("a rotten blob: %v", err)
				}
			}
			if s.Has(id) {
				t.Error("what is known to be damaged counts as here")
			}
			if err := again(s, id, b); err != nil {
				t.Fatal(err)
			}
			if err := s.Verify(t.Context(), id); err != nil || !s.Has(id) || s.Trust(t.Context(), id) != nil {
				t.Errorf("it is still damaged: %v", err)
			}
		})
	}
}
