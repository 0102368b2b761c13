package media

import (
	"runtime"
	"syscall"

	"github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
)

// confine takes the file system, the network and all system calls that decoding does not
// need from this process, for good, as far as the kernel can. It tells what holds.
//
// Resource limits come first: seccomp would refuse to set them afterwards.
func confine() []string {
	var holds []string
	// Scoping signals and sockets too needs newer kernels; best effort takes what there is.
	abi := landlock.V6.BestEffort()
	if landlockWorks() && abi.Restrict() == nil {
		holds = append(holds, "landlock")
	}
	// Privileges are given up for one thread and synchronised to all from it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if load(noClone3()) == nil && load(onlyAllowed()) == nil {
		holds = append(holds, "seccomp")
	}
	return holds
}

func load(p seccomp.Policy) error {
	return seccomp.LoadFilter(seccomp.Filter{NoNewPrivs: true, Flag: seccomp.FilterFlagTSync, Policy: p})
}

// landlockWorks asks the kernel for its version of Landlock; best effort would not tell that
// there is none.
func landlockWorks() bool {
	const createRuleset, askVersion = 444, 1 // the number is the same on all architectures
	version, _, errno := syscall.Syscall(createRuleset, 0, 0, askVersion)
	return errno == 0 && version >= 1
}

// allowed are the system calls of the Go runtime, of C's allocator and threads, and of one
// open connection. None takes a path, makes a socket or starts a program.
var allowed = []string{
	"read", "write", "readv", "writev", "pread64", "lseek", "close", "fstat", "fcntl", "recvmsg", "recvfrom",
	"mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "mincore", "membarrier",
	"futex", "set_robust_list", "get_robust_list", "rseq", "set_tid_address", "restart_syscall",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
	"clock_gettime", "clock_getres", "gettimeofday", "time", "nanosleep", "clock_nanosleep",
	"sched_yield", "sched_getaffinity", "getcpu", "sysinfo", "uname",
	"epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "eventfd2", "pipe2", "poll", "ppoll",
	"getpid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getrandom", "getrusage",
	"exit", "exit_group",
	"clone3", // passes here to be answered by noClone3
}

const (
	cloneThread = 0x00010000
	errnoENOSYS = 38
	setVMAName  = 0x53564d41 // PR_SET_VMA: the Go runtime names its memory
	setName     = 15         // PR_SET_NAME
)

// noClone3 answers ENOSYS to clone3: its flags are out of a filter's sight, and C's threads
// fall back to clone only if there is no such call. It is a filter of its own because one
// filter knows only one answer; of two filters the stricter answer holds.
func noClone3() seccomp.Policy {
	return seccomp.Policy{
		DefaultAction: seccomp.ActionAllow,
		Syscalls:      []seccomp.SyscallGroup{{Names: []string{"clone3"}, Action: seccomp.ActionErrno | errnoENOSYS}},
	}
}

// onlyAllowed answers EPERM to all that is not listed.
func onlyAllowed() seccomp.Policy {
	when := func(name string, arg uint32, op seccomp.Operation, value uint64) seccomp.NameWithConditions {
		c := seccomp.Condition{Argument: arg, Operation: op, Value: value}
		return seccomp.NameWithConditions{Name: name, Conditions: seccomp.ArgumentConditions{c}}
	}
	self := uint64(syscall.Getpid())
	return seccomp.Policy{
		DefaultAction: seccomp.ActionErrno,
		Syscalls: []seccomp.SyscallGroup{{
			Names: known(allowed),
			NamesWithCondtions: []seccomp.NameWithConditions{
				when("clone", 0, seccomp.BitsSet, cloneThread), // threads, not processes
				when("tgkill", 0, seccomp.Equal, self),
				when("prlimit64", 0, seccomp.Equal, 0),
				when("prctl", 0, seccomp.Equal, setName),
				when("prctl", 0, seccomp.Equal, setVMAName),
			},
			Action: seccomp.ActionAllow,
		}},
	}
}

// known leaves out the calls that this architecture does not have.
func known(names []string) []string {
	info, err := arch.GetInfo("")
	if err != nil {
		return names
	}
	var out []string
	for _, n := range names {
		if _, ok := info.SyscallNames[n]; ok {
			out = append(out, n)
		}
	}
	return out
}
