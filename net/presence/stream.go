package presence

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"corkboard/doc"
	"corkboard/net/wire"
	"corkboard/record"
)

// Protocol names the stream that Run drives.
const Protocol = "/corkboard/presence/1"

// ErrFlood says that somebody sends far more than anybody shows.
var ErrFlood = errors.New("flood of presence messages")

const (
	writeWait   = 10 * time.Second       // for one message
	partingWait = 500 * time.Millisecond // for the last ones
)

// Stream is bytes both ways; see wire.Stream.
type Stream interface {
	io.ReadWriteCloser
	SetWriteDeadline(time.Time) error
}

// stream is one connection of a Hub.
type stream struct {
	peer Peer
	kick chan struct{} // something of ours may have changed; one is enough
}

func (s *stream) wake() {
	select {
	case s.kick <- struct{}{}:
	default:
	}
}

// Run shows what this device shows to a peer, and the other way round, until
// the context or the stream ends; then the stream is closed. Only boards that
// are allowed are told and heard of; allowed answers at once, on any goroutine.
// When two streams of one device are there, the newer one is heard. It returns
// nil when the context ends or the other side has closed. Errors: ErrFlood,
// record.ErrMalformed, those of the stream. It blocks.
func (h *Hub) Run(ctx context.Context, over Stream, peer Peer, allowed func(board doc.ID) bool) error {
	s := &stream{peer: peer, kick: make(chan struct{}, 1)}
	h.join(s)
	defer h.part(s)
	reading, heard := make(chan struct{}), error(nil)
	go func() { // ends when the stream is closed, below
		defer close(reading)
		heard = h.read(over, s, allowed)
	}()
	told := h.write(ctx, reading, over, s, allowed)
	over.Close()
	<-reading
	switch {
	case ctx.Err() != nil, errors.Is(heard, io.EOF):
		return nil
	case told != nil:
		return fmt.Errorf("tell a peer who is here: %w", told)
	}
	return fmt.Errorf("hear who is there: %w", heard)
}

// write sends what is due until the context or the reading ends.
func (h *Hub) write(ctx context.Context, reading <-chan struct{}, over Stream, s *stream, allowed func(doc.ID) bool) error {
	out := outbox{sent: map[doc.ID]sent{}}
	timer := time.NewTimer(0)
	defer timer.Stop()
	stop := context.AfterFunc(ctx, func() { _ = over.SetWriteDeadline(time.Now().Add(partingWait)) })
	defer stop()
	var mine []shown
	for {
		mine = h.shown(s.peer.Person, allowed, mine)
		m, ok, wait := out.next(h.now(), mine)
		if ok {
			if err := send(ctx, over, m); err != nil {
				return err
			}
			continue
		}
		timer.Stop()
		if wait >= 0 {
			timer.Reset(wait)
		}
		select {
		case <-s.kick:
		case <-timer.C:
		case <-reading:
			return nil
		case <-ctx.Done():
			for board := range out.sent {
				if err := send(ctx, over, message{left: true, state: State{Board: board}}); err != nil {
					return err
				}
			}
			return nil
		}
	}
}

// send writes a message as one frame. It does not wait long once the context has
// ended.
func send(ctx context.Context, over Stream, m message) error {
	if err := over.SetWriteDeadline(time.Now().Add(writeWait)); err != nil {
		return err
	}
	if ctx.Err() != nil {
		if err := over.SetWriteDeadline(time.Now().Add(partingWait)); err != nil {
			return err
		}
	}
	_, err := over.Write(wire.AppendFrame(nil, m.encode()))
	return err
}

// read hears what comes. When that is too much, what has a successor already is
// dropped: the newest counts.
func (h *Hub) read(over Stream, s *stream, allowed func(doc.ID) bool) error {
	in := bufio.NewReaderSize(over, 2*maxMessage)
	var some, all bucket
	for {
		b, err := wire.ReadFrame(in, maxMessage)
		if errors.Is(err, wire.ErrFrame) {
			return fmt.Errorf("%w: %w", record.ErrMalformed, err)
		}
		if err != nil {
			return err
		}
		now := h.now()
		if all.add(now, absurd, absurdBurst) {
			return ErrFlood
		}
		if some.add(now, plenty, plentyBurst) && in.Buffered() > 0 {
			continue
		}
		m, err := decode(b)
		if err != nil {
			return err
		}
		if allowed(m.state.Board) {
			h.hear(s, m)
		}
	}
}
