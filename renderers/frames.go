package renderers

import (
	"sync"
	"time"
)

// FrameBudget is how long a drain may keep the UI goroutine.
const FrameBudget = 4 * time.Millisecond

// Frames brings results of other goroutines to the UI goroutine. Whatever
// arrives meanwhile is drained together: at most one posted closure is in
// flight, so that a flood of results cannot delay an input by more than one
// budget.
type Frames struct {
	post func(func())
	now  func() time.Time
	// Slow is told of what took too long; see Env.Slow. Set it before use.
	Slow func(cause string, took time.Duration)

	mu       sync.Mutex
	pending  []func()
	inFlight bool
	closed   bool
}

// NewFrames posts through post (fyne.Do in the program).
func NewFrames(post func(func()), now func() time.Time) *Frames {
	return &Frames{post: post, now: now}
}

// Add queues f for the UI goroutine. Any goroutine; returns at once.
func (f *Frames) Add(fn func()) {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return
	}
	f.pending = append(f.pending, fn)
	start := !f.inFlight
	f.inFlight = true
	f.mu.Unlock()
	if start {
		f.post(f.drain)
	}
}

// Close drops what has not run; later additions are dropped too.
func (f *Frames) Close() {
	f.mu.Lock()
	f.closed, f.pending = true, nil
	f.mu.Unlock()
}

func (f *Frames) drain() {
	end := f.now().Add(FrameBudget)
	for {
		f.mu.Lock()
		if len(f.pending) == 0 {
			f.inFlight = false
			f.mu.Unlock()
			return
		}
		next := f.pending[0]
		f.pending = f.pending[1:]
		f.mu.Unlock()
		f.run(next)
		if f.now().After(end) {
			break
		}
	}
	f.mu.Lock()
	more := len(f.pending) > 0
	f.inFlight = more
	f.mu.Unlock()
	if more {
		f.post(f.drain)
	}
}

func (f *Frames) run(fn func()) {
	if f.Slow != nil {
		defer measure(f.Slow, f.now, fn)()
	}
	fn()
}
