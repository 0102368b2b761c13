package media

import (
	"context"
	"slices"
	"sync"
)

// Priority orders the jobs that wait for a worker.
type Priority int

const (
	Background Priority = -1 // thumbnails to come, text for search
	Normal     Priority = 0
	Visible    Priority = 1 // somebody is looking at the place
)

type priorityKey struct{}

// WithPriority gives the jobs that are called with the context a priority.
func WithPriority(ctx context.Context, p Priority) context.Context {
	return context.WithValue(ctx, priorityKey{}, p)
}

func priorityOf(ctx context.Context) Priority {
	p, _ := ctx.Value(priorityKey{}).(Priority)
	return p
}

// job is one call of a Decoder's method on its way through queue and worker. Whoever takes
// it from the queue owns out and err until done is closed.
type job struct {
	ctx      context.Context
	path     string
	priority Priority
	light    bool // milliseconds of work, and little memory
	req      request
	may      allowance
	done     chan struct{}
	out      *reply
	err      error
}

func (j *job) finish(out *reply, err error) {
	j.out, j.err = out, err
	close(j.done)
}

// queue holds the jobs that no worker has taken yet.
type queue struct {
	mu     sync.Mutex
	jobs   []*job        // in order of arrival
	wake   chan struct{} // holds a token while there may be jobs
	light  chan struct{} // likewise, of light jobs
	closed chan struct{}
}

func newQueue() *queue {
	return &queue{wake: make(chan struct{}, 1), light: make(chan struct{}, 1), closed: make(chan struct{})}
}

// wakes is where a lane waits for jobs.
func (q *queue) wakes(light bool) chan struct{} {
	if light {
		return q.light
	}
	return q.wake
}

// push adds a job, or returns ErrClosed.
func (q *queue) push(j *job) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	select {
	case <-q.closed:
		return ErrClosed
	default:
	}
	q.jobs = append(q.jobs, j)
	rouse(q.wake)
	if j.light {
		rouse(q.light)
	}
	return nil
}

func rouse(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// take removes the best job, or returns nil if none waits: by priority, then one on the file
// that the asking worker has open, then the oldest. With light it takes light
// jobs only. Cancelled jobs are finished on the way.
func (q *queue) take(openPath string, light bool) *job {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.jobs = slices.DeleteFunc(q.jobs, func(j *job) bool {
		if err := j.ctx.Err(); err != nil {
			j.finish(nil, err)
			return true
		}
		return false
	})
	best := -1
	for i, j := range q.jobs {
		if light && !j.light {
			continue
		}
		if best < 0 || j.priority > q.jobs[best].priority ||
			j.priority == q.jobs[best].priority && j.path == openPath && q.jobs[best].path != openPath {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	j := q.jobs[best]
	q.jobs = slices.Delete(q.jobs, best, best+1)
	if len(q.jobs) > 0 {
		rouse(q.wakes(light)) // for the next worker
	}
	return j
}

// remove takes a job back whose caller has gone; it may be with a worker already.
func (q *queue) remove(j *job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.jobs = slices.DeleteFunc(q.jobs, func(o *job) bool { return o == j })
}

// close refuses new jobs and ends the waiting ones.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	select {
	case <-q.closed:
		return
	default:
	}
	close(q.closed)
	for _, j := range q.jobs {
		j.finish(nil, ErrClosed)
	}
	q.jobs = nil
}
