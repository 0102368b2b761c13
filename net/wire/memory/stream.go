package memory

import (
	"sync"
	"time"

	"corkboard/net/wire"
)

// stream is one end of a stream.
type stream struct {
	in, out  *pipe
	link     *link
	announce func() // tells the other end of it, once
}

var _ wire.Stream = (*stream)(nil)

// open makes both ends of a stream. The far one is announced when the near one
// is used for the first time.
func (c *conn) open(protocol string) (near, far *stream) {
	l := c.link
	out, in := l.pipe(c.side), l.pipe(1-c.side)
	near, far = &stream{in: in, out: out, link: l}, &stream{in: out, out: in, link: l, announce: func() {}}
	delay := out.delay()
	near.announce = sync.OnceFunc(func() {
		l.announce(delay, announcement{protocol, far, l.ends[1-c.side]})
	})
	return near, far
}

func (s *stream) Read(b []byte) (int, error) {
	s.announce()
	return s.in.Read(b)
}

func (s *stream) Write(b []byte) (int, error) {
	s.announce()
	return s.out.Write(b)
}

func (s *stream) SetReadDeadline(t time.Time) error {
	s.in.set(&s.in.read, t)
	return nil
}

func (s *stream) SetWriteDeadline(t time.Time) error {
	s.out.set(&s.out.write, t)
	return nil
}

// CloseWrite lets the other end read io.EOF behind what was written.
func (s *stream) CloseWrite() error {
	s.announce()
	s.out.finish()
	return nil
}

// Close is CloseWrite, and reads nothing any more: the other end's writes fail.
func (s *stream) Close() error {
	s.announce()
	s.out.finish()
	s.in.deafen()
	s.link.forget(s)
	return nil
}
