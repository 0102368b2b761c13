package memory

import (
	"hash/fnv"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// link is a connection, seen from above: both of its ends.
type link struct {
	network *Network
	faults  Faults
	seed    uint64
	ends    [2]*conn // the dialler's first
	budget  [2]atomic.Int64
	done    chan struct{}

	mu      sync.Mutex
	err     error // why it is gone
	frozen  bool
	streams map[*stream]struct{} // ends of streams that are not closed
	pipes   uint64               // how many were made
	waiting []announcement       // while it is frozen
}

// announcement is a stream that the other end has opened.
type announcement struct {
	protocol string
	stream   *stream
	to       *conn
}

// seedOf gives each connection between two names its own randomness.
func seedOf(seed uint64, from, to string, count int) uint64 {
	h := fnv.New64a()
	h.Write([]byte(from + "\x00" + to))
	return seed ^ h.Sum64() + uint64(count)
}

func newLink(n *Network, f Faults, seed uint64) *link {
	l := &link{network: n, faults: f, seed: seed, done: make(chan struct{}), streams: map[*stream]struct{}{}}
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range l.budget {
		l.budget[i].Store(f.budget(r))
	}
	return l
}

// pipe makes what carries bytes from one side to the other. The caller holds mu.
func (l *link) pipe(from int) *pipe {
	l.pipes++
	r := rand.New(rand.NewPCG(l.seed, l.pipes))
	p := newPipe(l.network.clock, l.faults, r, &l.budget[from], func() { l.end(ErrBroken, true) })
	p.frozen = l.frozen
	return p
}

// end closes the connection for both ends.
func (l *link) end(why error, drain bool) {
	l.mu.Lock()
	if l.err != nil {
		l.mu.Unlock()
		return
	}
	l.err = why
	streams := l.streams
	l.streams, l.waiting = nil, nil
	close(l.done)
	l.mu.Unlock()
	for s := range streams {
		s.in.fail(why, drain)
		s.out.fail(why, drain)
	}
	l.network.forget(l)
}

// forget is told of an end that is closed: what it has written still arrives.
func (l *link) forget(s *stream) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.streams, s)
}

// freeze stops everything under way, or lets it go on.
func (l *link) freeze(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = on
	for s := range l.streams {
		s.in.freeze(on)
		s.out.freeze(on)
	}
	if !on {
		for _, a := range l.waiting {
			a.to.hear(a)
		}
		l.waiting = nil
	}
}

// announce tells the other end of a stream, after a delay.
func (l *link) announce(delay time.Duration, a announcement) {
	arrive := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch {
		case l.err != nil:
		case l.frozen:
			l.waiting = append(l.waiting, a)
		default:
			a.to.hear(a)
		}
	}
	if delay > 0 {
		l.network.clock.AfterFunc(delay, arrive)
	} else {
		arrive()
	}
}
