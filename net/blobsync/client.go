package blobsync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"corkboard/net/wire"
)

// A Client asks one other end. Questions go out one behind the other, up to 4 MiB
// of pieces at a time, and the answers come in the same order. It is safe on any
// goroutine; each call blocks until its answer is there.
type Client struct {
	name   string
	stream wire.Stream
	slots  chan struct{} // one for each question that has no answer yet
	queue  chan *call    // not sent yet
	sent   chan *call    // in the order of the answers
	done   chan struct{}
	ending sync.Once
	err    error // after done
	both   sync.WaitGroup
}

// call is a question. Its answer is taken in even if nobody waits for it any more.
type call struct {
	ask    message
	answer chan message // room for one
}

// NewClient speaks on a stream that was opened for Protocol, with two goroutines
// until Close. The name is for errors.
func NewClient(s wire.Stream, name string) *Client { return newClient(s, name, patience) }

func newClient(s wire.Stream, name string, patience time.Duration) *Client {
	c := &Client{
		name: name, stream: s, slots: make(chan struct{}, maxOutstanding),
		queue: make(chan *call, maxOutstanding), sent: make(chan *call, maxOutstanding), done: make(chan struct{}),
	}
	c.both.Go(c.write)
	c.both.Go(func() { c.read(patience) })
	return c
}

// Name is what NewClient was given.
func (c *Client) Name() string { return c.name }

// Done is closed when nothing can be asked any more; Err then tells why.
func (c *Client) Done() <-chan struct{} { return c.done }

// Err is nil while the client works, then why it ended: wire.ErrClosed, a
// *LiarError, ErrProtocol, an error of the stream.
func (c *Client) Err() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}

// Close ends the stream and all calls, and waits for its goroutines.
func (c *Client) Close() error {
	c.fail(wire.ErrClosed)
	c.both.Wait()
	return nil
}

func (c *Client) fail(err error) {
	c.ending.Do(func() {
		c.err = err
		close(c.done)
		_ = c.stream.Close() // it ends in any case
	})
}

// Present asks which pieces of a file the other side has.
func (c *Client) Present(ctx context.Context, h Handle) (Present, error) {
	m, err := c.do(ctx, message{kind: askPresent, handle: h})
	if err != nil {
		return Present{}, fmt.Errorf("asking %s what it has: %w", c.name, err)
	}
	return m.present, nil
}

// Get asks for a sealed piece. ErrAbsent.
func (c *Client) Get(ctx context.Context, h Handle, i Index) ([]byte, error) {
	m, err := c.do(ctx, message{kind: askPiece, handle: h, index: i})
	if err == nil && m.kind == answerAbsent {
		err = ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("asking %s for %v: %w", c.name, i, err)
	}
	return m.sealed, nil
}

// Put gives a storage peer a sealed piece, which must not change until the call
// ends, nor after it if it ends with its context. Nil: it is durable there.
// Errors: ErrFull, ErrRefused.
func (c *Client) Put(ctx context.Context, h Handle, i Index, sealed []byte) error {
	m, err := c.do(ctx, message{kind: askStore, handle: h, index: i, sealed: sealed})
	switch {
	case err != nil:
	case m.kind == answerFull:
		err = ErrFull
	case m.kind == answerRefused:
		err = ErrRefused
	default:
		return nil
	}
	return fmt.Errorf("giving %s %v: %w", c.name, i, err)
}

func (c *Client) do(ctx context.Context, ask message) (message, error) {
	select {
	case c.slots <- struct{}{}:
	case <-c.done:
		return message{}, c.err
	case <-ctx.Done():
		return message{}, ctx.Err()
	}
	one := &call{ask: ask, answer: make(chan message, 1)}
	c.queue <- one // there is room for as many as there are slots
	select {
	case m := <-one.answer:
		return m, nil
	case <-c.done:
		return message{}, c.err
	case <-ctx.Done():
		return message{}, ctx.Err()
	}
}

func (c *Client) write() {
	w := newFrameWriter(c.stream)
	for {
		select {
		case one := <-c.queue:
			c.sent <- one // as in do
			err := w.put(one.ask)
			if err == nil && len(c.queue) == 0 {
				err = w.flush()
			}
			if err != nil {
				c.fail(err)
				return
			}
		case <-c.done:
			return
		}
	}
}

func (c *Client) read(patience time.Duration) {
	r := newFrameReader(c.stream)
	r.patience = patience
	for {
		select {
		case one := <-c.sent:
			m, err := answerTo(r, one.ask.kind)
			if err != nil {
				c.fail(err)
				return
			}
			one.answer <- m
			<-c.slots
		case <-c.done:
			return
		}
	}
}

// answerTo reads up to what answers a question of that kind.
func answerTo(r *frameReader, asked kind) (message, error) {
	for {
		m, err := r.next(true)
		switch {
		case errors.Is(err, io.EOF):
			return m, wire.ErrClosed
		case err != nil:
			return m, err
		case m.kind == answerWait:
		case !m.kind.answers(asked):
			return m, fmt.Errorf("answer %d to question %d: %w", m.kind, asked, ErrProtocol)
		default:
			return m, nil
		}
	}
}

func (k kind) answers(asked kind) bool {
	switch asked {
	case askPresent:
		return k == answerPresent
	case askPiece:
		return k == answerPiece || k == answerAbsent
	case askStore:
		return k == answerStored || k == answerFull || k == answerRefused
	}
	return false
}
