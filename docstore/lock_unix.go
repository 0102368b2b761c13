//go:build unix

package docstore

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the lock without waiting; taken is false if somebody has it.
func lockFile(f *os.File) (taken bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

func openLock(path string, write bool) (*os.File, error) {
	if !write {
		return os.Open(path)
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
}
