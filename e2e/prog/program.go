package prog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"corkboard/e2e/x11"
)

var (
	// ErrEnded says that the program ended before what was waited for.
	ErrEnded = errors.New("the program ended")
	// ErrStillRunning says that the program did not end in time.
	ErrStillRunning = errors.New("the program is still running")
)

// A Program is a running Corkboard.
type Program struct {
	PID int

	command *exec.Cmd
	log     *tail
	ended   chan struct{} // closed when the process is gone
	err     error         // of the end, valid after ended
}

// Start starts the binary with --profile and the further arguments where the
// test runs. The program is killed with the test, and its last words are logged
// if the test failed.
func Start(t testing.TB, binary, profile string, args ...string) *Program {
	t.Helper()
	return Place{}.Start(t, binary, profile, args...)
}

// Start is Start at a place.
func (at Place) Start(t testing.TB, binary, profile string, args ...string) *Program {
	t.Helper()
	command := at.Command(context.Background(), binary, append([]string{"--profile", profile}, args...)...)
	// The home is the test's, so that nothing of the person's is touched; it
	// lives beside the profile and as long. Fyne complains about a home without
	// a folder for caches.
	home := filepath.Clean(profile) + ".home"
	if err := os.MkdirAll(filepath.Join(home, ".cache"), 0o700); err != nil {
		t.Fatal(err)
	}
	command.Env = append(command.Env, "HOME="+home, "XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_CACHE_HOME=",
		"XDG_RUNTIME_DIR=", "WAYLAND_DISPLAY=")
	p, err := start(command)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Kill(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("last words of the program:\n%s", p.Log())
		}
	})
	return p
}

func start(command *exec.Cmd) (*Program, error) {
	p := &Program{command: command, log: &tail{}, ended: make(chan struct{})}
	command.Stdout, command.Stderr = p.log, p.log
	// Children of a killed program keep the pipe open; do not wait for them.
	command.WaitDelay = time.Second
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", command.Path, err)
	}
	p.PID = command.Process.Pid
	go func() {
		p.err = command.Wait()
		close(p.ended)
	}()
	return p, nil
}

// Window waits until the program shows a window. Errors: ErrEnded with the
// program's last words, x11.ErrNoWindow with the context's error.
func (p *Program) Window(ctx context.Context, d *x11.Display) (x11.Window, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-p.ended:
			cancel()
		case <-ctx.Done():
		}
	}()
	w, err := d.Await(ctx, x11.ByPID(p.PID))
	if err != nil && p.Ended() {
		return w, fmt.Errorf("wait for a window: %w: %w\n%s", ErrEnded, err, p.Log())
	}
	return w, err
}

// killPatience is how long a killed process may take to be gone.
const killPatience = 10 * time.Second

// Kill ends the program without a warning, as kill -9 does, and waits for it.
// Killing an ended program does nothing.
func (p *Program) Kill() error {
	if p.Ended() {
		return nil
	}
	if err := p.command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("end program %d: %w", p.PID, err)
	}
	timer := time.NewTimer(killPatience)
	defer timer.Stop()
	select {
	case <-p.ended:
		return nil
	case <-timer.C:
		return fmt.Errorf("end program %d: %w", p.PID, ErrStillRunning)
	}
}

// Wait waits until the program has ended and returns how it did: nil for exit
// code 0, an *exec.ExitError for others, or the context's error.
func (p *Program) Wait(ctx context.Context) error {
	select {
	case <-p.ended:
		return p.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Ended says whether the process is gone.
func (p *Program) Ended() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// Log returns the last 16 KiB that the program wrote.
func (p *Program) Log() string { return p.log.String() }

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (t *tail) Write(b []byte) (int, error) {
	const keep = 16 << 10
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	if over := len(t.text) - keep; over > 0 {
		t.text = append(t.text[:0], t.text[over:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}
