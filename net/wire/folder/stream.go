package folder

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-yamux/v5"

	"corkboard/net/wire"
)

// maxProtocol is the most bytes of what a stream is for.
const maxProtocol = 128

// protocolHead is what a stream begins with: a length of one byte, and the name.
func protocolHead(protocol string) ([]byte, error) {
	if len(protocol) == 0 || len(protocol) > maxProtocol {
		return nil, fmt.Errorf("a protocol's name of %d bytes, where 1 to %d are allowed", len(protocol), maxProtocol)
	}
	return append([]byte{byte(len(protocol))}, protocol...), nil
}

// readProtocol is the other way. ErrForeign, and those of r.
func readProtocol(r io.Reader) (string, error) {
	var b [maxProtocol]byte
	if _, err := io.ReadFull(r, b[:1]); err != nil {
		return "", err
	}
	n := int(b[0])
	if n == 0 || n > maxProtocol {
		return "", fmt.Errorf("%w: a protocol's name of %d bytes", ErrForeign, n)
	}
	if _, err := io.ReadFull(r, b[:n]); err != nil {
		return "", err
	}
	return string(b[:n]), nil
}

// stream is a wire.Stream on one of the multiplexer's.
type stream struct {
	*yamux.Stream
	conn   *conn
	closed atomic.Bool
	once   sync.Once
}

func (s *stream) Write(b []byte) (int, error) {
	if s.closed.Load() {
		return 0, fmt.Errorf("write to a stream: %w", wire.ErrClosed)
	}
	return s.Stream.Write(b)
}

// Close ends both ways at once. What was written still goes out, and the end of it,
// while the connection lasts; the caller does not wait for that.
func (s *stream) Close() error {
	s.once.Do(func() {
		s.closed.Store(true)
		s.Stream.CloseRead()
		s.Stream.SetWriteDeadline(time.Unix(1, 0)) // for a write that waits
		s.conn.t.spawn(func() { s.Stream.CloseWrite() })
	})
	return nil
}
