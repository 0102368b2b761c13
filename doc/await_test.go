package doc

import (
	"context"
	"errors"
	"testing"
)

// watched is a document whose states come one after the other.
type watched struct {
	states []Snapshot[string]
	wake   func()
}

func (w *watched) Snapshot() Snapshot[string] {
	s := w.states[0]
	if len(w.states) > 1 {
		w.states = w.states[1:]
		w.wake()
	}
	return s
}

func (w *watched) Subscribe(wake func()) func() {
	w.wake = wake
	return func() { w.wake = nil }
}

func TestAwait(t *testing.T) {
	w := &watched{states: []Snapshot[string]{{}, {Value: "half"}, {State: Ready, Value: "whole"}}}
	s, err := Await(t.Context(), w, Snapshot[string].Settled)
	if err != nil || s.Value != "whole" || w.wake != nil {
		t.Errorf("%+v, %v; still subscribed: %v", s, err, w.wake != nil)
	}
	s, err = Await(t.Context(), w, func(s Snapshot[string]) bool { return s.Value == "whole" })
	if err != nil || s.State != Ready {
		t.Errorf("what is so already: %+v, %v", s, err)
	}
	over, end := context.WithCancel(t.Context())
	end()
	s, err = Await(over, w, func(Snapshot[string]) bool { return false })
	if !errors.Is(err, context.Canceled) || s.Value != "whole" {
		t.Errorf("after the end: %+v, %v", s, err)
	}
}
