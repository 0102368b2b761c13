package host

import (
	"context"
	"fmt"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/multiformats/go-multistream"
)

// begun is a stream that this end has begun: its first read checks that the other
// end knows the protocol.
type begun struct {
	network.Stream
	lazy multistream.LazyConn
}

// begin sends the protocol's name, until the context's deadline.
func begin(ctx context.Context, s network.Stream, name protocol.ID) (*begun, error) {
	if err := s.SetProtocol(name); err != nil {
		return nil, fmt.Errorf("count the stream: %w", err)
	}
	deadline, bounded := ctx.Deadline()
	if !bounded {
		deadline = time.Now().Add(dialTimeout)
	}
	s.SetWriteDeadline(deadline)
	o := &begun{Stream: s, lazy: multistream.NewMSSelect(s, name)}
	if err := o.lazy.(interface{ Flush() error }).Flush(); err != nil {
		return nil, fmt.Errorf("send the protocol's name: %w", err)
	}
	s.SetWriteDeadline(time.Time{})
	return o, nil
}

func (o *begun) Read(b []byte) (int, error)  { return o.lazy.Read(b) }
func (o *begun) Write(b []byte) (int, error) { return o.lazy.Write(b) }
