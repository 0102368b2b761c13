package blind

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"corkboard/sqlite"
)

const (
	lockName = "LOCK"
	dataName = "store.db"
)

// reserve is how many bytes of the disk stay free, so that what is there can
// always be tidied and read.
const reserve = 64 << 20

// Options says how a Store is opened.
type Options struct {
	// ReadOnly looks into a folder that another process may be using.
	ReadOnly bool
	// MaxPages makes the store full at this many pages, for tests of a full
	// disk; 0 means no limit.
	MaxPages int64
	// Free replaces the question to the disk how many bytes are free; nil asks it.
	Free func() (int64, error)
}

// Store is a storage peer's folder. Safe on any goroutine; methods with a
// context block on the disk.
type Store struct {
	dir  string
	lock *os.File
	db   *sqlite.DB
	free func() (int64, error)

	mu      sync.Mutex
	open    map[int64]*Namespace
	doors   []Door // nil: to be read again
	stopped error  // why nothing is written any more

	stop    chan struct{} // closed with stopped
	dead    chan struct{} // wakes sweep
	closing context.CancelFunc
	swept   chan struct{} // closed when sweep has ended
}

// Open opens or makes a storage peer's folder. Errors: ErrLocked, those of package
// sqlite. Close it.
func Open(dir string, o Options) (*Store, error) {
	s := &Store{dir: dir, free: o.Free, open: map[int64]*Namespace{}, stop: make(chan struct{})}
	if s.free == nil {
		s.free = func() (int64, error) { return freeSpace(dir) }
	}
	if !o.ReadOnly {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("making the folder: %w", err)
		}
		f, err := lock(dir)
		if err != nil {
			return nil, err
		}
		s.lock = f
	}
	if err := s.openData(o); err != nil {
		return nil, errors.Join(err, s.unlock())
	}
	if o.ReadOnly {
		return s, nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.closing, s.dead, s.swept = cancel, make(chan struct{}, 1), make(chan struct{})
	s.dead <- struct{}{}
	go s.sweep(ctx)
	return s, nil
}

// openData makes the file before SQLite does, which would let others read it.
func (s *Store) openData(o Options) (err error) {
	path := filepath.Join(s.dir, dataName)
	if !o.ReadOnly {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return fmt.Errorf("making the store: %w", err)
		}
		if err := f.Close(); err != nil {
			return fmt.Errorf("making the store: %w", err)
		}
	}
	s.db, err = sqlite.Open(path, sqlite.Options{Migrations: schema, ReadOnly: o.ReadOnly, MaxPages: o.MaxPages})
	return err
}

// Close waits for what is being written. Namespaces are of no use afterwards.
func (s *Store) Close() error {
	if s.closing != nil {
		s.closing()
		<-s.swept
	}
	return errors.Join(s.db.Close(), s.unlock())
}

func (s *Store) unlock() error {
	if s.lock == nil {
		return nil
	}
	return s.lock.Close()
}

// Stopped is closed when nothing is written any more; Err says why.
func (s *Store) Stopped() <-chan struct{} { return s.stop }

// Err is why nothing is written any more, or nil; it wraps ErrStopped.
func (s *Store) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// Free is how many bytes can be stored before the disk counts as full, at least 0.
func (s *Store) Free() (int64, error) {
	free, err := s.free()
	return max(free-reserve, 0), err
}

// write runs f in a transaction, whatever becomes of the caller. After an error
// that leaves open what the disk holds, nothing is written any more.
func (s *Store) write(doing string, f func(*sqlite.Tx) error) error {
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	err := s.db.Write(context.Background(), f)
	if err == nil {
		return nil
	}
	// A full disk is refused at commit, too: then nothing has been written.
	unknown := errors.Is(err, sqlite.ErrUnknown) && !errors.Is(err, ErrFull)
	if unknown || errors.Is(err, sqlite.ErrIO) || errors.Is(err, sqlite.ErrCorrupt) {
		s.halt(err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func (s *Store) halt(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped == nil {
		s.stopped = fmt.Errorf("%w: %w", ErrStopped, why)
		close(s.stop)
	}
}

// room refuses what would eat into the reserve of the disk.
func (s *Store) room(size int64) error {
	free, err := s.Free()
	if err != nil {
		return err
	}
	if size > free {
		return fmt.Errorf("%w: %d bytes are free", ErrFull, free)
	}
	return nil
}

// hour is now as it is stored.
func hour() int64 { return time.Now().Truncate(time.Hour).Unix() }
