package presence

import (
	"time"

	"corkboard/doc"
)

// The pace of one stream.
const (
	interval  = time.Second / 30
	heartbeat = 5 * time.Second
)

// shown is what this device shows on a board; another version, another state.
type shown struct {
	state   State
	version uint64
}

// outbox knows what one stream has sent and says what is to be sent next. Pure;
// one goroutine.
type outbox struct {
	sent map[doc.ID]sent
	last time.Time
}

type sent struct {
	version uint64
	at      time.Time
}

// next is the message that is due now. If none is, ok is false, and it is to be
// asked again after a while, or with wait < 0 only after a change.
func (o *outbox) next(now time.Time, mine []shown) (m message, ok bool, wait time.Duration) {
	if pause := o.last.Add(interval).Sub(now); pause > 0 {
		return m, false, min(pause, interval)
	}
	if board, left := o.left(mine); left {
		delete(o.sent, board)
		o.last = now
		return message{left: true, state: State{Board: board}}, true, 0
	}
	wait = -1
	best, oldest := -1, time.Time{}
	for i := range mine {
		was, before := o.sent[mine[i].state.Board]
		due := was.at.Add(heartbeat)
		if !before || was.version != mine[i].version || !now.Before(due) {
			if best < 0 || was.at.Before(oldest) {
				best, oldest = i, was.at
			}
			continue
		}
		if left := due.Sub(now); wait < 0 || left < wait {
			wait = min(left, heartbeat)
		}
	}
	if best < 0 {
		return m, false, wait
	}
	s := mine[best]
	o.sent[s.state.Board], o.last = sent{s.version, now}, now
	return message{state: s.state}, true, 0
}

// left is a board that was told and is not shown any more.
func (o *outbox) left(mine []shown) (doc.ID, bool) {
	for id := range o.sent {
		there := false
		for i := range mine {
			there = there || mine[i].state.Board == id
		}
		if !there {
			return id, true
		}
	}
	return "", false
}
