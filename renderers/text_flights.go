package renderers

import (
	"context"

	"corkboard/doc"
)

// flights counts the changes that are on their way to the snapshot. Until all
// have landed, older snapshots are not shown: they would take typed text back
// for a moment. UI goroutine only.
type flights struct {
	env    *Env
	landed func() // all have landed
	ctx    context.Context
	cancel context.CancelFunc
	n      int
}

func newFlights(env *Env, landed func()) *flights {
	f := &flights{env: env, landed: landed}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	return f
}

// track follows a change; an error of it shows as the document that stays.
func (f *flights) track(r doc.Receipt) {
	f.n++
	go func() {
		_ = r.Applied(f.ctx)
		if f.ctx.Err() != nil {
			return
		}
		f.env.Post(func() {
			if f.n--; f.n == 0 && f.ctx.Err() == nil {
				f.landed()
			}
		})
	}()
}

func (f *flights) flying() bool { return f.n > 0 }

// close forgets them; they still reach the document.
func (f *flights) close() { f.cancel() }
