package docstore

import (
	"context"
	"sync/atomic"
)

// receipt follows one plan. The document's goroutine settles applied, the log
// writer saved; each exactly once.
type receipt struct {
	applied, saved       chan struct{}
	appliedErr, savedErr error
	time                 int64    // when it was applied, for the change
	pending              *pending // nil once counted out, or if never counted
}

func newReceipt(p *pending) *receipt {
	if p != nil {
		p.add(1)
	}
	return &receipt{applied: make(chan struct{}), saved: make(chan struct{}), pending: p}
}

// failed is the receipt of a plan that was never queued.
func failed(err error) *receipt {
	r := newReceipt(nil)
	r.fail(err)
	return r
}

func (r *receipt) markApplied() { close(r.applied) }

// markAppliedAt notes when, in ms since 1970.
func (r *receipt) markAppliedAt(time int64) {
	r.time = time
	close(r.applied)
}

func (r *receipt) markSaved(err error) {
	r.savedErr = err
	if r.pending != nil { // first, so that who waits finds the status settled
		r.pending.add(-1)
	}
	close(r.saved)
}

// fail settles both: the plan was not carried out.
func (r *receipt) fail(err error) {
	r.appliedErr = err
	close(r.applied)
	r.markSaved(err)
}

// Applied implements doc.Receipt.
func (r *receipt) Applied(ctx context.Context) error { return wait(ctx, r.applied, &r.appliedErr) }

// Wait implements doc.Receipt. While the disk is full it waits with the plan.
func (r *receipt) Wait(ctx context.Context) error { return wait(ctx, r.saved, &r.savedErr) }

func wait(ctx context.Context, done chan struct{}, err *error) error {
	select {
	case <-done:
		return *err
	default:
	}
	select {
	case <-done:
		return *err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pending counts plans that were asked for and are not settled.
type pending struct {
	n       atomic.Int64
	changed func() // called when n leaves or reaches zero
}

func (p *pending) add(by int64) {
	now := p.n.Add(by)
	if now == 0 || now == by {
		p.changed()
	}
}
