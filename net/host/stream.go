package host

import (
	"context"
	"fmt"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/multiformats/go-multistream"
)

// stream is a wire.Stream on one of libp2p's.
type stream struct {
	network.Stream
	lazy multistream.LazyConn // of one that this end has begun, nil otherwise
}

// begin sends the protocol's name, until the context's deadline. The first read of the
// stream checks that the other end knows the protocol.
func begin(ctx context.Context, s network.Stream, name protocol.ID) (*stream, error) {
	if err := s.SetProtocol(name); err != nil {
		return nil, fmt.Errorf("count the stream: %w", err)
	}
	deadline, bounded := ctx.Deadline()
	if !bounded {
		deadline = time.Now().Add(dialTimeout)
	}
	s.SetWriteDeadline(deadline)
	o := &stream{Stream: s, lazy: multistream.NewMSSelect(s, name)}
	if err := o.lazy.(interface{ Flush() error }).Flush(); err != nil {
		return nil, fmt.Errorf("send the protocol's name: %w", err)
	}
	s.SetWriteDeadline(time.Time{})
	return o, nil
}

func (s *stream) Read(b []byte) (int, error) {
	if s.lazy != nil {
		return s.lazy.Read(b)
	}
	return s.Stream.Read(b)
}

func (s *stream) Write(b []byte) (int, error) {
	if s.lazy != nil {
		return s.lazy.Write(b)
	}
	return s.Stream.Write(b)
}

// Close never fails: that the other end wants no more is no error here.
func (s *stream) Close() error {
	s.Stream.Close()
	return nil
}
