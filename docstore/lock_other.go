//go:build !unix

package docstore

import (
	"os"
)

// lockFile relies on openLock: where there is no flock, an open file that is
// being written cannot be removed.
func lockFile(*os.File) (taken bool, err error) { return true, nil }

func openLock(path string, write bool) (*os.File, error) {
	if !write {
		return os.Open(path)
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, errInUse
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}
