package media

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func init() {
	operations["test-escape"] = func(_ *desk, r request) (*reply, error) {
		could := append(escapes(r.Path), worseEscapes()...)
		return &reply{body: []byte(strings.Join(could, "\n"))}, nil
	}
}

// escapes tries what a worker must not be able to do and gives the names of what it could.
// where is an address that listens and a folder that exists.
func escapes(where string) []string {
	address, folder, _ := strings.Cut(where, "|")
	var done []string
	try := func(name string, err error) {
		if err == nil {
			done = append(done, name)
		}
	}
	_, err := os.ReadFile("/etc/passwd")
	try("read a file", err)
	_, err = os.Stat("/etc/passwd")
	try("look at a file", err)
	_, err = os.ReadDir("/")
	try("list a folder", err)
	try("write a file", os.WriteFile(filepath.Join(folder, "new"), []byte("x"), 0o600))
	try("remove a file", os.Remove(filepath.Join(folder, "old")))
	conn, err := net.Dial("tcp", address)
	try("dial", err)
	if err == nil {
		conn.Close()
	}
	for name, family := range map[string]int{"internet": syscall.AF_INET, "local": syscall.AF_UNIX, "netlink": syscall.AF_NETLINK} {
		_, err = syscall.Socket(family, syscall.SOCK_DGRAM, 0)
		try("make a socket: "+name, err)
	}
	return done
}

// worseEscapes are those that a test's own process had better not try.
func worseEscapes() []string {
	var done []string
	if exec.Command("/bin/true").Run() == nil {
		done = append(done, "start a program")
	}
	if syscall.Kill(os.Getppid(), 0) == nil {
		done = append(done, "signal the parent")
	}
	for name, call := range map[string][2]uintptr{
		"be traced":        {syscall.SYS_PTRACE, syscall.PTRACE_TRACEME},
		"make a namespace": {syscall.SYS_UNSHARE, syscall.CLONE_NEWUSER},
	} {
		if _, _, errno := syscall.RawSyscall(call[0], call[1], 0, 0); errno == 0 {
			done = append(done, name)
		}
	}
	return done
}

func TestJail(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	folder := t.TempDir()
	old := filepath.Join(folder, "old")
	if err := os.WriteFile(old, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}

	closed := make(chan struct{})
	child, err := startChild(Options{}.withDefaults(), closed)
	if err != nil {
		t.Fatal(err)
	}
	defer child.kill()
	t.Logf("held by %v", child.jail)
	if len(child.jail) == 0 {
		t.Skip("this kernel has neither Landlock nor seccomp")
	}
	f, err := os.Open(old)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	j := &job{
		ctx: testContext(t), may: allowance{body: 10_000},
		req: request{Op: "test-escape", Path: listener.Addr().String() + "|" + folder},
	}
	out, err := child.exchange(j, f, defaultWall, closed)
	if err != nil {
		t.Fatal(err)
	}
	could := strings.FieldsFunc(string(out.body), func(r rune) bool { return r == '\n' })
	// Landlock alone leaves these; seccomp, which nearly every kernel has, takes all.
	if !slices.Contains(child.jail, "seccomp") {
		could = slices.DeleteFunc(could, func(s string) bool {
			return s == "look at a file" || s == "be traced" || s == "start a program" ||
				strings.HasPrefix(s, "make a") || s == "signal the parent"
		})
	}
	for _, s := range could {
		t.Errorf("the worker can %s", s)
	}
}

// Without the jail the attempts succeed: else the test above would prove nothing.
func TestEscapesWorkOutside(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	could := escapes(listener.Addr().String() + "|" + t.TempDir())
	for _, s := range []string{"read a file", "look at a file", "list a folder", "write a file", "dial", "make a socket: internet"} {
		if !slices.Contains(could, s) {
			t.Errorf("cannot %s even here", s)
		}
	}
}
