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

// after runs steps one by one, each once the one before is applied, without
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
		for _, step := range steps {
			r := step()
			l.made = append(l.made, r)
			if l.err = r.Applied(a.ctx); l.err != nil {
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

// saved waits until a change is on disk, and no longer than the disk takes
// changes at all: docstore.ErrNotSaved. The change itself is kept and tried
// again.
func (a *App) saved(ctx context.Context, r doc.Receipt) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	look := func() {
		if s := a.SaveState(); s.Failed {
			cancel(fmt.Errorf("%w: %w", docstore.ErrNotSaved, s.Err))
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

// NothingLeft reports whether err only says that there was nothing to do:
// nothing to undo, nothing to change.
func NothingLeft(err error) bool { return errors.Is(err, doc.ErrNothing) }
