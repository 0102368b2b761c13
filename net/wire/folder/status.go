package folder

import (
	"sync"
	"sync/atomic"
	"time"
)

// Status is how it stands with a folder.
type Status struct {
	Others  int       // that have connected with this end
	Read    time.Time // when something of another was taken last; zero: never
	Written time.Time // when something for another was written last; zero: never
	Waiting int       // bytes that stand in the folder and that others have not taken
	Err     error     // why it could not be used at the last look; nil: it could
}

// tally is what pumps tell of their work. Its methods are safe on any goroutine.
type tally struct {
	waiting atomic.Int64

	mu            sync.Mutex
	read, written time.Time
}

func (t *tally) took(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read = now
}

func (t *tally) wrote(now time.Time, bytes int) {
	t.waiting.Add(int64(bytes))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.written = now
}

// gone says that so many bytes stand in the folder no more.
func (t *tally) gone(bytes int) { t.waiting.Add(-int64(bytes)) }

// Status says how it stands, at once.
func (t *Transport) Status() Status {
	s := Status{Waiting: int(t.tally.waiting.Load())}
	t.tally.mu.Lock()
	s.Read, s.Written = t.tally.read, t.tally.written
	t.tally.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	s.Others, s.Err = len(t.conns), t.broken
	return s
}
