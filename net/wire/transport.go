package wire

import (
	"context"
	"errors"
	"io"
	"time"
)

// ErrClosed says that a transport or connection has been closed, by either side.
var ErrClosed = errors.New("connection is closed")

// Address says where somebody can be dialled, in the words of a transport: a
// multiaddr of libp2p, a name in memory, a folder.
type Address string

// A Transport carries connections to others. All methods are safe on any
// goroutine.
type Transport interface {
	// Self is the name of this end. On desktops it is new at each start, so that
	// it tells nobody who is there.
	Self() []byte
	// Addresses are where others may dial this end now.
	Addresses() []Address
	// Dial connects, or gives the connection that is there already. It blocks
	// until the context ends.
	Dial(ctx context.Context, to Address) (Conn, error)
	// Accept waits for somebody who dials. ErrClosed after Close.
	Accept(ctx context.Context) (Conn, error)
	Close() error
}

// A Conn is an encrypted connection to one other end, whose name is proven.
type Conn interface {
	Local() []byte  // Self of this end
	Remote() []byte // Self of the other
	// Dialled says whether this end has dialled: it opens streams and speaks
	// first.
	Dialled() bool
	// Step is how the bytes travel now.
	Step() Step
	// Address is where the other end is, for dialling it again; "" if nobody
	// knows.
	Address() Address
	// Open begins a stream for a protocol. Errors may come as late as the first
	// read.
	Open(ctx context.Context, protocol string) (Stream, error)
	// Accept waits for a stream that the other end has opened.
	Accept(ctx context.Context) (protocol string, s Stream, err error)
	// Done is closed when the connection is.
	Done() <-chan struct{}
	Close() error
}

// A Stream is bytes in order, both ways.
type Stream interface {
	io.Reader
	io.Writer
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
	CloseWrite() error
	Close() error // both ways, without waiting
}

// Step is how a connection travels.
type Step uint8

// The steps, from the nearest.
const (
	StepUnknown Step = iota
	StepLocal        // on the same network
	StepDirect       // across the internet, without help
	StepRelayed      // over somebody who passes sealed bytes on
	StepFolder       // over files in a folder
)

// String is the step in English.
func (s Step) String() string {
	switch s {
	case StepLocal:
		return "local network"
	case StepDirect:
		return "direct"
	case StepRelayed:
		return "relayed"
	case StepFolder:
		return "folder"
	}
	return "unknown"
}

// Next is Accept of a transport that has its new connections in a queue until it is
// closed. Errors: ErrClosed, that of ctx.
func Next[C Conn](ctx context.Context, queue <-chan C, closed <-chan struct{}) (Conn, error) {
	select {
	case <-closed:
		return nil, ErrClosed
	default:
	}
	select {
	case c := <-queue:
		return c, nil
	case <-closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
