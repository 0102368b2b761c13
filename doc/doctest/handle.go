package doctest

import (
	"fmt"
	"slices"

	"corkboard/doc"
)

type handle struct {
	s      *Store
	d      *document
	v      *view
	closed bool
}

func (h *handle) Snapshot() doc.Snapshot[any] {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	return h.v.snap
}

func (h *handle) Do(plan func(any) (doc.Plan, error)) doc.Receipt {
	return h.change(func() ([]doc.Edit, error) {
		p, err := plan(h.v.value)
		if err != nil {
			return nil, err
		}
		follow := h.others(p.Edits)
		undo, err := h.d.tree.Apply(p.Edits)
		if err != nil || len(undo) == 0 {
			return nil, err
		}
		follow()
		h.s.turn++
		h.d.history(h.s.person).Record(h.s.turn, p, undo)
		return p.Edits, nil
	})
}

// others gives what moves the other persons' steps over edits that are about to be made.
func (h *handle) others(edits []doc.Edit) (follow func()) {
	if len(h.d.steps) < 2 {
		return func() {}
	}
	at, was := doc.Touched(edits), []doc.Value(nil)
	for _, p := range at {
		v, _ := h.d.tree.Value(p)
		was = append(was, doc.Clone(v))
	}
	return func() {
		for i, p := range at {
			now, _ := h.d.tree.Value(p)
			for person, other := range h.d.steps {
				if person != h.s.person {
					other.Follow(p, was[i], now)
				}
			}
		}
	}
}

// change runs f under the store's lock and shows what it did.
func (h *handle) change(f func() ([]doc.Edit, error)) doc.Receipt {
	h.s.mu.Lock()
	if h.closed {
		h.s.mu.Unlock()
		return receipt{doc.ErrClosed}
	}
	if h.d.versions == nil {
		h.s.mu.Unlock()
		return receipt{ErrAbsent}
	}
	edits, err := f()
	var wakes []func()
	if len(edits) > 0 {
		h.d.log(edits)
		wakes = h.d.show(doc.Touched(edits), false)
	}
	h.s.mu.Unlock()
	wakeAll(wakes)
	return receipt{err}
}

func (h *handle) Undo() doc.Receipt { return h.take(false) }
func (h *handle) Redo() doc.Receipt { return h.take(true) }

func (h *handle) take(redo bool) doc.Receipt {
	return h.change(func() ([]doc.Edit, error) {
		h.s.turn++
		mine := h.d.history(h.s.person)
		if len(h.d.steps) == 1 {
			edits, _, _, err := mine.Take(h.s.turn, redo, h.d.tree)
			return edits, err
		}
		before := doc.Clone(h.d.tree.Root())
		edits, _, _, err := mine.Take(h.s.turn, redo, h.d.tree)
		for _, other := range h.d.steps {
			if other != mine {
				other.Follow(nil, before, h.d.tree.Root())
			}
		}
		return edits, err
	})
}

func (h *handle) Steps() (undo, redo doc.Step, canUndo, canRedo bool) {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	undo, canUndo = h.d.history(h.s.person).Top(false)
	redo, canRedo = h.d.history(h.s.person).Top(true)
	return undo, redo, canUndo, canRedo
}

func (h *handle) Subscribe(wake func()) (cancel func()) {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	id := h.v.next
	h.v.next++
	h.v.wakes[id] = wake
	return func() {
		h.s.mu.Lock()
		defer h.s.mu.Unlock()
		delete(h.v.wakes, id)
	}
}

func (h *handle) At(heads doc.Heads) (any, error) {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	t := doc.NewTree(nil)
	if len(heads) == 0 {
		return h.v.view.Decode(t), nil
	}
	for _, v := range h.d.versions {
		if _, err := t.Apply(v.edits); err != nil {
			return nil, fmt.Errorf("replaying: %w", err)
		}
		if slices.Equal(v.heads, heads) {
			return h.v.view.Decode(t), nil
		}
	}
	return nil, fmt.Errorf("no version %v", heads)
}

func (h *handle) Close() {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	h.closed = true
}
