package presence

import (
	"time"

	"corkboard/doc"
)

// anyBoard is the key of those who want to be woken for every board.
const anyBoard doc.ID = ""

// Hide tells nobody anything from now on, or ends that: those who were told are told
// that this device has left. Others are still heard.
func (h *Hub) Hide(hidden bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.hidden != hidden {
		h.hidden = hidden
		h.kick()
	}
}

// Mute says which persons are told nothing and not heard; others are again.
func (h *Hub) Mute(persons []string) {
	h.mu.Lock()
	h.muted = make(map[string]bool, len(persons))
	for _, p := range persons {
		h.muted[p] = true
	}
	var wakes []func()
	for k, s := range h.others.slots {
		if h.muted[s.peer.Person] {
			delete(h.others.slots, k)
			wakes = h.wakesOf(k.board, wakes)
		}
	}
	h.kick()
	h.mu.Unlock()
	call(wakes)
}

// Again has it looked at again what may be told to whom: allowed may say something else.
func (h *Hub) Again() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kick()
}

// Where is the board on which a person has done something last, of those that are told
// here; ok is false where they show nothing.
func (h *Hub) Where(person string) (board doc.ID, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var newest time.Time
	now := h.now()
	for k, s := range h.others.slots {
		if s.peer.Person == person && now.Sub(s.heard) < Gone && (!ok || s.changed.After(newest)) {
			board, ok, newest = k.board, true, s.changed
		}
	}
	return board, ok
}

// Subscribe calls wake when anybody shows something else on any board: on any
// goroutine, as often as they move. It must not block.
func (h *Hub) Subscribe(wake func()) (cancel func()) { return h.Room(anyBoard).Subscribe(wake) }
