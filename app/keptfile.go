package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"corkboard/docstore"
)

const (
	keptDelay = 500 * time.Millisecond
	maxKept   = 8 << 20 // bytes of a file
)

var errLong = errors.New("the file is too long")

// keptFile keeps a value in a JSON file that is replaced whole, some time after each change.
// Its methods are safe on any goroutine.
type keptFile[T any] struct {
	path     string
	readOnly bool
	log      *slog.Logger

	writing sync.Mutex // one writer; taken before mu
	mu      sync.Mutex
	now     T
	dirty   bool
	timer   *time.Timer
}

// openKept reads the file. A missing one leaves what is fresh; a broken one, too, and is
// put aside as …bad.
func openKept[T any](path string, readOnly bool, log *slog.Logger, fresh func() T, repair func(*T)) *keptFile[T] {
	f := &keptFile[T]{path: path, readOnly: readOnly, log: log.With("file", filepath.Base(path)), now: fresh()}
	v := fresh()
	switch err := readKept(path, &v); {
	case err == nil:
		repair(&v)
		f.now = v
	case os.IsNotExist(err):
	case readOnly:
		f.log.Warn("settings cannot be read", "error", err)
	default:
		f.log.Warn("settings are broken and were put aside", "error", err)
		if err := os.Rename(path, path+".bad"); err != nil {
			f.log.Warn("broken settings could not be put aside", "error", err)
		}
	}
	return f
}

func readKept(path string, into any) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxKept+1))
	if err == nil && len(b) > maxKept {
		err = errLong
	}
	if err == nil {
		err = docstore.Unsummed(b)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

// look shows the value as it is now.
func (f *keptFile[T]) look(at func(*T)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	at(&f.now)
}

// change changes the value and returns at once; the file follows soon.
func (f *keptFile[T]) change(by func(*T)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	by(&f.now)
	if f.readOnly {
		return
	}
	f.dirty = true
	if f.timer == nil {
		f.timer = time.AfterFunc(keptDelay, func() {
			if err := f.flush(); err != nil {
				f.log.Warn("settings could not be saved", "error", err)
			}
		})
	}
}

// flush writes the file now if there is something new.
func (f *keptFile[T]) flush() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	if !f.dirty || f.readOnly {
		f.mu.Unlock()
		return nil
	}
	f.dirty = false
	b, err := json.MarshalIndent(f.now, "", "  ")
	f.mu.Unlock()
	if err == nil {
		err = docstore.ReplaceFile(f.path, docstore.Summed(b))
	}
	if err != nil {
		f.mu.Lock()
		f.dirty = true
		f.mu.Unlock()
		return fmt.Errorf("saving %s: %w", filepath.Base(f.path), err)
	}
	return nil
}

// close writes what is new and never writes again: the profile may soon belong
// to another process.
func (f *keptFile[T]) close() error {
	err := f.flush()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.readOnly = true
	return err
}
