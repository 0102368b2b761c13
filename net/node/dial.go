package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"corkboard/identity"
	"corkboard/net/wire"
)

// The limits of connections.
const (
	maxLinks    = 256
	maxUnshaken = 64 // of them that have not been through the handshake
	dialTime    = 30 * time.Second
	acceptPause = 100 * time.Millisecond // after a failure of the transport
)

// Hint says that somebody may be at an address: it is dialled at once.
func (n *Node) Hint(at wire.Address, why Source) {
	n.mu.Lock()
	n.wants.add(at, why, identity.DeviceID{}, time.Now())
	n.mu.Unlock()
	n.prod()
}

// NetworkChanged has everybody dialled at once who is wanted and not here.
func (n *Node) NetworkChanged() {
	n.mu.Lock()
	n.wants.reset(time.Now())
	n.mu.Unlock()
	n.prod()
}

// Dial connects with whoever is at an address, and returns after the handshake. It
// blocks until then or until ctx ends. Errors: wire.ErrStranger, ErrBanned,
// ErrCrowded, ErrClosed, those of the transport, of wire.Shake and of ctx.
func (n *Node) Dial(ctx context.Context, to wire.Address) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(n.ctx, cancel)()
	n.stale.Store(true)
	n.freshen()
	n.mu.Lock()
	delete(n.bans, addressKey(to))
	n.mu.Unlock()
	l, err := n.connect(ctx, to)
	if err != nil {
		return fmt.Errorf("dial: %w", err)
	}
	n.mu.Lock()
	n.wants.add(to, Asked, l.device(), time.Now())
	n.mu.Unlock()
	n.met(to, l)
	n.prod()
	return nil
}

// connect dials and waits for the handshake. With an error there may be a link that
// has ended.
func (n *Node) connect(ctx context.Context, to wire.Address) (*link, error) {
	dialling, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	conn, err := n.o.Transport.Dial(dialling, to)
	if err != nil {
		return nil, err
	}
	l, err := n.adopt(conn, to)
	if err != nil {
		return nil, err
	}
	if l.ctx.Err() != nil { // it is about to close: another takes its place
		select {
		case <-l.done:
			return n.connect(ctx, to)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	for {
		select {
		case <-l.shaken:
			return l, nil
		case <-l.done:
			other := n.rival(l)
			if other == nil {
				return l, l.cause()
			}
			l = other
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// rival is the connection that has stayed where this one to the same end has not; nil
// if there is none: both ends may have dialled at once.
func (n *Node) rival(l *link) *link {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, o := range n.links {
		if o != l && o.ctx.Err() == nil && bytes.Equal(o.conn.Remote(), l.conn.Remote()) {
			return o
		}
	}
	return nil
}

// adopt runs a connection, or finds that it runs already.
func (n *Node) adopt(conn wire.Conn, dialled wire.Address) (*link, error) {
	n.mu.Lock()
	l := n.links[conn]
	var err error
	if l == nil {
		if err = n.mayRunLocked(conn); err == nil {
			l = newLink(n, conn, dialled)
			n.links[conn] = l
			n.wg.Go(l.run)
		}
	}
	n.mu.Unlock()
	if err != nil {
		conn.Close()
	}
	return l, err
}

func (n *Node) mayRunLocked(conn wire.Conn) error {
	switch {
	case n.closed:
		return ErrClosed
	case n.bans.of(nameKey(conn.Remote()), time.Now()) == hostile:
		return ErrBanned
	case len(n.links) >= maxLinks:
		return ErrCrowded
	}
	if !conn.Dialled() {
		n.makeRoomLocked()
	}
	return nil
}

// makeRoomLocked ends the oldest connection of those whose handshake lasts, if
// they are too many: whoever is honest is through in a moment.
func (n *Node) makeRoomLocked() {
	var oldest *link
	unshaken := 0
	for _, l := range n.links {
		if l.conn.Dialled() || l.isShaken() {
			continue
		}
		unshaken++
		if oldest == nil || l.began.Before(oldest.began) {
			oldest = l
		}
	}
	if unshaken >= maxUnshaken {
		oldest.end(errSilent)
	}
}

// accept lets others in.
func (n *Node) accept() {
	for {
		conn, err := n.o.Transport.Accept(n.ctx)
		switch {
		case err == nil:
			if _, err := n.adopt(conn, ""); err != nil {
				n.log.Debug("connection refused", "reason", err)
			}
		case n.ctx.Err() != nil || errors.Is(err, wire.ErrClosed):
			return
		default:
			n.log.Warn("accepting connections", "error", err)
			select {
			case <-time.After(acceptPause):
			case <-n.ctx.Done():
			}
		}
	}
}

// keep dials who is wanted and follows the shelves.
func (n *Node) keep() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for n.ctx.Err() == nil {
		n.freshen()
		timer.Stop()
		if wait := n.dialDue(); wait > 0 {
			timer.Reset(wait)
		}
		select {
		case <-n.ctx.Done():
		case <-n.stir:
		case <-timer.C:
		}
	}
}

// dialDue begins to dial who is due, and says how long to wait for the next; 0 for
// nobody.
func (n *Node) dialDue() time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	for {
		x, wait := n.wants.next(now, n.skipLocked)
		if x == nil || n.dials >= dialsMost {
			return wait
		}
		if b, ok := n.banLocked(x, now); ok {
			x.due = b.until
			continue
		}
		x.dialling = true
		n.dials++
		to := x.to
		n.wg.Go(func() { n.pursue(to) })
	}
}

// skipLocked says that an address needs no dialling now: somebody we share nothing
// with cannot help, who is to be avoided is, and who is here is here.
func (n *Node) skipLocked(x *want) bool {
	if n.catalog.empty() || n.o.Avoid != nil && x.device != (identity.DeviceID{}) && n.o.Avoid(x.device) {
		return true
	}
	for _, l := range n.links {
		if l.dialled == x.to || l.isShaken() && x.device != (identity.DeviceID{}) && l.device() == x.device {
			return true
		}
	}
	return false
}

func (n *Node) banLocked(x *want, now time.Time) (ban, bool) {
	key := addressKey(x.to)
	if n.bans.of(key, now) == 0 {
		key = deviceKey(x.device)
	}
	return n.bans[key], n.bans.of(key, now) != 0
}

// pursue dials a wanted address and stays until the connection is over.
func (n *Node) pursue(to wire.Address) {
	began := time.Now()
	l, err := n.connect(n.ctx, to)
	n.mu.Lock()
	n.dials--
	if x := n.wants.all[to]; x != nil && err == nil {
		x.device = l.device()
	}
	n.mu.Unlock()
	n.prod()
	if err == nil {
		n.met(to, l)
		<-l.done
	} else if n.ctx.Err() == nil {
		n.log.Debug("dialling", "address", to, "reason", err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	if x := n.wants.all[to]; x != nil {
		x.dialling = false
		switch {
		case l != nil && (l.outdated || errors.Is(l.cause(), errAnew)):
			x.failures, x.due = 0, now
		case err != nil:
			n.wants.failed(to, now)
		default:
			n.wants.ended(to, now.Sub(began), now)
		}
	}
	n.prod()
}

// met remembers where somebody was reached with whom something is shared.
func (n *Node) met(at wire.Address, l *link) {
	if n.o.Addresses != nil && !l.passing() {
		n.o.Addresses.Save(Met{Address: at, Device: l.device(), At: time.Now()})
	}
}
