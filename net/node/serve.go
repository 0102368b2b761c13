package node

import (
	"errors"
	"fmt"

	"corkboard/net/blobsync"
	"corkboard/net/presence"
	"corkboard/net/wire"
)

// The protocols of a connection's streams, besides wire.Hello. The dialler opens
// them after the first handshake, one of each. Only blobsync.Protocol and Pairing are
// for both: whoever opens such a stream asks.
const (
	Sync    = "/corkboard/sync/1"
	Control = "/corkboard/control/1"
)

// most is how many streams of a protocol may be open at once.
var most = map[string]int{
	wire.Hello: 2, // the last one may not have ended here
	Sync:       1,
	Control:    1,
	Pairing:    1,

	presence.Protocol: 1,
	Nearby:            2, // of one that is opened anew the last may not have ended here
	blobsync.Protocol: 2, // of one that is opened anew the last may not have ended here
}

// maxRefused is how many streams may be refused on one connection before it ends.
const maxRefused = 64

var errRefused = errors.New("stream is refused")

// admit takes a place for a stream of a protocol: errRefused, or errHostile if that
// was too often.
func (l *link) admit(protocol string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[protocol] < most[protocol] {
		l.open[protocol]++
		return nil
	}
	l.refused++
	if l.refused > maxRefused {
		return fmt.Errorf("%w: too many streams", errHostile)
	}
	return errRefused
}

func (l *link) leave(protocol string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[protocol]--
}

// takeStreams takes the streams that the dialler opens, and refuses all others.
func (l *link) takeStreams() {
	for {
		protocol, s, err := l.conn.Accept(l.ctx)
		if err != nil {
			l.gone(fmt.Errorf("accept a stream: %w", err))
			return
		}
		if l.conn.Dialled() && protocol != blobsync.Protocol && protocol != Pairing {
			protocol = ""
		}
		switch err := l.admit(protocol); err {
		case nil:
			l.wg.Go(func() {
				l.over(protocol, l.take(protocol, s))
				l.leave(protocol)
			})
		case errRefused:
			s.Close()
		default:
			s.Close()
			l.end(err)
			return
		}
	}
}

// over is told that a stream has ended. An error ends the connection.
func (l *link) over(protocol string, err error) {
	if err != nil {
		l.end(fmt.Errorf("%s: %w", protocol, err))
	}
}

// take runs a stream that the other side has opened.
func (l *link) take(protocol string, s wire.Stream) error {
	if protocol == wire.Hello {
		return l.answer(s)
	}
	select {
	case <-l.shaken:
	case <-l.ctx.Done():
		return nil
	}
	switch protocol {
	case Control:
		return l.runControl(s)
	case Sync:
		return l.runSync(s)
	case presence.Protocol:
		return l.runPresence(s)
	case blobsync.Protocol:
		return l.servePieces(s)
	case Nearby:
		l.shaking.Lock() // the handshake may be over at the other end alone
		l.shaking.Unlock()
		return l.runNear(s)
	case Pairing:
		return l.serveDoor(s)
	}
	return nil
}

// openStreams is the dialler's, after the first handshake.
func (l *link) openStreams() error {
	if err := l.begin(Sync, l.runSync); err != nil {
		return err
	}
	if l.storage != nil {
		return nil
	}
	if l.named() && l.n.o.Hub != nil {
		l.wg.Go(l.keepCompany)
	}
	return l.begin(Control, l.runControl)
}

// begin opens a stream and runs it beside.
func (l *link) begin(protocol string, run func(wire.Stream) error) error {
	s, err := l.conn.Open(l.ctx, protocol)
	if err != nil {
		return fmt.Errorf("open a stream: %w", err)
	}
	l.wg.Go(func() { l.over(protocol, run(s)) })
	return nil
}
