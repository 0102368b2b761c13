package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/libp2p/go-yamux/v5"

	"corkboard/net/wire"
)

// conn is a connection: streams on a line.
type conn struct {
	t       *Transport
	remote  string
	dialled bool
	line    *line
	session *yamux.Session
	streams chan heard
	done    chan struct{}
	once    sync.Once
	err     error // why it is over, once done is closed
}

var _ wire.Conn = (*conn)(nil)

// heard is a stream that the other end has opened.
type heard struct {
	protocol string
	stream   *stream
}

// newConn runs a connection on a line whose pump runs.
func (t *Transport) newConn(remote string, dialled bool, l *line) (*conn, error) {
	c := &conn{
		t:       t,
		remote:  remote,
		dialled: dialled,
		line:    l,
		streams: make(chan heard, maxStreams),
		done:    make(chan struct{}),
	}
	begin := yamux.Server
	if dialled {
		begin = yamux.Client
	}
	config := yamux.DefaultConfig()
	config.EnableKeepAlive = false // signs of life are in the folder
	config.MeasureRTTInterval = time.Hour
	config.ConnectionWriteTimeout = t.pace.silence
	config.MaxIncomingStreams = maxStreams
	config.MaxStreamWindowSize = maxWindow
	config.LogOutput = io.Discard
	var err error
	if c.session, err = begin(l, config, t.budget.span); err != nil {
		return nil, fmt.Errorf("share a connection among streams: %w", err)
	}
	t.wg.Go(c.run)
	return c, nil
}

func (c *conn) Local() []byte         { return c.t.Self() }
func (c *conn) Remote() []byte        { return keyOf(c.remote) }
func (c *conn) Dialled() bool         { return c.dialled }
func (c *conn) Step() wire.Step       { return wire.StepFolder }
func (c *conn) Address() wire.Address { return addressOf(c.remote) }
func (c *conn) Done() <-chan struct{} { return c.done }

// run takes streams until the connection is over.
func (c *conn) run() {
	for {
		s, err := c.session.AcceptStream()
		if err != nil {
			c.end(err)
			return
		}
		c.t.wg.Go(func() { c.hear(s) })
	}
}

// hear reads what a stream is for and queues it.
func (c *conn) hear(s *yamux.Stream) {
	s.SetReadDeadline(time.Now().Add(c.t.pace.silence))
	protocol, err := readProtocol(s)
	if err != nil {
		s.Reset()
		return
	}
	s.SetReadDeadline(time.Time{})
	select {
	case c.streams <- heard{protocol, &stream{Stream: s, conn: c}}:
	default:
		s.Reset()
	}
}

// Open begins a stream. It sends the protocol's name and does not wait for an answer.
// Errors: ErrCrowded, wire.ErrClosed with the reason, that of ctx.
func (c *conn) Open(ctx context.Context, protocol string) (wire.Stream, error) {
	s, err := c.open(ctx, protocol)
	switch {
	case err == nil:
		return s, nil
	case c.over():
		err = c.err
	case ctx.Err() != nil:
		err = ctx.Err()
	}
	return nil, fmt.Errorf("open a stream: %w", err)
}

func (c *conn) open(ctx context.Context, protocol string) (*stream, error) {
	head, err := protocolHead(protocol)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil || c.over() {
		return nil, wire.ErrClosed
	}
	if c.session.NumStreams() >= 2*maxStreams {
		return nil, ErrCrowded
	}
	y, err := c.session.OpenStream(ctx)
	if err != nil {
		return nil, err
	}
	s := &stream{Stream: y, conn: c}
	stop := context.AfterFunc(ctx, func() { y.SetWriteDeadline(time.Unix(1, 0)) })
	_, err = y.Write(head)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		c.t.spawn(func() { y.Reset() })
		return nil, err
	}
	return s, nil
}

// Accept waits for a stream of the other end. It gives those that came before the end
// of the connection no more. Errors: wire.ErrClosed with the reason, that of ctx.
func (c *conn) Accept(ctx context.Context) (string, wire.Stream, error) {
	if c.over() {
		return "", nil, c.err
	}
	select {
	case h := <-c.streams:
		return h.protocol, h.stream, nil
	case <-c.done:
		return "", nil, c.err
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
}

func (c *conn) over() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// Close ends the connection. What the other end has not taken by then is lost.
func (c *conn) Close() error {
	c.end(wire.ErrClosed)
	return nil
}

// end makes everybody who waits on the connection return. The multiplexer ends with
// its line, and for the line's reason.
func (c *conn) end(why error) {
	c.once.Do(func() {
		c.line.fail(why)
		if c.err = c.line.reason(); !errors.Is(why, wire.ErrClosed) {
			c.err = ended(why)
		}
		<-c.session.CloseChan()
		c.session.Close()
		c.t.forget(c)
		close(c.done)
	})
}
