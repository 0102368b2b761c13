package memory

import (
	"context"
	"fmt"
	"sync"

	"corkboard/net/wire"
)

// mostWaiting is how many connections may wait for Accept; further dials fail.
const mostWaiting = 128

// Transport is one end on a Network.
type Transport struct {
	network  *Network
	name     string
	self     []byte
	incoming chan *conn
	done     chan struct{}
	once     sync.Once
}

var _ wire.Transport = (*Transport)(nil)

func newTransport(n *Network, name string, start int) *Transport {
	self := name
	if start > 1 {
		self = fmt.Sprintf("%s/%d", name, start)
	}
	return &Transport{
		network:  n,
		name:     name,
		self:     []byte(self),
		incoming: make(chan *conn, mostWaiting),
		done:     make(chan struct{}),
	}
}

// Self is the name, with a number behind it if it is not the first of that name.
func (t *Transport) Self() []byte { return append([]byte(nil), t.self...) }

// Addresses is the name.
func (t *Transport) Addresses() []wire.Address { return []wire.Address{wire.Address(t.name)} }

// Dial gives a connection that is there already, whoever dialled it. Dials that
// cross each other make two, if they take time. Errors: ErrUnreachable,
// wire.ErrClosed, that of ctx.
func (t *Transport) Dial(ctx context.Context, to wire.Address) (wire.Conn, error) {
	if c, err := t.present(string(to)); c != nil || err != nil {
		return c, err
	}
	if err := t.travel(ctx); err != nil {
		return nil, err
	}
	for {
		c, changed, err := t.connect(string(to))
		if err != nil {
			return nil, fmt.Errorf("dial %q: %w", to, err)
		}
		if c != nil {
			return c, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-t.done:
			return nil, wire.ErrClosed
		}
	}
}

// present is a connection to that name, or nil.
func (t *Transport) present(to string) (wire.Conn, error) {
	n := t.network
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range n.links {
		for _, c := range l.ends {
			if c.self == t && c.other.name == to {
				return c, nil
			}
		}
	}
	select {
	case <-t.done:
		return nil, wire.ErrClosed
	default:
		return nil, nil
	}
}

// travel waits as long as a dial takes.
func (t *Transport) travel(ctx context.Context) error {
	t.network.mu.Lock()
	latency := t.network.faults.Latency
	t.network.mu.Unlock()
	there := make(chan struct{})
	if latency > 0 {
		t.network.clock.AfterFunc(2*latency, func() { close(there) })
	} else {
		close(there)
	}
	select {
	case <-there:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	case <-t.done:
		return wire.ErrClosed
	}
}

// connect makes a connection, or says what to wait for.
func (t *Transport) connect(to string) (wire.Conn, <-chan struct{}, error) {
	n := t.network
	n.mu.Lock()
	defer n.mu.Unlock()
	other := n.ends[to]
	pair := pairOf(t.name, to)
	switch {
	case n.ends[t.name] != t:
		return nil, nil, wire.ErrClosed
	case other == nil || other == t || n.between[pair] == cut:
		return nil, nil, ErrUnreachable
	case n.between[pair] == frozen:
		return nil, n.changed, nil
	}
	n.dials[pair]++
	l := newLink(n, n.faults, seedOf(n.seed, pair[0], pair[1], n.dials[pair]))
	l.ends[0] = newConn(l, 0, t, other)
	l.ends[1] = newConn(l, 1, other, t)
	select {
	case other.incoming <- l.ends[1]:
	default:
		return nil, nil, ErrUnreachable
	}
	n.links = append(n.links, l)
	return l.ends[0], nil, nil
}

func newConn(l *link, side int, self, other *Transport) *conn {
	return &conn{link: l, side: side, self: self, other: other, incoming: make(chan announcement, mostUnheard)}
}

// Accept waits for somebody who dials. Errors: wire.ErrClosed, that of ctx.
func (t *Transport) Accept(ctx context.Context) (wire.Conn, error) {
	return wire.Next(ctx, t.incoming, t.done)
}

// Close leaves the network and closes all connections.
func (t *Transport) Close() error {
	t.once.Do(func() {
		n := t.network
		n.mu.Lock()
		delete(n.ends, t.name)
		close(t.done)
		var links []*link
		for _, l := range n.links {
			if l.ends[0].self == t || l.ends[1].self == t {
				links = append(links, l)
			}
		}
		n.mu.Unlock()
		for _, l := range links {
			l.end(wire.ErrClosed, false)
		}
	})
	return nil
}
