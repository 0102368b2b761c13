package ui

import (
	"os"
	"runtime"
	"strconv"

	"golang.org/x/sys/unix"
)

// backgroundNice is by how much all that is not the window gives way to it:
// where drawing is done by the processor, a store at work must not take the
// frame's time.
const backgroundNice = 10

// yieldToWindow lets the threads of goroutines give way to the one that runs
// the window, which calls this, and to those that draw for it. Threads that Go
// starts later are made by one of the former and take after it; those of the
// graphics driver are made by the caller. One processor more than there are
// lets the caller go on at once when it comes back from the driver.
func yieldToWindow() {
	runtime.GOMAXPROCS(runtime.NumCPU() + 1)
	self := unix.Gettid()
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return // without /proc nothing is lost but some smoothness
	}
	for _, t := range tasks {
		if id, err := strconv.Atoi(t.Name()); err == nil && id != self {
			_ = unix.Setpriority(unix.PRIO_PROCESS, id, backgroundNice) // it may have ended
		}
	}
}
