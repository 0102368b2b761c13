package node

import (
	"errors"
	"fmt"

	"corkboard/net/wire"
)

// Nearby is the protocol of the stream on which two who look for people on their
// network say who they are. The dialler opens it; each sends one frame, a card, and the
// stream stays open as long as both look.
const Nearby = "/corkboard/nearby/1"

// MaxCard is the longest card in bytes.
const MaxCard = 128 << 10

// everybody is what those who look meet by, besides what they share.
var everybody = wire.NearbySecret()

// Neighbours is the people on this network who look for each other. Its methods are
// called on the node's goroutines, do not block, and must not wait for the node.
type Neighbours interface {
	// Card is what is said of this person, at most MaxCard bytes; nil: they do not want
	// to be found now, and nobody is looked for. When that changes the node wants to be
	// refreshed.
	Card() []byte
	// Meet hears what somebody says of themselves, whose device is proven. An error ends
	// the connection, and they are left alone for a while.
	Meet(who wire.Who, card []byte) error
	// Part is told that somebody who was met does not look any more, or is gone.
	Part(who wire.Who)
}

// lookNear is the dialler's, after a handshake: it opens the stream if both look and
// there is none. That it cannot be opened is no reason to end the connection.
func (l *link) lookNear() {
	l.leaveNear()
	l.mu.Lock()
	due := l.near && l.beside == nil
	l.mu.Unlock()
	if !due || !l.named() || l.n.o.Nearby == nil {
		return
	}
	if s, err := l.conn.Open(l.ctx, Nearby); err == nil {
		l.wg.Go(func() { l.over(Nearby, l.runNear(s)) })
	}
}

// leaveNear ends what is said to people nearby if nobody is looked for any more, and
// the connection if it is for nothing else.
func (l *link) leaveNear() {
	if l.n.shelvesNow().nearby {
		return
	}
	l.mu.Lock()
	s := l.beside
	l.mu.Unlock()
	if s != nil {
		s.Close()
	}
	if l.passing() {
		l.end(errAlone)
	}
}

// passing says that the two ends have met for nothing but looking.
func (l *link) passing() bool {
	if !l.isShaken() || l.storage != nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.near && len(l.tags) == 0
}

// takeBeside makes a stream the one of this connection, if both look.
func (l *link) takeBeside(s wire.Stream) bool {
	looks := l.n.shelvesNow().nearby // before: who stops looks at the stream afterwards
	l.mu.Lock()
	defer l.mu.Unlock()
	if !looks || !l.near || l.beside != nil {
		return false
	}
	l.beside = s
	return true
}

// runNear says who is here and hears who is there, until one of them looks no more. Only
// what nobody honest says ends the connection.
func (l *link) runNear(s wire.Stream) error {
	defer s.Close()
	if !l.named() || l.n.o.Nearby == nil || !l.takeBeside(s) {
		return nil
	}
	defer func() {
		l.mu.Lock()
		l.beside = nil
		l.mu.Unlock()
	}()
	card := l.n.o.Nearby.Card()
	if card == nil || !l.n.shelvesNow().nearby {
		return nil
	}
	framer := wire.NewFramer(s, MaxCard, controlStall)
	l.wg.Go(func() {
		if framer.Write(card) != nil {
			s.Close() // the reader hears of it
		}
	})
	theirs, err := framer.ReadWithin(controlStall)
	if err != nil {
		return judgeNear(err)
	}
	if err := l.n.o.Nearby.Meet(l.who, theirs); err != nil {
		return hostileFor("meet somebody nearby", err)
	}
	defer l.n.o.Nearby.Part(l.who)
	if _, err = framer.Read(); err != nil {
		return judgeNear(err)
	}
	return fmt.Errorf("%w: a second card", errHostile)
}

// judgeNear keeps the connection when a stream has ended, but for frames that nobody
// honest sends.
func judgeNear(err error) error {
	if errors.Is(err, wire.ErrFrame) {
		return hostileFor("meet somebody nearby", err)
	}
	return nil
}
