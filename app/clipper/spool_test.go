package clipper

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"
	"time"
)

// spool is that of a profile that was opened.
func spool(t *testing.T) Spool {
	t.Helper()
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "header.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return SpoolOf(profile)
}

func TestWhereNoProfileIsNothingIsKept(t *testing.T) {
	for _, profile := range []string{t.TempDir(), filepath.Join(t.TempDir(), "not there")} {
		s := SpoolOf(profile)
		if err := s.Keep(samples["link"]); !errors.Is(err, ErrUnopened) {
			t.Errorf("%v", err)
		}
		if _, err := os.Stat(s.dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a folder was made: %v", err)
		}
	}
}

func TestClipsWaitInTheirOrder(t *testing.T) {
	s := spool(t)
	if list, err := s.List(); err != nil || len(list) != 0 {
		t.Fatalf("%q, %v", list, err)
	}
	for i := range 20 {
		if err := s.Keep(Clip{Kind: Selection, Text: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.List()
	if err != nil || len(list) != 20 {
		t.Fatalf("%d clips, %v", len(list), err)
	}
	last := -1
	for _, name := range list {
		c, err := s.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(c.Text)
		if err != nil || n <= last {
			t.Errorf("%q comes after %d", c.Text, last)
		}
		last = n
		if err := s.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if list, _ := s.List(); len(list) != 0 {
		t.Errorf("%q are left", list)
	}
}

func TestWhatIsNoClipIsNotKept(t *testing.T) {
	s := spool(t)
	if err := s.Keep(Clip{Kind: Link}); !errors.Is(err, ErrMalformed) {
		t.Errorf("%v", err)
	}
	if list, _ := s.List(); len(list) != 0 {
		t.Errorf("%q", list)
	}
}

func TestAFullSpoolRefuses(t *testing.T) {
	s := spool(t)
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for range maxWaiting {
		if err := os.WriteFile(filepath.Join(s.dir, newName()), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Keep(samples["link"]); !errors.Is(err, ErrFull) {
		t.Errorf("%v", err)
	}
}

func TestBrokenAndUnfinishedFilesAreNoClips(t *testing.T) {
	s := spool(t)
	if err := s.Keep(samples["page"]); err != nil {
		t.Fatal(err)
	}
	good, _ := s.List()
	whole, err := os.ReadFile(filepath.Join(s.dir, good[0]))
	if err != nil {
		t.Fatal(err)
	}
	broken := newName()
	for name, b := range map[string][]byte{broken: whole[:len(whole)-1], "new-1": whole, "notes.clip": whole} {
		if err := os.WriteFile(filepath.Join(s.dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := s.List(); err != nil || !reflect.DeepEqual(list, []string{good[0], broken}) {
		t.Fatalf("%q, %v", list, err)
	}
	if _, err := s.Read(broken); !errors.Is(err, ErrMalformed) {
		t.Errorf("%v", err)
	}
	if err := s.SetAside(broken); err != nil {
		t.Fatal(err)
	}
	if list, _ := s.List(); !reflect.DeepEqual(list, good) {
		t.Errorf("%q", list)
	}
	s.Tidy()
	young := filepath.Join(s.dir, "new-1")
	if _, err := os.Stat(young); err != nil {
		t.Errorf("what may be written just now is gone: %v", err)
	}
	past := time.Now().Add(-2 * forgotten)
	if err := os.Chtimes(young, past, past); err != nil {
		t.Fatal(err)
	}
	s.Tidy()
	if _, err := os.Stat(young); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what was never finished is still there: %v", err)
	}
}
