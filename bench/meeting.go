package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"corkboard/app"
	"corkboard/doc"
	"corkboard/net/wire"
	"corkboard/net/wire/memory"
	"corkboard/share"
)

// trip is how long a byte takes to the other side and back, where round trips are
// counted.
const trip = 500 * time.Millisecond

// counted is a transport that counts what its streams carry, both ways.
type counted struct {
	wire.Transport
	bytes     *atomic.Int64
	last      *atomic.Int64 // when the newest byte came or went, ns since 1970
	connected *atomic.Int64 // when the newest connection was there, likewise
}

func (t counted) Dial(ctx context.Context, to wire.Address) (wire.Conn, error) {
	c, err := t.Transport.Dial(ctx, to)
	if err != nil {
		return nil, err
	}
	t.connected.Store(time.Now().UnixNano())
	return countedConn{c, t}, nil
}

func (t counted) Accept(ctx context.Context) (wire.Conn, error) {
	c, err := t.Transport.Accept(ctx)
	if err != nil {
		return nil, err
	}
	return countedConn{c, t}, nil
}

type countedConn struct {
	wire.Conn
	t counted
}

func (c countedConn) Open(ctx context.Context, protocol string) (wire.Stream, error) {
	s, err := c.Conn.Open(ctx, protocol)
	if err != nil {
		return nil, err
	}
	return countedStream{s, c.t}, nil
}

func (c countedConn) Accept(ctx context.Context) (string, wire.Stream, error) {
	protocol, s, err := c.Conn.Accept(ctx)
	if err != nil {
		return "", nil, err
	}
	return protocol, countedStream{s, c.t}, nil
}

type countedStream struct {
	wire.Stream
	t counted
}

func (s countedStream) Read(b []byte) (int, error) {
	n, err := s.Stream.Read(b)
	s.t.note(n)
	return n, err
}

func (s countedStream) Write(b []byte) (int, error) {
	n, err := s.Stream.Write(b)
	s.t.note(n)
	return n, err
}

func (t counted) note(n int) {
	t.bytes.Add(int64(n))
	t.last.Store(time.Now().UnixNano())
}

// pair is two profiles that share a board, and what travels between them.
type pair struct {
	dirs  [2]string
	net   *memory.Network
	apps  [2]*app.App
	board doc.ID
	bytes atomic.Int64 // as one of them sees it
	last  atomic.Int64

	connected atomic.Int64
}

func newPair(a, b string) *pair { return &pair{dirs: [2]string{a, b}, net: memory.New(1, nil)} }

// open opens one of the profiles. The first is the one where bytes are counted.
func (p *pair) open(ctx context.Context, n int) error {
	t, err := p.net.Join([]string{"a", "b"}[n])
	if err != nil {
		return err
	}
	var transport wire.Transport = t
	if n == 0 {
		transport = counted{t, &p.bytes, &p.last, &p.connected}
	}
	p.apps[n], err = app.Open(ctx, app.Options{Profile: p.dirs[n], Network: app.Network{On: true, Transport: transport}})
	return err
}

func (p *pair) close(ctx context.Context) error {
	var errs []error
	for n, a := range p.apps {
		if a != nil {
			errs = append(errs, a.Close(ctx))
			p.apps[n] = nil
		}
	}
	return errors.Join(errs...)
}

// share shares a board of the first with the second, and waits until both hold the
// same. It says how long each took.
func (p *pair) share(ctx context.Context, id doc.ID) (shared, came time.Duration, err error) {
	a, b := p.apps[0], p.apps[1]
	began := time.Now()
	if p.board, err = a.Share(ctx, id); err != nil {
		return 0, 0, err
	}
	shared = time.Since(began)
	link, err := a.CopyLink(ctx, p.board, share.Write)
	if err != nil {
		return 0, 0, err
	}
	began = time.Now()
	if _, err := b.Join(ctx, link); err != nil {
		return 0, 0, err
	}
	err = p.even(ctx)
	return shared, time.Since(began), err
}

// even has the first dial the second and waits until both say that they hold the same.
func (p *pair) even(ctx context.Context) error {
	if err := dial(ctx, p.apps[0], "b"); err != nil {
		return err
	}
	for _, a := range p.apps {
		if err := until(ctx, a, func() bool { return even(a, p.board) }); err != nil {
			return fmt.Errorf("waiting until both hold the same: %w", err)
		}
	}
	return nil
}

// dial connects with an address, also one that is no address of libp2p, as soon as the
// network is open.
func dial(ctx context.Context, a *app.App, to string) error {
	if err := until(ctx, a, func() bool { return len(a.Addresses()) > 0 }); err != nil {
		return err
	}
	return a.DialManually(ctx, to)
}

func even(a *app.App, id doc.ID) bool {
	for _, r := range a.Reach(id) {
		if r.Even {
			return true
		}
	}
	return false
}

// until waits until something holds that is said of others.
func until(ctx context.Context, a *app.App, good func() bool) error {
	woken := make(chan struct{}, 1)
	defer a.SubscribeTogether(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for !good() {
		select {
		case <-woken:
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
