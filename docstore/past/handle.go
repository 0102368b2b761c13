package past

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"corkboard/doc"
	"corkboard/docstore"
)

// handle implements doc.Handle.
type handle struct {
	d      *document
	v      *view
	closed atomic.Bool
}

func (h *handle) Snapshot() doc.Snapshot[any] { return *h.v.snap.Load() }

func (h *handle) Do(func(any) (doc.Plan, error)) doc.Receipt { return h.refuse() }
func (h *handle) Undo() doc.Receipt                          { return h.refuse() }
func (h *handle) Redo() doc.Receipt                          { return h.refuse() }

func (h *handle) refuse() doc.Receipt {
	if h.closed.Load() {
		return refused{doc.ErrClosed}
	}
	return refused{ErrPast}
}

func (h *handle) Steps() (undo, redo doc.Step, canUndo, canRedo bool) { return }

func (h *handle) Subscribe(wake func()) (cancel func()) { return h.v.subs.Subscribe(wake) }

// At reads a version of any time.
func (h *handle) At(heads doc.Heads) (any, error) {
	s := h.d.s
	list, err := s.docs.History(s.ctx, h.d.id)
	if err != nil {
		return nil, err
	}
	v := docstore.Version{Of: s.docs.Moved(h.d.id), Heads: heads}
	if i := slices.IndexFunc(list, func(v docstore.Version) bool { return slices.Equal(v.Heads, heads) }); i >= 0 {
		v = list[i]
	}
	m, err := s.reader.At(v.Of, v.Heads)
	if err != nil {
		return nil, fmt.Errorf("reading the past: %w", err)
	}
	return h.v.view.Decode(doc.NewTree(m)), nil
}

// Close gives the handle back.
func (h *handle) Close() {
	if h.closed.Swap(true) {
		return
	}
	s := h.d.s
	s.mu.Lock()
	defer s.mu.Unlock()
	h.d.users--
}

// refused is the receipt of what cannot be done.
type refused struct{ err error }

func (r refused) Applied(context.Context) error { return r.err }
func (r refused) Wait(context.Context) error    { return r.err }
