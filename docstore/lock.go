package docstore

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const lockName = "LOCK"

var errInUse = errors.New("lock file is in use")

// lock takes the profile for this process. The file stays for ever: removing
// it would let two processes hold two files of the same name. With write
// false nothing is changed on disk, and nothing is locked if there is no file.
func lock(path, app string, write bool) (*os.File, error) {
	f, err := openLock(path, write)
	if !write && os.IsNotExist(err) {
		return nil, nil
	}
	if errors.Is(err, errInUse) {
		return nil, &LockedError{}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the lock: %w", err)
	}
	taken, err := lockFile(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("locking: %w", err)
	}
	if !taken {
		pid := lockOwner(f)
		f.Close()
		return nil, &LockedError{PID: pid}
	}
	if !write {
		return f, nil
	}
	if err := f.Truncate(0); err == nil {
		_, err = f.WriteAt(fmt.Appendf(nil, "%d\n%s\n", os.Getpid(), app), 0)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("writing the lock: %w", err)
	}
	return f, nil
}

func lockOwner(f *os.File) int {
	b := make([]byte, 32)
	n, _ := f.ReadAt(b, 0) // it may be empty still
	line, _, _ := strings.Cut(string(b[:n]), "\n")
	pid, _ := strconv.Atoi(line)
	return pid
}
