//go:build linux || darwin

package media

import (
	"os"
	"os/signal"
	"syscall"
)

// restrict sets the limits that hold for the whole life of this worker. Limits that the
// system refuses are left: the parent's clock and its checks hold anyway.
func restrict() {
	// Writable memory, not address space: the Go runtime reserves far more than it uses,
	// and files are mapped.
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: memoryLimit, Max: memoryLimit})
	_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: openFiles, Max: openFiles})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{})

	spent := make(chan os.Signal, 1)
	signal.Notify(spent, syscall.SIGXCPU)
	go func() {
		<-spent
		os.Exit(exitCPU)
	}()
}

// allowCPU gives the coming job so many seconds of processor time on top of what was used.
func allowCPU(seconds int) {
	if seconds <= 0 {
		return
	}
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return
	}
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CPU, &now); err != nil {
		return
	}
	now.Cur = min(now.Max, uint64(used.Utime.Sec)+uint64(used.Stime.Sec)+uint64(seconds)+1)
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &now)
}
