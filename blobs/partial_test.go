package blobs

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

const testPiece = 100

// grown is a content in three pieces and its id.
func grown(t *testing.T) (content []byte, id ID) {
	t.Helper()
	content = []byte(strings.Repeat("corkboard ", 25))
	return content, put(t, openStore(t), string(content))
}

func openGrowing(t *testing.T, s *Store, id ID, size int) *Partial {
	t.Helper()
	p, err := s.Partial(id, int64(size), 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// grow writes and marks pieces.
func grow(t *testing.T, p *Partial, content []byte, pieces ...int) {
	t.Helper()
	for _, i := range pieces {
		if _, err := p.WriteAt(content[i*testPiece:min((i+1)*testPiece, len(content))], int64(i)*testPiece); err != nil {
			t.Fatal(err)
		}
		if err := p.Mark(i, true); err != nil {
			t.Fatal(err)
		}
	}
}

func reopened(t *testing.T, s *Store) *Store {
	t.Helper()
	again, err := Open(s.dir, s.tmp)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func TestPartialSurvivesARestart(t *testing.T) {
	content, id := grown(t)
	s := openStore(t)
	p := openGrowing(t, s, id, len(content))
	grow(t, p, content, 2, 0)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopened(t, s)
	if ids, err := s.Partials(); err != nil || len(ids) != 1 || ids[0] != id || s.Has(id) {
		t.Fatalf("%v, %v", ids, err)
	}
	p = openGrowing(t, s, id, len(content))
	if !p.Have(0) || p.Have(1) || !p.Have(2) || p.Have(3) || p.Have(-1) || p.Count() != 2 {
		t.Fatalf("%d marks", p.Count())
	}
	got := make([]byte, testPiece)
	if _, err := p.ReadAt(got, 0); err != nil || !bytes.Equal(got, content[:testPiece]) {
		t.Fatalf("%q, %v", got, err)
	}
	grow(t, p, content, 1)
	if err := p.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	path, _ := s.Path(id)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o444 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	left, err := os.ReadDir(s.tmp + "/" + partialFolder)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("closing what is finished: %v", err)
	}
}

func TestPartialWithAnotherContentIsNoBlob(t *testing.T) {
	content, id := grown(t)
	s := openStore(t)
	p := openGrowing(t, s, id, len(content))
	grow(t, p, bytes.ToUpper(content), 0, 1, 2)
	if err := p.Finish(context.Background()); !errors.Is(err, ErrDamaged) || s.Has(id) {
		t.Fatalf("got %v", err)
	}
	if err := p.Mark(1, false); err != nil || p.Have(1) {
		t.Fatalf("unmarking: %v", err)
	}
	grow(t, p, content, 0, 1, 2)
	if err := p.Finish(context.Background()); err != nil || !s.Has(id) {
		t.Fatalf("after it was put right: %v", err)
	}
}

func TestCancelledFinishLeavesThePartial(t *testing.T) {
	content, id := grown(t)
	s := openStore(t)
	p := openGrowing(t, s, id, len(content))
	grow(t, p, content, 0, 1, 2)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := p.Finish(ctx); !errors.Is(err, context.Canceled) || s.Has(id) {
		t.Fatalf("got %v", err)
	}
	if err := p.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// A crash may come after a blob was made read-only and before it got its name.
func TestReadOnlyPartialGoesOn(t *testing.T) {
	content, id := grown(t)
	s := openStore(t)
	p := openGrowing(t, s, id, len(content))
	grow(t, p, content, 0, 1, 2)
	if err := errors.Join(p.Close(), os.Chmod(s.partialPath(id), 0o444)); err != nil {
		t.Fatal(err)
	}
	if err := openGrowing(t, reopened(t, s), id, len(content)).Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestPartialOfAnotherSizeBeginsAnew(t *testing.T) {
	content, id := grown(t)
	s := openStore(t)
	p := openGrowing(t, s, id, len(content)+1)
	grow(t, p, content, 0, 1, 2)
	p.Close()
	if p := openGrowing(t, s, id, len(content)); p.Count() != 0 {
		t.Errorf("%d marks of another file", p.Count())
	}
}

func TestPartialIsOpenOnce(t *testing.T) {
	content, id := grown(t)
	s := openStore(t)
	p := openGrowing(t, s, id, len(content))
	if _, err := s.Partial(id, 1, 1); !errors.Is(err, ErrBusy) {
		t.Errorf("a second time: %v", err)
	}
	if err := s.DropPartial(id); !errors.Is(err, ErrBusy) {
		t.Errorf("dropping what is open: %v", err)
	}
	p.Close()
	if err := s.DropPartial(id); err != nil {
		t.Fatal(err)
	}
	if ids, err := s.Partials(); err != nil || len(ids) != 0 {
		t.Errorf("after dropping: %v, %v", ids, err)
	}
	if err := s.DropPartial(id); err != nil {
		t.Errorf("dropping nothing: %v", err)
	}
}

func TestPartialRefuses(t *testing.T) {
	s := openStore(t)
	if _, err := s.Partial("../x", 1, 1); !errors.Is(err, ErrBadID) {
		t.Errorf("opening: %v", err)
	}
	if err := s.DropPartial("../x"); !errors.Is(err, ErrBadID) {
		t.Errorf("dropping: %v", err)
	}
	_, id := grown(t)
	p := openGrowing(t, s, id, 250)
	for _, i := range []int{-1, 3} {
		if err := p.Mark(i, true); err == nil {
			t.Errorf("piece %d of 3 was marked", i)
		}
	}
}

// poorFile is on a disk that fails in one way.
type poorFile struct {
	partialFile
	write, sync error
}

func (f poorFile) WriteAt(p []byte, at int64) (int, error) {
	if f.write != nil {
		return 0, f.write
	}
	return f.partialFile.WriteAt(p, at)
}

func (f poorFile) Sync() error { return errors.Join(f.sync, f.partialFile.Sync()) }

func TestFullDiskUnderAPartial(t *testing.T) {
	content, id := grown(t)
	for name, fault := range map[string]poorFile{"writing": {write: syscall.ENOSPC}, "syncing": {sync: syscall.EDQUOT}} {
		s := openStore(t)
		s.openPartial = func(path string) (partialFile, error) {
			f, err := openPartial(path)
			return poorFile{f, fault.write, fault.sync}, err
		}
		p := openGrowing(t, s, id, len(content))
		_, err := p.WriteAt(content, 0)
		if err == nil {
			err = p.Finish(context.Background())
		}
		if !errors.Is(err, ErrFull) || s.Has(id) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
