package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"corkboard/identity"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// helloTime is how long a handshake may take, from the first moment of a
// connection.
const helloTime = 10 * time.Second

// What ends a connection, besides the errors of its streams.
var (
	errHostile = errors.New("the other side breaks the protocol")
	errAnew    = errors.New("to be connected anew")
	errDouble  = errors.New("there is another connection to the same end")
	errSilent  = errors.New("nothing is said in time")
	errAlone   = errors.New("people nearby are not looked for any more")
)

// A link is one connection, from its first byte to the end of the last of its
// goroutines.
type link struct {
	n       *Node
	conn    wire.Conn
	dialled wire.Address // "" if the other side has dialled
	began   time.Time
	ctx     context.Context
	cancel  context.CancelCauseFunc
	wg      sync.WaitGroup
	shaken  chan struct{} // closed after the first handshake; then who, storage and since stand
	done    chan struct{} // closed at the end; then outdated stands
	again   chan struct{} // the dialler's: another handshake may be due
	sync    chan struct{} // the sync stream may have other collections, or other rights
	shaking sync.Mutex

	who     wire.Who
	storage *identity.DeviceID
	since   time.Time

	used     uint64 // version of the catalog of the newest handshake, also of one that failed
	outdated bool   // ended as a stranger's, by secrets that are not the newest

	mu      sync.Mutex
	closed  bool                     // no goroutine is begun any more by others
	version uint64                   // of the catalog that the newest handshake used
	tags    map[[32]byte]docsync.Tag // of the collections that both ends know
	told    map[[32]byte]Progress
	near    bool           // both ends look for people nearby, as of the newest handshake
	beside  wire.Stream    // on which they say who they are; nil: none
	open    map[string]int // streams, by protocol
	opened  []wire.Secret  // of doors that both ends know
	refused int
	asking  asking
	control *control
}

func newLink(n *Node, conn wire.Conn, dialled wire.Address) *link {
	l := &link{
		n:       n,
		conn:    conn,
		dialled: dialled,
		began:   time.Now(),
		shaken:  make(chan struct{}),
		done:    make(chan struct{}),
		again:   make(chan struct{}, 1),
		tags:    map[[32]byte]docsync.Tag{},
		sync:    make(chan struct{}, 1),
		told:    map[[32]byte]Progress{},
		open:    map[string]int{},
		control: newControl(),
	}
	l.ctx, l.cancel = context.WithCancelCause(n.ctx)
	return l
}

// end ends the connection; the first reason counts.
func (l *link) end(why error) { l.cancel(why) }

// cause is why the connection has ended.
func (l *link) cause() error { return context.Cause(l.ctx) }

func (l *link) isShaken() bool {
	select {
	case <-l.shaken:
		return true
	default:
		return false
	}
}

// device is who is there after the handshake: also a storage peer, which says
// nothing of itself.
func (l *link) device() identity.DeviceID {
	return l.whose().Device
}

// run is the connection.
func (l *link) run() {
	defer close(l.done)
	defer time.AfterFunc(helloTime, func() {
		if !l.isShaken() {
			l.end(errSilent)
		}
	}).Stop()
	if !l.conn.Dialled() { // from then on there is a control stream, which notices silence
		defer time.AfterFunc(2*helloTime, func() {
			if !l.control.runs() {
				l.end(errSilent)
			}
		}).Stop()
	}
	l.wg.Go(l.takeStreams)
	if l.conn.Dialled() {
		l.wg.Go(l.lead)
	}
	select {
	case <-l.ctx.Done():
	case <-l.conn.Done():
		l.gone(wire.ErrClosed)
		<-l.ctx.Done()
	}
	l.conn.Close()
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.wg.Wait()
	l.n.forget(l)
}

// gone is told that the connection is closed. If that is in the middle of this end's
// handshake, the handshake says why: the other side may have found a stranger, and
// closed before this one has.
func (l *link) gone(why error) {
	if !l.conn.Dialled() || l.isShaken() {
		l.end(why)
	}
}

// greet is called once, after the first handshake. It says whether the connection
// goes on.
func (n *Node) greet(l *link) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if l.who.Device != (identity.DeviceID{}) && n.bans.of(deviceKey(l.who.Device), time.Now()) == hostile {
		return ErrBanned
	}
	for _, o := range n.links {
		if o == l || !o.isShaken() || !bytes.Equal(o.conn.Remote(), l.conn.Remote()) {
			continue
		}
		if l.yields(o, true) {
			l.end(errDouble)
		} else if o.yields(l, false) {
			o.end(errDouble)
		}
	}
	close(l.shaken)
	return nil
}

// yields says that this connection is to be closed for another to the same end.
// That is its dialler's to do: of two that both ends have dialled the one from the
// smaller name stays, of two from this end the newer.
func (l *link) yields(to *link, newer bool) bool {
	if !l.conn.Dialled() {
		return false
	}
	if to.conn.Dialled() {
		return !newer
	}
	return bytes.Compare(l.conn.Local(), l.conn.Remote()) > 0
}

// forget takes a connection out that has ended, and judges it.
func (n *Node) forget(l *link) {
	why := l.cause()
	n.mu.Lock()
	delete(n.links, l.conn)
	fault := judge(why)
	if l.outdated = fault == stranger && l.used != n.catalog.version; l.outdated {
		fault = 0
	}
	if fault != 0 && n.ctx.Err() == nil {
		now := time.Now()
		n.bans.add(nameKey(l.conn.Remote()), fault, now)
		if l.dialled != "" {
			n.bans.add(addressKey(l.dialled), fault, now)
		}
		if l.who.Device != (identity.DeviceID{}) {
			n.bans.add(deviceKey(l.who.Device), fault, now)
		}
	}
	n.mu.Unlock()
	if n.ctx.Err() == nil {
		level := n.log.Debug
		if fault == hostile {
			level = n.log.Warn
		}
		level("connection ended", "address", l.conn.Address(), "reason", why)
	}
	n.prod()
	n.watchers.Wake()
}

// judge says whose fault the end of a connection is.
func judge(why error) fault {
	switch {
	case errors.Is(why, wire.ErrStranger):
		return stranger
	case errors.Is(why, errHostile), errors.Is(why, wire.ErrHandshake), errors.Is(why, wire.ErrFrame):
		return hostile
	}
	return 0
}

func hostileFor(doing string, err error) error {
	return fmt.Errorf("%s: %w: %w", doing, errHostile, err)
}
