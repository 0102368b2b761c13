package renderers

import (
	"slices"
	"testing"

	"corkboard/renderers/paint"
)

// onePainter has no goroutines: the test takes the tasks itself.
func onePainter() *Painters {
	p := &Painters{}
	p.more.L = &p.mu
	return p
}

func TestPaintersTakeTheNewestWishFirstAndIdleOnesLast(t *testing.T) {
	p := onePainter()
	var order []string
	wish := func(name string) task {
		return task{run: func(*paint.Shaper) { order = append(order, name) }}
	}
	p.SubmitIdle(wish("idle"))
	p.Submit(wish("old"))
	p.Submit(wish("new"))
	p.SubmitIdle(wish("newer idle"))
	for range 4 {
		p.step(nil)
	}
	if want := []string{"new", "old", "newer idle", "idle"}; !slices.Equal(order, want) {
		t.Errorf("painted %v, want %v", order, want)
	}
}

func TestPaintersDropWhatNobodyWantsAnyMore(t *testing.T) {
	p := onePainter()
	ran, dropped := false, false
	p.Submit(task{
		run:     func(*paint.Shaper) { ran = true },
		wanted:  func() bool { return false },
		dropped: func() { dropped = true },
	})
	p.step(nil)
	if ran || !dropped {
		t.Errorf("ran %v, dropped %v", ran, dropped)
	}
}
