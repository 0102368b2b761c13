//go:build linux

package lab

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const roleVariable = "CORKBOARD_LAB_ROLE"

// Main runs the tests, or in a process that Role has started, the role. A TestMain
// calls it.
func Main(m *testing.M, roles map[string]func(args []string)) {
	Play(roles)
	os.Exit(m.Run())
}

// Play plays the role that Role has started this process for, and ends it. In any
// other process it does nothing.
func Play(roles map[string]func(args []string)) {
	if name := os.Getenv(roleVariable); name != "" {
		role, ok := roles[name]
		if !ok {
			fmt.Fprintf(os.Stderr, "lab: no role %q\n", name)
			os.Exit(2)
		}
		role(os.Args[1:])
		os.Exit(0)
	}
}

// Within is a command line that runs a further one on the host, in the same process.
func (h *Host) Within() []string { return []string{"ip", "netns", "exec", h.ns} }

// Process is a program that runs on a host.
type Process struct {
	t     testing.TB
	cmd   *exec.Cmd
	input io.WriteCloser
	ended chan struct{}

	mu    sync.Mutex
	lines []string
	more  chan struct{} // closed and replaced at each line
}

// Start runs a program on the host. It is killed when the test ends.
func (h *Host) Start(env []string, program string, args ...string) *Process {
	h.lab.t.Helper()
	t := h.lab.t
	p := &Process{t: t, ended: make(chan struct{}), more: make(chan struct{})}
	line := append(append(h.Within(), program), args...)
	p.cmd = exec.Command(line[0], line[1:]...)
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stderr = p.cmd.Stdout
	if p.input, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("lab: start %s on %s: %v", program, h.Name, err)
	}
	go p.read(out)
	t.Cleanup(p.Kill)
	return p
}

// Role runs a role of this test program on the host, see Main.
func (h *Host) Role(role string, args ...string) *Process {
	h.lab.t.Helper()
	self, err := os.Executable()
	if err != nil {
		h.lab.t.Fatal(err)
	}
	return h.RoleOf(self, nil, role, args...)
}

// RoleOf is Role of another build of this test program.
func (h *Host) RoleOf(program string, env []string, role string, args ...string) *Process {
	h.lab.t.Helper()
	return h.Start(append(slices.Clone(env), roleVariable+"="+role), program, args...)
}

// read keeps the lines that the process prints.
func (p *Process) read(out io.Reader) {
	scanner := bufio.NewScanner(out)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		p.mu.Lock()
		p.lines = append(p.lines, scanner.Text())
		close(p.more)
		p.more = make(chan struct{})
		p.mu.Unlock()
	}
	io.Copy(io.Discard, out)
	p.cmd.Wait()
	close(p.ended)
}

// Pid is the process's id.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Send writes a line to the process.
func (p *Process) Send(line string) {
	p.t.Helper()
	if _, err := io.WriteString(p.input, line+"\n"); err != nil {
		p.t.Fatalf("lab: send %q: %v\n%s", line, err, strings.Join(p.Lines(), "\n"))
	}
}

// Lines are what the process has printed.
func (p *Process) Lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.lines)
}

// Expect waits for a line that starts with a prefix and gives what follows it. The
// test ends if there is none within a bound.
func (p *Process) Expect(prefix string, bound time.Duration) string {
	p.t.Helper()
	late := time.After(bound)
	for seen := 0; ; {
		p.mu.Lock()
		lines, more := p.lines[seen:], p.more
		p.mu.Unlock()
		for _, line := range lines {
			if rest, ok := strings.CutPrefix(line, prefix); ok {
				return rest
			}
		}
		seen += len(lines)
		select {
		case <-more:
		case <-p.ended:
			p.t.Fatalf("lab: the process ended without %q:\n%s", prefix, strings.Join(p.Lines(), "\n"))
		case <-late:
			p.t.Fatalf("lab: no %q after %v:\n%s", prefix, bound, strings.Join(p.Lines(), "\n"))
		}
	}
}

// Stop asks the process to end, by SIGTERM, and waits.
func (p *Process) Stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		p.t.Errorf("lab: the process %d does not stop", p.Pid())
		p.Kill()
	}
}

// Kill ends the process at once and waits.
func (p *Process) Kill() {
	p.cmd.Process.Kill()
	<-p.ended
}
