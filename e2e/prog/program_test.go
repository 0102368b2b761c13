package prog

import (
	"context"
	"errors"
	"image/png"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"corkboard/e2e/x11"
)

// fake starts the test binary as the program that TestMain knows by name.
func fake(t *testing.T, name string) *Program {
	t.Helper()
	t.Setenv("PROG_FAKE", name)
	command := exec.Command(os.Args[0])
	stdin, err := command.StdinPipe() // open until the test ends
	if err != nil {
		t.Fatal(err)
	}
	p, err := start(command)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(p.Kill(), ignoreClosed(stdin.Close())); err != nil {
			t.Error(err)
		}
	})
	return p
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

func patience(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func TestWaitTellsTheExitCodeAndLastWords(t *testing.T) {
	p := fake(t, "ends")
	var exit *exec.ExitError
	if err := p.Wait(patience(t)); !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Errorf("got %v, want exit code 3", err)
	}
	if !strings.Contains(p.Log(), "profile is broken") {
		t.Errorf("log is %q", p.Log())
	}
	if err := p.Kill(); err != nil {
		t.Errorf("killing an ended program: %v", err)
	}
}

func TestKillEndsTheProcess(t *testing.T) {
	p := fake(t, "stays")
	if p.Ended() {
		t.Fatalf("ended at once: %s", p.Log())
	}
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(p.PID, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d: got %v, want that it is gone", p.PID, err)
	}
}

func TestTailKeepsTheEnd(t *testing.T) {
	log := &tail{}
	for range 3 {
		if _, err := io.WriteString(log, strings.Repeat("x", 10<<10)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.WriteString(log, "end"); err != nil {
		t.Fatal(err)
	}
	if got := log.String(); len(got) != 16<<10 || !strings.HasSuffix(got, "xend") {
		t.Errorf("kept %d bytes ending in %q", len(got), got[len(got)-5:])
	}
}

func TestWindowIsFoundAndSeen(t *testing.T) {
	d := x11.ForTest(t)
	t.Setenv("CORKBOARD_ARTIFACTS", t.TempDir())
	p := fake(t, "window")
	w, err := p.Window(patience(t), d)
	if err != nil {
		t.Fatal(err)
	}
	if w.PID != p.PID || w.Rect.Dx() != 300 {
		t.Errorf("got %+v, want a window of process %d", w, p.PID)
	}
	file, err := os.Open(Shot(t, d, "fake"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	size, err := png.DecodeConfig(file)
	if err != nil || size.Width != d.Screen().Dx() {
		t.Errorf("the picture is %+v, %v", size, err)
	}
}

func TestWindowOfAnEndedProgram(t *testing.T) {
	d := x11.ForTest(t)
	p := fake(t, "ends")
	if _, err := p.Window(patience(t), d); !errors.Is(err, ErrEnded) || !strings.Contains(err.Error(), "profile is broken") {
		t.Errorf("got %v, want ErrEnded and the last words", err)
	}
}
