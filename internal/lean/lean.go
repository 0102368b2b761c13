// Package lean holds decoders of foreign bytes to a budget: whatever they are given, they
// take little time and little memory. Fuzz targets are wrapped in it:
//
//	f.Fuzz(lean.One(func(t *testing.T, b []byte) { … }))
//
// What counts is the processor time of the thread, not the clock, so that a busy machine is no find; and
// an input fails only if it is over the budget three times in a row.
package lean

import (
	"runtime"
	"runtime/metrics"
	"testing"
	"time"
)

// The budget of one input.
const (
	MaxTime   = 100 * time.Millisecond
	MaxMemory = 64 << 20 // bytes, all that is allocated while it is decoded
)

// Run holds work to the budget, under the race detector to ten times the time. It may run
// work up to three times.
func Run(t testing.TB, work func()) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var took time.Duration
	var had uint64
	for range 3 {
		took, had = measured(work)
		if took <= slower*MaxTime && had <= MaxMemory || t.Failed() {
			return
		}
	}
	t.Errorf("it took %v and %d MiB, three times; the budget is %v and %d MiB", took, had>>20, slower*MaxTime, MaxMemory>>20)
}

func measured(work func()) (time.Duration, uint64) {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	before, begun := sample[0].Value.Uint64(), spent()
	work()
	took := spent() - begun
	metrics.Read(sample)
	return took, sample[0].Value.Uint64() - before
}

// One wraps a fuzz target of one argument.
func One[A any](target func(*testing.T, A)) func(*testing.T, A) {
	return func(t *testing.T, a A) { Run(t, func() { target(t, a) }) }
}

// Two wraps a fuzz target of two arguments.
func Two[A, B any](target func(*testing.T, A, B)) func(*testing.T, A, B) {
	return func(t *testing.T, a A, b B) { Run(t, func() { target(t, a, b) }) }
}
