package folder

import (
	"net"
	"sync"
	"time"

	"corkboard/net/wire"
)

// line is one flow of bytes each way over files, as the multiplexer wants it. What is
// written is kept until a segment takes it, and a segment is kept in the folder until
// the other end has it; both are bounded, and Write waits. There are no deadlines: a
// line ends if nothing moves for long.
type line struct {
	kick  chan struct{} // there is something to do
	heard chan struct{} // closed once the other end has sent something sealed
	done  chan struct{} // closed when err is set
	pump  *pump

	mu      sync.Mutex
	changed sync.Cond // of what follows
	written []byte
	come    []byte
	err     error // why it is over
}

var _ net.Conn = (*line)(nil)

func newLine(p *pump) *line {
	l := &line{
		kick:  make(chan struct{}, 1),
		heard: make(chan struct{}),
		done:  make(chan struct{}),
		pump:  p,
	}
	l.changed.L = &l.mu
	return l
}

// Read waits for bytes. What has come is given before the reason of an end is.
func (l *line) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.come) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		l.changed.Wait()
	}
	full := len(l.come) >= maxPlain
	n := copy(b, l.come)
	if l.come = l.come[n:]; len(l.come) == 0 {
		l.come = nil
	}
	if full && len(l.come) < maxPlain {
		prod(l.kick)
	}
	return n, nil
}

// Write waits until all has been taken into the buffer.
func (l *line) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	total := 0
	for {
		if l.err != nil {
			return total, l.err
		}
		n := min(len(b)-total, maxBuffer-len(l.written))
		if n > 0 {
			l.written = append(l.written, b[total:total+n]...)
			prod(l.kick)
		}
		if total += n; total == len(b) {
			return total, nil
		}
		l.changed.Wait()
	}
}

// take gives what is to be sent next, at most maxPlain bytes.
func (l *line) take() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.written
	l.written = nil
	l.changed.Broadcast()
	return b
}

// put adds what has come.
func (l *line) put(b []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.come = append(l.come, b...)
	l.changed.Broadcast()
}

// state says how much waits for being sent, and whether more may come.
func (l *line) state() (written int, room bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.written), len(l.come) < maxPlain
}

// fail ends the line; the first reason counts.
func (l *line) fail(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = ended(why)
		close(l.done)
		l.changed.Broadcast()
	}
}

// reason is why the line is over, nil while it is not.
func (l *line) reason() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// Close is what the multiplexer does when it ends.
func (l *line) Close() error {
	l.fail(wire.ErrClosed)
	return nil
}

func (l *line) LocalAddr() net.Addr              { return l.pump }
func (l *line) RemoteAddr() net.Addr             { return l.pump }
func (l *line) SetDeadline(time.Time) error      { return nil }
func (l *line) SetReadDeadline(time.Time) error  { return nil }
func (l *line) SetWriteDeadline(time.Time) error { return nil }

// prod wakes whoever waits on a channel of one place.
func prod(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
