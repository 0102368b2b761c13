package blobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
)

func TestCancelledPutLeavesNothing(t *testing.T) {
	s := openStore(t)
	ctx, cancel := context.WithCancel(context.Background())
	steps := 0
	endless := readerFunc(func(p []byte) (int, error) {
		if steps++; steps == 3 {
			cancel()
		}
		return len(p), nil
	})
	if _, _, err := s.Put(ctx, endless); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	mustBeEmpty(t, s)
}

func TestFailingSourceLeavesNothing(t *testing.T) {
	s := openStore(t)
	broken := errors.New("the stick was pulled")
	src := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))
	_, _, err := s.Put(context.Background(), src)
	if !errors.Is(err, broken) || !errors.Is(err, ErrUnreadable) {
		t.Fatalf("got %v", err)
	}
	mustBeEmpty(t, s)
}

func TestSourceThatIsFullIsNotAFullDisk(t *testing.T) {
	s := openStore(t)
	_, _, err := s.Put(context.Background(), iotest.ErrReader(syscall.ENOSPC))
	if errors.Is(err, ErrFull) || !errors.Is(err, ErrUnreadable) {
		t.Fatalf("got %v", err)
	}
}

func TestFailingDisk(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault faults
		want  error
	}{
		{"full while making", faults{create: syscall.ENOSPC}, ErrFull},
		{"full while writing", faults{write: syscall.ENOSPC}, ErrFull},
		{"quota while writing", faults{write: syscall.EDQUOT}, ErrFull},
		{"full while syncing", faults{sync: syscall.ENOSPC}, ErrFull},
		{"full while closing", faults{close: syscall.ENOSPC}, ErrFull},
		{"read-only while making", faults{create: syscall.EROFS}, ErrReadOnly},
		{"read-only while writing", faults{write: syscall.EROFS}, ErrReadOnly},
		{"forbidden while making", faults{create: syscall.EACCES}, ErrReadOnly},
		{"other while syncing", faults{sync: syscall.EIO}, syscall.EIO},
		{"bytes changed on the way", faults{flip: true}, ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := openStore(t)
			s.create = c.fault.make
			_, _, err := s.Put(context.Background(), strings.NewReader("content"))
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			mustBeEmpty(t, s)
		})
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may write to any folder; TestFailingDisk covers the error")
	}
	s := openStore(t)
	if err := os.Chmod(s.dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(s.dir, 0o700)
	if _, _, err := s.Put(context.Background(), strings.NewReader("x")); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("got %v", err)
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(file, "blobs"), filepath.Join(root, "tmp")); !errors.Is(err, syscall.ENOTDIR) {
		t.Fatalf("got %v", err)
	}
}

func TestPutFile(t *testing.T) {
	s := openStore(t)
	content := strings.Repeat("0123456789", 100_000)
	path := filepath.Join(t.TempDir(), "name with\nnewline")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	var last, calls int64
	id, size, err := s.PutFile(context.Background(), path, func(done, total int64) {
		if done <= last || total != int64(len(content)) {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
		calls++
	})
	if err != nil || size != int64(len(content)) || last != size || calls < 2 {
		t.Fatalf("size %d, progress %d in %d calls, %v", size, last, calls, err)
	}
	if err := s.Verify(context.Background(), id); err != nil {
		t.Error(err)
	}
	if again, _, err := s.PutFile(context.Background(), path, nil); err != nil || again != id {
		t.Errorf("without progress: %s, %v", again, err)
	}
}

func TestPutFileRefuses(t *testing.T) {
	s := openStore(t)
	dir := t.TempDir()
	if _, _, err := s.PutFile(context.Background(), dir, nil); !errors.Is(err, ErrIsFolder) {
		t.Errorf("folder: %v", err)
	}
	_, _, err := s.PutFile(context.Background(), filepath.Join(dir, "nothing"), nil)
	if !errors.Is(err, ErrUnreadable) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, _, err := s.PutFile(context.Background(), os.DevNull, nil); !errors.Is(err, ErrUnreadable) {
		t.Errorf("device: %v", err)
	}
	mustBeEmpty(t, s)
}

func TestManyPutsOfTheSameAndOfDifferentContent(t *testing.T) {
	s := openStore(t)
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			if _, _, err := s.Put(context.Background(), strings.NewReader(fmt.Sprint("content ", i%6))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	count := 0
	err := s.Walk(context.Background(), func(id ID, _ int64) error {
		count++
		return s.Verify(context.Background(), id)
	})
	if err != nil || count != 6 {
		t.Fatalf("%d blobs, %v", count, err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// faults makes temporary files on a disk that fails in one way.
type faults struct {
	create, write, sync, close error
	flip                       bool
}

func (f faults) make(dir string) (tempFile, error) {
	if f.create != nil {
		return nil, f.create
	}
	real, err := createTemp(dir)
	return &faultyFile{real, f}, err
}

type faultyFile struct {
	tempFile
	faults faults
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if f.faults.write != nil {
		return 0, f.faults.write
	}
	if f.faults.flip {
		p = append([]byte{p[0] ^ 1}, p[1:]...)
	}
	return f.tempFile.Write(p)
}

func (f *faultyFile) Sync() error { return errors.Join(f.faults.sync, f.tempFile.Sync()) }

func (f *faultyFile) Close() error { return errors.Join(f.tempFile.Close(), f.faults.close) }
