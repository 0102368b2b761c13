package renderers

import (
	"runtime"
	"sync"

	"corkboard/renderers/paint"
)

// task is work for a painter goroutine.
type task struct {
	run func(*paint.Shaper)
	// wanted is asked when the task's turn has come; where it says no, dropped
	// is called instead of run. nil: it is always wanted.
	wanted  func() bool
	dropped func()
}

// Painters paint cards and tiles on their own goroutines, newest wish first.
type Painters struct {
	mu     sync.Mutex
	more   sync.Cond
	tasks  []task
	idle   []task // carried out when there is nothing else
	closed bool
	wg     sync.WaitGroup
}

// NewPainters starts one painter for each core but one.
func NewPainters() *Painters {
	p := &Painters{}
	p.more.L = &p.mu
	for range max(1, runtime.NumCPU()-1) {
		p.wg.Add(1)
		go p.work()
	}
	return p
}

// Submit queues a task before all others.
func (p *Painters) Submit(t task) { p.put(&p.tasks, t) }

// SubmitIdle queues a task behind all that Submit has queued or will queue.
func (p *Painters) SubmitIdle(t task) { p.put(&p.idle, t) }

func (p *Painters) put(list *[]task, t task) {
	p.mu.Lock()
	*list = append(*list, t)
	p.mu.Unlock()
	p.more.Signal()
}

// Close ends the painters after their present task.
func (p *Painters) Close() {
	p.mu.Lock()
	p.closed, p.tasks, p.idle = true, nil, nil
	p.mu.Unlock()
	p.more.Broadcast()
	p.wg.Wait()
}

func (p *Painters) work() {
	defer p.wg.Done()
	sh := paint.NewShaper()
	for p.step(sh) {
	}
}

// step carries out one task; false once the painters are closed.
func (p *Painters) step(sh *paint.Shaper) bool {
	t, ok := p.next()
	switch {
	case !ok:
		return false
	case t.wanted != nil && !t.wanted():
		t.dropped()
	default:
		t.run(sh)
	}
	return true
}

// next waits for a task; ok is false once the painters are closed.
func (p *Painters) next() (t task, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.tasks)+len(p.idle) == 0 && !p.closed {
		p.more.Wait()
	}
	if p.closed {
		return task{}, false
	}
	list := &p.tasks
	if len(*list) == 0 {
		list = &p.idle
	}
	last := len(*list) - 1
	t = (*list)[last]
	(*list)[last] = task{}
	*list = (*list)[:last]
	return t, true
}
