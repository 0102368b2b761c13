package media

import (
	"context"
	"sync"
	"time"
)

// Options configure a Decoder. The zero value is right for a program of one window.
type Options struct {
	Executable string        // started as worker; default: this program
	Workers    int           // processes at most; default 1. Of several, one is kept for light jobs
	Wall       time.Duration // for one job, then the worker is killed; default 15 s
	CPU        time.Duration // for one job, whole seconds; default 10 s
	Idle       time.Duration // a worker without a job for so long is ended; default 30 s
	Recycle    int           // jobs after which a worker is replaced, light ones not counted; default 200

	onStart, onEnd func(pid int) // for tests: called when a worker has started and ended
}

func (o Options) withDefaults() Options {
	if o.Workers <= 0 {
		o.Workers = 1
	}
	if o.Wall <= 0 {
		o.Wall = defaultWall
	}
	if o.CPU <= 0 {
		o.CPU = defaultCPU
	}
	if o.Idle <= 0 {
		o.Idle = defaultIdle
	}
	if o.Recycle <= 0 {
		o.Recycle = defaultRecycle
	}
	if o.onStart == nil {
		o.onStart = func(int) {}
	}
	if o.onEnd == nil {
		o.onEnd = func(int) {}
	}
	return o
}

// Decoder hands jobs to worker processes, which it starts when there is work and ends when
// there is none. It is safe for concurrent use; its methods block.
type Decoder struct {
	opts  Options
	queue *queue
	lanes sync.WaitGroup
}

// New makes a Decoder. It starts no process yet. Close it when done.
func New(opts Options) *Decoder {
	d := &Decoder{opts: opts.withDefaults(), queue: newQueue()}
	for i := range d.opts.Workers {
		// A stored level should not wait until a photo is decoded.
		light := i > 0 && i == d.opts.Workers-1
		d.lanes.Go(func() { (&lane{opts: d.opts, queue: d.queue, light: light}).run() })
	}
	return d
}

// Close ends all workers, also busy ones, and waits for them. Calls under way and later ones
// return ErrClosed. It may be called more than once.
func (d *Decoder) Close() {
	d.queue.close()
	d.lanes.Wait()
}

// do queues a job and waits for its reply or the end of the context.
func (d *Decoder) do(ctx context.Context, path string, req request, may allowance) (*reply, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	req.CPUSeconds = max(1, int((d.opts.CPU+time.Second-1)/time.Second))
	j := &job{ctx: ctx, path: path, priority: priorityOf(ctx), light: req.Op == opLevel, req: req, may: may, done: make(chan struct{})}
	if err := d.queue.push(j); err != nil {
		return nil, err
	}
	select {
	case <-j.done:
		return j.out, j.err
	case <-ctx.Done():
		d.queue.remove(j)
		return nil, ctx.Err()
	}
}
