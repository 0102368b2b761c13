package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corkboard/net/wire"
)

// helloGap is the least time between two handshakes of one connection.
const helloGap = 100 * time.Millisecond

// errOther says that a later handshake named somebody else.
var errOther = fmt.Errorf("%w: another name than before", errHostile)

// lead is the dialler's part: the handshake, the streams that follow it, and
// another handshake on the same connection whenever one end has new secrets.
func (l *link) lead() {
	fresh, err := l.meet()
	if err == nil && l.storage == nil {
		err = l.openControl()
	}
	if err == nil {
		err = l.openRest()
	}
	for err == nil {
		if err = l.begin(fresh); err == nil {
			fresh, err = l.meetAgain()
		}
	}
	l.end(err)
}

// meetAgain waits until another handshake is due, and does it.
func (l *link) meetAgain() ([]*member, error) {
	for {
		select {
		case <-l.ctx.Done():
			return nil, l.cause()
		case <-l.again:
		}
		if !l.control.asked() && l.upToDate() {
			continue
		}
		select {
		case <-l.ctx.Done():
			return nil, l.cause()
		case <-time.After(helloGap):
		}
		if err := l.control.awaitReady(l.ctx); err != nil {
			return nil, err
		}
		return l.meet()
	}
}

// meet opens a stream and shakes hands on it.
func (l *link) meet() ([]*member, error) {
	ctx, cancel := context.WithTimeout(l.ctx, helloTime)
	defer cancel()
	s, err := l.conn.Open(ctx, wire.Hello)
	if err != nil {
		return nil, fmt.Errorf("open a stream: %w", err)
	}
	return l.shake(ctx, s)
}

// shake does a handshake and gives the collections that are new on this
// connection.
func (l *link) shake(ctx context.Context, s wire.Stream) ([]*member, error) {
	c := l.n.shelvesNow()
	list, me := c.meet, l.n.o.Self
	storage, isStorage := c.store(l.conn.Remote())
	if isStorage {
		list, me = c.stores[storage], nil
	}
	result, err := wire.Shake(ctx, s, l.conn, secretsOf(list), me)
	if err != nil {
		return nil, err
	}
	if !l.isShaken() {
		l.who, l.since = result.Peer, time.Now()
		if isStorage {
			l.storage = &storage
		}
		if err := l.n.greet(l); err != nil {
			return nil, err
		}
	} else if l.who != result.Peer {
		return nil, errOther
	}
	fresh := l.add(result.Matched, list, c.version)
	l.n.changed()
	return fresh, nil
}

// add notes what is shared on this connection, and gives what is new.
func (l *link) add(matched []wire.Match, list []meeting, version uint64) []*member {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.version = version
	var fresh []*member
	for _, m := range matched {
		shelf := list[m.Index].shelf
		id := shelf.Collection()
		if l.running[id] == nil {
			l.running[id] = &member{shelf: shelf, tag: m.Tag}
			fresh = append(fresh, l.running[id])
		}
	}
	return fresh
}

// begin opens a sync stream for collections and runs it beside.
func (l *link) begin(fresh []*member) error {
	if len(fresh) == 0 {
		return nil
	}
	if err := l.admit(Sync); err != nil {
		return errAnew
	}
	s, err := l.conn.Open(l.ctx, Sync)
	if err != nil {
		return fmt.Errorf("open a stream: %w", err)
	}
	if l.storage == nil {
		l.control.expectReady()
	}
	l.wg.Go(func() { l.serve(Sync, func() error { return l.runCourse(s, fresh) }) })
	return nil
}

// answer is the acceptor's part of a handshake.
func (l *link) answer(s wire.Stream) error {
	l.shaking.Lock()
	defer l.shaking.Unlock()
	ctx, cancel := context.WithTimeout(l.ctx, helloTime)
	defer cancel()
	fresh, err := l.shake(ctx, s)
	if err != nil {
		return err
	}
	if len(fresh) > 0 {
		select {
		case l.due <- fresh:
		default:
			return fmt.Errorf("%w: a handshake before the streams of the last", errHostile)
		}
	}
	l.refresh()
	return nil
}

// refresh is called when the catalog is another one. If the secrets are too,
// there will be another handshake; a storage peer is dialled anew.
func (l *link) refresh() {
	if !l.isShaken() {
		return
	}
	l.wakeCourses()
	switch {
	case l.upToDate():
	case l.storage != nil:
		l.end(errAnew)
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

// isEnd says that a stream ended as streams do.
func isEnd(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, wire.ErrClosed)
}
