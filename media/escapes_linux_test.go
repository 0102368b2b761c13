package media

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ground is what stands around a worker that tries to get out.
type ground struct {
	address string // listens, TCP
	socket  string // listens, in the file system
	folder  string // exists, with the files "old" and "spare"
}

func (g ground) String() string { return strings.Join([]string{g.address, g.socket, g.folder}, "|") }

func groundOf(s string) ground {
	parts := strings.SplitN(s, "|", 3)
	return ground{parts[0], parts[1], parts[2]}
}

func (g ground) file(name string) string { return filepath.Join(g.folder, name) }

// escape is one way out of a worker. Its error is nil if the way is open.
type escape struct {
	name string
	by   string // what must hold it: "landlock" holds what has a path or a port, "seccomp" all
	safe bool   // a test's own process may try it
	try  func(g ground) error
}

// escapes are what a worker must not be able to do.
var escapes = []escape{
	{"open a file", "landlock", true, func(ground) error { return opened("/etc/passwd", unix.O_RDONLY) }},
	{"open a device", "landlock", true, func(ground) error { return opened("/dev/zero", unix.O_RDONLY) }},
	{"open its parent's memory", "landlock", false, func(ground) error { return opened("/proc/"+parent()+"/mem", unix.O_RDWR) }},
	{"look at a file", "seccomp", true, func(ground) error { _, err := os.Stat("/etc/passwd"); return err }},
	{"list a folder", "landlock", true, func(ground) error { _, err := os.ReadDir("/"); return err }},
	{"write a file", "landlock", true, func(g ground) error { return os.WriteFile(g.file("new"), nil, 0o600) }},
	{"write to a file that is there", "landlock", true, func(g ground) error { return opened(g.file("old"), unix.O_WRONLY) }},
	{"make a folder", "landlock", true, func(g ground) error { return os.Mkdir(g.file("dir"), 0o700) }},
	{"make a symbolic link", "landlock", true, func(g ground) error { return os.Symlink("/", g.file("link")) }},
	{"make a hard link", "landlock", true, func(g ground) error { return os.Link(g.file("old"), g.file("hard")) }},
	{"make a pipe with a name", "landlock", true, func(g ground) error { return unix.Mkfifo(g.file("pipe"), 0o600) }},
	{"change rights", "seccomp", true, func(g ground) error { return os.Chmod(g.file("old"), 0o777) }},
	{"cut a file", "landlock", true, func(g ground) error { return os.Truncate(g.file("old"), 0) }},
	{"rename a file", "landlock", true, func(g ground) error { return os.Rename(g.file("old"), g.file("older")) }},
	{"remove a file", "landlock", true, func(g ground) error { return os.Remove(g.file("spare")) }},
	{"go to another folder", "seccomp", false, func(ground) error { return os.Chdir("/") }},
	{"connect by TCP", "landlock", true, func(g ground) error { return dialled("tcp", g.address) }},
	{"connect to a local socket", "seccomp", true, func(g ground) error { return dialled("unix", g.socket) }},
	{"make a socket for the internet", "seccomp", true, func(ground) error { return socket(unix.AF_INET, unix.SOCK_DGRAM) }},
	{"make a local socket", "seccomp", true, func(ground) error { return socket(unix.AF_UNIX, unix.SOCK_DGRAM) }},
	{"make a socket for the kernel", "seccomp", true, func(ground) error { return socket(unix.AF_NETLINK, unix.SOCK_DGRAM) }},
	{"listen", "seccomp", true, func(ground) error { return listening("127.0.0.1:0") }},
	{"start a program", "seccomp", true, func(ground) error { return exec.Command("/bin/true").Run() }},
	{"become a program", "seccomp", false, func(ground) error { return syscall.Exec("/bin/true", []string{"true"}, nil) }},
	{"fork", "seccomp", false, func(ground) error { return forked(unix.SYS_CLONE, uintptr(unix.SIGCHLD)) }},
	{"fork by clone3", "seccomp", false, func(ground) error {
		args := [11]uint64{4: uint64(unix.SIGCHLD)} // struct clone_args
		return forked(unix.SYS_CLONE3, uintptr(unsafe.Pointer(&args)), unsafe.Sizeof(args))
	}},
	{"run a program from memory", "seccomp", true, func(ground) error { return call(unix.SYS_MEMFD_CREATE, text("x"), 0) }},
	{"trace its parent", "seccomp", false, func(ground) error {
		return call(unix.SYS_PTRACE, unix.PTRACE_SEIZE, uintptr(os.Getppid()))
	}},
	{"read its parent's memory", "seccomp", false, func(ground) error {
		return call(unix.SYS_PROCESS_VM_READV, uintptr(os.Getppid()), 0, 0, 0, 0)
	}},
	{"signal its parent", "seccomp", false, func(ground) error { return syscall.Kill(os.Getppid(), 0) }},
	{"get a handle of its parent", "seccomp", false, func(ground) error { return call(unix.SYS_PIDFD_OPEN, uintptr(os.Getppid())) }},
	{"make a namespace", "seccomp", false, func(ground) error {
		return forked(unix.SYS_CLONE, uintptr(unix.SIGCHLD)|unix.CLONE_NEWUSER)
	}},
	{"make a ring of system calls", "seccomp", true, func(ground) error {
		var params [120]byte
		return call(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&params)))
	}},
	{"raise its limit of files", "seccomp", false, func(ground) error {
		return unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 2 * openFiles, Max: 2 * openFiles})
	}},
	{"raise its limit of memory", "seccomp", false, func(ground) error {
		return unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: 2 * memoryLimit, Max: 2 * memoryLimit})
	}},
}

func opened(path string, how int) error {
	fd, err := unix.Open(path, how, 0)
	if err == nil {
		unix.Close(fd)
	}
	return err
}

func dialled(network, address string) error {
	conn, err := net.Dial(network, address)
	if err == nil {
		conn.Close()
	}
	return err
}

func listening(address string) error {
	l, err := net.Listen("tcp", address)
	if err == nil {
		l.Close()
	}
	return err
}

func socket(family, kind int) error {
	fd, err := unix.Socket(family, kind, 0)
	if err == nil {
		unix.Close(fd)
	}
	return err
}

func call(number uintptr, args ...uintptr) error {
	var a [6]uintptr
	copy(a[:], args)
	if _, _, errno := unix.RawSyscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]); errno != 0 {
		return errno
	}
	return nil
}

// forked makes a process, which ends at once.
func forked(number uintptr, args ...uintptr) error {
	var a [3]uintptr
	copy(a[:], args)
	pid, _, errno := unix.RawSyscall(number, a[0], a[1], a[2])
	if errno != 0 {
		return errno
	}
	if pid == 0 {
		unix.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
	}
	return nil
}

func text(s string) uintptr { return uintptr(unsafe.Pointer(unsafe.StringData(s + "\x00"))) }

func parent() string { return strconv.Itoa(os.Getppid()) }
