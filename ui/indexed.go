package ui

import "context"

// indexed is a list that the index gives. It is asked for again whenever the index has
// learned something: one question at a time, so that no older answer follows a newer one.
type indexed[T any] struct {
	all    []T
	whole  bool  // there was an answer
	failed error // of the last one
	close  func()
}

// followIndex asks until it is closed; told runs on the UI goroutine after each answer,
// first after the first one.
func followIndex[T any](w *Window, ask func(context.Context) ([]T, error), told func(first bool)) *indexed[T] {
	l := &indexed[T]{}
	ctx, stop := context.WithCancel(context.Background())
	again := make(chan struct{}, 1)
	again <- struct{}{}
	drop := w.app.SubscribeIndex(func() {
		select {
		case again <- struct{}{}:
		default: // it will be asked anyway
		}
	})
	l.close = func() {
		stop()
		drop()
	}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-again:
			}
			all, err := ask(ctx)
			w.frames.Add(func() {
				if ctx.Err() == nil {
					first := !l.whole
					l.all, l.failed, l.whole = all, err, true
					told(first)
				}
			})
		}
	}()
	return l
}
