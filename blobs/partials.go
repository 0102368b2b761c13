package blobs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// partialFile is the part of *os.File that a Partial needs.
type partialFile interface {
	ReadAt(p []byte, at int64) (int, error)
	WriteAt(p []byte, at int64) (int, error)
	Stat() (fs.FileInfo, error)
	Truncate(size int64) error
	Chmod(mode fs.FileMode) error
	Sync() error
	Close() error
}

// openPartial also opens one whose Finish was interrupted.
func openPartial(path string) (partialFile, error) {
	if err := os.Chmod(path, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (s *Store) partialPath(id ID) string { return filepath.Join(s.tmp, partialFolder, string(id)) }

// enter says whether nobody else has the partial blob open.
func (s *Store) enter(id ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.growing[id] {
		return false
	}
	s.growing[id] = true
	return true
}

func (s *Store) leave(id ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.growing, id)
}

// Partials lists the blobs that are here in part, in the order of ids.
func (s *Store) Partials() ([]ID, error) {
	entries, err := os.ReadDir(filepath.Join(s.tmp, partialFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, storeError("listing partial blobs", err)
	}
	var ids []ID
	for _, e := range entries {
		if id, err := ParseID(e.Name()); err == nil && e.Type().IsRegular() {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// DropPartial removes what is here of a blob that is not whole. Errors: ErrBadID,
// ErrBusy, ErrReadOnly.
func (s *Store) DropPartial(id ID) error {
	if err := id.check(); err != nil {
		return err
	}
	if !s.enter(id) {
		return fmt.Errorf("dropping partial blob %s: %w", id, ErrBusy)
	}
	defer s.leave(id)
	for _, path := range []string{s.partialPath(id), s.partialPath(id) + marksSuffix} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return storeError("dropping a partial blob", err)
		}
	}
	return nil
}
