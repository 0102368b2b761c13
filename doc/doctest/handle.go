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
		undo, err := h.d.tree.Apply(p.Edits)
		if err != nil || len(undo) == 0 {
			return nil, err
		}
		h.s.turn++
		h.d.history.Record(h.s.turn, p, undo)
		return p.Edits, nil
	})
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
		edits, _, _, err := h.d.history.Take(h.s.turn, redo, h.d.tree)
		return edits, err
	})
}

func (h *handle) Steps() (undo, redo doc.Step, canUndo, canRedo bool) {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	undo, canUndo = h.d.history.Top(false)
	redo, canRedo = h.d.history.Top(true)
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
