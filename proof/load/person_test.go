package load

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"corkboard/net/blind"
	"corkboard/net/docsync"
	"corkboard/net/host"
	"corkboard/net/wire"
)

// patience is how long anything may take before it counts as not happening.
const patience = 2 * time.Minute

// person is somebody with a namespace of their own.
type person struct {
	shelf  *shelf
	secret wire.Secret
	host   *host.Host
	wake   chan struct{} // something was added
	stop   func()        // ends the connection, and waits

	mu       sync.Mutex
	due      map[uint64]time.Time // when items were added that have no receipt yet, by place
	receipts []time.Duration
	frames   int // both ways
	bytes    int
	even     chan struct{} // closed once both hold the same
	broken   chan struct{} // closed once err stands
	err      error
}

func newPerson(n int) (*person, error) {
	// From several addresses, as of several offices: of one, only so many are let in at once.
	h, err := host.New(host.Options{Listen: []string{fmt.Sprintf("127.0.0.%d:0", 2+n%200)}})
	if err != nil {
		return nil, err
	}
	return &person{shelf: newShelf(n), secret: secretOf(2*n + 1), host: h}, nil
}

// secretOf is a secret of its own for each number.
func secretOf(n int) wire.Secret {
	i := item(-1-n, 0)
	return wire.NewSecret([wire.SecretSize]byte(i.Body[32:]))
}

// connect dials, shakes hands and begins to sync; what comes of it is told by even, and
// after stop by err.
func (p *person) connect(ctx context.Context, at wire.Address) error {
	p.wake, p.even, p.broken, p.due = make(chan struct{}, 1), make(chan struct{}), make(chan struct{}), map[uint64]time.Time{}
	p.frames, p.bytes, p.err, p.receipts = 0, 0, nil, nil
	ctx, cancel := context.WithCancel(ctx)
	conn, result, err := p.meet(ctx, at)
	if err != nil {
		cancel()
		return err
	}
	if len(result.Matched) != 1 {
		cancel()
		return errors.New("the storage peer does not know the namespace")
	}
	s, err := conn.Open(ctx, blind.Sync)
	if err != nil {
		cancel()
		return err
	}
	var over sync.WaitGroup
	over.Go(func() {
		if err := p.sync(ctx, s, docsync.Tag(result.Matched[0].Tag)); err != nil && ctx.Err() == nil {
			p.mu.Lock()
			p.err = err
			p.mu.Unlock()
			close(p.broken)
		}
	})
	p.stop = func() {
		cancel()
		_ = conn.Close()
		over.Wait()
	}
	return nil
}

// comes connects until both hold the same, as a program does: a connection that breaks is
// made again. It says how often.
func (p *person) comes(ctx context.Context, at wire.Address) (again int, err error) {
	late := time.After(patience)
	for ; ; again++ {
		if err := p.connect(ctx, at); err != nil {
			return again, err
		}
		select {
		case <-p.even:
			return again, nil
		case <-p.broken:
			p.stop()
			time.Sleep(time.Second)
		case <-late:
			return again, fmt.Errorf("not served within %v: %w", patience, p.err)
		}
	}
}

// meet dials as a program does: again after a while, where there is no getting through.
func (p *person) meet(ctx context.Context, at wire.Address) (wire.Conn, wire.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for pause := time.Second; ; pause *= 2 {
		conn, err := p.host.Dial(ctx, at)
		if err == nil {
			s, err := conn.Open(ctx, wire.Hello)
			if err != nil {
				return nil, wire.Result{}, err
			}
			result, err := wire.Shake(ctx, s, conn, []wire.Secret{p.secret}, nil)
			return conn, result, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, wire.Result{}, err
		}
	}
}

// edit adds an item, whose receipt is timed.
func (p *person) edit() {
	i := p.shelf.add()
	place, _ := p.shelf.Find(i.Key)
	p.mu.Lock()
	p.due[place.Place] = time.Now()
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// sync runs one session until the context or the stream ends.
func (p *person) sync(ctx context.Context, s wire.Stream, name docsync.Tag) error {
	defer s.Close()
	framer := wire.NewFramer(s, docsync.MaxFrame, patience)
	session := docsync.New(docsync.Options{})
	defer session.End()
	frames := make(chan []byte)
	broken := make(chan error, 1)
	go func() {
		for {
			f, err := framer.Read()
			if err != nil {
				broken <- err
				return
			}
			select {
			case frames <- f:
			case <-ctx.Done():
				return
			}
		}
	}()
	session.Open(name, p.shelf, docsync.All)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		out, next := session.Poll(time.Now())
		for _, f := range out {
			p.count(len(f))
			if err := framer.Write(f); err != nil {
				return err
			}
		}
		p.note(session.Status(name), session.Seen())
		wait := time.Hour
		if !next.IsZero() {
			wait = max(time.Until(next), 0)
		}
		timer.Reset(wait)
		select {
		case f := <-frames:
			p.count(len(f))
			if err := session.Receive(time.Now(), f); err != nil {
				return err
			}
			if len(session.Arrivals()) > 0 {
				return errors.New("the storage peer sends what nobody has written")
			}
		case <-p.wake:
			session.Wake(time.Now(), name)
		case <-timer.C:
		case err := <-broken:
			return err
		case <-ctx.Done():
			return nil
		}
	}
}

func (p *person) count(bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.frames++
	p.bytes += bytes
}

// note takes receipts down, and what has been seen.
func (p *person) note(st docsync.Status, seen []docsync.Progress) {
	for _, s := range seen {
		p.shelf.setSeen(s.Replica, s.Seen)
	}
	last := p.shelf.Last()
	p.mu.Lock()
	defer p.mu.Unlock()
	for place, at := range p.due {
		if place <= st.Acknowledged {
			p.receipts = append(p.receipts, time.Since(at))
			delete(p.due, place)
		}
	}
	if st.Equal && st.Acknowledged == last && st.Seen == st.Last && st.Rights == docsync.All {
		select {
		case <-p.even:
		default:
			close(p.even)
		}
	}
}
