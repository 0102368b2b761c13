package host

import (
	"context"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"
)

const (
	pingProtocol = protocol.ID("/corkboard-ping/1")
	pingEvery    = 10 * time.Second
	proveWithin  = 4 * time.Second // an answer, after a change of the network
	silences     = 3               // pulses without a ping after which the dialled end gives up
)

// prove pings at once instead of when it is time, or where the other end pings, waits
// for no more than the next ping.
func (c *conn) prove() {
	if c.silence != nil {
		c.silence.Reset(c.host.pulse + proveWithin)
		return
	}
	select {
	case c.nudge <- struct{}{}:
	default:
	}
}

// ping looks after a connection that this end has dialled: it closes it if no answer
// comes within a pulse. The other end closes it if no ping comes, so strangers who
// only connect are gone soon as well. It runs until the connection ends.
func (c *conn) ping() {
	defer c.Close()
	s := c.firstPing()
	if s == nil {
		return
	}
	defer s.Reset()
	tick := time.NewTicker(c.host.pulse)
	defer tick.Stop()
	for {
		wait := c.host.pulse
		select {
		case <-tick.C:
		case <-c.nudge:
			wait = min(wait, proveWithin)
		case <-c.done:
			return
		}
		if exchange(s, time.Now().Add(wait)) != nil {
			return
		}
	}
}

// firstPing is a stream on which a ping was answered; nil if that does not go within a
// pulse. Until then it is tried again: as many streams as may be are perhaps open.
func (c *conn) firstPing() *stream {
	ctx, cancel := context.WithTimeout(context.Background(), c.host.pulse)
	defer cancel()
	end, _ := ctx.Deadline()
	for {
		if s, err := c.open(ctx, pingProtocol); err == nil {
			if exchange(s, end) == nil {
				return s
			}
			s.Reset()
		}
		select {
		case <-time.After(c.host.pulse / 32):
		case <-ctx.Done():
			return nil
		case <-c.done:
			return nil
		}
	}
}

// exchange sends a byte and waits for it to come back.
func exchange(s *stream, until time.Time) error {
	var b [1]byte
	s.SetDeadline(until)
	if _, err := s.Write(b[:]); err != nil {
		return err
	}
	_, err := io.ReadFull(s, b[:])
	return err
}

// answerPings sends back each byte.
func (h *Host) answerPings(s network.Stream) {
	defer s.Reset()
	c := h.find(s.Conn())
	if c == nil || c.silence == nil {
		return
	}
	var b [1]byte
	for {
		s.SetDeadline(time.Now().Add(silences * h.pulse))
		if _, err := io.ReadFull(s, b[:]); err != nil {
			return
		}
		c.silence.Reset(silences * h.pulse)
		if _, err := s.Write(b[:]); err != nil {
			return
		}
	}
}
