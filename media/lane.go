package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"
)

// lane is one goroutine that owns at most one worker process and gives it one job at a time.
type lane struct {
	opts  Options
	queue *queue
	light bool   // takes light jobs only
	child *child // nil while there is none
	path  string // the file of the last job: the worker may still have it open
}

func (l *lane) run() {
	defer l.end()
	for {
		if j := l.queue.take(l.path, l.light); j != nil {
			j.finish(l.serve(j))
			continue
		}
		idle := time.NewTimer(l.opts.Idle)
		select {
		case <-l.queue.wakes(l.light):
		case <-idle.C:
			l.end()
		case <-l.queue.closed:
			idle.Stop()
			return
		}
		idle.Stop()
	}
}

// serve runs a job, a second time in a new worker if one that had served before died of it:
// that one may have been sick of an earlier file, or was killed while it was idle.
func (l *lane) serve(j *job) (*reply, error) {
	f, key, err := openInput(j.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	j.req.Key = key
	if !passesFiles {
		j.req.Path = j.path
	}
	worn := l.child != nil
	out, err := l.try(j, f)
	if worn && errors.Is(err, ErrWorkerDied) {
		out, err = l.try(j, f)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.req.Op, err)
	}
	if out.Code != "" {
		known, ok := codes[out.Code]
		if !ok {
			known = ErrBroken
		}
		return nil, fmt.Errorf("%s: %w (%s)", j.req.Op, known, out.Detail)
	}
	return out, nil
}

// try runs a job once, in the worker at hand or a new one.
func (l *lane) try(j *job, f *os.File) (*reply, error) {
	if l.child == nil {
		c, err := startChild(l.opts, l.queue.closed)
		if err != nil {
			return nil, err
		}
		slog.Debug("media worker started", "pid", c.pid(), "jail", c.jail)
		l.child = c
		l.opts.onStart(c.pid())
	}
	out, err := l.child.exchange(j, f, l.opts.Wall, l.queue.closed)
	l.path = j.path
	if err != nil || l.child.jobs >= l.opts.Recycle {
		if err != nil {
			slog.Debug("media worker replaced", "pid", l.child.pid(), "reason", err)
		}
		l.end()
	}
	return out, err
}

// end ends the worker, if there is one, and waits for it.
func (l *lane) end() {
	if l.child != nil {
		l.child.kill()
		l.opts.onEnd(l.child.pid())
		l.child, l.path = nil, ""
	}
}

// openInput opens a regular file and gives it a key that changes when the file changes.
func openInput(path string) (*os.File, string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", fmt.Errorf("opening for decoding: %w", err)
	}
	// Opening a pipe would block this lane for ever.
	if !info.Mode().IsRegular() {
		return nil, "", fmt.Errorf("opening %q for decoding: %w", path, ErrUnsupported)
	}
	if info.Size() > MaxPDFBytes {
		return nil, "", fmt.Errorf("file of %d bytes: %w", info.Size(), ErrTooLarge)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, "", fmt.Errorf("opening for decoding: %w", err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d", path, info.Size(), info.ModTime().UnixNano()))
	return f, hex.EncodeToString(sum[:16]), nil
}
