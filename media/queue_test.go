package media

import (
	"context"
	"errors"
	"testing"
)

func queued(t *testing.T, q *queue, ctx context.Context, path string) *job {
	t.Helper()
	j := &job{ctx: ctx, path: path, priority: priorityOf(ctx), done: make(chan struct{})}
	if err := q.push(j); err != nil {
		t.Fatal(err)
	}
	return j
}

func TestQueueOrder(t *testing.T) {
	q, ctx := newQueue(), context.Background()
	low := queued(t, q, WithPriority(ctx, Background), "a")
	first := queued(t, q, ctx, "b")
	sameFile := queued(t, q, ctx, "a")
	gone, cancel := context.WithCancel(WithPriority(ctx, Visible))
	dropped := queued(t, q, gone, "c")
	seen := queued(t, q, WithPriority(ctx, Visible), "d")
	cancel()
	for i, want := range []*job{seen, sameFile, first, low, nil} {
		if got := q.take("a", false); got != want {
			t.Fatalf("step %d: got %+v, want %+v", i, got, want)
		}
	}
	<-dropped.done
	if !errors.Is(dropped.err, context.Canceled) {
		t.Errorf("dropped: %v", dropped.err)
	}
}

func TestQueueTakesJobsBackAndCloses(t *testing.T) {
	q, ctx := newQueue(), context.Background()
	back, waits := queued(t, q, ctx, "a"), queued(t, q, ctx, "b")
	q.remove(back)
	q.close()
	q.close()
	<-waits.done
	if !errors.Is(waits.err, ErrClosed) {
		t.Errorf("waiting: %v", waits.err)
	}
	select {
	case <-back.done:
		t.Error("the one taken back was finished")
	default:
	}
	if err := q.push(&job{ctx: ctx}); !errors.Is(err, ErrClosed) {
		t.Errorf("push: %v", err)
	}
}

func TestQueueKeepsALaneForLightJobs(t *testing.T) {
	q, ctx := newQueue(), context.Background()
	heavy := queued(t, q, WithPriority(ctx, Visible), "a")
	light := &job{ctx: ctx, path: "b", light: true, done: make(chan struct{})}
	if err := q.push(light); err != nil {
		t.Fatal(err)
	}
	for i, want := range []*job{light, nil} {
		if got := q.take("", true); got != want {
			t.Fatalf("step %d: got %+v, want %+v", i, got, want)
		}
	}
	if got := q.take("", false); got != heavy {
		t.Fatalf("got %+v, want the heavy one", got)
	}
}
