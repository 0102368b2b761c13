package presence

import (
	"time"

	"corkboard/doc"
)

// Other is somebody else on a board: one device of a person.
type Other struct {
	Peer
	Profile
	State State
	Age   time.Duration // since they were heard of
	Still time.Duration // since they have shown something else
}

// Active reports whether they have done something lately.
func (o *Other) Active() bool { return o.Still < Idle }

// Room is one board of a Hub. All methods are safe on any goroutine and take
// microseconds.
type Room struct {
	hub   *Hub
	board doc.ID
}

// Show tells the others what this device shows now; the newest counts. It may
// be called for every move of a pointer. The state's slices are not to be
// changed any more; its Board is the room's.
func (r *Room) Show(s State) {
	s.Board = r.board
	r.hub.show(r.board, s.bounded(), false)
}

// Leave tells them that this device looks at something else.
func (r *Room) Leave() { r.hub.show(r.board, State{}, true) }

// Others is who is here besides this device, by person and device. Their
// slices belong to the hub.
func (r *Room) Others() []Other {
	h := r.hub
	h.mu.Lock()
	out := h.others.on(h.now(), r.board)
	h.mu.Unlock()
	for i := range out {
		out[i].Profile = h.profile(out[i].Person).of(out[i].Person)
	}
	return out
}

// Subscribe calls wake when Others may have changed: on any goroutine, as often
// as they move. It must not block.
func (r *Room) Subscribe(wake func()) (cancel func()) {
	h, key := r.hub, &wake
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.wakes[r.board] == nil {
		h.wakes[r.board] = map[*func()]bool{}
	}
	h.wakes[r.board][key] = true
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.wakes[r.board], key)
		if len(h.wakes[r.board]) == 0 {
			delete(h.wakes, r.board)
		}
	}
}
