package doc

import "context"

// Watched is what Await needs of Handle and Live.
type Watched[T any] interface {
	Snapshot() Snapshot[T]
	Subscribe(wake func()) (cancel func())
}

// Await waits until a document is as is wanted, and gives what it is then; if the context
// ends before, its error and what the document was. It blocks.
func Await[T any](ctx context.Context, d Watched[T], wanted func(Snapshot[T]) bool) (Snapshot[T], error) {
	woken := make(chan struct{}, 1)
	defer d.Subscribe(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for {
		s := d.Snapshot()
		if wanted(s) {
			return s, nil
		}
		select {
		case <-woken:
		case <-ctx.Done():
			return s, ctx.Err()
		}
	}
}

// Settled reports whether a document is there, or known not to be.
func (s Snapshot[T]) Settled() bool { return s.State != Loading }
