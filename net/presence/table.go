package presence

import (
	"cmp"
	"slices"
	"time"

	"corkboard/doc"
)

// How long somebody is there.
const (
	Gone = 15 * time.Second // of silence
	Idle = 15 * time.Second // without a change
)

// What others can make us keep.
const (
	maxBoards = 4   // of one device
	maxSlots  = 512 // of all
)

// table is what others show: one slot for each device and board. Pure; one
// goroutine at a time.
type table struct{ slots map[slotKey]*slot }

type slotKey struct {
	device string
	board  doc.ID
}

type slot struct {
	peer           Peer
	state          State
	heard, changed time.Time
	idle           bool // and that has been told
}

// show takes a state over and reports whether it is another one.
func (t *table) show(now time.Time, peer Peer, state State) bool {
	key := slotKey{peer.Device, state.Board}
	s := t.slots[key]
	if s == nil {
		t.makeRoom(peer.Device)
		s = &slot{peer: peer, changed: now}
		t.slots[key] = s
	} else if s.heard = now; s.state.equal(&state) {
		return false
	}
	s.state, s.heard, s.changed, s.idle = state, now, now, false
	return true
}

// makeRoom forgets the oldest where one more would be too many.
func (t *table) makeRoom(device string) {
	var own, any *slotKey
	n := 0
	older := func(k slotKey, than *slotKey) bool {
		return than == nil || t.slots[k].heard.Before(t.slots[*than].heard)
	}
	for k := range t.slots {
		if older(k, any) {
			any = &k
		}
		if k.device == device {
			n++
			if older(k, own) {
				own = &k
			}
		}
	}
	switch {
	case n >= maxBoards:
		delete(t.slots, *own)
	case len(t.slots) >= maxSlots:
		delete(t.slots, *any)
	}
}

// leave reports whether the device was on the board.
func (t *table) leave(device string, board doc.ID) bool {
	key := slotKey{device, board}
	_, there := t.slots[key]
	delete(t.slots, key)
	return there
}

// age forgets who has been silent too long. It gives the boards of those who
// are gone or have become idle, and when to look again; zero: not before
// somebody shows something.
func (t *table) age(now time.Time) (boards []doc.ID, next time.Time) {
	for k, s := range t.slots {
		end := s.heard.Add(Gone)
		if !now.Before(end) {
			delete(t.slots, k)
			boards = append(boards, k.board)
			continue
		}
		if rest := s.changed.Add(Idle); !s.idle && now.Before(rest) {
			end = rest
		} else if !s.idle {
			s.idle = true
			boards = append(boards, k.board)
		}
		if next.IsZero() || end.Before(next) {
			next = end
		}
	}
	return boards, next
}

// on is who shows something on a board, in an order that stays.
func (t *table) on(now time.Time, board doc.ID) []Other {
	var out []Other
	for k, s := range t.slots {
		if k.board == board && now.Sub(s.heard) < Gone {
			out = append(out, Other{Peer: s.peer, State: s.state, Age: now.Sub(s.heard), Still: now.Sub(s.changed)})
		}
	}
	slices.SortFunc(out, func(a, b Other) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Device, b.Device))
	})
	return out
}
