package lean

import (
	"testing"
	"time"
)

// faults notes whether a test would have failed.
type faults struct {
	testing.TB
	failed bool
}

func (f *faults) Helper()               {}
func (f *faults) Failed() bool          { return f.failed }
func (f *faults) Errorf(string, ...any) { f.failed = true }

var kept []byte

func TestWhatIsOverTheBudget(t *testing.T) {
	spin := func(d time.Duration) {
		for until := spent() + d; spent() < until; {
		}
	}
	runs := 0
	for _, c := range []struct {
		name string
		work func()
		over bool
	}{
		{"little", func() { kept = make([]byte, 1<<20) }, false},
		{"much memory", func() { kept = make([]byte, MaxMemory+1<<20) }, true},
		{"a small bomb", func() {
			for range 1 << 8 {
				kept = make([]byte, 1<<19)
			}
		}, true},
		{"much time", func() { spin(slower * (MaxTime + MaxTime/2)) }, true},
		{"waiting is no work", func() { time.Sleep(2 * MaxTime) }, false},
		{"once only", func() {
			if runs++; runs == 1 {
				spin(2 * MaxTime)
			}
		}, false},
	} {
		f := &faults{TB: t}
		if Run(f, c.work); f.failed != c.over {
			t.Errorf("%s: over the budget: %v", c.name, f.failed)
		}
	}
}
