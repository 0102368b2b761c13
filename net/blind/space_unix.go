//go:build linux || darwin

package blind

import (
	"fmt"
	"syscall"
)

// freeSpace is how many bytes this process may still write to the disk of dir.
func freeSpace(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("asking for free space: %w", err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
