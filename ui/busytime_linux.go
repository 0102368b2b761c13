package ui

import (
	"time"

	"golang.org/x/sys/unix"
)

// busyTime is the processor time of this thread; the UI goroutine keeps its
// thread for itself.
func busyTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
