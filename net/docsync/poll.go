package docsync

import (
	"fmt"
	"time"

	"corkboard/record"
)

const (
	maxOut       = 256 << 10 // bytes of one Poll, and one frame more
	maxOutFrames = 256
)

// outbox is what one Poll gives.
type outbox struct {
	frames [][]byte
	bytes  int
	next   time.Time
}

func (o *outbox) put(frame []byte) {
	o.frames = append(o.frames, frame)
	o.bytes += len(frame)
}

func (o *outbox) full() bool { return o.bytes >= maxOut || len(o.frames) >= maxOutFrames }

// wait says whether a time is still to come, and has Poll called then.
func (o *outbox) wait(now, until time.Time) bool {
	if !now.Before(until) {
		return false
	}
	if o.next.IsZero() || until.Before(o.next) {
		o.next = until
	}
	return true
}

// Poll gives the frames to be sent now, in order, about 256 KiB at most: it is to be
// called again when they are written, when something was received, kept or has
// woken the session, and at next, unless that is zero.
func (s *Session) Poll(now time.Time) (frames [][]byte, next time.Time) {
	out := &outbox{frames: s.first}
	s.first = nil
	for i := range s.all {
		s.all[(s.turn+i)%len(s.all)].speak(now, out)
	}
	s.serve(out)
	if s.turn++; out.full() {
		out.next = now
	}
	return out.frames, out.next
}

// speak says all that is short.
func (c *collection) speak(now time.Time, out *outbox) {
	if c.mode == None {
		return
	}
	c.scan()
	c.verify(now, out)
	c.answerOn(out)
	c.driveOn(out)
	c.tell(now, out)
	c.askOn(out)
	c.ask(now, out)
	c.say(now, out) // of all that was done
}

// serve sends what is wanted, one item of each collection in turn.
func (s *Session) serve(out *outbox) {
	for some := true; some; {
		some = false
		for i := range s.all {
			c := s.all[(s.turn+i)%len(s.all)]
			if len(c.serving) == 0 {
				continue
			}
			if out.full() {
				return
			}
			c.serve(out)
			some = true
		}
	}
}

// Receive takes a frame, which belongs to the session from then on. With any error
// the other side does not keep to the protocol, and the connection is to be
// closed: ErrMalformed, ErrLiar, ErrFlood.
func (s *Session) Receive(_ time.Time, frame []byte) error {
	if len(frame) > MaxFrame {
		return fmt.Errorf("frame of %d bytes: %w", len(frame), ErrMalformed)
	}
	r := record.NewReader(frame)
	if v := r.Uint8(); v != version {
		r.Fail("another version")
	}
	k := kind(r.Uint8())
	var tag Tag
	copy(tag[:], r.Fixed(len(tag)))
	mode := Rights(r.Uint8())
	if k < have || k > answer || mode > All {
		r.Fail("no such frame")
	}
	if r.Err() != nil {
		return malformed(r)
	}
	if k == have {
		return s.receiveHave(tag, mode, r)
	}
	c := s.by[tag]
	if c == nil || c.mode == None {
		return nil // of what is closed here, which they have not heard yet
	}
	return c.receive(k, mode, r)
}

// receive takes what concerns a collection. Where the other side has not heard
// yet what counts between both, only items and what asks for them have a meaning.
func (c *collection) receive(k kind, mode Rights, r *record.Reader) error {
	switch k {
	case want:
		return c.receiveWant(r)
	case item:
		return c.receiveItem(r)
	case missing:
		return c.receiveMissing(r)
	}
	if mode != c.mode {
		return nil
	}
	switch k {
	case seen:
		return c.receiveSeen(r)
	case since:
		return c.receiveSince(r)
	case ids:
		return c.receiveIDs(r)
	case push:
		return c.receivePush(r)
	case ranges:
		return c.receiveRanges(r)
	}
	return c.receiveAnswer(r)
}
