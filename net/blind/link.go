package blind

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/net/blind/admin"
	"corkboard/net/blobsync"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// Sync names the streams that the dialler opens after a handshake, one for the
// namespaces that it has newly found.
const Sync = "/corkboard/sync/1"

// most is how many streams of a protocol may be open at once on a connection.
var most = map[string]int{wire.Hello: 1, Sync: 4, blobsync.Protocol: 4, admin.Protocol: 2}

const (
	maxHellos  = 64 // handshakes on one connection
	maxRefused = 64 // streams that are refused before the connection ends
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

// takeStreams takes the streams that the dialler opens, and refuses all others.
func (l *link) takeStreams() {
	for {
		protocol, s, err := l.conn.Accept(l.ctx)
		if err != nil {
			l.end(fmt.Errorf("accepting a stream: %w", err))
			return
		}
		name, tag := kindOf(protocol)
		if l.conn.Dialled() || !l.admit(name) {
			s.Close()
			continue
		}
		l.wg.Go(func() {
			defer l.leave(name)
			if err := l.take(name, tag, s); err != nil && l.ctx.Err() == nil {
				l.end(fmt.Errorf("%s: %w", name, err))
			}
			s.Close()
		})
	}
}

// kindOf cuts the tag of a namespace from a protocol for pieces of files.
func kindOf(protocol string) (name string, tag *wire.Tag) {
	rest, ok := strings.CutPrefix(protocol, blobsync.Protocol+"/")
	if !ok {
		return protocol, nil
	}
	tag = new(wire.Tag)
	if n, err := hex.Decode(tag[:], []byte(rest[:min(len(rest), 2*len(tag))])); err != nil || 2*n != len(rest) {
		return "", nil
	}
	return blobsync.Protocol, tag
}

// admit takes a place for a stream.
func (l *link) admit(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[name] < most[name] {
		l.open[name]++
		return true
	}
	if l.refused++; l.refused > maxRefused {
		l.end(fmt.Errorf("%w: too many streams", errHostile))
	}
	return false
}

func (l *link) leave(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[name]--
}

// take runs a stream. An error ends the connection.
func (l *link) take(name string, tag *wire.Tag, s wire.Stream) error {
	if name == wire.Hello {
		return l.greet(s)
	}
	select {
	case <-l.shaken:
	case <-l.ctx.Done():
		return nil
	}
	switch name {
	case Sync:
		return l.takeSync(s)
	case blobsync.Protocol:
		return l.servePieces(s, tag)
	}
	return admin.Serve(s, l.server.o.Idle, l.answer)
}

// greet shakes hands, and opens what was found.
func (l *link) greet(s wire.Stream) error {
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

// takeSync begins what the last handshake has agreed on.
func (l *link) takeSync(s wire.Stream) error {
	late := time.NewTimer(l.server.o.HelloTime)
	defer late.Stop()
	select {
	case fresh := <-l.due:
		return newCourse(l, s, fresh).run()
	case <-late.C:
		return fmt.Errorf("%w: a stream that was not agreed on", errHostile)
	case <-l.ctx.Done():
		return nil
	}
}

// servePieces serves pieces of files, and takes them into the namespace of the tag,
// or the first. Without a namespace the stream is closed.
func (l *link) servePieces(s wire.Stream, tag *wire.Tag) error {
	l.mu.Lock()
	var into *space
	for _, p := range l.spaces {
		if tag == nil && into == nil || tag != nil && p.tag == *tag {
			into = p
		}
	}
	l.mu.Unlock()
	if into == nil {
		return nil
	}
	err := blobsync.Serve(l.ctx, &heardStream{s, l}, l.server.store.Shelf(into.n.id))
	if errors.Is(err, blobsync.ErrFull) || errors.Is(err, blobsync.ErrRefused) {
		err = nil // the stream has ended; the rest goes on
	}
	return err
}

// heardStream notes that something is said.
type heardStream struct {
	wire.Stream
	l *link
}

func (s *heardStream) Read(b []byte) (int, error) {
	n, err := s.Stream.Read(b)
	if n > 0 {
		s.l.touch()
	}
	return n, err
}

func tagOf(t wire.Tag) docsync.Tag { return docsync.Tag(t) }
