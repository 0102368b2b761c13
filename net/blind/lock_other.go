//go:build !unix

package blind

import (
	"fmt"
	"os"
	"path/filepath"
)

// lock takes the folder for this process: where there is no flock, an open file
// that is being written cannot be removed.
func lock(dir string) (*os.File, error) {
	path := filepath.Join(dir, lockName)
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, ErrLocked
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking: %w", err)
	}
	return f, nil
}
