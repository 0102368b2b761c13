package joint

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"corkboard/net/wire"
)

// acceptPause is how long a transport is left alone that could not accept.
const acceptPause = 100 * time.Millisecond

// Transport is several. All methods are safe on any goroutine.
type Transport struct {
	main  wire.Transport
	ctx   context.Context
	stop  context.CancelFunc
	queue chan wire.Conn
	works sync.WaitGroup

	mu     sync.Mutex
	ended  bool
	others []*other
}

type other struct {
	wire.Transport
	takes func(wire.Address) bool
}

var _ wire.Transport = (*Transport)(nil)

// New begins with one transport, whose name and addresses are those of the whole.
func New(main wire.Transport) *Transport {
	t := &Transport{main: main, queue: make(chan wire.Conn)}
	t.ctx, t.stop = context.WithCancel(context.Background())
	t.works.Go(func() { t.accept(main) })
	return t
}

// Add takes in another one, to which the addresses go that takes says, at once and on
// any goroutine. It is forgotten when it is closed.
func (t *Transport) Add(o wire.Transport, takes func(wire.Address) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return
	}
	x := &other{o, takes}
	t.others = append(t.others, x)
	t.works.Go(func() {
		t.accept(o)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.others = slices.DeleteFunc(t.others, func(y *other) bool { return x == y })
	})
}

// accept passes on who dials one of them, until it is closed.
func (t *Transport) accept(of wire.Transport) {
	for {
		conn, err := of.Accept(t.ctx)
		if errors.Is(err, wire.ErrClosed) || t.ctx.Err() != nil {
			return
		}
		if err != nil {
			select {
			case <-time.After(acceptPause):
				continue
			case <-t.ctx.Done():
				return
			}
		}
		select {
		case t.queue <- conn:
		case <-t.ctx.Done():
			_ = conn.Close() // nobody waits for it
			return
		}
	}
}

// Self is that of the main one.
func (t *Transport) Self() []byte { return t.main.Self() }

// Addresses are those of the main one: the others' say nothing elsewhere.
func (t *Transport) Addresses() []wire.Address { return t.main.Addresses() }

// Dial connects by whichever takes the address. Errors: that transport's.
func (t *Transport) Dial(ctx context.Context, to wire.Address) (wire.Conn, error) {
	if t.ctx.Err() != nil {
		return nil, wire.ErrClosed
	}
	by := t.main
	t.mu.Lock()
	for _, o := range t.others {
		if o.takes(to) {
			by = o.Transport
			break
		}
	}
	t.mu.Unlock()
	return by.Dial(ctx, to)
}

// Accept waits for somebody who dials any of them. Errors: wire.ErrClosed, that of ctx.
func (t *Transport) Accept(ctx context.Context) (wire.Conn, error) {
	return wire.Next(ctx, t.queue, t.ctx.Done())
}

// Close closes the main one and all that are in it.
func (t *Transport) Close() error {
	t.mu.Lock()
	t.ended = true
	all := slices.Clone(t.others)
	t.mu.Unlock()
	t.stop()
	err := t.main.Close()
	for _, o := range all {
		err = errors.Join(err, o.Close())
	}
	t.works.Wait()
	return err
}
