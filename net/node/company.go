package node

import (
	"errors"
	"fmt"
	"time"

	"corkboard/doc"
	"corkboard/net/docsync"
	"corkboard/net/presence"
	"corkboard/net/wire"
	"corkboard/record"
)

// companyPause is how long after the end of a presence stream the dialler opens
// another.
const companyPause = 10 * time.Second

// keepCompany is the dialler's: presence, for as long as there is a connection.
func (l *link) keepCompany() {
	for {
		s, err := l.conn.Open(l.ctx, presence.Protocol)
		if err == nil {
			err = l.runPresence(s)
		}
		if errors.Is(err, errHostile) {
			l.end(err)
		}
		select {
		case <-l.ctx.Done():
			return
		case <-time.After(companyPause):
		}
	}
}

// runPresence shows and hears presence until the stream ends. That presence ends
// is no reason to end the connection, unless the other side breaks its protocol.
func (l *link) runPresence(s wire.Stream) error {
	defer s.Close()
	if l.n.o.Hub == nil || !l.named() {
		return nil
	}
	peer := presence.Peer{Device: l.who.Device.String(), Person: l.who.Person.String()}
	err := l.n.o.Hub.Run(l.ctx, s, peer, l.allows)
	if errors.Is(err, presence.ErrFlood) || errors.Is(err, record.ErrMalformed) {
		return fmt.Errorf("%w: %w", errHostile, err)
	}
	return nil
}

// allows says whether presence on a board may be told to the other end, and heard
// from it.
func (l *link) allows(board doc.ID) bool {
	c := l.n.shelvesNow()
	for _, id := range l.shared() {
		shelf := c.shelves[id]
		if shelf != nil && shelf.Rights(l.who) == docsync.All && shelf.Allows(board) {
			return true
		}
	}
	return false
}
