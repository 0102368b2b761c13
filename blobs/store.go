package blobs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// tempPrefix marks the files of unfinished puts; only these are removed from the temporary folder.
const tempPrefix = "blob-"

// copyBuffer is the size in bytes of one step of reading; a cancelled context is seen after each.
const copyBuffer = 256 << 10

// Store is a folder of blobs: dir/ab/cd/abcd….
type Store struct {
	dir, tmp string

	// What the system does, but for tests of failing disks.
	create      func(dir string) (tempFile, error)
	openPartial func(path string) (partialFile, error)

	mu      sync.Mutex
	growing map[ID]bool // partial blobs that are open
	read    map[ID]bool // blobs that were verified since the store was opened: whether they are whole
}

// Open makes both folders if needed and removes what interrupted puts left in tmpDir; partial
// blobs stay.
// tmpDir must be on the same file system as dir. It returns ErrFull or ErrReadOnly when a
// folder is missing and cannot be made; existing read-only folders open for reading.
func Open(dir, tmpDir string) (*Store, error) {
	for _, d := range []string{dir, tmpDir} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, storeError("making the blob folder", err)
		}
	}
	entries, err := os.ReadDir(tmpDir)
	if err != nil {
		return nil, storeError("reading the temporary folder", err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), tempPrefix) {
			// A leftover that cannot be removed costs space, not safety.
			_ = os.Remove(filepath.Join(tmpDir, e.Name()))
		}
	}
	return &Store{dir: dir, tmp: tmpDir, create: createTemp, openPartial: openPartial, growing: map[ID]bool{}, read: map[ID]bool{}}, nil
}

// Path gives the absolute or store-relative path of a blob that is here, for handing it to
// another process. Errors: ErrBadID, ErrMissing.
func (s *Store) Path(id ID) (string, error) {
	path, _, err := s.stat(id)
	return path, err
}

// Has tells whether a blob is here and nobody has found it damaged; a bad id is never here.
func (s *Store) Has(id ID) bool {
	_, _, err := s.stat(id)
	whole, read := s.verified(id)
	return err == nil && (whole || !read)
}

// Size gives the length of a blob in bytes. Errors: ErrBadID, ErrMissing.
func (s *Store) Size(id ID) (int64, error) {
	_, info, err := s.stat(id)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Open opens a blob for reading; the caller closes it. Errors: ErrBadID, ErrMissing.
// The content is not verified here: see Trust.
func (s *Store) Open(id ID) (*os.File, error) {
	path, _, err := s.stat(id)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, missing(id, err)
	}
	return f, nil
}

func (s *Store) stat(id ID) (string, fs.FileInfo, error) {
	if err := id.check(); err != nil {
		return "", nil, err
	}
	path := filepath.Join(s.dir, id.place())
	info, err := os.Lstat(path)
	if err != nil {
		return "", nil, missing(id, err)
	}
	// A link or a folder under a blob's name was not put there by this store.
	if !info.Mode().IsRegular() {
		return "", nil, fmt.Errorf("blob %s is no regular file: %w", id, ErrMissing)
	}
	return path, info, nil
}

func missing(id ID, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob %s: %w", id, ErrMissing)
	}
	return fmt.Errorf("opening blob %s: %w", id, err)
}
