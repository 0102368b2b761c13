package blind

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"corkboard/identity"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// ServerOptions says whom a Server serves, and with what patience. Zeros are what
// stands beside them.
type ServerOptions struct {
	Transport wire.Transport
	Device    *identity.Device // who the storage peer says it is
	Log       *slog.Logger     // of what happens, without names; nil is silence

	Connections int           // at a time; 1024
	HelloTime   time.Duration // for the first handshake; 10 s
	Idle        time.Duration // without a frame, then a connection ends; 1 h
	Retry       time.Duration // between tries to store what was refused; 15 s
}

// Server lets those in who know a secret of the store, and syncs with them. Its
// goroutines are those of Run.
type Server struct {
	store  *Store
	o      ServerOptions
	claims *docsync.Claims

	mu    sync.Mutex
	links map[*link]struct{}
	known map[string]int // connections that have matched something, by name
}

// NewServer serves a store.
func NewServer(s *Store, o ServerOptions) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Connections = cmp.Or(o.Connections, 1024)
	o.HelloTime = cmp.Or(o.HelloTime, 10*time.Second)
	o.Idle = cmp.Or(o.Idle, time.Hour)
	o.Retry = cmp.Or(o.Retry, 15*time.Second)
	return &Server{store: s, o: o, claims: docsync.NewClaims(), links: map[*link]struct{}{}, known: map[string]int{}}
}

// Run accepts connections until the context ends or the transport is closed (nil), or
// the store cannot write any more (ErrStopped). It waits for all connections to end.
func (s *Server) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	defer all.Wait()
	all.Go(func() {
		select {
		case <-s.store.Stopped():
			cancel()
		case <-ctx.Done():
		}
	})
	for {
		conn, err := s.o.Transport.Accept(ctx)
		switch {
		case s.store.Err() != nil:
			return s.store.Err()
		case ctx.Err() != nil, errors.Is(err, wire.ErrClosed):
			cancel()
			return nil
		case err != nil:
			cancel()
			return fmt.Errorf("accepting connections: %w", err)
		}
		l := s.admit(ctx, conn)
		if l == nil {
			s.o.Log.Warn("connection refused: there are as many as there may be")
			conn.Close()
			continue
		}
		all.Go(func() {
			l.run()
			s.forget(l)
		})
	}
}

// admit makes a link, if there may be one more.
func (s *Server) admit(ctx context.Context, conn wire.Conn) *link {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.links) >= s.o.Connections {
		return nil
	}
	l := newLink(ctx, s, conn)
	s.links[l] = struct{}{}
	return l
}

func (s *Server) forget(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.links, l)
	if name := string(l.conn.Remote()); l.isShaken() {
		if s.known[name]--; s.known[name] == 0 {
			delete(s.known, name)
		}
	}
}

// meet notes that a connection has matched something.
func (s *Server) meet(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[string(l.conn.Remote())]++
}

// Known says whether the end with this name is connected and knows a secret: for
// them a storage peer passes bytes on. It does not block.
func (s *Server) Known(name []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[string(name)] > 0
}

// Connections is how many there are.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.links)
}

// dismiss ends all connections of a tenant who has been removed.
func (s *Server) dismiss(tenant int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for l := range s.links {
		if l.is(tenant) {
			l.end(errDismissed)
		}
	}
}
