package blind

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/net/wire"
)

// Why a connection ends, besides the errors of its streams.
var (
	errSilent    = errors.New("no handshake in time")
	errIdle      = errors.New("nothing was said for long")
	errHostile   = errors.New("the other side breaks the protocol")
	errDismissed = errors.New("the tenant was removed")
)

// space is a namespace on a connection.
type space struct {
	n   *Namespace
	tag wire.Tag

	mu      sync.Mutex
	refused error // why nothing is taken now, ErrQuota or ErrFull; nil if something is
}

func (p *space) refuse(why error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refused = why
}

func (p *space) refusal() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refused
}

// link is one connection, from its first byte to the end of the last of its
// goroutines.
type link struct {
	server *Server
	conn   wire.Conn
	ctx    context.Context
	cancel context.CancelCauseFunc
	wg     sync.WaitGroup
	shaken chan struct{} // closed after the first handshake
	due    chan []*space // of handshakes whose sync stream has not come yet
	heard  atomic.Int64  // when something was last said, in ns since 1970

	shaking sync.Mutex // one handshake after the other

	mu      sync.Mutex
	spaces  []*space
	tenants []Door // that were matched, the owner first
	nobody  bool   // the first owner's link was
	hellos  int
	open    map[string]int // streams, by protocol
	refused int
}

func newLink(ctx context.Context, s *Server, conn wire.Conn) *link {
	l := &link{
		server: s, conn: conn, shaken: make(chan struct{}), due: make(chan []*space, most[Sync]), open: map[string]int{},
	}
	l.ctx, l.cancel = context.WithCancelCause(ctx)
	l.touch()
	return l
}

// end ends the connection; the first reason counts.
func (l *link) end(why error) { l.cancel(why) }

func (l *link) touch() { l.heard.Store(time.Now().UnixNano()) }

func (l *link) isShaken() bool {
	select {
	case <-l.shaken:
		return true
	default:
		return false
	}
}

// run is the connection.
func (l *link) run() {
	silent := time.AfterFunc(l.server.o.HelloTime, func() {
		if !l.isShaken() {
			l.end(errSilent)
		}
	})
	defer silent.Stop()
	l.wg.Go(l.takeStreams)
	l.wait()
	l.conn.Close()
	l.wg.Wait()
	for _, p := range l.spaces {
		p.n.Close()
	}
	l.server.o.Log.Debug("connection ended", "reason", context.Cause(l.ctx))
}

// wait is until the connection is to end.
func (l *link) wait() {
	idle := time.NewTicker(l.server.o.Idle / 4)
	defer idle.Stop()
	for {
		select {
		case <-l.ctx.Done():
			return
		case <-l.conn.Done():
			l.end(wire.ErrClosed)
			return
		case now := <-idle.C:
			if now.UnixNano()-l.heard.Load() > int64(l.server.o.Idle) {
				l.end(errIdle)
				return
			}
		}
	}
}

// greet shakes hands, and opens what was found.
func (l *link) greet(s wire.Stream) error {
	l.shaking.Lock()
	defer l.shaking.Unlock()
	l.mu.Lock()
	l.hellos++
	tooMany := l.hellos > maxHellos
	l.mu.Unlock()
	if tooMany {
		return fmt.Errorf("%w: too many handshakes", errHostile)
	}
	doors, err := l.server.store.Doors(l.ctx)
	if err != nil {
		return err
	}
	secrets := make([]wire.Secret, len(doors))
	for i, d := range doors {
		secrets[i] = d.Secret
	}
	result, err := wire.Shake(l.ctx, s, l.conn, secrets, &wire.Self{Device: l.server.o.Device})
	if err != nil {
		return err
	}
	l.touch()
	return l.enter(doors, result.Matched)
}

// enter opens the doors whose secrets the other side knows.
func (l *link) enter(doors []Door, matched []wire.Match) error {
	var fresh []*space
	for _, m := range matched {
		if d := doors[m.Index]; d.Lock == ToNamespace {
			p, err := l.enterSpace(d, m.Tag)
			if err != nil {
				return err
			}
			if p != nil {
				fresh = append(fresh, p)
			}
		} else if err := l.enterAs(d); err != nil {
			return err
		}
	}
	if !l.isShaken() {
		l.server.meet(l)
		close(l.shaken)
	}
	if len(fresh) == 0 {
		return nil
	}
	select {
	case l.due <- fresh:
		return nil
	default:
		return fmt.Errorf("%w: handshakes without the streams that follow", errHostile)
	}
}

// enterSpace opens a namespace that is not open on this connection; nil if it is, or
// has gone meanwhile.
func (l *link) enterSpace(d Door, tag wire.Tag) (*space, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.spaces {
		if p.n.id == d.ID {
			return nil, nil
		}
	}
	n, err := l.server.store.Namespace(l.ctx, d.ID)
	if errors.Is(err, ErrGone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p := &space{n: n, tag: tag}
	l.spaces = append(l.spaces, p)
	return p, nil
}

func (l *link) enterAs(d Door) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch d.Lock {
	case ToNobody:
		l.nobody = true
		return nil
	case ToOwner:
		l.tenants = append([]Door{d}, l.tenants...)
	default:
		l.tenants = append(l.tenants, d)
	}
	if err := l.server.store.Greet(d.ID); err != nil && !errors.Is(err, ErrGone) && !errors.Is(err, ErrFull) {
		return err
	}
	return nil
}

// is says whether the connection has matched a tenancy.
func (l *link) is(tenant int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range l.tenants {
		if d.ID == tenant {
			return true
		}
	}
	return false
}
