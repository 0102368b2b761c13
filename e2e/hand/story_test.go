package hand

import (
	"slices"
	"testing"

	"corkboard/board"
	"corkboard/e2e/x11"
)

// step is a part of the story. It begins with the camera at the stage and
// nothing selected.
type step struct {
	name string
	rows []string // of board.Conventions, that it does
	do   func(h *hand)
}

// story is everything that is done to the board, in order.
var story = slices.Concat(lookSteps, selectSteps, makeSteps, connectSteps, frameSteps, columnSteps, inkSteps, arrangeSteps, groupSteps, nestSteps, windowSteps, changeSteps)

// notHere are rows that nobody can do in this room, with the reason.
var notHere = map[string]string{}

func TestEveryConventionIsInTheStory(t *testing.T) {
	done := map[string]bool{}
	for _, s := range story {
		for _, id := range s.rows {
			done[id] = true
		}
	}
	for id := range notHere {
		if done[id] {
			t.Errorf("%s is done, and listed as what cannot be done", id)
		}
		done[id] = true
	}
	for _, row := range board.Conventions {
		if !done[row.ID] {
			t.Errorf("nobody does %q (%s: %s)", row.ID, row.Group, row.Action)
		}
		delete(done, row.ID)
	}
	for id := range done {
		t.Errorf("%q is no row", id)
	}
}

func TestHand(t *testing.T) {
	h := newHand(t, "hand", "light")
	defer h.strip.save(h)
	h.front()
	h.shot("begin")
	for _, s := range story {
		h.part(t, s.name, s.do)
	}
}

// part is one step as a test of its own: the next is tried even if it fails.
func (h *hand) part(t *testing.T, name string, do func(h *hand)) {
	passed := t.Run(name, func(t *testing.T) {
		whole := h.T
		h.T = t
		defer func() { h.T = whole }()
		h.front()
		do(h)
	})
	if !passed { // what a failed step did is undone with the rest
		h.Must(h.X.Release(x11.Left))
		if now := h.read(); !now.same(h.now()) {
			h.keepState(now, "the rest of "+name, true)
		}
	}
}
