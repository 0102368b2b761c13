package doc

import (
	"cmp"
	"slices"
	"strings"
)

// Step is one undoable gesture: what takes it back, newest edit first.
type Step struct {
	ID      int64 // grows over the whole store with each new step
	Label   string
	Gesture string // see Of
	Undone  bool   // on the redo side
	Turn    int64  // grows with each time the step is done, undone or done again
	Inverse []Guarded
}

// settled begins the Gesture of a step that was undone or done again: no plan
// joins it any more.
const settled = "~"

// Of is the gesture that the step was made with, also after it was undone.
func (s Step) Of() string { return strings.TrimPrefix(s.Gesture, settled) }

// settle keeps later plans of its gesture out of the step.
func (s *Step) settle() {
	if s.Gesture != "" {
		s.Gesture = settled + s.Of()
	}
}

// StepChange tells a store what to write: Step put, or removed when Gone.
type StepChange struct {
	Step Step
	Gone bool
}

// MaxSteps bounds the undo stack of one document.
const MaxSteps = 500

// History is one person's undo and redo of one document. Like Tree it belongs
// to one goroutine.
type History struct{ undo, redo []Step }

// NewHistory restores stacks from steps sorted by ID.
func NewHistory(steps []Step) *History {
	h := &History{}
	for _, s := range steps {
		if s.Undone {
			h.redo = append(h.redo, s)
		} else {
			h.undo = append(h.undo, s)
		}
	}
	slices.Reverse(h.redo) // what was undone last came first
	return h
}

// Top is the step that Undo (or Redo) would take, if there is one.
func (h *History) Top(redo bool) (Step, bool) {
	stack := h.undo
	if redo {
		stack = h.redo
	}
	if len(stack) == 0 {
		return Step{}, false
	}
	return stack[len(stack)-1], true
}

// Record puts a finished plan on the stack and clears redo. A plan of the
// gesture that is on top joins it. turn is the step's Turn, and its ID if the
// step is new.
func (h *History) Record(turn int64, p Plan, inverse []Guarded) []StepChange {
	if p.Silent || len(inverse) == 0 {
		return nil
	}
	var out []StepChange
	for _, s := range h.redo {
		out = append(out, StepChange{Step: s, Gone: true})
	}
	cleared := len(h.redo) > 0
	h.redo = nil
	if n := len(h.undo); n > 0 && !cleared && p.Gesture != "" && !strings.HasPrefix(p.Gesture, settled) && h.undo[n-1].Gesture == p.Gesture {
		top := &h.undo[n-1]
		top.Inverse, top.Turn = join(inverse, top.Inverse), turn
		return append(out, StepChange{Step: *top})
	}
	s := Step{ID: turn, Turn: turn, Label: p.Label, Gesture: p.Gesture, Inverse: inverse}
	h.undo = append(h.undo, s)
	if len(h.undo) > MaxSteps {
		out = append(out, StepChange{Step: h.undo[0], Gone: true})
		h.undo = h.undo[1:]
	}
	return append(out, StepChange{Step: s})
}

// Take applies the top step to the tree and moves it to the other side.
// Steps that would change nothing any more are dropped on the way. edits is
// what was done, to be committed; ErrNothing when the stack is empty. turn
// becomes the step's Turn.
func (h *History) Take(turn int64, redo bool, t *Tree) (edits []Edit, label string, out []StepChange, err error) {
	from, to := &h.undo, &h.redo
	if redo {
		from, to = to, from
	}
	for len(*from) > 0 {
		s := (*from)[len(*from)-1]
		*from = (*from)[:len(*from)-1]
		edits, back := t.takeBack(s.Inverse)
		if len(edits) == 0 {
			out = append(out, StepChange{Step: s, Gone: true})
			continue
		}
		s.Undone, s.Inverse, s.Turn = !redo, back, turn
		s.settle()
		*to = append(*to, s)
		return edits, s.Label, append(out, StepChange{Step: s}), nil
	}
	return nil, "", out, ErrNothing
}

// All lists the steps of both stacks by ID.
func (h *History) All() []Step {
	out := append(slices.Clone(h.undo), h.redo...)
	slices.SortFunc(out, func(a, b Step) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
