package docstore

import (
	"fmt"
	"sync/atomic"

	"corkboard/doc"
)

// handle implements doc.Handle.
type handle struct {
	d      *document
	v      *view
	closed atomic.Bool
	err    error // why it never worked
}

// closedHandle stands for a document of a store that is closed.
func closedHandle(s *Store, id doc.ID, v doc.View, err error) *handle {
	h := &handle{d: newDocument(s, id), v: &view{view: v}, err: err}
	h.v.snap.Store(&doc.Snapshot[any]{ID: id, State: doc.Unavailable, Err: err, Value: v.Decode(doc.NewTree(nil))})
	h.closed.Store(true)
	return h
}

func (h *handle) Snapshot() doc.Snapshot[any] { return *h.v.snap.Load() }

// mayChange says why a plan need not even be queued.
func (h *handle) mayChange() error {
	if h.closed.Load() || h.d.s.closed.Load() {
		return doc.ErrClosed
	}
	if h.d.s.readOnly != nil {
		return ErrReadOnly
	}
	return h.d.s.keys.failed()
}

func (h *handle) Do(plan func(any) (doc.Plan, error)) doc.Receipt {
	if err := h.mayChange(); err != nil {
		return failed(err)
	}
	r := newReceipt(&h.d.s.board.pending)
	h.d.post(func() { h.d.do(h.v, plan, r) })
	return r
}

func (h *handle) Undo() doc.Receipt { return h.take(false) }
func (h *handle) Redo() doc.Receipt { return h.take(true) }

func (h *handle) take(redo bool) doc.Receipt {
	if err := h.mayChange(); err != nil {
		return failed(err)
	}
	r := newReceipt(&h.d.s.board.pending)
	h.d.post(func() { h.d.take(redo, r) })
	return r
}

func (h *handle) Steps() (undo, redo doc.Step, canUndo, canRedo bool) {
	t := h.d.tops.Load()
	return t.undo, t.redo, t.canUndo, t.canRedo
}

func (h *handle) Subscribe(wake func()) (cancel func()) { return h.v.subs.Subscribe(wake) }

// At reads from the log, beside the document's goroutine.
func (h *handle) At(heads doc.Heads) (any, error) {
	if h.err != nil {
		return nil, h.err
	}
	m, err := h.d.at(heads)
	if err != nil {
		return nil, fmt.Errorf("reading an older version: %w", err)
	}
	return h.v.view.Decode(doc.NewTree(m)), nil
}

func (h *handle) Close() {
	if !h.closed.Swap(true) {
		h.d.release()
	}
}
