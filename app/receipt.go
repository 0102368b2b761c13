package app

import (
	"context"
	"errors"
	"fmt"

	"corkboard/doc"
	"corkboard/docstore"
)

// failed is the receipt of something that was not even begun.
type failed struct{ err error }

func (f failed) Applied(context.Context) error { return f.err }
func (f failed) Wait(context.Context) error    { return f.err }

// later is the receipt of work that a goroutine does step by step.
type later struct {
	done chan struct{}
	made []doc.Receipt
	err  error
}

// after runs steps one by one, each once the one before is on disk, without
// blocking the caller. Close waits for them.
func (a *App) after(steps ...func() doc.Receipt) doc.Receipt {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return failed{doc.ErrClosed}
	}
	l := &later{done: make(chan struct{})}
	a.work.Go(func() {
		defer close(l.done)
		for i, step := range steps {
			r := step()
			l.made = append(l.made, r)
			if i == len(steps)-1 {
				l.err = r.Applied(a.ctx)
			} else if l.err = a.ordered(a.ctx, r); l.err != nil {
				return
			}
		}
	})
	return l
}

// Applied implements doc.Receipt.
func (l *later) Applied(ctx context.Context) error {
	select {
	case <-l.done:
		return l.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Wait implements doc.Receipt.
func (l *later) Wait(ctx context.Context) error {
	if err := l.Applied(ctx); err != nil {
		return err
	}
	for _, r := range l.made {
		if err := r.Wait(ctx); err != nil {
			return err
		}
	}
	return nil
}

// errStuck says that the disk takes nothing at the moment.
var errStuck = errors.New("the disk takes nothing")

// saved waits until a change is on disk, and no longer than the disk takes
// changes at all: docstore.ErrNotSaved. The change itself is kept and tried
// again.
func (a *App) saved(ctx context.Context, r doc.Receipt) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	look := func() {
		// An edit that was refused some time ago wraps ErrNotSaved; it does not
		// keep the disk from taking others.
		if s := a.SaveState(); s.Failed && !errors.Is(s.Err, docstore.ErrNotSaved) {
			cancel(fmt.Errorf("%w: %w: %w", docstore.ErrNotSaved, errStuck, s.Err))
		}
	}
	defer a.store.SubscribeStatus(look)()
	look()
	err := r.Wait(ctx)
	if why := context.Cause(ctx); err != nil && why != nil {
		return why
	}
	return err
}

// ordered waits until a change is on disk, so that what follows never gets
// there first. While the disk takes nothing at all it does not wait: whatever is
// asked for then is kept and shown, and saved together later.
func (a *App) ordered(ctx context.Context, r doc.Receipt) error {
	err := a.saved(ctx, r)
	if errors.Is(err, errStuck) {
		return r.Applied(ctx)
	}
	return err
}

// NothingLeft reports whether err only says that there was nothing to do:
// nothing to undo, nothing to change.
func NothingLeft(err error) bool { return errors.Is(err, doc.ErrNothing) }
