package renderers

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"corkboard/doc"
	"corkboard/renderers/paint"
)

// deskHandle is one document in memory. Plans wait in a queue while held.
type deskHandle struct {
	id    doc.ID
	mu    sync.Mutex
	tree  *doc.Tree
	hist  *doc.History
	view  doc.View
	value any
	rev   uint64
	steps int64
	held  bool
	queue []func()
	fails []error
}

func newDeskHandle(t testing.TB, view doc.View, edits []doc.Edit) *deskHandle {
	t.Helper()
	h := &deskHandle{tree: doc.NewTree(nil), hist: doc.NewHistory(nil), view: view}
	if _, err := h.tree.Apply(edits); err != nil {
		t.Fatal(err)
	}
	h.value = view.Decode(h.tree)
	return h
}

type deskReceipt struct {
	done chan struct{}
	err  error
}

func (r *deskReceipt) Applied(ctx context.Context) error {
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *deskReceipt) Wait(ctx context.Context) error { return r.Applied(ctx) }

func (h *deskHandle) run(f func() error) doc.Receipt {
	r := &deskReceipt{done: make(chan struct{})}
	job := func() {
		if r.err = f(); r.err != nil {
			h.fails = append(h.fails, r.err)
		}
		h.value = h.view.Decode(h.tree)
		h.rev++
		close(r.done)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.held {
		h.queue = append(h.queue, job)
	} else {
		job()
	}
	return r
}

// release carries held plans out and holds no more.
func (h *deskHandle) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, job := range h.queue {
		job()
	}
	h.queue, h.held = nil, false
}

func (h *deskHandle) hold() { h.mu.Lock(); h.held = true; h.mu.Unlock() }

func (h *deskHandle) Do(plan func(any) (doc.Plan, error)) doc.Receipt {
	return h.run(func() error {
		p, err := plan(h.value)
		if err != nil {
			return err
		}
		undo, err := h.tree.Apply(p.Edits)
		if err != nil {
			return err
		}
		h.steps++
		h.hist.Record(h.steps, p, undo)
		return nil
	})
}

func (h *deskHandle) take(redo bool) doc.Receipt {
	return h.run(func() error { h.steps++; _, _, _, err := h.hist.Take(h.steps, redo, h.tree); return err })
}

func (h *deskHandle) Undo() doc.Receipt { return h.take(false) }
func (h *deskHandle) Redo() doc.Receipt { return h.take(true) }

// foreign is a change by somebody else: on no undo stack.
func (h *deskHandle) foreign(t *testing.T, edits ...doc.Edit) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range edits {
		if _, err := h.tree.Apply([]doc.Edit{e}); err != nil {
			t.Fatal(err)
		}
		if s, ok := e.(doc.Splice); ok {
			h.hist.Carry(s)
		}
	}
	h.value = h.view.Decode(h.tree)
	h.rev++
}

func (h *deskHandle) Snapshot() doc.Snapshot[any] {
	h.mu.Lock()
	defer h.mu.Unlock()
	return doc.Snapshot[any]{ID: h.id, Revision: h.rev, State: doc.Ready, Value: h.value}
}

func (h *deskHandle) Steps() (undo, redo doc.Step, canUndo, canRedo bool) {
	undo, canUndo = h.hist.Top(false)
	redo, canRedo = h.hist.Top(true)
	return
}

func (h *deskHandle) Subscribe(func()) func()   { return func() {} }
func (h *deskHandle) At(doc.Heads) (any, error) { return nil, doc.ErrNothing }
func (h *deskHandle) Close()                    {}

// desk is an Env whose posted closures run when the test says so.
type desk struct {
	*Env
	clock *typingClock
	posts chan func()
	urls  []string
	ids   int
}

func newDesk() *desk {
	d := &desk{clock: newTypingClock(), posts: make(chan func(), 256)}
	d.Env = &Env{
		Post:    func(f func()) { d.posts <- f },
		OpenURL: func(u string) { d.urls = append(d.urls, u) },
		Now:     d.clock.now,
		Dark:    func() bool { return false },
		NewID:   func() doc.ID { d.ids++; return doc.ID(fmt.Sprintf("new%d", d.ids)) },
	}
	return d
}

// settle waits for the changes on their way; their closures run here.
func (d *desk) settle(f *flights) {
	for f.flying() {
		(<-d.posts)()
	}
}

// testJob is the job that a board would give the painters; 0 is natural.
func testJob(f *Face, v any, w, h, scale float32, dark bool) paintJob {
	return paintJob{cardShown: cardShown{face: f, value: v, state: doc.Ready}, size: Point{w, h}, scale: scale, dark: dark, today: "2026-03-11"}
}

func newTestShaper() *paint.Shaper { return paint.NewShaper() }
