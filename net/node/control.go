package node

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"corkboard/net/wire"
)

// The rhythm of a control stream, and its limits.
const (
	alivePause   = 15 * time.Second
	aliveMost    = 40 * time.Second // of silence
	controlStall = 30 * time.Second
	maxControl   = 1 + maxInvitation
	maxAgain     = 1000 // handshakes asked for on one connection
)

// The kinds of messages: one byte, and an invitation after an offer.
const (
	sayAlive byte = 1 + iota
	sayAgain      // the acceptor has new secrets
	sayOffer      // an invitation
	sayTaken      // the last offer is on disk
	sayNot        // the last offer is not
)

// control is what both ends of a connection say about it.
type control struct {
	wake chan struct{} // the writer has something to say, or to ask

	mu     sync.Mutex
	opened bool   // there is a stream
	out    []byte // kinds to be said, each once
	again  bool   // a handshake was asked for, and not done
	agains int    // how often
	offers offers
}

func newControl() *control {
	return &control{wake: make(chan struct{}, 1), offers: newOffers()}
}

// say has a message of one byte sent.
func (c *control) say(kind byte) {
	c.mu.Lock()
	if !slices.Contains(c.out, kind) {
		c.out = append(c.out, kind)
	}
	c.mu.Unlock()
	c.prod()
}

func (c *control) prod() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// runs says that there is a stream.
func (c *control) runs() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opened
}

// asked says, once, that the other end wants another handshake.
func (c *control) asked() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.again
	c.again = false
	return was
}

// runControl runs a control stream until it ends, which is the end of the
// connection too.
func (l *link) runControl(s wire.Stream) error {
	l.control.mu.Lock()
	l.control.opened = true
	l.control.mu.Unlock()
	framer := wire.NewFramer(s, maxControl, controlStall)
	l.wg.Go(func() { l.over(Control, l.writeControl(framer)) })
	for {
		message, err := framer.ReadWithin(aliveMost)
		if err != nil {
			return err
		}
		if err := l.hear(message[0], message[1:]); err != nil {
			return err
		}
	}
}

func (l *link) hear(kind byte, rest []byte) error {
	if kind != sayOffer && len(rest) > 0 {
		return fmt.Errorf("%w: a control message that is too long", errHostile)
	}
	c := l.control
	switch kind {
	case sayAlive:
	case sayAgain:
		c.mu.Lock()
		c.again = true
		c.agains++
		tooMany := c.agains > maxAgain
		c.mu.Unlock()
		if tooMany {
			return errAnew
		}
		l.prodLead()
	case sayOffer:
		return l.takeOffer(rest)
	case sayTaken, sayNot:
		return l.settleOffer(kind == sayTaken)
	default:
		return fmt.Errorf("%w: an unknown control message", errHostile)
	}
	return nil
}

func (l *link) writeControl(framer *wire.Framer) error {
	alive := time.NewTicker(alivePause)
	defer alive.Stop()
	c := l.control
	c.say(sayAlive) // an opened stream may be nothing until something is said on it
	for {
		c.mu.Lock()
		out := c.out
		c.out = nil
		c.mu.Unlock()
		for _, kind := range out {
			if err := framer.Write([]byte{kind}); err != nil {
				return err
			}
		}
		if offer, ok := l.nextOffer(); ok {
			if err := framer.Write(append([]byte{sayOffer}, encodeInvitation(offer)...)); err != nil {
				return err
			}
		}
		select {
		case <-l.ctx.Done():
			return nil
		case <-c.wake:
		case <-alive.C:
			c.say(sayAlive)
		}
	}
}
