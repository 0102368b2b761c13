package memory

import (
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/net/wire"
)

// window is how many bytes may be under way in one direction of a stream.
const window = 256 << 10

// pipe is one direction of a stream: bytes in order.
type pipe struct {
	clock  Clock
	delay  func() time.Duration // for the next piece
	budget *atomic.Int64        // bytes until the connection breaks in this direction
	broken func()               // tells the link that the budget is spent

	mu       sync.Mutex
	changed  sync.Cond
	queue    []piece
	held     int       // bytes in queue
	newest   time.Time // arrival of the last piece
	frozen   bool      // nothing arrives
	finished bool      // the writer has closed it
	deaf     bool      // the reader has closed it
	err      error     // the connection is gone
	read     deadline
	write    deadline
}

// piece is what was written at once, or the end.
type piece struct {
	b       []byte
	end     bool
	arrives time.Time
}

type deadline struct {
	timer  *time.Timer
	turn   int // how often it was set
	passed bool
}

func newPipe(clock Clock, f Faults, r *rand.Rand, budget *atomic.Int64, broken func()) *pipe {
	p := &pipe{clock: clock, budget: budget, broken: broken}
	p.changed.L = &p.mu
	p.delay = func() time.Duration { return f.delay(r) }
	return p
}

// set begins a deadline anew; the zero time is none.
func (p *pipe) set(d *deadline, t time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d.stop()
	wait := time.Until(t)
	d.passed = !t.IsZero() && wait <= 0
	if !t.IsZero() && wait > 0 {
		turn := d.turn
		d.timer = time.AfterFunc(wait, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			if d.turn == turn {
				d.passed = true
				p.changed.Broadcast()
			}
		})
	}
	p.changed.Broadcast()
}

func (d *deadline) stop() {
	d.turn++
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}

func (p *pipe) wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changed.Broadcast()
}

// Read gives what has arrived. What was written before a connection broke can
// still be read.
func (p *pipe) Read(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		switch {
		case p.deaf:
			return 0, wire.ErrClosed
		case p.read.passed:
			return 0, os.ErrDeadlineExceeded
		case len(p.queue) == 0 && p.err != nil:
			return 0, p.err
		case len(b) == 0:
			return 0, nil
		case len(p.queue) > 0 && !p.frozen && !p.queue[0].arrives.After(p.clock.Now()):
			if p.queue[0].end {
				return 0, io.EOF
			}
			return p.take(b), nil
		}
		p.changed.Wait()
	}
}

func (p *pipe) take(b []byte) int {
	n := copy(b, p.queue[0].b)
	p.queue[0].b = p.queue[0].b[n:]
	if len(p.queue[0].b) == 0 {
		p.queue = p.queue[1:]
	}
	p.held -= n
	p.changed.Broadcast()
	return n
}

// Write waits while the window is full.
func (p *pipe) Write(b []byte) (written int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		switch room := window - p.held; {
		case p.err != nil:
			return written, p.err
		case p.finished || p.deaf:
			return written, wire.ErrClosed
		case p.write.passed:
			return written, os.ErrDeadlineExceeded
		case len(b) == 0:
			return written, nil
		case room > 0:
			n := min(room, len(b))
			left := p.budget.Add(-int64(n))
			whole := left >= 0
			if !whole {
				n = int(max(0, left+int64(n)))
			}
			p.put(piece{b: append([]byte(nil), b[:n]...)})
			written, b = written+n, b[n:]
			if !whole {
				p.mu.Unlock()
				p.broken()
				p.mu.Lock()
				return written, ErrBroken
			}
			continue
		}
		p.changed.Wait()
	}
}

// put sends a piece on its way; it never arrives before the one in front of it.
func (p *pipe) put(next piece) {
	if len(next.b) == 0 && !next.end {
		return
	}
	now, delay := p.clock.Now(), p.delay()
	next.arrives = now.Add(delay)
	if next.arrives.Before(p.newest) {
		next.arrives = p.newest
	}
	p.newest = next.arrives
	p.queue = append(p.queue, next)
	p.held += len(next.b)
	if next.arrives.After(now) {
		p.clock.AfterFunc(next.arrives.Sub(now), p.wake)
	}
	p.changed.Broadcast()
}

// finish lets the reader see the end behind what was written.
func (p *pipe) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.finished && p.err == nil {
		p.finished = true
		p.put(piece{end: true})
	}
	p.write.stop()
}

// deafen throws away what comes and what is there.
func (p *pipe) deafen() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deaf, p.queue, p.held = true, nil, 0
	p.read.stop()
	p.changed.Broadcast()
}

// fail ends both sides; drain leaves what is under way to the reader.
func (p *pipe) fail(err error, drain bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
	p.frozen = false
	if !drain {
		p.queue, p.held = nil, 0
		p.read.stop()
	}
	p.write.stop()
	p.changed.Broadcast()
}

func (p *pipe) freeze(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.frozen = on
	p.changed.Broadcast()
}
