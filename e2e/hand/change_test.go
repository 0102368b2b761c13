package hand

import "time"

var changeSteps = []step{
	{"undo", []string{"undo"}, undoAll},
	{"redo", []string{"redo"}, redoAll},
	{"kill", []string{"undo"}, killAndUndo},
}

// maxPresses bounds how many undo steps typing may be.
const maxPresses = 12

// undoAll takes every gesture back, one key for each, to the beginning.
func undoAll(h *hand) {
	h.undo(len(h.states)-1, 0)
	h.shot("undone")
}

// redoAll does every gesture again.
func redoAll(h *hand) {
	now := h.read()
	for i := 1; i < len(h.states); i++ {
		now = h.goes("redo of "+h.what[i], "Ctrl+Shift+z", now, h.states[i], h.loose[i])
	}
	h.shot("redone")
}

// undo goes back from one state to an earlier one, gesture by gesture.
func (h *hand) undo(from, to int) {
	h.T.Helper()
	now := h.read()
	if !now.same(h.states[from]) {
		h.T.Fatalf("before undo: %s", now.differs(h.states[from]))
	}
	for i := from; i > to; i-- {
		now = h.goes("undo of "+h.what[i], "Ctrl+z", now, h.states[i-1], h.loose[i])
	}
}

// goes presses a key once, or more often when it may be several steps, and
// waits for a state. It returns what is exported then.
func (h *hand) goes(what, key string, now, to state, loose bool) state {
	h.T.Helper()
	presses := 1
	if loose {
		presses = maxPresses
	}
	for ; presses > 0 && !now.same(to); presses-- {
		was := now
		h.Key(key)
		end := time.Now().Add(quick)
		for now.same(was) || !loose && !now.same(to) { // half of a step may be seen
			if time.Now().After(end) {
				h.Keep("wrong-" + what)
				h.T.Fatalf("after %s: %s", what, now.differs(to))
			}
			now = h.read()
		}
		if loose {
			h.AwaitSaved()
			now = h.read()
		}
	}
	if !now.same(to) {
		h.T.Fatalf("after %s: %s", what, now.differs(to))
	}
	return now
}

// killAndUndo kills the program; nothing is lost, and undo goes on.
func killAndUndo(h *hand) {
	h.AwaitSaved()
	if h.Program.Ended() {
		h.T.Fatal("the program is gone already")
	}
	h.Kill()
	h.Open()
	last := len(h.states) - 1
	if now := h.read(); !now.same(h.states[last]) {
		h.T.Fatalf("after the kill: %s", now.differs(h.states[last]))
	}
	h.shot("after-kill")
	h.undo(last, max(last-5, 0))
	h.shot("undone-after-kill")
}
