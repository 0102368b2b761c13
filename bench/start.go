package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"corkboard/e2e/x11"
)

// paintedWords is what the program logs when the first board is whole.
const paintedWords = "first board painted"

const (
	maxStart = time.Minute
	notches  = 60 // of the wheel, before memory is read
)

// start starts the real program several times; the first time does not count,
// the last one is panned and weighed.
func start(ctx context.Context, profile string, times int, r results) error {
	binary, err := build(ctx, filepath.Dir(profile))
	if err != nil {
		return err
	}
	d, err := x11.Open("")
	if err != nil {
		return err
	}
	defer d.Close()
	var seen, logged []float64
	for i := range times + 1 {
		p, err := startOnce(ctx, d, binary, profile)
		if err == nil && i == times {
			err = weighPanned(ctx, d, p, "rss_1000", r)
		}
		if p != nil {
			err = errors.Join(err, p.end())
		}
		if err != nil {
			return err
		}
		seen, logged = append(seen, millis(p.seen)), append(logged, millis(p.logged))
	}
	r["start_to_painted_1000_first_ms"] = seen[0]
	r["start_to_painted_1000_ms"] = quantile(seen[1:], 0.5)
	r["start_to_painted_1000_logged_ms"] = quantile(logged[1:], 0.5)
	return nil
}

// build makes the program, unless $CORKBOARD_BIN names one.
func build(ctx context.Context, dir string) (string, error) {
	if path := os.Getenv("CORKBOARD_BIN"); path != "" {
		return path, nil
	}
	path := filepath.Join(dir, "corkboard")
	out, err := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-tags", "migrated_fynedo", "-o", path, "corkboard").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building corkboard: %w\n%s", err, out)
	}
	return path, nil
}

// program is a running Corkboard.
type program struct {
	cmd    *exec.Cmd
	pid    int
	seen   time.Duration // from the start to the final picture on the screen
	logged time.Duration // from the start to the program's own words
}

// startOnce starts the program and waits until its board is painted. The
// program has to be ended even if there is an error.
func startOnce(ctx context.Context, d *x11.Display, binary, profile string) (*program, error) {
	ctx, cancel := context.WithTimeout(ctx, maxStart)
	defer cancel()
	look, err := newScreen(d)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(binary, "--profile", profile)
	cmd.Env = append(os.Environ(), "CORKBOARD_LOG=debug", "HOME="+filepath.Dir(profile), "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=", "WAYLAND_DISPLAY=")
	cmd.WaitDelay = time.Second
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the program: %w", err)
	}
	p := &program{cmd: cmd, pid: cmd.Process.Pid}
	painted := make(chan time.Duration, 1)
	go func() {
		for lines := bufio.NewScanner(log); lines.Scan(); {
			if strings.Contains(lines.Text(), paintedWords) {
				painted <- time.Since(began)
				break
			}
		}
		_, _ = io.Copy(io.Discard, log) // what it says later is read to its end
	}()
	if p.seen, err = look.settled(began, quiet); err != nil {
		return p, err
	}
	select {
	case p.logged = <-painted:
		return p, nil
	case <-ctx.Done():
		return p, errors.New("the program never said that its board is painted")
	}
}

// end kills the program by its id: nothing was edited.
func (p *program) end() error {
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("ending the program: %w", err)
	}
	_ = p.cmd.Wait() // says that it was killed
	return nil
}

// weighPanned pans the board and notes how much memory the program has.
func weighPanned(ctx context.Context, d *x11.Display, p *program, name string, r results) error {
	w, err := p.window(ctx, d)
	if err != nil {
		return err
	}
	if err := turn(d, centre(w), x11.WheelDown, notches); err != nil {
		return err
	}
	return p.weigh(name, r)
}

// window is the program's window, with the keyboard.
func (p *program) window(ctx context.Context, d *x11.Display) (x11.Window, error) {
	w, err := d.Await(ctx, x11.ByPID(p.pid))
	if err != nil {
		return w, err
	}
	return w, d.Focus(w)
}

func centre(w x11.Window) image.Point { return w.Rect.Min.Add(w.Rect.Max).Div(2) }

// turn turns the wheel.
func turn(d *x11.Display, at image.Point, way x11.Button, notches int) error {
	for range notches {
		if err := d.Click(at, way, 1); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil
}

// weigh rests, then notes the memory of the program as NAME_mb, and with that
// of the decoders that live at that moment.
func (p *program) weigh(name string, r results) error {
	time.Sleep(2 * time.Second)
	own, err := resident(p.pid)
	if err != nil {
		return err
	}
	all := own
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.pid)) // the pattern is right
	for _, list := range lists {
		children, _ := os.ReadFile(list) // a thread may have ended
		for _, id := range strings.Fields(string(children)) {
			if child, err := strconv.Atoi(id); err == nil {
				if mb, err := resident(child); err == nil { // so may a worker
					all += mb
				}
			}
		}
	}
	r[name+"_mb"], r[name+"_with_workers_mb"] = own, all
	return nil
}

// resident is the memory of a process in MB of 2^20 bytes.
func resident(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("process %d does not tell its memory", pid)
}
