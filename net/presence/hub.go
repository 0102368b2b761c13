package presence

import (
	"slices"
	"sync"
	"time"

	"corkboard/doc"
)

// Hub is the presence of one process: what it shows, what others show to it,
// and the streams between. All methods are safe on any goroutine, and none
// waits for a stream.
type Hub struct {
	now     func() time.Time
	profile func(person string) Profile

	mu      sync.Mutex
	mine    map[doc.ID]shown
	version uint64
	others  table
	wakes   map[doc.ID]map[*func()]bool
	streams map[string][]*stream // of a device, the newest last
	timer   *time.Timer          // wakes the hub when somebody is gone
	hidden  bool                 // nothing is told
	muted   map[string]bool      // persons who are told nothing and not heard
	closed  bool
}

// NewHub makes a hub with a clock. profile tells how a person is shown, at once
// and on any goroutine; nil knows nobody.
func NewHub(now func() time.Time, profile func(person string) Profile) *Hub {
	if profile == nil {
		profile = func(string) Profile { return Profile{} }
	}
	return &Hub{
		now: now, profile: profile, mine: map[doc.ID]shown{}, others: table{map[slotKey]*slot{}},
		wakes: map[doc.ID]map[*func()]bool{}, streams: map[string][]*stream{},
	}
}

// Room is the room of a board.
func (h *Hub) Room(board doc.ID) *Room { return &Room{h, board} }

// ProfilesChanged tells all who look that persons may be shown otherwise.
func (h *Hub) ProfilesChanged() {
	h.mu.Lock()
	var wakes []func()
	for board := range h.wakes {
		wakes = h.wakesOf(board, wakes)
	}
	h.mu.Unlock()
	call(wakes)
}

// Close forgets all, and stops the clock. Streams end with their contexts.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	clear(h.mine)
	clear(h.others.slots)
	clear(h.wakes)
	h.arm(time.Time{})
}

// show sets or takes back what this device shows on a board.
func (h *Hub) show(board doc.ID, state State, left bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	was, there := h.mine[board]
	switch {
	case h.closed, left && !there, !left && there && was.state.equal(&state):
		return
	case left:
		delete(h.mine, board)
	default:
		h.version++
		h.mine[board] = shown{state, h.version}
	}
	h.kick()
}

// kick has all streams look at what is shown. Under mu.
func (h *Hub) kick() {
	for _, list := range h.streams {
		for _, s := range list {
			s.wake()
		}
	}
}

// shown is what a stream to a person may tell.
func (h *Hub) shown(person string, allowed func(doc.ID) bool, into []shown) []shown {
	into = into[:0]
	h.mu.Lock()
	if !h.hidden && !h.muted[person] {
		for _, m := range h.mine {
			into = append(into, m)
		}
	}
	h.mu.Unlock()
	return slices.DeleteFunc(into, func(m shown) bool { return !allowed(m.state.Board) })
}

// hear takes a message over, if no newer stream of the same device is there.
func (h *Hub) hear(s *stream, m message) {
	h.mu.Lock()
	list := h.streams[s.peer.Device]
	if h.closed || len(list) == 0 || list[len(list)-1] != s || h.muted[s.peer.Person] {
		h.mu.Unlock()
		return
	}
	changed := false
	if m.left {
		changed = h.others.leave(s.peer.Device, m.state.Board)
	} else {
		changed = h.others.show(h.now(), s.peer, m.state)
	}
	var wakes []func()
	if changed {
		wakes = h.wakesOf(m.state.Board, nil)
	}
	if h.timer == nil && len(h.others.slots) > 0 {
		h.arm(h.now().Add(min(Gone, Idle)))
	}
	h.mu.Unlock()
	call(wakes)
}

// arm sets the timer; the zero time stops it.
func (h *Hub) arm(at time.Time) {
	if h.timer != nil {
		h.timer.Stop()
		h.timer = nil
	}
	if !at.IsZero() {
		h.timer = time.AfterFunc(max(at.Sub(h.now()), time.Millisecond), h.sweep)
	}
}

// sweep forgets who is gone.
func (h *Hub) sweep() {
	h.mu.Lock()
	var wakes []func()
	if !h.closed {
		boards, next := h.others.age(h.now())
		for _, board := range boards {
			wakes = h.wakesOf(board, wakes)
		}
		h.arm(next)
	}
	h.mu.Unlock()
	call(wakes)
}

func (h *Hub) wakesOf(board doc.ID, out []func()) []func() {
	for f := range h.wakes[board] {
		out = append(out, *f)
	}
	if board == anyBoard {
		return out
	}
	return h.wakesOf(anyBoard, out)
}

func call(all []func()) {
	for _, f := range all {
		f()
	}
}

// join makes a stream the newest of its device.
func (h *Hub) join(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.streams[s.peer.Device] = append(h.streams[s.peer.Device], s)
}

func (h *Hub) part(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := s.peer.Device
	h.streams[d] = slices.DeleteFunc(h.streams[d], func(o *stream) bool { return o == s })
	if len(h.streams[d]) == 0 {
		delete(h.streams, d)
	}
}
