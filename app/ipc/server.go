package ipc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// maxCallers is how many requests are answered at the same time.
const maxCallers = 16

// patience is how long a caller may take to send its request, or to read its
// reply.
const patience = 10 * time.Second

// Server answers requests until it is closed.
type Server struct {
	listener net.Listener
	answer   func(context.Context, Request) Reply
	ctx      context.Context
	stop     context.CancelFunc
	callers  chan struct{}
	work     sync.WaitGroup
}

// Listen begins to answer requests for a profile, on goroutines of its own.
// Only the holder of the profile's lock may call it: a socket that is there is
// replaced. The context of an answer ends when its caller goes away.
func Listen(profile string, answer func(context.Context, Request) Reply) (*Server, error) {
	path, err := Address(profile)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("removing an old socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("protecting the socket: %w", err), l.Close())
	}
	s := &Server{listener: l, answer: answer, callers: make(chan struct{}, maxCallers)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.work.Go(s.accept)
	return s, nil
}

// Close stops listening, cancels the answers under way and waits for them.
func (s *Server) Close() error {
	s.stop()
	err := s.listener.Close()
	s.work.Wait()
	return err
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		select {
		case s.callers <- struct{}{}:
		case <-s.ctx.Done():
			conn.Close()
			return
		}
		s.work.Go(func() {
			defer func() { <-s.callers }()
			defer conn.Close()
			s.serve(conn)
		})
	}
}

// serve answers one caller.
func (s *Server) serve(conn net.Conn) {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	wakeReader := func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) } // a closed socket needs no waking
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	defer context.AfterFunc(ctx, wakeReader)()
	var q Request
	if err := read(conn, &q); err != nil {
		return
	}
	reply := Reply{}
	if q.Version == Version {
		reply = s.attend(ctx, cancel, conn, q)
	}
	reply.Version = Version
	_ = conn.SetWriteDeadline(time.Now().Add(patience))
	_ = write(conn, reply) // a caller that is gone needs no reply
}

// attend answers a request and cancels the answer when the caller goes away.
func (s *Server) attend(ctx context.Context, cancel func(), conn net.Conn, q Request) Reply {
	_ = conn.SetReadDeadline(time.Time{})
	gone := make(chan struct{})
	var done atomic.Bool
	go func() {
		defer close(gone)
		_, _ = io.Copy(io.Discard, io.LimitReader(conn, MaxMessage))
		if !done.Load() {
			cancel()
		}
	}()
	reply := s.answer(ctx, q)
	done.Store(true)
	_ = conn.SetReadDeadline(time.Unix(1, 0))
	<-gone
	return reply
}
