package media

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

// exitCPU is a worker's exit status when its job has used up its processor time.
const exitCPU = 75

// child is a worker process as its parent sees it. One goroutine uses it.
type child struct {
	cmd    *exec.Cmd
	link   parentLink
	jail   []string      // what holds it, as it says itself
	jobs   int           // begun so far, without light ones
	exited chan struct{} // closed when the process has been waited for
}

// startChild starts a worker and waits until it is jailed and ready.
// It returns ErrWorkerDied, or ErrClosed.
func startChild(opts Options, closed <-chan struct{}) (*child, error) {
	path, err := executable(opts.Executable)
	if err != nil {
		return nil, fmt.Errorf("%w: finding the program: %w", ErrWorkerDied, err)
	}
	cmd := exec.Command(path, workerArg)
	cmd.Env = workerEnv()
	link, theirs, err := newLink(cmd)
	if err != nil {
		return nil, fmt.Errorf("%w: connecting: %w", ErrWorkerDied, err)
	}
	err = cmd.Start()
	theirs()
	if err != nil {
		link.Close()
		return nil, fmt.Errorf("%w: starting: %w", ErrWorkerDied, err)
	}
	c := &child{cmd: cmd, link: link, exited: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // the state is read from cmd
		close(c.exited)
	}()
	hello, err := c.guarded(context.Background(), startTime, closed, func() (*reply, error) {
		return readReply(link, allowance{})
	})
	if err != nil {
		c.kill()
		return nil, fmt.Errorf("starting a worker: %w", err)
	}
	c.jail = hello.Jail
	return c, nil
}

// executable is the program to start. On Linux it is found even after it was replaced by an
// update while it runs.
func executable(configured string) (string, error) {
	if configured != "" {
		return filepath.Abs(configured)
	}
	const self = "/proc/self/exe"
	if runtime.GOOS == "linux" {
		if _, err := os.Stat(self); err == nil {
			return self, nil
		}
	}
	return os.Executable()
}

// workerEnv keeps everything from the worker but what starting a program needs.
func workerEnv() []string {
	env := []string{workerMark + "=1", "GOMEMLIMIT=" + strconv.Itoa(goMemoryLimit), "GOTRACEBACK=none"}
	for _, name := range []string{"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// exchange sends a job and waits for the reply. After an error the worker is of no use.
// Errors: ErrTimeout, ErrWorkerDied, ErrClosed, the context's.
func (c *child) exchange(j *job, f *os.File, wall time.Duration, closed <-chan struct{}) (*reply, error) {
	if !j.light {
		c.jobs++
	}
	return c.guarded(j.ctx, wall, closed, func() (*reply, error) {
		if err := c.link.pass(f); err != nil {
			return nil, err
		}
		if err := writeMessage(c.link, j.req); err != nil {
			return nil, err
		}
		return readReply(c.link, j.may)
	})
}

// guarded runs talk, which blocks on the link, and kills the worker if that takes too long.
func (c *child) guarded(ctx context.Context, wall time.Duration, closed <-chan struct{}, talk func() (*reply, error)) (*reply, error) {
	type result struct {
		out *reply
		err error
	}
	done := make(chan result, 1)
	go func() {
		out, err := talk()
		done <- result{out, err}
	}()
	deadline := time.NewTimer(wall)
	defer deadline.Stop()
	cancelled := ctx.Done()
	late := ErrTimeout
	for {
		select {
		case r := <-done:
			if r.err != nil {
				return nil, c.autopsy(r.err)
			}
			return r.out, nil
		case <-cancelled:
			cancelled, late = nil, ctx.Err()
			deadline.Reset(min(wall, cancelGrace))
		case <-deadline.C:
			c.kill()
			<-done
			return nil, late
		case <-closed:
			c.kill()
			<-done
			return nil, ErrClosed
		}
	}
}

// autopsy kills what may still live and tells why a talk failed.
func (c *child) autopsy(cause error) error {
	if !errors.Is(cause, errProtocol) {
		// The link ends a moment before the process: let it say its exit status.
		select {
		case <-c.exited:
		case <-time.After(cancelGrace):
		}
	}
	c.kill()
	if c.cmd.ProcessState.ExitCode() == exitCPU {
		return fmt.Errorf("processor time used up: %w", ErrTimeout)
	}
	return fmt.Errorf("%w (%v): %w", ErrWorkerDied, c.cmd.ProcessState, cause)
}

// kill ends the process and the link and waits for both. It may be called again.
func (c *child) kill() {
	_ = c.cmd.Process.Kill() // it may have ended by itself
	_ = c.link.Close()
	<-c.exited
}

func (c *child) pid() int { return c.cmd.Process.Pid }
