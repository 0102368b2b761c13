package poison

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Open opens the journal of a profile, or makes it, like New. One process at a
// time: the profile's lock sees to that.
func Open(path string) (*Journal, []Suspect, error) {
	_, missing := os.Lstat(path)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the journal: %w", err)
	}
	if errors.Is(missing, fs.ErrNotExist) {
		err = syncDir(filepath.Dir(path))
	}
	var j *Journal
	var left []Suspect
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr); err == nil {
		j, left, err = New(f, info.Size())
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("opening the journal: %w", err), f.Close())
	}
	return j, left, nil
}

// syncDir makes the file's name durable, where the platform can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
