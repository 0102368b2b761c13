package node

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// helloGap is the least time between two handshakes of one connection.
const helloGap = 100 * time.Millisecond

// errOther says that a handshake named somebody else than the last one, or than the
// storage peer whose key the connection has proven.
var errOther = fmt.Errorf("%w: another name than before", errHostile)

// lead is the dialler's part: the handshake, the streams that follow it, and
// another handshake on the same connection whenever one end has new secrets.
func (l *link) lead() {
	err := l.meet()
	if err == nil {
		err = l.openStreams()
	}
	for err == nil {
		l.lookNear()
		err = l.meetAgain()
	}
	l.end(err)
}

// meetAgain waits until another handshake is due, and does it. A storage peer is
// dialled anew instead.
func (l *link) meetAgain() error {
	for !l.control.asked() && l.upToDate() {
		select {
		case <-l.ctx.Done():
			return l.cause()
		case <-l.again:
		}
	}
	if l.storage != nil {
		return errAnew
	}
	select {
	case <-l.ctx.Done():
		return l.cause()
	case <-time.After(helloGap):
	}
	return l.meet()
}

// meet opens a stream and shakes hands on it.
func (l *link) meet() error {
	ctx, cancel := context.WithTimeout(l.ctx, helloTime)
	defer cancel()
	s, err := l.conn.Open(ctx, wire.Hello)
	if err != nil {
		return fmt.Errorf("open a stream: %w", err)
	}
	return l.shake(ctx, s)
}

// shake does a handshake, and notes what both ends have in common now.
func (l *link) shake(ctx context.Context, s wire.Stream) error {
	l.n.freshen() // nobody is a stranger for want of a look
	c := l.n.shelvesNow()
	l.used = c.version
	list, me := c.at(l.conn.Step()), l.n.o.Self
	storage, isStorage := c.store(l.conn.Remote())
	if isStorage {
		list, me = c.stores[storage], nil
	}
	result, err := wire.Shake(ctx, s, l.conn, secretsOf(list), me)
	if err != nil {
		return err
	}
	if isStorage && !result.Anonymous && result.Peer.Device != storage {
		return errOther
	}
	l.note(result.Matched, list, c.version, isStorage)
	if l.isShaken() {
		if l.who != result.Peer {
			return errOther
		}
	} else {
		l.who, l.since = result.Peer, time.Now()
		if isStorage {
			l.storage = &storage
		}
		if err := l.n.greet(l); err != nil {
			return err
		}
	}
	l.wakeSync()
	l.n.watchers.Wake()
	return nil
}

// note adds what is new to what is shared on this connection. What has a tag keeps
// it, so that both ends call it the same.
func (l *link) note(matched []wire.Match, list []meeting, version uint64, isStorage bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.version, l.near = version, false
	for _, m := range matched {
		if list[m.Index].secret == everybody {
			l.near = true
		}
		shelf := list[m.Index].shelf
		if shelf == nil {
			if secret := list[m.Index].secret; !isStorage && secret != everybody && !slices.Contains(l.opened, secret) {
				l.opened = append(l.opened, secret)
			}
			continue
		}
		id := shelf.Collection()
		if _, ok := l.tags[id]; !ok {
			l.tags[id] = docsync.Tag(m.Tag)
		}
	}
}

// answer is the acceptor's part of a handshake.
func (l *link) answer(s wire.Stream) error {
	l.shaking.Lock()
	defer l.shaking.Unlock()
	ctx, cancel := context.WithTimeout(l.ctx, helloTime)
	defer cancel()
	if err := l.shake(ctx, s); err != nil {
		return err
	}
	l.refresh()
	return nil
}

// refresh is called when the catalog may be another one. If the secrets are too,
// another handshake is due.
func (l *link) refresh() {
	if !l.isShaken() {
		return // whoever shakes hands looks again afterwards
	}
	l.wakeSync()
	l.leaveNear()
	switch {
	case l.upToDate():
	case l.conn.Dialled():
		l.prodLead()
	default:
		l.control.say(sayAgain)
	}
}

func (l *link) prodLead() {
	select {
	case l.again <- struct{}{}:
	default:
	}
}

func (l *link) upToDate() bool {
	c := l.n.shelvesNow()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.version == c.version
}
